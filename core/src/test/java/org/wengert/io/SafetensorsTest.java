package org.wengert.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.AbstractMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wengert.tensor.DType;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

class SafetensorsTest {
  @TempDir Path directory;

  /// Written by hand from the format's description: 56 = 0x38 bytes of header, a multiple of 8.
  private static final String HEADER =
      "{\"w\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]}}";

  private static final String BYTES = "3800000000000000" + hex(HEADER) + "0000803f000000c0";

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, Tensor> one(String name, Tensor tensor) {
    Map<String, Tensor> map = new LinkedHashMap<>();
    map.put(name, tensor);
    return map;
  }

  private Path file() {
    return directory.resolve("model.safetensors");
  }

  private static void assertSameBits(Tensor expected, Tensor actual) {
    assertTrue(expected.sameBits(actual), () -> "expected " + expected + ", got " + actual);
  }

  @Test
  void theBytesAreThoseOfTheFormatsDescription() throws IOException {
    Safetensors.write(file(), one("w", Tensor.of(new float[][] {{1, -2}})));
    assertEquals(BYTES, HexFormat.of().formatHex(Files.readAllBytes(file())));
  }

  @Test
  void aFileWrittenByHandIsRead() throws IOException {
    Files.write(file(), HexFormat.of().parseHex(BYTES));
    Map<String, Tensor> read = Safetensors.read(file());
    assertEquals(List.of("w"), List.copyOf(read.keySet()));
    assertSameBits(Tensor.of(new float[][] {{1, -2}}), read.get("w"));
    assertEquals(Map.of(), Safetensors.metadata(file()));
  }

  @Test
  void everyTypeIsReadFromItsLittleEndianBytes() throws IOException {
    String header =
        """
        {"__metadata__": {"format": "pt"},
         "f": {"data_offsets": [24, 28], "dtype": "F32", "shape": []},
         "d": {"dtype": "F64", "shape": [1], "data_offsets": [0, 8]},
         "i": {"dtype": "I32", "shape": [2], "data_offsets": [16, 24]},
         "l": {"dtype": "I64", "shape": [1, 1], "data_offsets": [8, 16]},
         "b": {"dtype": "BOOL", "shape": [3], "data_offsets": [28, 31]},
         "u": {"dtype": "U8", "shape": [2], "data_offsets": [31, 33]},
         "e": {"dtype": "F32", "shape": [2, 0, 3], "data_offsets": [8, 8]}}
        """;
    String data =
        "182d4454fb210940" // the double nearest to pi
            + "ffffffffffffff7f" // the largest long
            + "ffffffff00000080" // -1 and the least int
            + "0000c07f" // NaN
            + "010001"
            + "80ff"; // 128 and 255
    writeRaw(header, HexFormat.of().parseHex(data));
    Map<String, Tensor> read = Safetensors.read(file());
    assertEquals(List.of("f", "d", "i", "l", "b", "u", "e"), List.copyOf(read.keySet()));
    assertEquals(Shape.SCALAR, read.get("f").shape());
    assertSameBits(Tensor.of(new float[] {Float.NaN}), read.get("f").reshape(1));
    assertSameBits(Tensor.of(new double[] {Math.PI}), read.get("d"));
    assertSameBits(Tensor.of(-1, Integer.MIN_VALUE), read.get("i"));
    assertEquals(Long.MAX_VALUE, read.get("l").longAt(0, 0));
    assertSameBits(Tensor.of(true, false, true), read.get("b"));
    assertSameBits(Tensor.of(128, 255).to(DType.UINT8), read.get("u"));
    assertEquals(Shape.of(2, 0, 3), read.get("e").shape());
    assertEquals(Map.of("format", "pt"), Safetensors.metadata(file()));
  }

  private void writeRaw(String header, byte[] data) throws IOException {
    Files.write(file(), SafetensorsDamageTest.bytes(header, data));
  }

  @Test
  void wideElementsPrecedeNarrowOnesSoThatAllAreAligned() throws IOException {
    Map<String, Tensor> tensors = one("b", Tensor.of(true, false, true));
    tensors.put("f", Tensor.of(new float[] {1}));
    tensors.put("l", Tensor.of(new long[] {7}));
    Safetensors.write(file(), tensors);
    String text = new String(Files.readAllBytes(file()), StandardCharsets.ISO_8859_1);
    assertTrue(text.contains("\"b\":{\"dtype\":\"BOOL\",\"shape\":[3],\"data_offsets\":[12,15]}"));
    assertTrue(text.contains("\"f\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,12]}"));
    assertTrue(text.contains("\"l\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8]}"));
    assertEquals(List.of("b", "f", "l"), List.copyOf(Safetensors.read(file()).keySet()));
  }

  @Test
  void noTensorsMakeAnEmptyFile() throws IOException {
    Safetensors.write(file(), new LinkedHashMap<>());
    assertEquals(
        "0800000000000000" + hex("{}      "), HexFormat.of().formatHex(Files.readAllBytes(file())));
    assertTrue(Safetensors.read(file()).isEmpty());
  }

