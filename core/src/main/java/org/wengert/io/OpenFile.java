package org.wengert.io;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.AccessMode;
import java.nio.file.Path;
import java.util.Objects;

/// A file whose bytes are read where they are asked for, so that headers can be checked before the
/// rest is read. Few bytes are read together with those around them, in two windows, since who
/// reads a directory looks at it and at what it points to by turns.
///
/// The file's descriptor is released by [#close], or by the collector when nobody refers to this
/// object any more. A file that has become shorter since it was opened gives an `IOException`: that
/// is why it is not mapped into memory, where a page that is gone gives an `InternalError` at some
/// later time. It is no `FileChannel` either, which one interrupted thread closes for all others.
///
/// Thread-safe: one thread reads at a time.
final class OpenFile implements Closeable {
  private static final int WINDOW = 1 << 13;
  private static final int STEP = WINDOW / 2;

  private final Path file;
  private final RandomAccessFile bytes;
  private final long size;
  private Window window = new Window();
  private Window other = new Window();

  private OpenFile(Path file, RandomAccessFile bytes) throws IOException {
    this.file = file;
    this.bytes = bytes;
    this.size = bytes.length();
  }

  /// Opens a file for reading.
  ///
  /// @throws java.nio.file.FileSystemException if it is not there or may not be read
  static OpenFile open(Path file) throws IOException {
    file.getFileSystem().provider().checkAccess(file, AccessMode.READ);
    return new OpenFile(file, new RandomAccessFile(file.toFile(), "r"));
  }

  Path file() {
    return file;
  }

  /// The number of bytes when the file was opened.
  long size() {
    return size;
  }

  /// A place in this file.
  Place at(String where) {
    return new Place(file, where);
  }

  /// The place of a byte.
  Place at(long offset) {
    return at("byte " + offset);
  }

  /// Demands that the bytes from `from` on lie before `end`; hostile numbers may be of any size.
  ///
  /// @throws FileFormatException if they do not
  void require(long from, long length, long end, String what) {
    if (from < 0 || from > end || length < 0 || length > end - from) {
      throw at("byte " + Long.toUnsignedString(from))
          .found(what + " of " + Long.toUnsignedString(length) + " bytes", "it before byte " + end);
    }
  }

  /// The unsigned little-endian number of 2 bytes at `at`, which was checked before.
  int u16(long at) throws IOException {
    return (int) number(at, Short.BYTES);
  }

  /// The unsigned little-endian number of 4 bytes at `at`, which was checked before.
  long u32(long at) throws IOException {
    return number(at, Integer.BYTES);
  }

  /// The little-endian number of 8 bytes at `at`, which was checked before; beyond 2⁶³ negative.
  long i64(long at) throws IOException {
    return number(at, Long.BYTES);
  }

  private synchronized long number(long at, int width) throws IOException {
    Window around = around(at, width);
    int first = (int) (at - around.from);
    long number = 0;
    for (int i = first + width - 1; i >= first; i--) {
      number = number << Byte.SIZE | Byte.toUnsignedInt(around.bytes[i]);
    }
    return number;
  }

  /// A copy of some bytes, which were checked before.
  byte[] copy(long from, int length) throws IOException {
    byte[] copy = new byte[length];
    read(from, copy, 0, length);
    return copy;
  }

  /// The bytes from `from` on, which were checked before.
  InputStream stream(long from, long length) {
    Objects.checkFromIndexSize(from, length, size);
    return new Stream(from, from + length);
  }

  private synchronized void read(long from, byte[] to, int offset, int length) throws IOException {
    if (length > STEP) {
      readFile(from, to, offset, length);
    } else {
      Window around = around(from, length);
      System.arraycopy(around.bytes, (int) (from - around.from), to, offset, length);
    }
  }

  /// A window on the bytes from `from` on, which are no more than [#STEP].
  private Window around(long from, int length) throws IOException {
    Objects.checkFromIndexSize(from, length, size);
    if (!window.holds(from, length)) {
      Window last = window;
      window = other;
      other = last;
      if (!window.holds(from, length)) {
        window.move(from / STEP * STEP);
      }
    }
    return window;
  }

  private void readFile(long from, byte[] to, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(from, length, size);
    try {
      bytes.seek(from);
      bytes.readFully(to, offset, length);
    } catch (EOFException e) {
      throw new IOException(file + " became shorter while it was read", e);
    }
  }

  /// Releases the file now; nothing can be read any more.
  @Override
  public void close() throws IOException {
    bytes.close();
  }

  /// A part of the file in memory. Guarded by the file's lock.
  private final class Window {
    private final byte[] bytes = new byte[WINDOW];
    private long from;
    private int length;

    boolean holds(long first, int count) {
      return first >= from && first + count <= from + length;
    }

    void move(long to) throws IOException {
      int count = (int) Math.min(WINDOW, size - to);
      length = 0;
      readFile(to, bytes, 0, count);
      from = to;
      length = count;
    }
  }

  /// Some of the bytes, one after the other. Holds its place; for one thread.
  private final class Stream extends InputStream {
    private final long end;
    private long at;

    Stream(long at, long end) {
      this.at = at;
      this.end = end;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      int count = (int) Math.min(length, end - at);
      if (count > 0) {
        OpenFile.this.read(at, to, offset, count);
        at += count;
      }
      return count == 0 && length > 0 ? -1 : count;
    }
  }
}
