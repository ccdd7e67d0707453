package org.wengert.train.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wengert.io.FileFormatException;
import org.wengert.io.Npy;
import org.wengert.io.Npz;
import org.wengert.tensor.DType;
import org.wengert.tensor.Tensor;
import org.wengert.train.data.Dataset;
import org.wengert.train.data.Sample;

class NumpyDataTest {
  @TempDir Path folder;

  private Path npz(Tensor x, Tensor y) throws IOException {
    Path file = folder.resolve("data.npz");
    Npz.writeCompressed(file, Map.of("x", x, "y", y));
    return file;
  }

  @Test
  void inputsHaveTheWantedTypeAndClassesAreLong() throws IOException {
    Path file = npz(Tensor.of(new double[][] {{1, 2}, {3, 4}, {5, 6}}), Tensor.of(0, 1, 2));
    Dataset<Sample> data = NumpyData.npz(file, "x", "y", DType.FLOAT32);
    assertEquals(3, data.size());
    assertTrue(Tensor.of(3f, 4f).sameBits(data.get(1).input()));
    assertTrue(Tensor.of(2L).sameBits(data.get(2).target()));
  }

  @Test
  void twoFilesAreInputsAndTargets() throws IOException {
    Path x = folder.resolve("x.npy");
    Path y = folder.resolve("y.npy");
    Npy.write(x, Tensor.of(1f, 2f));
    Npy.write(y, Tensor.of(0.5, 1.5));
    Dataset<Sample> data = NumpyData.npy(x, y, DType.FLOAT64);
    assertTrue(Tensor.of(2.0).sameBits(data.get(1).input()));
    assertTrue(Tensor.of(1.5).sameBits(data.get(1).target()));
    Npy.write(y, Tensor.of(0.5));
    refused(
        () -> NumpyData.npy(x, y, DType.FLOAT64),
        y + ", targets: found one number, expected an axis that counts samples");
  }

  @Test
  void arraysMustFitTogether() throws IOException {
    Path file = npz(Tensor.of(1f, 2f, 3f), Tensor.of(0, 1));
    refused(
        () -> NumpyData.npz(file, "x", "y", DType.FLOAT32),
        file
            + ", targets: found shape (2), expected 3 in the first axis, as inputs of shape (3)"
            + " have");
    FileFormatException e =
        assertThrows(FileFormatException.class, () -> NumpyData.npz(file, "x", "z", DType.FLOAT32));
    assertTrue(e.getMessage().endsWith("expected one named z"), e.getMessage());
  }

  @Test
  void aBombIsNotUnpacked() throws IOException {
    Path file = npz(Tensor.zeros(5_000_000), Tensor.of(0, 1));
    FileFormatException e =
        assertThrows(FileFormatException.class, () -> NumpyData.npz(file, "x", "y", DType.FLOAT32));
    assertTrue(e.getMessage().contains("bytes up to here, expected at most 1"), e.getMessage());
  }

  private interface Reading {
    Object read() throws IOException;
  }

  private static void refused(Reading reading, String message) {
    FileFormatException e = assertThrows(FileFormatException.class, reading::read);
    assertEquals(message, e.getMessage());
  }
}
