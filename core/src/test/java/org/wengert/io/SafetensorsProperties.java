package org.wengert.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

class SafetensorsProperties {
  private static Path file;

  @BeforeContainer
  static void makeFile() throws IOException {
    file = Files.createTempFile("wengert", ".safetensors");
  }

  @AfterContainer
  static void deleteFile() throws IOException {
    Files.deleteIfExists(file);
  }

  private static Map<String, Tensor> tensors(RandomGenerator random) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    int count = random.nextInt(6);
    for (int i = 0; i < count; i++) {
      int[] sizes = new int[random.nextInt(5)];
      Arrays.setAll(sizes, axis -> random.nextInt(4));
      DType dtype = DType.values()[random.nextInt(DType.values().length)];
      Tensor x = Tensor.randn(Shape.of(sizes), DType.FLOAT64, random);
      tensors.put(name(random) + i, x.to(dtype));
    }
    return tensors;
  }

  private static String name(RandomGenerator random) {
    int[] points = new int[random.nextInt(5)];
    Arrays.setAll(points, i -> random.nextInt(random.nextBoolean() ? 128 : 0xD800));
    return new String(points, 0, points.length);
  }

  @Property(tries = 100)
  void whatIsWrittenIsRead(@ForAll long seed) throws IOException {
    RandomGenerator random = new Rng(seed);
    Map<String, Tensor> written = tensors(random);
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(name(random), name(random));
    Safetensors.write(file, written, metadata);
    Map<String, Tensor> read = Safetensors.read(file);
    assertEquals(written.keySet().stream().toList(), read.keySet().stream().toList());
    written.forEach((name, x) -> assertTrue(x.sameBits(read.get(name)), () -> name + x));
    assertEquals(metadata, Safetensors.metadata(file));
    long length = Files.size(file);
    Safetensors.write(file, read, metadata);
    assertEquals(length, Files.size(file));
  }
}