  @Test
  void stridedViewsAreWrittenAsTheyLook() throws IOException {
    Tensor x = Tensor.arange(24).reshape(2, 3, 4);
    Map<String, Tensor> tensors = one("permuted", x.permute(2, 0, 1));
    tensors.put("sliced", x.slice(2, 1, 4, 2));
    tensors.put("expanded", Tensor.of(1.5, 2.5).expand(Shape.of(3, 2)));
    tensors.put("tail", x.slice(0, 1, 2, 1));
    Safetensors.write(file(), tensors);
    Map<String, Tensor> read = Safetensors.read(file());
    tensors.forEach((name, tensor) -> assertSameBits(tensor, read.get(name)));
  }

  @Test
  void tensorsLargerThanTheBufferSurvive() throws IOException {
    Map<String, Tensor> tensors = one("l", Tensor.arange(20_001));
    tensors.put("b", Tensor.arange(150_001).to(DType.BOOL));
    tensors.put("u", Tensor.arange(140_001).to(DType.UINT8));
    tensors.put("f", Tensor.arange(40_000).to(DType.FLOAT32));
    Safetensors.write(file(), tensors);
    Map<String, Tensor> read = Safetensors.read(file());
    tensors.forEach((name, tensor) -> assertSameBits(tensor, read.get(name)));
  }

  @Test
  void namesAndMetadataMayHoldAnyUnicode() throws IOException {
    String odd = "\"\\/\b\f\n\r\t\0\u007f\u0001 ä 漢 \uD83D\uDE00 \u2028 {}[],:";
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(odd, odd + odd);
    metadata.put("", "");
    Map<String, Tensor> tensors = one(odd, Tensor.of(1f));
    tensors.put("", Tensor.of(2f));
    Safetensors.write(file(), tensors, metadata);
    assertEquals(List.of(odd, ""), List.copyOf(Safetensors.read(file()).keySet()));
    assertEquals(metadata, Safetensors.metadata(file()));
  }

  @Test
  void escapesOfOtherWritersAreRead() throws IOException {
    writeRaw("{\"__metadata__\":{\"a\\u00e4\\uD83D\\uDE00\":\"\\/\\b\\f\\n\\r\\t\"}}", new byte[0]);
    assertEquals(Map.of("aä\uD83D\uDE00", "/\b\f\n\r\t"), Safetensors.metadata(file()));
  }

  @Test
  void namesThatTheFormatCannotHoldAreRefused() {
    OptionException reserved =
        assertThrows(
            OptionException.class,
            () -> Safetensors.write(file(), one("__metadata__", Tensor.of(1f))));
    assertEquals(
        "no tensor can be named __metadata__\n"
            + "  hint: the format keeps that name for its free text; rename the tensor",
        reserved.getMessage());
    OptionException half =
        assertThrows(
            OptionException.class, () -> Safetensors.write(file(), one("\uD83D", Tensor.of(1f))));
    assertTrue(half.getMessage().startsWith("half a surrogate pair in "), half.getMessage());
    assertTrue(Files.notExists(file()));
  }

  @Test
  void aFailedWriteLeavesTheOldFileAndNothingElse() throws IOException {
    Safetensors.write(file(), one("old", Tensor.of(1f)));
    byte[] before = Files.readAllBytes(file());
    Map<String, Tensor> failing =
        new AbstractMap<>() {
          @Override
          public Set<Entry<String, Tensor>> entrySet() {
            throw new IllegalStateException("no tensors today");
          }

          @Override
          public int size() {
            return 1;
          }
        };
    assertThrows(IllegalStateException.class, () -> Safetensors.write(file(), failing));
    assertThrows(
        OptionException.class, () -> Safetensors.write(file(), one("__metadata__", Tensor.of(1f))));
    assertArrayEquals(before, Files.readAllBytes(file()));
    assertEquals(List.of(file()), contents());
  }

  @Test
  void aMissingDirectoryIsAnIoException() {
    Path nowhere = directory.resolve("missing/model.safetensors");
    assertThrows(
        NoSuchFileException.class, () -> Safetensors.write(nowhere, one("w", Tensor.of(1f))));
    assertThrows(NoSuchFileException.class, () -> Safetensors.read(nowhere));
    assertThrows(NoSuchFileException.class, () -> Safetensors.metadata(nowhere));
  }

  @Test
  void aMoveThatFailsLeavesNoTemporaryFile() throws IOException {
    Files.createDirectory(file());
    Files.writeString(file().resolve("occupied"), "so that it cannot be replaced");
    assertThrows(IOException.class, () -> Safetensors.write(file(), one("w", Tensor.of(1f))));
    assertEquals(List.of(file()), contents());
  }

  @Test
  void overwritingReplacesTheWholeFile() throws IOException {
    Safetensors.write(file(), one("large", Tensor.arange(1000)));
    Safetensors.write(file(), one("small", Tensor.of(3f)));
    assertEquals(List.of("small"), List.copyOf(Safetensors.read(file()).keySet()));
    assertEquals(List.of(file()), contents());
  }

  private List<Path> contents() throws IOException {
    try (var paths = Files.list(directory)) {
      return paths.sorted().toList();
    }
  }
}
