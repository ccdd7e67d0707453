package org.wengert.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.wengert.backend.plain.ScalarBackend;
import org.wengert.backend.vector.VectorBackend;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Reductions have one order: that of the plain loops, for any backend, number of threads and
/// strides.
class ReductionContractProperties {
  private static final Backend PLAIN = new ScalarBackend();
  private static final Backend VECTOR = new VectorBackend();
  private static final int[] SIZES = {0, 1, 2, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 65, 129, 300};

  @Property(tries = 300)
  void reductionsHaveTheSameBitsEverywhere(@ForAll long seed) {
    RandomGenerator random = new Rng(seed);
    DType dtype = random.nextBoolean() ? DType.FLOAT32 : DType.FLOAT64;
    int[] sizes = new int[1 + random.nextInt(4)];
    Arrays.setAll(sizes, i -> SIZES[random.nextInt(i < 2 ? SIZES.length : 5)]);
    if (random.nextInt(20) == 0) {
      sizes = new int[] {3, 20_000 + random.nextInt(20_000)};
    }
    check(numbers(Shape.of(sizes), dtype, random), random);
  }

  private static void check(Tensor x, RandomGenerator random) {
    Tensor view = x.permute(order(x.rank(), random));
    Shape to = Operands.narrower(view.shape(), random);
    Reduction how = Reduction.values()[random.nextInt(3)];
    Tensor expected = PLAIN.reduce(how, view.copy(), to);
    assertTrue(expected.sameBits(PLAIN.reduce(how, view, to)));
    for (int threads = 1; threads <= 3; threads++) {
      Workers.using(
          threads,
          () -> {
            Tensor y = VECTOR.reduce(how, view, to);
            assertTrue(expected.sameBits(y), () -> how + " of " + view.shape() + " to " + to);
          });
    }
  }

  private static int[] order(int rank, RandomGenerator random) {
    int[] order = new int[rank];
    for (int axis = 0; axis < rank; axis++) {
      int other = random.nextInt(axis + 1);
      order[axis] = order[other];
      order[other] = axis;
    }
    return order;
  }

  /// Normal numbers, with an infinity, a `NaN` or a negative zero here and there.
  private static Tensor numbers(Shape shape, DType dtype, RandomGenerator random) {
    double[] values = Tensor.randn(shape, DType.FLOAT64, random).toDoubleArray();
    double[] special = {0.0, -0.0, Double.NaN, Double.NEGATIVE_INFINITY};
    for (int i = 0; i < values.length / 200 && random.nextBoolean(); i++) {
      values[random.nextInt(values.length)] = special[random.nextInt(special.length)];
    }
    return Tensor.of(values).reshape(shape).to(dtype);
  }

  @Property(tries = 100)
  void theExtremeOfALineIsFoundAtTheSamePlace(@ForAll long seed) {
    RandomGenerator random = new Rng(seed);
    Shape shape = Shape.of(1 + random.nextInt(4), SIZES[1 + random.nextInt(SIZES.length - 1)]);
    Tensor x = numbers(shape, random.nextBoolean() ? DType.FLOAT32 : DType.FLOAT64, random);
    Tensor across = x.permute(1, 0).copy().permute(1, 0); // not one behind the other
    assertTrue(PLAIN.argMax(across, 1).sameBits(VECTOR.argMax(x, 1)));
    assertTrue(PLAIN.argMin(across, 1).sameBits(VECTOR.argMin(x, 1)));
  }

  @Test
  void aStretchIsFoldedInLanesThatAreJoinedInATree() {
    float[] x = Tensor.randn(Shape.of(3, 32), DType.FLOAT32, new Rng(3)).toFloatArray();
    float[] lanes = new float[32];
    for (int i = 0; i < 70; i++) {
      lanes[i % 32] += x[5 + i];
    }
    for (int half = 16; half > 0; half /= 2) {
      for (int lane = 0; lane < half; lane++) {
        lanes[lane] += lanes[lane + half];
      }
    }
    assertEquals(lanes[0], new Folds().sum(x, 5, 70));
  }

  @Test
  void sumsOfAMillionFloatsAreExactToAnUlp() {
    Tensor x = Tensor.rand(Shape.of(1000, 1000), DType.FLOAT32, new Rng(4));
    double exact = Arrays.stream(x.toDoubleArray()).sum();
    double ulp = Math.ulp((float) exact);
    assertEquals(exact, VECTOR.reduce(Reduction.SUM, x, Shape.SCALAR).item(), ulp);
    Tensor columns = VECTOR.reduce(Reduction.SUM, x.reshape(500_000, 2), Shape.of(2));
    assertEquals(exact, columns.at(0) + columns.at(1), 2 * ulp);
  }
}
