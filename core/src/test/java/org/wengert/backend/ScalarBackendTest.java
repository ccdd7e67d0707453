package org.wengert.backend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.wengert.backend.plain.ScalarBackend;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

class ScalarBackendTest {
  private static final double INF = Double.POSITIVE_INFINITY;
  private static final double NAN = Double.NaN;
  private static final long ODD = (1L << 53) + 1; // no double

  private final Backend backend = new ScalarBackend();

  private static Tensor longs(long... values) {
    return Tensor.of(values);
  }

  @Test
  void argMaxTakesTheFirstOfEqualsAndNaNAsTheLargest() {
    Tensor x =
        Tensor.of(
            new double[][] {
              {1, 3, 3, 2},
              {1, NAN, 9, NAN},
              {-INF, -INF, -INF, -INF},
              {-0.0, 0.0, -1, -2},
              {1, 2, INF, INF},
              {NAN, 1, 2, 3}
            });
    assertArrayEquals(new long[] {1, 1, 0, 0, 2, 0}, backend.argMax(x, 1).toLongArray());
  }

  @Test
  void argMaxOfIntegersIsExact() {
    assertEquals(1, backend.argMax(longs(ODD - 1, ODD, ODD - 2), 0).item());
  }

  @Test
  void theLargestOfNumbersWithNaNIsNaN() {
    Tensor x = Tensor.of(new double[][] {{1, NAN, 3}, {-INF, -INF, -INF}, {1, INF, 2}});
    assertArrayEquals(
        new double[] {NAN, -INF, INF},
        backend.reduce(Reduction.MAX, x, Shape.of(3, 1)).toDoubleArray());
  }

  @Test
  void nothingSumsToZero() {
    Tensor x = Tensor.zeros(0, 3);
    assertArrayEquals(
        new double[3], backend.reduce(Reduction.SUM, x, Shape.of(1, 3)).toDoubleArray());
    assertEquals(-INF, backend.reduce(Reduction.MAX, x, Shape.SCALAR).item());
    assertEquals(-INF, backend.logSumExp(x, Shape.SCALAR).item());
  }

  @Test
  void sumsOfManyFloatsLoseLittleToTheirOrder() {
    Tensor x = Tensor.full(Shape.of(1 << 20), 0.1, DType.FLOAT32);
    float exact = 0.1f * (1 << 20);
    double sum = backend.reduce(Reduction.SUM, x, Shape.SCALAR).item();
    assertEquals(exact, sum, 2 * Math.ulp(exact)); // one by one: 104 857.6 becomes 100 958.3
  }

  @Test
  void integersAreExactBeyondTheDoubles() {
    Shape scalar = Shape.SCALAR;
    assertEquals(ODD, backend.reduce(Reduction.SUM, longs(ODD - 3, 3), scalar).longAt());
    assertEquals(ODD, backend.reduce(Reduction.MAX, longs(ODD, ODD - 1), scalar).longAt());
    assertEquals(ODD, backend.mapLongs(v -> v + 2, longs(ODD - 2)).longAt(0));
    Shape one = Shape.of(1);
    assertEquals(
        ODD, backend.zipLongs(Long::sum, longs(ODD - 1), longs(1), one, DType.INT64).longAt(0));
    Tensor larger =
        backend.compare(ScalarBackendProperties.Larger.THAN, longs(ODD), longs(ODD - 1), one);
    assertEquals(1, larger.longAt(0));
    assertEquals(
        ODD, backend.where(Tensor.of(new boolean[] {true}), longs(ODD), longs(0), one).longAt(0));
    Tensor a = longs(1, ODD).reshape(1, 2);
    assertEquals(2 * ODD + 1, backend.matMul(a, longs(1, 2).reshape(2, 1)).longAt(0, 0));
    assertEquals(ODD, backend.gather(longs(0, ODD), 0, longs(1)).longAt(0));
    assertEquals(ODD, backend.scatterAdd(longs(ODD - 1, 1), 0, longs(0, 0), one).longAt(0));
    assertEquals(ODD, backend.embed(longs(ODD), 0, 1, 1, Shape.of(3)).longAt(1));
    Tensor joined = backend.cat(List.of(longs(ODD), Tensor.of(7, 8)), 0, Shape.of(3), DType.INT64);
    assertArrayEquals(new long[] {ODD, 7, 8}, joined.toLongArray());
  }

