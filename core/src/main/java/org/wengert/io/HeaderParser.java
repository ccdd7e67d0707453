package org.wengert.io;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wengert.io.SafetensorsHeader.Entry;
import org.wengert.tensor.Shape;

/// Parses a safetensors header and checks that it fits the file: every tensor's bytes are there,
/// as many as its shape needs, and all bytes belong to exactly one tensor. Whoever has the result
/// may take memory by it.
final class HeaderParser {
  private final Path file;
  private final Json json;
  private final long dataBytes;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();

  private HeaderParser(Path file, byte[] header, long dataBytes) {
    this.file = file;
    this.json = new Json(file, header);
    this.dataBytes = dataBytes;
  }

  /// The checked header of `file`, which has `dataBytes` bytes behind it.
  static SafetensorsHeader parse(Path file, byte[] header, long dataBytes) {
    if (header.length == 0 || header[0] != '{') {
      String found = header.length == 0 ? "no header" : String.format("byte 0x%02x", header[0]);
      throw new FileFormatException(file, "header byte 0", found, "'{'")
          .hint("this is probably no safetensors file");
    }
    HeaderParser parser = new HeaderParser(file, header, dataBytes);
    parser.json.object(parser::member);
    parser.json.end();
    SafetensorsHeader parsed = new SafetensorsHeader(parser.entries, parser.metadata);
    parser.checkCover(parsed);
    return parsed;
  }

  private void member(String key) {
    if (key.equals(SafetensorsHeader.METADATA)) {
      json.object(text -> metadata.put(text, json.string()));
    } else {
      entries.put(key, new Fields(key).read());
    }
  }

  /// The members of one tensor while they are read.
  private final class Fields {
    private final Place place;
    private @Nullable String dtype;
    private @Nullable List<Long> shape;
    private @Nullable List<Long> offsets;

    Fields(String name) {
      this.place = new Place(file, "tensor " + Json.shown(name));
    }

    Entry read() {
      json.object(
          key -> {
            switch (key) {
              case "dtype" -> dtype = json.string();
              case "shape" -> shape = integers();
              case "data_offsets" -> offsets = integers();
              default ->
                  throw damaged("the key " + Json.shown(key), "dtype, shape and data_offsets");
            }
          });
      if (dtype == null || shape == null || offsets == null) {
        String missing = dtype == null ? "dtype" : shape == null ? "shape" : "data_offsets";
        throw damaged("no " + missing, "dtype, shape and data_offsets");
      }
      ElementCode code = code(dtype);
      return checked(code, FileShape.of(shape, place), offsets);
    }

    private List<Long> integers() {
      List<Long> integers = new ArrayList<>();
      json.array(() -> integers.add(json.integer()));
      return integers;
    }

    private ElementCode code(String name) {
      ElementCode code = ElementCode.named(name, ElementCode::name);
      if (code == null) {
        throw damaged(
                "dtype " + Json.shown(name), "one of " + Arrays.toString(ElementCode.values()))
            .hint("convert the tensor where it was made, for instance with .float() in PyTorch");
      }
      return code;
    }

    private Entry checked(ElementCode code, Shape shape, List<Long> offsets) {
      if (offsets.size() != 2) {
        throw damaged(offsets.size() + " data_offsets", "begin and end");
      }
      long begin = offsets.get(0);
      long end = offsets.get(1);
      if (begin > end || end > dataBytes) {
        throw damaged(
            "data_offsets " + offsets, "begin <= end <= " + dataBytes + ", the bytes of data");
      }
      FileShape.checkBytes(end - begin, code, shape, place);
      return new Entry(code, shape, begin, end);
    }

    private FileFormatException damaged(String found, String expected) {
      return place.found(found, expected);
    }
  }

  /// Checks that the tensors' bytes follow each other without overlap or hole, up to the end.
  private void checkCover(SafetensorsHeader header) {
    long covered = 0;
    for (Map.Entry<String, Entry> tensor : header.inDataOrder()) {
      Entry entry = tensor.getValue();
      if (entry.begin() != covered) {
        String what = entry.begin() < covered ? "an overlap" : "a hole";
        throw new FileFormatException(
            file,
            "tensor " + Json.shown(tensor.getKey()),
            what + ": its data begins at " + entry.begin(),
            "begin " + covered + ", where the tensor before ends");
      }
      covered = entry.end();
    }
    if (covered != dataBytes) {
      throw new FileFormatException(
          file, "end of data", (dataBytes - covered) + " bytes that belong to no tensor", "none");
    }
  }
}
