package org.wengert.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Archives whose numbers do not fit 32 bits; those that fit are tried by [NpzTest].
class ZipArchiveTest {
  private static final byte[] CONTENTS = {1, 2, 3, 4, 5};

  @TempDir Path directory;

  /// An archive of the file `f`, all of whose numbers stand in the 64-bit fields, and a comment.
  private static ByteBuffer wide() {
    CRC32 sum = new CRC32();
    sum.update(CONTENTS);
    ByteBuffer bytes = ByteBuffer.allocate(300).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(0x04034b50).putInt(45).putLong(0).putShort((short) 0);
    bytes.putInt(-1).putInt(-1).putShort((short) 1).putShort((short) 0).put((byte) 'f');
    bytes.putInt(14, (int) sum.getValue()).put(CONTENTS);
    int directory = bytes.position();
    bytes.putInt(0x02014b50).putInt(45).putLong(0);
    bytes.putInt((int) sum.getValue()).putInt(-1).putInt(-1).putShort((short) 1);
    bytes.putShort((short) 32).putShort((short) 0).putInt(0).putInt(0).putInt(-1).put((byte) 'f');
    bytes.putShort((short) 0x4246).putShort((short) 0); // another extra field, of no length
    bytes.putShort((short) 1).putShort((short) 24);
    bytes.putLong(CONTENTS.length).putLong(CONTENTS.length).putLong(0);
    int end = bytes.position();
    bytes.putInt(0x06064b50).putLong(44).putInt(45).putInt(0).putInt(0).putLong(1).putLong(1);
    bytes.putLong(end - directory).putLong(directory);
    bytes.putInt(0x07064b50).putInt(0).putLong(end).putInt(1);
    bytes.putInt(0x06054b50).putInt(0).putInt(-1).putInt(-1).putInt(-1);
    bytes.putShort((short) 7).put("comment".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    return bytes;
  }

  private byte[] read(ByteBuffer archive) throws IOException {
    Path file = directory.resolve("a.zip");
    byte[] bytes = new byte[archive.position()];
    archive.get(0, bytes);
    Files.write(file, bytes);
    try (OpenFile opened = OpenFile.open(file)) {
      ZipArchive unpacked = ZipArchive.open(opened);
      return unpacked.bytes(unpacked.entries().firstEntry().getValue(), 100);
    }
  }

  @Test
  void numbersOf64BitsAreRead() throws IOException {
    assertArrayEquals(CONTENTS, read(wide()));
  }

  @Test
  void numbersOf64BitsAreNotBelieved() {
    int directory = 31 + CONTENTS.length;
    for (long lie : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 32, 300}) {
      for (int at : new int[] {8, 16, 24}) { // size, compressed size, place
        ByteBuffer archive = wide();
        archive.putLong(directory + 47 + at, lie);
        assertThrows(FileFormatException.class, () -> read(archive), at + ": " + lie);
      }
      int end = directory + 47 + 32;
      for (int at : new int[] {32, 40, 48, 64}) { // count, bytes and place of the directory, end
        ByteBuffer archive = wide();
        archive.putLong(end + at, lie);
        assertThrows(FileFormatException.class, () -> read(archive), at + ": " + lie);
      }
    }
  }

  @Test
  void aSmallFileMayBeLimited() {
    Path file = directory.resolve("a.zip");
    ByteBuffer archive = wide();
    byte[] bytes = new byte[archive.position()];
    archive.get(0, bytes);
    var error =
        assertThrows(
            FileFormatException.class,
            () -> {
              Files.write(file, bytes);
              try (OpenFile opened = OpenFile.open(file)) {
                ZipArchive unpacked = ZipArchive.open(opened);
                unpacked.bytes(unpacked.entries().firstEntry().getValue(), 4);
              }
            });
    assertEquals(file + ", file \"f\": found 5 bytes, expected at most 4", error.problem());
  }
}
