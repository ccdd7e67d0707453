package org.wengert.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.TreeMap;

/// The files in a zip archive that is not trusted. Its directory is checked as a whole before any
/// of them is read: each lies in the archive, under one name, apart from all others, and promises
/// no more bytes than its compressed ones can hold; so all of them together have at most 1032
/// times the bytes of the archive. What is read is compared with the size and the checksum that
/// were promised.
///
/// Immutable and thread-safe. Source: PKWARE's APPNOTE, with its 64-bit fields.
final class ZipArchive {
  /// The most bytes that deflate makes of one.
  static final int MAX_EXPANSION = 1032;

  private static final long DIRECTORY_ENTRY = 0x02014b50L;
  private static final long LOCAL_HEADER = 0x04034b50L;
  private static final int ENTRY_BYTES = 46;
  private static final int LOCAL_BYTES = 30;
  private static final int ZIP64_EXTRA = 1;
  private static final long SATURATED = 0xffffffffL;

  private final OpenFile file;
  private final SequencedMap<String, Entry> entries = new LinkedHashMap<>();
  private final TreeMap<Long, Entry> byPlace = new TreeMap<>();

  /// One file: `compressed` bytes from `data` on, which are `size` bytes.
  record Entry(
      String name, boolean deflated, long crc, long compressed, long size, long header, long data) {
    long end() {
      return data + compressed;
    }
  }

  private ZipArchive(OpenFile file) {
    this.file = file;
  }

  /// The archive in `file`, its directory checked.
  static ZipArchive open(OpenFile file) throws IOException {
    ZipArchive archive = new ZipArchive(file);
    ZipEnd end = ZipEnd.find(file);
    long at = end.directory();
    for (long i = 0; i < end.count(); i++) {
      at = archive.readEntry(at, end);
    }
    if (at != end.directoryEnd()) {
      throw file.at(at).found("more of the directory", "its end after " + end.count() + " files");
    }
    archive.checkApart();
    return archive;
  }

  /// The file that the archive is.
  OpenFile file() {
    return file;
  }

  /// The files by name, in the order of the directory.
  SequencedMap<String, Entry> entries() {
    return Collections.unmodifiableSequencedMap(entries);
  }

  private long readEntry(long at, ZipEnd end) throws IOException {
    file.require(at, ENTRY_BYTES, end.directoryEnd(), "a directory entry");
    if (file.u32(at) != DIRECTORY_ENTRY) {
      throw file.at(at).found("other bytes", "a directory entry");
    }
    int nameBytes = file.u16(at + 28);
    int extraBytes = file.u16(at + 30);
    long next = at + ENTRY_BYTES + nameBytes + extraBytes + file.u16(at + 32);
    file.require(at, next - at, end.directoryEnd(), "a directory entry");
    byte[] raw = file.copy(at + ENTRY_BYTES, nameBytes);
    String name = name(raw, at);
    checkMethod(at, name);
    long[] wide = {file.u32(at + 24), file.u32(at + 20), file.u32(at + 42)};
    widen(wide, at + ENTRY_BYTES + nameBytes, extraBytes);
    long data = data(wide[2], raw, name, end);
    boolean deflated = file.u16(at + 10) != 0;
    Entry entry = new Entry(name, deflated, file.u32(at + 16), wide[1], wide[0], wide[2], data);
    checkSizes(entry, end);
    if (entries.put(name, entry) != null) {
      throw file.at(at).found("the name " + Json.shown(name) + " again", "each name once");
    }
    if (byPlace.put(entry.header(), entry) != null) {
      throw place(entry).found("the bytes of another file", "bytes of its own");
    }
    return next;
  }

  private String name(byte[] raw, long at) {
    if (raw.length == 0) {
      throw file.at(at).found("a file without a name", "a name");
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(raw)).toString();
    } catch (CharacterCodingException e) {
      throw file.at(at + ENTRY_BYTES).found("a name that is no UTF-8", "UTF-8");
    }
  }

  private void checkMethod(long at, String name) throws IOException {
    Place place = file.at("file " + Json.shown(name));
    if ((file.u16(at + 8) & 1) != 0) {
      throw place.found("an encrypted file", "one that is not");
    }
    int method = file.u16(at + 10);
    if (method != 0 && method != 8) {
      throw place.found("compression method " + method, "0 (stored) or 8 (deflated)");
    }
  }

  /// Replaces those of size, compressed size and place that did not fit 32 bits.
  private void widen(long[] wide, long extra, int extraBytes) throws IOException {
    long end = extra + extraBytes;
    long at = extra;
    while (at + 4 <= end) {
      long next = at + 4 + file.u16(at + 2);
      if (file.u16(at) == ZIP64_EXTRA && next <= end) {
        long field = at + 4;
        for (int i = 0; i < wide.length; i++) {
          if (wide[i] == SATURATED && field + 8 <= next) {
            wide[i] = file.i64(field);
            field += 8;
          }
        }
        return;
      }
      at = next;
    }
  }

  /// Where a file's bytes begin, behind its own header.
  private long data(long header, byte[] rawName, String name, ZipEnd end) throws IOException {
    file.require(header, LOCAL_BYTES, end.directory(), "a file's header");
    if (file.u32(header) != LOCAL_HEADER) {
      throw file.at(header).found("other bytes", "the header of file " + Json.shown(name));
    }
    int nameBytes = file.u16(header + 26);
    file.require(header + LOCAL_BYTES, nameBytes, end.directory(), "a file's name");
    if (!Arrays.equals(rawName, file.copy(header + LOCAL_BYTES, nameBytes))) {
      throw file.at(header).found("another name", "that of the directory, " + Json.shown(name));
    }
    return header + LOCAL_BYTES + nameBytes + file.u16(header + 28);
  }

  private void checkSizes(Entry entry, ZipEnd end) {
    file.require(entry.data(), entry.compressed(), end.directory(), "a file");
    long most =
        entry.deflated()
            ? Math.min(entry.compressed(), Long.MAX_VALUE / MAX_EXPANSION) * MAX_EXPANSION
            : entry.compressed();
    boolean fits = entry.deflated() ? entry.size() <= most : entry.size() == most;
    if (entry.size() < 0 || !fits) {
      throw place(entry)
          .found(
              entry.compressed()
                  + " bytes that promise to be "
                  + Long.toUnsignedString(entry.size()),
              (entry.deflated() ? "at most " : "") + most);
    }
  }

  private void checkApart() {
    long free = 0;
    for (Entry entry : byPlace.values()) {
      if (entry.header() < free) {
        throw place(entry).found("the bytes of another file", "bytes of its own");
      }
      free = entry.end();
    }
  }

  /// The place of a file in errors.
  Place place(Entry entry) {
    return file.at("file " + Json.shown(entry.name()));
  }

  /// The bytes of a file, unpacked. Reading the last one checks their sum.
  InputStream stream(Entry entry) throws IOException {
    return new ZipEntryStream(file.stream(entry.data(), entry.compressed()), entry, place(entry));
  }

  /// All bytes of a small file.
  ///
  /// @throws FileFormatException if they are more than `limit`
  byte[] bytes(Entry entry, int limit) throws IOException {
    if (entry.size() > limit) {
      throw place(entry).found(entry.size() + " bytes", "at most " + limit);
    }
    try (InputStream stream = stream(entry)) {
      byte[] bytes = stream.readNBytes((int) entry.size());
      if (bytes.length < entry.size()) {
        throw place(entry).found(bytes.length + " bytes", "" + entry.size());
      }
      return bytes;
    }
  }
}
