package org.wengert.io;

import java.io.IOException;

/// The end of a zip archive, which says where its directory lies. Immutable.
///
/// @param count the number of files
/// @param directory where their entries begin
/// @param directoryEnd where they end
record ZipEnd(long count, long directory, long directoryEnd) {
  private static final long SIGNATURE = 0x06054b50L;
  private static final int BYTES = 22;
  private static final int MAX_COMMENT = 0xffff;
  private static final long LOCATOR = 0x07064b50L;
  private static final int LOCATOR_BYTES = 20;
  private static final long WIDE = 0x06064b50L;
  private static final int WIDE_BYTES = 56;
  private static final int SMALLEST_ENTRY = 47;

  /// Finds the end in the last 64 KiB, before the archive's comment.
  static ZipEnd find(OpenFile file) throws IOException {
    long first = Math.max(0, file.size() - BYTES - MAX_COMMENT);
    for (long at = file.size() - BYTES; at >= first; at--) {
      if (file.u32(at) == SIGNATURE && at + BYTES + file.u16(at + 20) == file.size()) {
        return read(file, at);
      }
    }
    throw file.at("end")
        .found("no directory", "that of a zip archive")
        .hint("the file is cut off or no zip archive; save or copy it again");
  }

  private static ZipEnd read(OpenFile file, long at) throws IOException {
    long count = file.u16(at + 10);
    long bytes = file.u32(at + 12);
    long directory = file.u32(at + 16);
    long limit = at;
    if (count == 0xffffL || bytes == 0xffffffffL || directory == 0xffffffffL) {
      long wide = wide(file, at);
      if (wide >= 0) {
        count = file.i64(wide + 32);
        bytes = file.i64(wide + 40);
        directory = file.i64(wide + 48);
        limit = wide;
      }
    }
    file.require(directory, bytes, limit, "a directory");
    if (count < 0 || count > bytes / SMALLEST_ENTRY) {
      throw file.at(at)
          .found(
              Long.toUnsignedString(count) + " files",
              "at most " + bytes / SMALLEST_ENTRY + " in a directory of " + bytes + " bytes");
    }
    return new ZipEnd(count, directory, directory + bytes);
  }

  /// Where the end with 64-bit numbers lies, or -1 if there is none.
  private static long wide(OpenFile file, long end) throws IOException {
    long locator = end - LOCATOR_BYTES;
    if (locator < 0 || file.u32(locator) != LOCATOR) {
      return -1;
    }
    long at = file.i64(locator + 8);
    file.require(at, WIDE_BYTES, locator, "the 64-bit end of the directory");
    if (file.u32(at) != WIDE) {
      throw file.at(at).found("other bytes", "the 64-bit end of the directory");
    }
    return at;
  }
}
