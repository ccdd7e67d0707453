package org.wengert.io;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;

/// A file's bytes, mapped into memory: pages are read from the disk when they are looked at. The
/// arena decides how long the mapping lasts. Immutable and thread-safe, as far as the file is: who
/// shortens it meanwhile makes reading fail.
final class MappedFile {
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Path file;
  private final MemorySegment bytes;

  private MappedFile(Path file, MemorySegment bytes) {
    this.file = file;
    this.bytes = bytes;
  }

  /// The whole file, until `arena` is closed or, if it is automatic, forgotten.
  static MappedFile open(Path file, Arena arena) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      return new MappedFile(file, channel.map(MapMode.READ_ONLY, 0, channel.size(), arena));
    }
  }

  Path file() {
    return file;
  }

  /// The number of bytes.
  long size() {
    return bytes.byteSize();
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
  int u16(long at) {
    return Short.toUnsignedInt(bytes.get(SHORT, at));
  }

  /// The unsigned little-endian number of 4 bytes at `at`, which was checked before.
  long u32(long at) {
    return Integer.toUnsignedLong(bytes.get(INT, at));
  }

  /// The little-endian number of 8 bytes at `at`, which was checked before; beyond 2⁶³ negative.
  long i64(long at) {
    return bytes.get(LONG, at);
  }

  /// A copy of some bytes, which were checked before.
  byte[] copy(long from, int length) {
    byte[] copy = new byte[length];
    MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, from, copy, 0, length);
    return copy;
  }

  /// The bytes from `from` on, which were checked before.
  InputStream stream(long from, long length) {
    return new Stream(bytes.asSlice(from, length));
  }

  /// Some of the bytes, one after the other. Holds its place; for one thread.
  private final class Stream extends InputStream {
    private final MemorySegment part;
    private long at;

    Stream(MemorySegment part) {
      this.part = part;
    }

    @Override
    public int read() {
      return at < part.byteSize() ? Byte.toUnsignedInt(part.get(ValueLayout.JAVA_BYTE, at++)) : -1;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      int count = (int) Math.min(length, part.byteSize() - at);
      try {
        MemorySegment.copy(part, ValueLayout.JAVA_BYTE, at, to, offset, count);
      } catch (InternalError e) {
        throw new IOException(file + " became shorter while it was read", e);
      }
      at += count;
      return count == 0 ? -1 : count;
    }
  }
}
