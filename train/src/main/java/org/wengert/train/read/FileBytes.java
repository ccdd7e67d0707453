package org.wengert.train.read;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.wengert.io.FileFormatException;

/// The bytes of a file, one after the other; unpacked, if it begins as files of gzip do. Holds its
/// place; for one thread.
final class FileBytes extends InputStream {
  /// What deflate can do at best.
  static final int MOST_COMPRESSION = 1032;

  private static final int BUFFER = 1 << 15;

  private final Path file;
  private final InputStream in;
  private final boolean packed;
  private final long size;
  private long offset;
  private long limit = Long.MAX_VALUE;

  private FileBytes(Path file, InputStream in, boolean packed, long size) {
    this.file = file;
    this.in = in;
    this.packed = packed;
    this.size = size;
  }

  /// Opens a file for reading. A pipe, which could be waited for without end, is refused.
  ///
  /// @throws IOException if there is no such file, or it may not be read
  /// @throws FileFormatException if it begins as a file of gzip, and does not go on as one
  static FileBytes open(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw Files.exists(file)
          ? new FileSystemException(file.toString(), null, "no regular file")
          : new NoSuchFileException(file.toString());
    }
    InputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    try {
      raw.mark(2);
      boolean packed = raw.read() == 0x1f && raw.read() == 0x8b;
      raw.reset();
      InputStream in = packed ? new GZIPInputStream(raw, BUFFER) : raw;
      return new FileBytes(file, in, packed, Files.size(file));
    } catch (ZipException | EOFException e) {
      raw.close();
      throw damagedGzip(file, 0, e);
    } catch (IOException | RuntimeException e) {
      raw.close();
      throw e;
    }
  }

  /// Refuses more than `perByte` bytes for each byte of the file, and 1 MiB.
  FileBytes unpackedAtMost(int perByte) {
    limit = perByte * size + (1 << 20);
    return this;
  }

  Path file() {
    return file;
  }

  /// The number of the byte that is read next, unpacked.
  long offset() {
    return offset;
  }

  /// The error that there is `found` instead of `expected` in this file.
  FileFormatException error(String where, String found, String expected) {
    return new FileFormatException(file, where, found, expected);
  }

  /// Demands that there can be so many bytes in all, before memory is taken for them.
  ///
  /// @param what they are, such as `10 images of 28 x 28`
  void requireTotal(long declared, String what) {
    if (packed ? declared / MOST_COMPRESSION > size : declared != size) {
      throw error(
              "whole file",
              size + (packed ? " compressed bytes" : " bytes"),
              (packed ? "enough for " : "") + declared + ", for " + what)
          .hint("it was cut off or is damaged; fetch it again");
    }
  }

  /// The next bytes; takes memory as they arrive.
  byte[] next(int count) throws IOException {
    byte[] bytes = readNBytes(count);
    if (bytes.length < count) {
      throw error("byte " + offset, "the end of the file", (count - bytes.length) + " more bytes")
          .hint("it was cut off or is damaged; fetch it again");
    }
    return bytes;
  }

  /// Demands that nothing follows.
  void requireEnd(String what) throws IOException {
    long end = offset;
    if (read() >= 0) {
      throw error("byte " + end, "more bytes", "the end of the file after " + what);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] to, int from, int length) throws IOException {
    int count;
    try {
      count = in.read(to, from, length);
    } catch (ZipException | EOFException e) {
      throw damagedGzip(file, offset, e);
    }
    offset += Math.max(0, count);
    if (packed && offset > limit) {
      throw error("whole file", "more than " + limit + " bytes when unpacked", "fewer")
          .hint("so much compression is rare; if you trust the file, unpack it: gunzip");
    }
    return count;
  }

  private static FileFormatException damagedGzip(Path file, long offset, IOException e) {
    String reason = e.getMessage() == null ? "it ends too soon" : e.getMessage();
    return new FileFormatException(
            file,
            "unpacked byte " + offset,
            "damaged gzip data (" + reason + ")",
            "a whole file of gzip")
        .hint("fetch it again");
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
