package org.wengert.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wengert.backend.plain.ScalarBackend;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Long operands are cut for several threads, and awkward ones copied: no bit shows it.
class PointwiseKernelTest {
  private static final List<Backend> BACKENDS = List.of(new ScalarBackend(), Backends.current());
  private static final Kernel SUB = Kernel.of(Expr.input(0).sub(Expr.input(1)));

  private static Tensor random(int... sizes) {
    return Tensor.rand(Shape.of(sizes), DType.FLOAT32, new Rng(sizes[0]));
  }

  private static void assertDifference(Tensor a, Tensor b, Shape shape) {
    float[] left = a.expand(shape).toFloatArray();
    float[] right = b.expand(shape).toFloatArray();
    for (Backend backend : BACKENDS) {
      Tensor y = backend.zip(SUB, Kernel.NO_SCALARS, a, b, shape, DType.FLOAT32);
      float[] actual = y.toFloatArray();
      for (int i = 0; i < left.length; i++) {
        assertEquals(left[i] - right[i], actual[i]);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void longOperandsAreCutForAnyNumberOfThreads(int threads) {
    Workers.using(
        threads,
        () -> {
          Shape shape = Shape.of(251, 403);
          Tensor x = random(251, 403);
          assertDifference(x, random(251, 403), shape);
          assertDifference(x, random(1), shape);
          assertDifference(random(1, 1), x, shape);
          assertDifference(x, random(403), shape);
          assertDifference(random(251, 1), x, shape);
          assertDifference(random(403, 251).permute(1, 0), x, shape);
          assertDifference(x, random(503, 807).slice(0, 1, 503, 2).slice(1, 0, 806, 2), shape);
          assertDifference(random(251, 1), random(403), shape);
        });
  }

  @Test
  void moreInputsMayBeHeldThanALoopKnows() {
    Expr sum = Expr.input(0);
    Tensor[] xs = new Tensor[6];
    xs[0] = random(40);
    for (int k = 1; k < 6; k++) {
      sum = sum.add(Expr.input(k));
      xs[k] = Tensor.of((float) k);
    }
    for (Backend backend : BACKENDS) {
      Tensor y = Tensor.zeros(40);
      backend.compute(Kernel.of(sum), Kernel.NO_SCALARS, DType.FLOAT32, new Tensor[] {y}, xs);
      assertEquals(xs[0].at(39) + 15, y.at(39), 1e-5);
    }
  }

  @Test
  void anUpdateOfExpressionsMovesAllOfItsState() {
    Expr velocity = Expr.input(2).mul(Expr.scalar(0)).add(Expr.input(0));
    Kernel kernel = Kernel.of(Expr.input(1).sub(velocity.mul(Expr.scalar(1))), velocity);
    Update rule = new CompiledUpdate(kernel, 0.5, 0.25);
    double[] state = {3, 2};
    rule.apply(1, state);
    assertEquals(2.5, state[0]);
    assertEquals(2, state[1]);
    for (Backend backend : BACKENDS) {
      Tensor w = Tensor.full(Shape.of(37, 3), 3, DType.FLOAT32);
      Tensor v = Tensor.full(Shape.of(37, 3), 2, DType.FLOAT32);
      Tensor g = Tensor.ones(3, 37).permute(1, 0);
      backend.update(rule, g, w, v);
      assertTrue(w.sameBits(Tensor.full(Shape.of(37, 3), 2.5, DType.FLOAT32)));
      assertTrue(v.sameBits(Tensor.full(Shape.of(37, 3), 2, DType.FLOAT32)));
    }
  }

  @Test
  void nothingIsComputedOfNothing() {
    for (Backend backend : BACKENDS) {
      Tensor none = Tensor.zeros(0, 3);
      assertEquals(0, backend.map(Kernel.of(Expr.input(0).neg()), Kernel.NO_SCALARS, none).count());
    }
  }
}
