package org.wengert.io;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// What a safetensors file says about its tensors before their bytes: type, shape and place of
/// each, and free text. Immutable.
record SafetensorsHeader(Map<String, Entry> entries, Map<String, String> metadata) {
  /// The format's own limit on the header, in bytes.
  static final int LIMIT = 100_000_000;

  /// The key that holds free text instead of a tensor.
  static final String METADATA = "__metadata__";

  /// One tensor: its bytes lie from `begin` up to `end`, counted from the end of the header.
  record Entry(ElementCode code, Shape shape, long begin, long end) {}

  /// The header under which `tensors` are written. It lists them in the order of the map; in the
  /// data wide elements come first, so that each tensor is aligned to its element's width, which
  /// PyTorch's reader needs.
  static SafetensorsHeader of(Map<String, Tensor> tensors, Map<String, String> metadata) {
    List<Map.Entry<String, Tensor>> byWidth = new ArrayList<>(tensors.entrySet());
    byWidth.sort(Comparator.comparingInt(e -> -ElementCode.of(e.getValue().dtype()).width()));
    Map<String, Long> begins = new HashMap<>(); // only looked up, never iterated
    long at = 0;
    for (Map.Entry<String, Tensor> tensor : byWidth) {
      begins.put(tensor.getKey(), at);
      at += ElementStream.bytes(tensor.getValue());
    }
    Map<String, Entry> entries = new LinkedHashMap<>();
    tensors.forEach(
        (name, tensor) -> {
          long begin = Objects.requireNonNull(begins.get(name));
          ElementCode code = ElementCode.of(tensor.dtype());
          entries.put(
              name, new Entry(code, tensor.shape(), begin, begin + ElementStream.bytes(tensor)));
        });
    return new SafetensorsHeader(entries, metadata);
  }

  /// The entries in the order of their bytes in the file.
  List<Map.Entry<String, Entry>> inDataOrder() {
    List<Map.Entry<String, Entry>> sorted = new ArrayList<>(entries.entrySet());
    sorted.sort(
        Comparator.<Map.Entry<String, Entry>>comparingLong(e -> e.getValue().begin())
            .thenComparingLong(e -> e.getValue().end()));
    return sorted;
  }

  /// The header as JSON in UTF-8, padded with blanks to a multiple of 8 bytes.
  ///
  /// @throws OptionException if a name cannot be written or the header exceeds the format's limit
  byte[] toBytes() {
    StringBuilder json = new StringBuilder("{");
    if (!metadata.isEmpty()) {
      append(METADATA, json).append('{');
      metadata.forEach((key, value) -> Json.quote(writable(value), append(key, json)));
      json.append('}');
    }
    entries.forEach((name, entry) -> append(entry, append(tensorName(name), json)));
    byte[] bytes = json.append('}').toString().getBytes(StandardCharsets.UTF_8);
    byte[] padded = Arrays.copyOf(bytes, (bytes.length + 7) / 8 * 8);
    Arrays.fill(padded, bytes.length, padded.length, (byte) ' ');
    if (padded.length > LIMIT) {
      throw new OptionException(
              "a header of " + padded.length + " bytes exceeds the format's limit of " + LIMIT)
          .hint("use fewer or shorter names and metadata, or several files");
    }
    return padded;
  }

  private static StringBuilder append(String key, StringBuilder json) {
    json.append(json.charAt(json.length() - 1) == '{' ? "" : ",");
    Json.quote(writable(key), json);
    return json.append(':');
  }

  private static void append(Entry entry, StringBuilder json) {
    json.append("{\"dtype\":\"").append(entry.code()).append("\",\"shape\":[");
    for (int axis = 0; axis < entry.shape().rank(); axis++) {
      json.append(axis == 0 ? "" : ",").append(entry.shape().size(axis));
    }
    json.append("],\"data_offsets\":[").append(entry.begin());
    json.append(',').append(entry.end()).append("]}");
  }

  private static String tensorName(String name) {
    if (name.equals(METADATA)) {
      throw new OptionException("no tensor can be named " + METADATA)
          .hint("the format keeps that name for its free text; rename the tensor");
    }
    return name;
  }

  private static String writable(String text) {
    if (Json.unpairedSurrogate(text) >= 0) {
      throw new OptionException("half a surrogate pair in " + Json.shown(text))
          .hint("names and metadata are written as UTF-8, which holds whole characters only");
    }
    return text;
  }
}
