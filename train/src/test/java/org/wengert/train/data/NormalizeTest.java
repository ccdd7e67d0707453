package org.wengert.train.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.wengert.StateException;
import org.wengert.tensor.DType;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

class NormalizeTest {
  /// scikit-learn's example for `StandardScaler`: means 0.5, and (2, 2) becomes (3, 3).
  @Test
  void standardizingFollowsTheExampleOfScikitLearn() {
    Tensor x = Tensor.of(new double[][] {{0, 0}, {0, 0}, {1, 1}, {1, 1}});
    Normalize scale = Normalize.standardize(x);
    assertArrayEquals(new double[] {0.5, 0.5}, scale.shift().toDoubleArray());
    assertArrayEquals(new double[] {-1, -1, -1, -1, 1, 1, 1, 1}, scale.apply(x).toDoubleArray());
    assertArrayEquals(new double[] {3, 3}, scale.apply(Tensor.of(2.0, 2.0)).toDoubleArray());
  }

  /// scikit-learn's example for `MinMaxScaler`: (2, 2) becomes (1.5, 0).
  @Test
  void rangesFollowTheExampleOfScikitLearn() {
    Tensor x = Tensor.of(new double[][] {{-1, 2}, {-0.5, 6}, {0, 10}, {1, 18}});
    Normalize scale = Normalize.minMax(x, 0, 1);
    assertArrayEquals(
        new double[] {0, 0, 0.25, 0.25, 0.5, 0.5, 1, 1}, scale.apply(x).toDoubleArray());
    assertArrayEquals(new double[] {1.5, 0}, scale.apply(Tensor.of(2.0, 2.0)).toDoubleArray());
    Normalize around = Normalize.minMax(x, -1, 3);
    assertArrayEquals(
        new double[] {-1, -1, 0, 0, 1, 1, 3, 3}, around.apply(x).toDoubleArray(), 1e-12);
    assertArrayEquals(x.toDoubleArray(), around.inverse(around.apply(x)).toDoubleArray(), 1e-12);
  }

  /// Also if rounding makes the variance of equal numbers more than 0, as 0.1 does.
  @Test
  void whatNeverVariesIsOnlyShifted() {
    double[][] rows = new double[1000][];
    Arrays.fill(rows, new double[] {0.1, 7, 1e9 + 0.1});
    Normalize scale = Normalize.standardize(Tensor.of(rows));
    assertArrayEquals(new double[] {1, 1, 1}, scale.scale().toDoubleArray());
    assertArrayEquals(
        new double[] {1, 1, 1}, Normalize.minMax(Tensor.of(rows), 0, 1).scale().toDoubleArray());
  }

  @Test
  void whatIsMissingIsNotLookedAtAndStays() {
    Tensor x = Tensor.of(new double[][] {{1, Double.NaN}, {3, 5}, {Double.NaN, 9}});
    Normalize scale = Normalize.standardize(x);
    assertArrayEquals(
        new double[] {-1, Double.NaN, 1, -1, Double.NaN, 1}, scale.apply(x).toDoubleArray());
  }

  @Test
  void channelsHaveNumbersOfTheirOwn() {
    Tensor images = Tensor.rand(Shape.of(5, 3, 4, 2), DType.FLOAT32, new Rng(1));
    Normalize scale = Normalize.standardize(images, 1);
    assertEquals("Normalize[(3, 1, 1)]", scale.toString());
    Tensor scaled = scale.apply(images);
    assertEquals(DType.FLOAT32, scaled.dtype());
    for (int c = 0; c < 3; c++) {
      double[] channel = scaled.slice(1, c, c + 1, 1).toDoubleArray();
      double sum = 0;
      double squares = 0;
      for (double value : channel) {
        sum += value;
        squares += value * value;
      }
      assertEquals(0, sum / channel.length, 1e-6);
      assertEquals(1, squares / channel.length, 1e-6);
    }
    Tensor one = scale.apply(images.slice(0, 3, 4, 1).reshape(3, 4, 2));
    assertTrue(one.sameBits(scaled.slice(0, 3, 4, 1).reshape(3, 4, 2)));
  }

