package org.wengert.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wengert.io.PickleWriter.View;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

class TorchFileTest {
  /// An archive that Python's own pickle and zipfile wrote, with classes that stand for PyTorch's:
  /// `{'model': state_dict, 'epoch': 3, 'loss': 0.25, 'best': True, 'note': 'hi', 'none': None,
  /// 'opt': {'state': ..., 'param_groups': [...]}, 'big': -2**40}`.
  private static final String BY_PYTHON =
      "eNp1VMtuE0kU7XY7TmjeQ3i/YWZwCDgPZhhgAIenM1MhcYwQLSRktdsVd4vG7dNVDgySpWxiGFbwAwiW"
          + "bOAnEBseAnasWbBBQsCCzUhMVbWD4yYp+1rlqnNO33vqVueJkezVonFCCy89fTZmaJqMVWLFDh3Xm6YD"
          + "ZZvbmdoVfybRgJa2usTW1aBMfeiOE/g+dbgXVJk5EZZpSMunPYebSPQVYKStJQI75WSuUa/iciQdHgjN"
          + "TLHOPZ+ZxZCW6p5fLnJaZUFYnB420ZVOW92CxATSrlCkIop51g9sfj5aNNFt6QIziB5LpKo5tTqWkBSH"
          + "OUk0kiBGE0uJQfQmlv3rykSWc6woYKUSFtmUPJth1SK51OzQvko5DU2sdkU2bsrtdntcpf/TJNGJMYs1"
          + "RJ9Fb6S9lmNdAetvqT8bbmJjAZuspeJB3KPlucI3x5W2yEwNkmhiq5RsYluktp1jRwE7raQQcG1/Crsi"
          + "ZsuFUbH03YTdyoQh/CwkExy/qOJn8avbymwPR7qAPoWqYm+H0FhQrXwX6leQYewTQjrHfiHU1xdpZDgG"
          + "ChisNzCkzrIorLFlP2BY7R+wZOvgtwZ+V+5O05CJZsBBojPGSqpXaC1wXPxBDFWVHzCGQ7nsq6jr1FqJ"
          + "Mo7Dt9S8GnCKI1ZCGuDhz9ZaleLouDrsoMZxrIHjUR8ybgt4toERojVwQqEZpzWcbDne77aqOjWvqtMc"
          + "Zwo4y5i1TODViRcrYVCvMeQuY7SBv9IqAT/E37lsvnTuzaeH/6nnlUT5DCSX/fBcjhe57MevL9+uu9nf"
          + "xJiVmhNjOHcZ42lxHjqt23WVd8mrYOJ2ShX9rZ7Jd9y82WPvNsotGavn3bzSP5wG8lr5Huc+7SStv/P+"
          + "7gYxk7Eidl0HBiPUTFb8jIiviBkR90c6NUYvXF8uPUsupDGkHZ961Il/+OTB5x4x61kIP/z1WzQ6Oa/v"
          + "VS5IN2WsnMdp9coBM0/0RK+x+HtobszINv3hrRRnx71ss28YCzgbp8ddbdMfG3GP49y4m23ulzh3KM6N"
          + "O9vm7k7GfY5z4w63uReTP/idJ12qC1PiUxWONmW22v8alnYf";

  @TempDir Path directory;

  private Path file() {
    return directory.resolve("m.pt");
  }

  private SequencedMap<String, Tensor> read(byte[] bytes) throws IOException {
    Files.write(file(), bytes);
    return TorchFile.read(file());
  }

  private static byte[] byPython() throws IOException {
    byte[] packed = Base64.getDecoder().decode(BY_PYTHON);
    return new InflaterInputStream(new ByteArrayInputStream(packed)).readAllBytes();
  }

  static byte[] floats(float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  private static void assertSameBits(Tensor expected, Tensor actual) {
    assertTrue(expected.sameBits(actual), () -> "expected " + expected + ", got " + actual);
  }

  @Test
  void whatPythonPickledIsRead() throws IOException {
    SequencedMap<String, Tensor> read = read(byPython());
    assertEquals(
        List.of(
            "model.fc.weight",
            "model.fc.bias",
            "model.tied.weight",
            "model.half",
            "model.n",
            "epoch",
            "loss",
            "best",
            "opt.state.0.step",
            "opt.param_groups.0.lr",
            "opt.param_groups.0.betas.0",
            "opt.param_groups.0.betas.1",
            "opt.param_groups.0.params.0",
            "opt.param_groups.0.params.1",
            "big"),
        List.copyOf(read.keySet()));
    Tensor weight = Tensor.of(new float[][] {{0, 1, 2}, {3, 4, 5}});
    assertSameBits(weight, read.get("model.fc.weight"));
    assertSameBits(Tensor.of(1f, 2f, 3f), read.get("model.fc.bias"));
    assertSameBits(weight.permute(1, 0), read.get("model.tied.weight"));
    assertSameBits(Tensor.of(1.5f, -0.0999755859375f), read.get("model.half"));
    assertEquals(-9, read.get("model.n").longAt());
    assertSameBits(Tensor.of(3L).reshape(Shape.SCALAR), read.get("epoch"));
    assertSameBits(Tensor.of(0.25), read.get("loss"));
    assertEquals(DType.BOOL, read.get("best").dtype());
    assertEquals(1, read.get("best").item());
    assertEquals(0.999, read.get("opt.param_groups.0.betas.1").item());
    assertEquals(-1L << 40, read.get("big").longAt());
  }

  @Test
  void tensorsThatShareNumbersInTheFileShareThemHere() throws IOException {
    SequencedMap<String, Tensor> read = read(byPython());
    assertSame(read.get("model.fc.weight").storage(), read.get("model.fc.bias").storage());
    assertSame(read.get("model.fc.weight").storage(), read.get("model.tied.weight").storage());
  }

  private static Map<String, Object> one(Object value) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("w", value);
    return map;
  }

