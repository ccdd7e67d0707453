package org.wengert.train.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.wengert.tensor.DType;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

class SyntheticTest {
  private static final int COUNT = 400;

  /// One of the generators.
  private interface Maker {
    TensorDataset<Sample> make(int count, double noise, Rng random);
  }

  /// A claim about the points of one class.
  private interface Claim {
    boolean holds(double x, double y, boolean first);
  }

  private static final List<Maker> TWO_CLASSES =
      List.of(
          Synthetic::circle, Synthetic::xor, Synthetic::blobs, Synthetic::spiral, Synthetic::moons);

  private static void assertForAll(TensorDataset<Sample> data, Claim claim) {
    Sample all = data.all();
    for (int i = 0; i < data.size(); i++) {
      double x = all.input().at(i, 0);
      double y = all.input().at(i, 1);
      boolean first = all.target().at(i) == 1;
      assertTrue(claim.holds(x, y, first), "point " + i + " at " + x + ", " + y);
    }
  }

  private static double share(TensorDataset<Sample> data) {
    return IntStream.range(0, data.size())
        .mapToDouble(i -> data.get(i).target().item())
        .average()
        .orElseThrow();
  }

  @Test
  void theSameSeedGivesTheSamePointsAndHalfOfThemAreOfEachClass() {
    for (Maker maker : TWO_CLASSES) {
      Sample all = maker.make(COUNT, 0.1, new Rng(7)).all();
      assertTrue(all.input().sameBits(maker.make(COUNT, 0.1, new Rng(7)).all().input()));
      assertTrue(!all.input().sameBits(maker.make(COUNT, 0.1, new Rng(8)).all().input()));
      assertEquals(Shape.of(COUNT, 2), all.input().shape());
      assertEquals(DType.FLOAT32, all.input().dtype());
      assertEquals(DType.INT64, all.target().dtype());
      assertEquals(0.5, share(maker.make(COUNT, 0, new Rng(7))), 0.08);
      assertEquals(7, maker.make(7, 0.1, new Rng(7)).size());
    }
  }

  @Test
  void aCircleIsInARingWithAGapBetween() {
    assertForAll(
        Synthetic.circle(COUNT, 0, new Rng(1)),
        (x, y, first) ->
            first
                ? Math.hypot(x, y) < 2.5001
                : Math.hypot(x, y) > 3.4999 && Math.hypot(x, y) < 5.001);
  }

  @Test
  void xorIsTheProductOfTheSigns() {
    assertForAll(
        Synthetic.xor(COUNT, 0, new Rng(1)),
        (x, y, first) ->
            first == (x * y > 0)
                && Math.min(Math.abs(x), Math.abs(y)) >= 0.2999
                && Math.max(Math.abs(x), Math.abs(y)) <= 5.3001);
  }

  @Test
  void noiseMixesTheClassesOfCircleAndXor() {
    long wrong =
        IntStream.range(0, COUNT)
            .filter(
                i -> {
                  Sample point = Synthetic.xor(COUNT, 0.5, new Rng(1)).get(i);
                  double product = point.input().at(0) * point.input().at(1);
                  return point.target().item() != (product >= 0 ? 1 : 0);
                })
            .limit(20)
            .count();
    assertEquals(20, wrong);
    assertThrows(
        AssertionError.class,
        () ->
            assertForAll(
                Synthetic.circle(COUNT, 0.5, new Rng(1)),
                (x, y, first) -> first == Math.hypot(x, y) < 2.5001));
  }

  @Test
  void spiralsAreOppositeEachOther() {
    Tensor places = Synthetic.spiral(100, 0, new Rng(1)).all().input();
    for (int i = 0; i < 50; i++) {
      assertEquals(5 * i / 50.0, Math.hypot(places.at(i, 0), places.at(i, 1)), 1e-5);
      assertEquals(-places.at(i, 0), places.at(50 + i, 0), 1e-5);
      assertEquals(-places.at(i, 1), places.at(50 + i, 1), 1e-5);
    }
    // One fifth of 1.75 turns: r = 1, t = 0.7 π.
    assertEquals(Math.sin(0.7 * Math.PI), places.at(10, 0), 1e-6);
    assertEquals(Math.cos(0.7 * Math.PI), places.at(10, 1), 1e-6);
  }

