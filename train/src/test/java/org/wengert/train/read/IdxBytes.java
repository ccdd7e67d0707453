package org.wengert.train.read;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPOutputStream;

/// Small IDX files with known content: image `i` shows digit `i % 10`.
final class IdxBytes {

  private IdxBytes() {}

  static byte[] images(int count) {
    ByteBuffer file = ByteBuffer.allocate(16 + 784 * count);
    file.putInt(0x803).putInt(count).putInt(28).putInt(28);
    for (int i = 0; i < count; i++) {
      for (int place = 0; place < 784; place++) {
        file.put((byte) grey(i, place));
      }
    }
    return file.array();
  }

  static byte[] labels(int count) {
    ByteBuffer file = ByteBuffer.allocate(8 + count);
    file.putInt(0x801).putInt(count);
    for (int i = 0; i < count; i++) {
      file.put((byte) (i % 10));
    }
    return file.array();
  }

  /// The grey value, 0 to 255, of a pixel of [#images(int)].
  static int grey(int image, int place) {
    return (image * 31 + place * 7) % 256;
  }

  static byte[] withCount(byte[] file, int count) {
    return ByteBuffer.wrap(file.clone()).putInt(4, count).array();
  }

  static byte[] gzip(byte[] file) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(file);
    }
    return packed.toByteArray();
  }
}