  private static View view(int count, long offset, long[] sizes, long[] strides) {
    return new View("FloatStorage", "0", count, offset, sizes, strides);
  }

  private Tensor view(View view) throws IOException {
    byte[] storage = floats(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    return read(Zips.torch(PickleWriter.pickle(one(view)), storage)).get("w");
  }

  @Test
  void viewsOfEveryKindAreRead() throws IOException {
    Tensor x = Tensor.arange(12).to(DType.FLOAT32);
    Tensor m = x.reshape(3, 4);
    assertSameBits(m, view(view(12, 0, new long[] {3, 4}, new long[] {4, 1})));
    assertSameBits(m.permute(1, 0), view(view(12, 0, new long[] {4, 3}, new long[] {1, 4})));
    assertSameBits(m.slice(1, 1, 4, 2), view(view(12, 1, new long[] {3, 2}, new long[] {4, 2})));
    assertSameBits(
        m.permute(1, 0).slice(0, 1, 3, 1).slice(1, 0, 3, 2),
        view(view(12, 1, new long[] {2, 2}, new long[] {1, 8})));
    assertSameBits(
        x.slice(0, 2, 4, 1).expand(Shape.of(1000, 2)),
        view(view(12, 2, new long[] {1000, 2}, new long[] {0, 1})));
    assertSameBits(
        x.slice(0, 7, 8, 1).reshape(1, 1), view(view(12, 7, new long[] {1, 1}, new long[] {9, 9})));
    assertEquals(Shape.of(2, 0), view(view(12, 12, new long[] {2, 0}, new long[] {1, 1})).shape());
    assertSameBits( // windows that overlap
        Tensor.of(new float[][] {{3, 4}, {4, 5}}),
        view(view(12, 3, new long[] {2, 2}, new long[] {1, 1})));
  }

  @Test
  void oneTensorAloneHasAnEmptyName() throws IOException {
    View whole = view(1, 0, new long[0], new long[0]);
    assertEquals(
        List.of(""), List.copyOf(read(Zips.torch(PickleWriter.pickle(whole), floats(1))).keySet()));
  }

  @ParameterizedTest
  @CsvSource({
    "DoubleStorage, 000000000000f83f, FLOAT64, 1.5",
    "FloatStorage, 0000c03f, FLOAT32, 1.5",
    "HalfStorage, 003e, FLOAT32, 1.5",
    "BFloat16Storage, c03f, FLOAT32, 1.5",
    "LongStorage, feffffffffffffff, INT64, -2",
    "IntStorage, feffffff, INT32, -2",
    "ShortStorage, feff, INT32, -2",
    "CharStorage, fe, INT32, -2",
    "ByteStorage, fe, UINT8, 254",
    "BoolStorage, 01, BOOL, 1",
  })
  void everyTypeIsRead(String type, String hex, DType dtype, double value) throws IOException {
    View view = new View(type, "0", 1, 0, new long[0], new long[0]);
    byte[] storage = java.util.HexFormat.of().parseHex(hex);
    Tensor x = read(Zips.torch(PickleWriter.pickle(one(view)), storage)).get("w");
    assertEquals(dtype, x.dtype());
    assertEquals(value, x.item());
  }

  @Test
  void bigEndianFilesAreRead() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("m/data.pkl", PickleWriter.pickle(view(1, 0, new long[0], new long[0])));
    files.put("m/byteorder", "big".getBytes(StandardCharsets.US_ASCII));
    files.put("m/data/0", new byte[] {0x3f, (byte) 0xc0, 0, 0});
    assertEquals(1.5, read(Zips.zip(files, ZipEntry.STORED)).get("").item());
  }

  @Test
  void nothingIsReadOfAnEmptyStateDict() throws IOException {
    assertArrayEquals(
        new Object[0],
        read(Zips.torch(PickleWriter.pickle(new LinkedHashMap<>()))).keySet().toArray());
  }
}
