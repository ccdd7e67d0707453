package org.wengert.golden;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// Where golden cases are read from: the data of this repository, or another folder of the same
/// format, `-Dgolden.dir=DIR`, whose files may be plain or compressed.
public final class GoldenFiles {
  private final @Nullable Path folder;

  private GoldenFiles(@Nullable Path folder) {
    this.folder = folder;
  }

  /// The data of this repository.
  public static GoldenFiles committed() {
    return new GoldenFiles(null);
  }

  /// The folder named by `golden.dir`, else the data of this repository.
  ///
  /// @throws IllegalArgumentException if that is no folder
  public static GoldenFiles chosen() {
    String folder = System.getProperty("golden.dir", "");
    if (folder.isEmpty()) {
      return new GoldenFiles(null);
    }
    if (!Files.isDirectory(Path.of(folder))) {
      throw new IllegalArgumentException("golden.dir=" + folder + " is no folder");
    }
    return in(Path.of(folder));
  }

  /// The files of a folder.
  static GoldenFiles in(Path folder) {
    return new GoldenFiles(folder);
  }

  /// The cases of a file, such as `unary`; null if the folder does not have it.
  @Nullable List<GoldenCase> cases(String file) {
    try (InputStream bytes = open(file)) {
      if (bytes == null) {
        return null;
      }
      List<GoldenCase> cases = new ArrayList<>();
      JsonParser.parseReader(new InputStreamReader(bytes, StandardCharsets.UTF_8))
          .getAsJsonArray()
          .forEach(json -> cases.add(GoldenCase.of(file, json.getAsJsonObject())));
      return cases;
    } catch (IOException e) {
      throw new UncheckedIOException("golden " + file + ".json", e);
    }
  }

  @Override
  public String toString() {
    return folder == null ? "the data of this repository" : folder.toString();
  }

  private @Nullable InputStream open(String file) throws IOException {
    if (folder == null) {
      return new GZIPInputStream(
          GoldenFiles.class.getResourceAsStream("/golden/" + file + ".json.gz"));
    }
    Path plain = folder.resolve(file + ".json");
    if (Files.exists(plain)) {
      return Files.newInputStream(plain);
    }
    Path compressed = folder.resolve(file + ".json.gz");
    return Files.exists(compressed) ? new GZIPInputStream(Files.newInputStream(compressed)) : null;
  }
}