  @Test
  void blobsHaveTheirCentresAndVariance() {
    Tensor places = Synthetic.blobs(8000, 0.1, new Rng(1)).all().input();
    double mean = 0;
    double square = 0;
    for (int i = 0; i < 4000; i++) {
      mean += places.at(i, 0) / 4000;
      square += Math.pow(places.at(i, 0) - 2, 2) / 4000;
    }
    assertEquals(2, mean, 5 * Math.sqrt(1.2 / 4000));
    assertEquals(1.2, square, 5 * 1.2 * Math.sqrt(2 / 4000.0));
  }

  /// scikit-learn's `make_moons(4, shuffle=False)`: (1, 0), (-1, 0), (0, 0.5), (2, 0.5).
  @Test
  void moonsReachIntoEachOther() {
    Sample all = Synthetic.moons(4, 0, new Rng(1)).all();
    assertArrayEquals(
        new double[] {1, 0, -1, 0, 0, 0.5, 2, 0.5}, all.input().toDoubleArray(), 1e-6);
    assertTrue(all.target().sameBits(Tensor.of(0L, 0L, 1L, 1L)));
  }

  @Test
  void landscapesHaveTheirHeights() {
    Sample plane = Synthetic.plane(COUNT, 0, new Rng(1)).all();
    Sample hills = Synthetic.hills(COUNT, 0, new Rng(1)).all();
    double[] range = hills.target().toDoubleArray();
    for (int i = 0; i < COUNT; i++) {
      double sum = plane.input().at(i, 0) + plane.input().at(i, 1);
      assertEquals(sum / 10, plane.target().at(i, 0), 1e-6);
      double x = hills.input().at(i, 0);
      double y = hills.input().at(i, 1);
      double aroundOrigin = Math.hypot(x, y - 2.5);
      if (aroundOrigin < 2) {
        assertEquals(-(1 - aroundOrigin / 2), range[i], 1e-5);
      }
      if (Math.hypot(x - 4, y - 2.5) < 2) {
        assertEquals(1 - Math.hypot(x - 4, y - 2.5) / 2, range[i], 1e-5);
      }
    }
    assertTrue(IntStream.range(0, COUNT).filter(i -> range[i] == 0).count() > COUNT / 4);
  }

  @Test
  void regressionsFollowTheirFormulas() {
    Sample line = Synthetic.linear(5, new double[] {2, -3}, 0.5, 0, new Rng(1)).all();
    Sample curve = Synthetic.polynomial(5, new double[] {1, 0, -2, 3}, 0, new Rng(1)).all();
    for (int i = 0; i < 5; i++) {
      double x = curve.input().at(i, 0);
      assertEquals(1 - 2 * x * x + 3 * x * x * x, curve.target().at(i, 0), 1e-5);
      assertEquals(
          2 * line.input().at(i, 0) - 3 * line.input().at(i, 1) + 0.5,
          line.target().at(i, 0),
          1e-5);
    }
    Sample noisy = Synthetic.polynomial(4000, new double[] {0}, 0.5, new Rng(1)).all();
    double square = 0;
    for (double y : noisy.target().toDoubleArray()) {
      square += y * y / 4000;
    }
    assertEquals(0.25, square, 5 * 0.25 * Math.sqrt(2 / 4000.0));
  }

  @Test
  void countsAndNoiseMustMakeSense() {
    assertEquals(
        "0 points\n  hint: take at least 1",
        assertThrows(OptionException.class, () -> Synthetic.xor(0, 0, new Rng(1))).getMessage());
    assertEquals(
        "noise is -0.1\n  hint: take 0 or more",
        assertThrows(OptionException.class, () -> Synthetic.plane(1, -0.1, new Rng(1)))
            .getMessage());
  }
}