  @Test
  void bytesBecomeFloats() {
    Normalize half = Normalize.of(Tensor.of(100.0), Tensor.of(2.0));
    Tensor scaled = half.apply(Tensor.of((byte) 200, (byte) 0));
    assertTrue(scaled.sameBits(Tensor.of(50f, -50f)));
  }

  @Test
  void savedNumbersAreLoadedWhole() {
    Normalize scale = Normalize.standardize(Tensor.rand(Shape.of(9, 3), DType.FLOAT64, new Rng(1)));
    Normalize loaded = new Normalize();
    assertEquals(0.25, loaded.apply(Tensor.of(0.25)).item());
    loaded.loadStateDict(scale.stateDict());
    assertTrue(loaded.shift().sameBits(scale.shift()));
    assertTrue(loaded.scale().sameBits(scale.scale()));
    Map<String, Tensor> bad = scale.stateDict();
    bad.put("scale", Tensor.of(1.0, 0.0, 1.0));
    bad.put("shift", Tensor.of(1.0, 2.0, 3.0));
    assertEquals(
        """
        Normalize.loadStateDict: the saved state does not fit
            impossible  scale  shift 2.0 with scale 0.0
          hint: load what stateDict() of a Normalize gave""",
        assertThrows(StateException.class, () -> loaded.loadStateDict(bad)).getMessage());
    assertTrue(loaded.shift().sameBits(scale.shift()));
  }

  @Test
  void whatGivesNoNumbersIsRefused() {
    double infinite = Double.POSITIVE_INFINITY;
    Tensor x = Tensor.of(1, 2, infinite, 4, 5, 6).reshape(3, 2);
    String hint =
        "\n  hint: leave out infinite numbers, and features that are missing in all samples";
    assertEquals(
        "samples that give shift Infinity with scale NaN" + hint,
        assertThrows(OptionException.class, () -> Normalize.standardize(x)).getMessage());
    assertEquals(
        "samples that give shift NaN with scale Infinity" + hint,
        assertThrows(OptionException.class, () -> Normalize.minMax(x, 0, 1)).getMessage());
    Tensor missing = Tensor.of(1, Double.NaN, 2, Double.NaN).reshape(2, 2);
    assertThrows(OptionException.class, () -> Normalize.standardize(missing));
    assertThrows(OptionException.class, () -> Normalize.minMax(missing, 0, 1));
  }

  @Test
  void shapesThatDoNotFitAreRefused() {
    Normalize scale = Normalize.standardize(Tensor.ones(4, 3));
    assertEquals(
        "numbers of shape (3) for ()\n"
            + "  hint: apply to samples, or batches of them, like those this was made of",
        assertThrows(ShapeException.class, () -> scale.apply(Tensor.of(1.0))).getMessage());
    assertThrows(ShapeException.class, () -> scale.apply(Tensor.ones(4)));
    assertEquals(
        "axis 0 counts the samples, which have no numbers of their own\n"
            + "  hint: name axes of a sample, such as 1 for channels",
        assertThrows(ShapeException.class, () -> Normalize.standardize(Tensor.ones(4, 3), 0))
            .getMessage());
    assertEquals(
        "from 1.0 to 1.0\n  hint: low is below high",
        assertThrows(OptionException.class, () -> Normalize.minMax(Tensor.ones(4, 3), 1, 1))
            .getMessage());
    assertEquals(
        "no samples in a tensor of shape (0, 3)",
        assertThrows(ShapeException.class, () -> Normalize.standardize(Tensor.zeros(0, 3)))
            .problem());
  }

  @Test
  void oneHotMarksTheClass() {
    assertTrue(
        OneHot.of(Tensor.of(2L, 0L), 3).sameBits(Tensor.of(0f, 0f, 1f, 1f, 0f, 0f).reshape(2, 3)));
    assertThrows(ShapeException.class, () -> OneHot.of(Tensor.of(3L), 3));
  }
}
