package org.wengert.train.read;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Storage;
import org.wengert.tensor.Tensor;

/// Reads an array of bytes in the format IDX, plain or compressed by gzip, so that data of MNIST's
/// kind can be used: two zeros, the type, the number of axes, the sizes (big-endian, 4 bytes each),
/// the elements row by row. Only unsigned bytes (type 8) are read: nothing else is in use.
///
/// Stateless and thread-safe. Source: *The MNIST database of handwritten digits*, LeCun, Cortes,
/// Burges, section "File formats".
public final class Idx {
  private static final int MOST_AXES = 8;
  private static final int UNSIGNED_BYTES = 8;

  private Idx() {}

  /// The array of a file, `UINT8`. A plain file must be as long as its header says, which is
  /// checked before memory is taken; a compressed one must be able to hold so much.
  ///
  /// @throws IOException if the file cannot be read
  /// @throws org.wengert.io.FileFormatException if it is no such file, cut off or damaged
  public static Tensor read(Path file) throws IOException {
    try (FileBytes bytes = FileBytes.open(file)) {
      Shape shape = shape(bytes);
      byte[] elements = bytes.next(shape.count());
      bytes.requireEnd(shape.count() + " elements of shape " + shape);
      return Tensor.over(new Storage.Bytes(elements), shape);
    }
  }

  private static Shape shape(FileBytes bytes) throws IOException {
    int magic = ByteBuffer.wrap(bytes.next(Integer.BYTES)).getInt();
    int rank = magic & 0xff;
    if (magic >> Byte.SIZE != UNSIGNED_BYTES || rank < 1 || rank > MOST_AXES) {
      String found = String.format(Locale.ROOT, "magic number 0x%08X", magic);
      throw bytes
          .error("byte 0", found, "0x00000801 to 0x0000080" + MOST_AXES + " (unsigned bytes)")
          .hint("this is no IDX file of bytes");
    }
    int[] sizes = new int[rank];
    long count = 1;
    for (int axis = 0; axis < rank; axis++) {
      long at = bytes.offset();
      long size = Integer.toUnsignedLong(ByteBuffer.wrap(bytes.next(Integer.BYTES)).getInt());
      count *= size;
      if (size == 0 || count > Integer.MAX_VALUE - 8) {
        throw bytes.error(
            "byte " + at, "an axis of size " + size, "1 or more, and fewer than 2³¹ elements");
      }
      sizes[axis] = (int) size;
    }
    String what = count + " elements of shape " + Arrays.toString(sizes);
    bytes.requireTotal(bytes.offset() + count, what);
    return Shape.of(sizes);
  }
}
