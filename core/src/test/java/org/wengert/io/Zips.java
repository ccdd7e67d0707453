package org.wengert.io;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Archives for tests.
final class Zips {
  private Zips() {}

  /// An archive of these files.
  static byte[] zip(Map<String, byte[]> files, int method) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        ZipEntry entry = new ZipEntry(file.getKey());
        entry.setMethod(method);
        CRC32 sum = new CRC32();
        sum.update(file.getValue());
        entry.setCrc(sum.getValue());
        entry.setSize(file.getValue().length);
        zip.putNextEntry(entry);
        zip.write(file.getValue());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /// What `torch.save` writes, for a pickle and its storages `0`, `1`, ...
  static byte[] torch(byte[] pickle, byte[]... storages) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("m/data.pkl", pickle);
    files.put("m/byteorder", "little".getBytes(StandardCharsets.US_ASCII));
    for (int i = 0; i < storages.length; i++) {
      files.put("m/data/" + i, storages[i]);
    }
    files.put("m/version", "3\n".getBytes(StandardCharsets.US_ASCII));
    return zip(files, ZipEntry.STORED);
  }
}