  @Test
  void catRoundsLargeIntegersOnce() {
    long justAboveHalf = (1L << 60) + (1L << 36) + 1;
    Tensor y = backend.cat(List.of(longs(justAboveHalf)), 0, Shape.of(1), DType.FLOAT32);
    assertEquals((float) justAboveHalf, y.item());
  }

  @Test
  void int32WrapsAround() {
    Tensor x = Tensor.of(new int[] {Integer.MAX_VALUE});
    assertEquals(Integer.MIN_VALUE, backend.mapLongs(v -> v + 1, x).longAt(0));
    assertEquals(
        2L * Integer.MAX_VALUE,
        backend
            .reduce(Reduction.SUM, Tensor.of(Integer.MAX_VALUE, Integer.MAX_VALUE), Shape.SCALAR)
            .longAt());
  }

  @Test
  void emptyInnerAxesMultiplyToZero() {
    Tensor y = backend.matMul(Tensor.ones(2, 0), Tensor.ones(0, 3));
    assertEquals(Shape.of(2, 3), y.shape());
    assertArrayEquals(new double[6], y.toDoubleArray());
    assertEquals(
        Shape.of(0, 2, 4), backend.matMul(Tensor.ones(0, 2, 3), Tensor.ones(0, 3, 4)).shape());
  }

