package org.wengert.io;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/// The bytes of one file of an archive, unpacked: never more than the directory promised, and
/// with the checksum that it promised. Holds its place; for one thread.
final class ZipEntryStream extends InputStream {
  private final InputStream packed;
  private final InputStream from;
  private final Inflater inflater = new Inflater(true);
  private final ZipArchive.Entry entry;
  private final Place place;
  private final CRC32 sum = new CRC32();
  private long left;

  ZipEntryStream(InputStream packed, ZipArchive.Entry entry, Place place) {
    this.packed = packed;
    this.from = entry.deflated() ? new InflaterInputStream(packed, inflater, 1 << 13) : packed;
    this.entry = entry;
    this.place = place;
    this.left = entry.size();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    if (length == 0 || left == 0) {
      return length == 0 ? 0 : -1;
    }
    int count = unpack(to, offset, (int) Math.min(length, left));
    if (count < 0) {
      throw place.found((entry.size() - left) + " bytes", "" + entry.size());
    }
    sum.update(to, offset, count);
    left -= count;
    if (left == 0) {
      checkEnd();
    }
    return count;
  }

  private int unpack(byte[] to, int offset, int length) throws IOException {
    try {
      return from.read(to, offset, length);
    } catch (ZipException | EOFException e) {
      throw place.found("compressed data that is damaged", entry.size() + " bytes");
    }
  }

  private void checkEnd() throws IOException {
    if (unpack(new byte[1], 0, 1) >= 0) {
      throw place.found("more than " + entry.size() + " bytes", "" + entry.size());
    }
    if (sum.getValue() != entry.crc()) {
      throw place
          .found(String.format("checksum %08x", sum.getValue()), String.format("%08x", entry.crc()))
          .hint("the file is damaged; save or copy it again");
    }
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    packed.close();
  }
}
