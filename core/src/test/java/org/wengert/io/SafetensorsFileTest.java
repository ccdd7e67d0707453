package org.wengert.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wengert.tensor.DType;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

class SafetensorsFileTest {
  @TempDir Path directory;

  private Path file() {
    return directory.resolve("m.safetensors");
  }

  private void write(String dtype, String shape, String hex) throws IOException {
    byte[] data = HexFormat.of().parseHex(hex);
    String header =
        String.format(
            "{\"w\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[0,%d]}}",
            dtype, shape, data.length);
    Files.write(file(), SafetensorsDamageTest.bytes(header, data));
  }

  @Test
  void namesTypesShapesAndMetadataAreKnownWithoutTheTensors() throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("weight", Tensor.arange(6).to(DType.FLOAT32).reshape(2, 3));
    tensors.put("steps", Tensor.of(7L));
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", "pt");
    Safetensors.write(file(), tensors, metadata);
    SafetensorsFile opened = Safetensors.open(file());
    assertEquals(List.of("weight", "steps"), opened.names());
    assertEquals(DType.FLOAT32, opened.dtype("weight"));
    assertEquals("F32", opened.storedType("weight"));
    assertEquals(Shape.of(2, 3), opened.shape("weight"));
    assertEquals(metadata, opened.metadata());
    assertTrue(tensors.get("weight").sameBits(opened.tensor("weight")));
    assertEquals(List.of("weight", "steps"), List.copyOf(opened.tensors().keySet()));
    assertEquals(file() + ": 2 tensors", opened.toString());
  }

  @Test
  void aTensorOfALargeFileTakesItsOwnMemoryOnly() throws IOException {
    String header =
        """
        {"large": {"dtype": "F32", "shape": [1000000000], "data_offsets": [0, 4000000000]},
         "small": {"dtype": "F32", "shape": [2], "data_offsets": [4000000000, 4000000008]}}
        """;
    byte[] start = SafetensorsDamageTest.bytes(header, new byte[0]);
    try (RandomAccessFile sparse = new RandomAccessFile(file().toFile(), "rw")) {
      sparse.write(start);
      sparse.seek(start.length + 4_000_000_000L);
      sparse.write(HexFormat.of().parseHex("0000803f000000c0"));
    }
    Safetensors.open(file()).tensor("small"); // the JVM loads classes on our account
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    Tensor small = Safetensors.open(file()).tensor("small");
    long taken = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(Tensor.of(1f, -2f).sameBits(small), small::toString);
    assertTrue(taken < 1_000_000, () -> "took " + taken);
  }

  @ParameterizedTest
  @CsvSource({
    "F16, 003e66ae, FLOAT32, 1.5, -0.0999755859375",
    "BF16, c03f00c0, FLOAT32, 1.5, -2",
    "I8, fe80, INT32, -2, -128",
    "I16, feff0080, INT32, -2, -32768",
    "U8, ff01, UINT8, 255, 1",
    "U16, ffff0100, INT32, 65535, 1",
    "U32, ffffffff01000000, INT64, 4294967295, 1",
  })
  void narrowTypesAreWidenedExactly(
      String stored, String hex, DType dtype, double first, double second) throws IOException {
    write(stored, "[2]", hex);
    SafetensorsFile opened = Safetensors.open(file());
    assertEquals(stored, opened.storedType("w"));
    assertEquals(dtype, opened.dtype("w"));
    Tensor x = opened.tensor("w");
    assertEquals(dtype, x.dtype());
    assertEquals(first, x.at(0));
    assertEquals(second, x.at(1));
  }

  @Test
  void aNameThatIsNotThereIsExplained() throws IOException {
    write("F32", "[]", "00000000");
    SafetensorsFile opened = Safetensors.open(file());
    OptionException error = assertThrows(OptionException.class, () -> opened.tensor("v"));
    assertEquals(
        file() + " has no tensor \"v\" among its 1\n  hint: names() lists them",
        error.getMessage());
  }

  @Test
  void anOpenFileKeepsItsContentsWhenItIsReplaced() throws IOException {
    write("F32", "[]", "0000803f");
    SafetensorsFile opened = Safetensors.open(file());
    Map<String, Tensor> next = new LinkedHashMap<>();
    next.put("w", Tensor.of(5f));
    Safetensors.write(file(), next);
    assertEquals(1, opened.tensor("w").item());
    assertEquals(5, Safetensors.read(file()).get("w").item());
  }

  @Test
  void aFileThatIsCutOffWhileItIsOpenGivesAnIoException() throws IOException {
    write("F32", "[100000]", "00".repeat(400_000));
    SafetensorsFile opened = Safetensors.open(file());
    try (RandomAccessFile cut = new RandomAccessFile(file().toFile(), "rw")) {
      cut.setLength(4096);
    }
    IOException error = assertThrows(IOException.class, () -> opened.tensor("w"));
    assertEquals(file() + " became shorter while it was read", error.getMessage());
  }
}
