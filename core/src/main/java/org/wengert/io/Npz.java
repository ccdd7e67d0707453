package org.wengert.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Tensor;

/// Named arrays in a file, in NumPy's format npz, so that data can be exchanged with Python
/// (`numpy.savez`, `savez_compressed` and `load`): a zip archive of [Npy] files, `weight.npy` for
/// the array `weight`.
///
/// A file is not trusted. Its directory, and the header of each array, are checked before memory is
/// taken; sizes and checksums of what is unpacked are compared with the directory's. Reading a file
/// that is stored takes at most 64 bytes of memory for each byte of it, and 1 MiB. Compressed, one
/// byte can become 1032: `read(file, limit)` says how many bytes the arrays may have unpacked. What
/// is wrong with the contents is a [FileFormatException], trouble with the disk an `IOException`.
///
/// Stateless and thread-safe. Source: `numpy.lib.npyio`; PKWARE's APPNOTE.
public final class Npz {
  private static final String SUFFIX = ".npy";
  private static final int MAX_NAME = 0xffff - SUFFIX.length();

  /// The earliest time that an archive can hold without naming a time zone, on all our entries:
  /// same tensors, same bytes.
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

  private Npz() {}

  /// Writes the tensors as they are, as `numpy.savez` does. The file appears whole or not at all,
  /// as with [Safetensors#write].
  ///
  /// @throws IOException if the file cannot be written
  /// @throws OptionException if a name is empty, too long or no Unicode
  public static void write(Path file, Map<String, Tensor> tensors) throws IOException {
    write(file, tensors, ZipEntry.STORED);
  }

  /// Writes the tensors compressed, as `numpy.savez_compressed` does: smaller, and slower to read.
  ///
  /// @throws IOException if the file cannot be written
  /// @throws OptionException if a name is empty, too long or no Unicode
  public static void writeCompressed(Path file, Map<String, Tensor> tensors) throws IOException {
    write(file, tensors, ZipEntry.DEFLATED);
  }

  private static void write(Path file, Map<String, Tensor> tensors, int method) throws IOException {
    SequencedMap<String, Tensor> snapshot = new LinkedHashMap<>(tensors);
    snapshot.keySet().forEach(Npz::checkName);
    AtomicFile.write(
        file,
        to -> {
          ZipOutputStream zip = new ZipOutputStream(to);
          for (Map.Entry<String, Tensor> tensor : snapshot.entrySet()) {
            zip.putNextEntry(entry(tensor.getKey(), tensor.getValue(), method));
            Npy.write(tensor.getValue(), zip);
            zip.closeEntry();
          }
          zip.finish();
        });
  }

  private static ZipEntry entry(String name, Tensor tensor, int method) throws IOException {
    ZipEntry entry = new ZipEntry(name + SUFFIX);
    entry.setTimeLocal(TIME);
    entry.setMethod(method);
    if (method == ZipEntry.STORED) {
      CRC32 sum = new CRC32();
      Npy.write(tensor, new CheckedOutputStream(OutputStream.nullOutputStream(), sum));
      entry.setCrc(sum.getValue());
      entry.setSize(NpyHeader.bytes(tensor).length + ElementStream.bytes(tensor));
    }
    return entry;
  }

  private static void checkName(String name) {
    boolean holds = !name.isEmpty() && Json.unpairedSurrogate(name) < 0;
    if (!holds || name.length() > MAX_NAME / 3) {
      throw new OptionException("no array can be named " + Json.shown(name))
          .hint("a name is Unicode of 1 to " + MAX_NAME / 3 + " characters");
    }
  }

  /// The arrays of a file, in the order of its directory.
  ///
  /// @throws IOException if the file cannot be read
  /// @throws FileFormatException if it is no npz file, is damaged or cut off, or has types that no
  ///     tensor holds
  public static SequencedMap<String, Tensor> read(Path file) throws IOException {
    return read(file, Long.MAX_VALUE);
  }

  /// The arrays of a file, if they have no more than `limit` bytes when unpacked: for compressed
  /// files from strangers.
  ///
  /// @throws IOException if the file cannot be read
  /// @throws FileFormatException if it is no npz file, is damaged or cut off, has types that no
  ///     tensor holds, or would be larger than `limit`
  public static SequencedMap<String, Tensor> read(Path file, long limit) throws IOException {
    try (OpenFile bytes = OpenFile.open(file)) {
      ZipArchive archive = ZipArchive.open(bytes);
      checkLimit(archive, limit);
      SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
      for (ZipArchive.Entry entry : archive.entries().values()) {
        tensors.put(name(archive, entry), tensor(archive, entry));
      }
      return tensors;
    }
  }

  private static void checkLimit(ZipArchive archive, long limit) {
    long total = 0;
    for (ZipArchive.Entry entry : archive.entries().values()) {
      total = Math.min(total, Long.MAX_VALUE - entry.size()) + entry.size();
      if (total > limit) {
        throw archive.place(entry).found(total + " bytes up to here", "at most " + limit);
      }
    }
  }

  private static String name(ZipArchive archive, ZipArchive.Entry entry) {
    String name = entry.name();
    if (!name.endsWith(SUFFIX)) {
      throw archive
          .place(entry)
          .found("a file of another kind", "a name that ends in " + SUFFIX)
          .hint("this is perhaps no npz file");
    }
    return name.substring(0, name.length() - SUFFIX.length());
  }

  private static Tensor tensor(ZipArchive archive, ZipArchive.Entry entry) throws IOException {
    try (InputStream from = archive.stream(entry)) {
      return Npy.read(from, entry.size(), archive.place(entry));
    }
  }
}