  @Test
  void matMulCrossesItsBlocks() {
    Rng random = new Rng(5);
    Tensor a = Tensor.randn(Shape.of(3, 11), DType.FLOAT64, random);
    Tensor b = Tensor.randn(Shape.of(300, 11), DType.FLOAT64, random).permute(1, 0);
    Tensor y = backend.matMul(a, b);
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 300; j++) {
        double sum = 0;
        for (int k = 0; k < 11; k++) {
          sum = Math.fma(a.at(i, k), b.at(k, j), sum);
        }
        assertEquals(sum, y.at(i, j));
      }
    }
  }

  @Test
  void gatherAndItsRelativesAcceptEmptyAxes() {
    Tensor none = Tensor.zeros(Shape.of(0, 2), DType.INT64);
    assertEquals(Shape.of(0, 2), backend.gather(Tensor.ones(3, 2), 0, none).shape());
    assertEquals(Shape.of(0, 2), backend.gather(Tensor.ones(0, 2), 0, none).shape());
    Tensor zeros = backend.scatterAdd(Tensor.ones(0, 2), 0, none, Shape.of(3, 2));
    assertArrayEquals(new double[6], zeros.toDoubleArray());
    assertEquals(0, backend.scatterAdd(Tensor.ones(0, 2), 0, none, Shape.of(0, 2)).count());
    Tensor embedded = backend.embed(Tensor.ones(2, 0), 1, 0, 1, Shape.of(2, 2));
    assertArrayEquals(new double[4], embedded.toDoubleArray());
    assertEquals(0, backend.softmax(Tensor.zeros(0, 2), 0).count());
    assertEquals(0, backend.argMax(Tensor.zeros(3, 0), 0).count());
  }

  @Test
  void softmaxDoesNotOverflow() {
    Tensor x = Tensor.of(new double[][] {{1000, 1000}, {-1e308, 1e308}, {0, -800}, {-INF, 3}});
    assertArrayEquals(
        new double[] {0.5, 0.5, 0, 1, 1, 0, 0, 1}, backend.softmax(x, 1).toDoubleArray());
    assertArrayEquals(
        new double[] {-Math.log(2), -Math.log(2), -INF, 0, 0, -800, -INF, 0},
        backend.logSoftmax(x, 1).toDoubleArray(),
        1e-13);
    assertArrayEquals(
        new double[] {1000 + Math.log(2), 1e308, 0, 3},
        backend.logSumExp(x, Shape.of(4, 1)).toDoubleArray(),
        1e-12);
  }

  @Test
  void rowsWithoutAFiniteNumberAreAsInPyTorch() {
    Tensor x = Tensor.of(new double[][] {{-INF, -INF}, {INF, 0}, {NAN, 0}});
    Tensor softmax = backend.softmax(x, 1);
    assertArrayEquals(new double[] {NAN, NAN, NAN, NAN, NAN, NAN}, softmax.toDoubleArray());
    assertArrayEquals(
        new double[] {NAN, NAN, NAN, NAN, NAN, NAN}, backend.logSoftmax(x, 1).toDoubleArray());
    assertArrayEquals(
        new double[] {-INF, INF, NAN},
        backend.logSumExp(x, Shape.of(3).insert(1, 1)).toDoubleArray());
  }

  @Test
  void unlikelyClassesKeepTheirDigits() {
    Tensor x = Tensor.of(40.0, 0.0);
    double tail = Math.log1p(Math.exp(-40));
    assertEquals(-40 - tail, backend.logSoftmax(x, 0).at(1));
    Tensor single = Tensor.of(-1000f, 0f);
    assertEquals(-1000, backend.logSoftmax(single, 0).at(0));
  }

  @Test
  void aScalarIsItsOwnSoftmax() {
    assertEquals(1, backend.softmax(Tensor.of(7.0), 0).item());
    assertEquals(0, backend.logSoftmax(Tensor.of(7.0), 0).item());
    assertEquals(7, backend.logSumExp(Tensor.of(7.0), Shape.SCALAR).item());
  }

  @Test
  void accumulateMayAddATensorToItself() {
    Tensor x = Tensor.of(1.0, 2.0);
    backend.accumulate(x, x);
    assertArrayEquals(new double[] {2, 4}, x.toDoubleArray());
  }

  private List<Tensor> everything() {
    Rng random = new Rng(11);
    Tensor a = Tensor.randn(Shape.of(37, 41), DType.FLOAT32, random);
    Tensor b = Tensor.randn(Shape.of(37, 41), DType.FLOAT32, random).permute(1, 0);
    List<Tensor> results = new ArrayList<>();
    results.add(backend.map(Math::sqrt, b));
    results.add(backend.zip((l, r) -> l * r + l, a, b.permute(1, 0), a.shape(), DType.FLOAT32));
    results.add(backend.reduce(Reduction.SUM, a, Shape.of(41)));
    results.add(backend.reduce(Reduction.SUM, b, Shape.SCALAR));
    results.add(backend.matMul(a, b));
    results.add(backend.softmax(b, 0));
    results.add(backend.logSoftmax(a, 1));
    results.add(backend.logSumExp(b, Shape.of(1, 37)));
    results.add(backend.argMax(b, 1));
    Tensor sum = a.copy();
    backend.accumulate(sum, b.permute(1, 0));
    results.add(sum);
    return results;
  }

  @Test
  void repetitionsAndThreadsGiveTheSameBits() throws Exception {
    List<Tensor> once = everything();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Callable<List<Tensor>>> work = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        work.add(this::everything);
      }
      for (Future<List<Tensor>> result : threads.invokeAll(work)) {
        for (int k = 0; k < once.size(); k++) {
          assertTrue(once.get(k).sameBits(result.get().get(k)), "result " + k);
        }
      }
    }
  }

  @Test
  void accumulateMayAddToAViewOfAnyStrides() {
    Tensor whole = Tensor.zeros(2, 6);
    backend.accumulate(
        whole.slice(1, 1, 6, 2), Tensor.of(new float[] {1, 2, 3, 4, 5, 6}).reshape(2, 3));
    assertArrayEquals(new double[] {0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6}, whole.toDoubleArray());
  }
}
