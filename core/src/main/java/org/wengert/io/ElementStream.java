package org.wengert.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.wengert.tensor.Storage;
import org.wengert.tensor.Tensor;

/// The elements of a tensor as bytes, row by row, in pieces of 64 KiB: no format needs a second
/// copy of a tensor in memory. Stateless.
final class ElementStream {
  private static final int BUFFER = 1 << 16; // a multiple of every element's width

  private ElementStream() {}

  /// The bytes that [#write] writes.
  static long bytes(Tensor tensor) {
    return (long) tensor.count() * ElementCode.of(tensor.dtype()).width();
  }

  /// Writes all elements, little-endian.
  static void write(Tensor tensor, OutputStream to) throws IOException {
    Storage elements = tensor.contiguous().storage();
    int width = ElementCode.of(tensor.dtype()).width();
    int length = elements.length();
    byte[] bytes = new byte[(int) Math.min(BUFFER, (long) length * width)];
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at < length; at += BUFFER / width) {
      int count = Math.min(BUFFER / width, length - at);
      ElementCode.encode(elements, at, count, buffer);
      to.write(bytes, 0, count * width);
    }
  }

  /// Reads `count` elements. That so many bytes are there was checked before: this takes the
  /// memory for all of them at once.
  ///
  /// @throws FileFormatException if the bytes end too early, or one is no element
  static Storage read(InputStream from, ElementCode code, ByteOrder order, int count, Place place)
      throws IOException {
    Storage elements = Storage.allocate(code.dtype(), count);
    int width = code.width();
    byte[] bytes = new byte[(int) Math.min(BUFFER, (long) count * width)];
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(order);
    for (int at = 0; at < count; at += BUFFER / width) {
      int part = Math.min(BUFFER / width, count - at);
      int read = from.readNBytes(bytes, 0, part * width);
      if (read < part * width) {
        throw place
            .within("element " + (at + read / width))
            .found("the end of the data", (count - at - read / width) + " elements more");
      }
      int wrong = code.decode(buffer, elements, at, part);
      if (wrong >= 0) {
        throw place
            .within("element " + (at + wrong))
            .found("the byte " + Byte.toUnsignedInt(bytes[wrong]), "0 or 1 for " + code);
      }
    }
    return elements;
  }
}
