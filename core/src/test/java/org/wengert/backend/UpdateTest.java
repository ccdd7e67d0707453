package org.wengert.backend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wengert.backend.plain.ScalarBackend;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Updates made of expressions.
class UpdateTest {
  private static final Expr MEAN = Expr.input(2).add(Expr.input(0)).mul(0.5);
  private static final Update RULE =
      new CompiledUpdate(Kernel.of(Expr.input(1).sub(MEAN.mul(Expr.scalar(0))), MEAN), 0.25);

  @Test
  void anElementIsComputedInDouble() {
    double[] state = {1, 0.1};
    RULE.apply(0.3, state);
    assertArrayEquals(new double[] {1 - (0.1 + 0.3) * 0.5 * 0.25, (0.1 + 0.3) * 0.5}, state);
  }

  /// The numbers are multiples of 1/8, so that no rounding tells `float` from `double`.
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 17, 16_384, 16_385, 50_001})
  void aTensorIsRewrittenLikeEachOfItsElements(int count) {
    Shape shape = Shape.of(count);
    Tensor gradient = eighths(shape.insert(-1, 2)).slice(1, 1, 2, 1).reshape(shape);
    Tensor parameter = eighths(shape);
    Tensor mean = eighths(shape);
    Tensor[] state = {parameter.copy(), mean.copy()};
    new ScalarBackend().update(RULE, gradient, state);
    for (int i = 0; i < count; i++) {
      double[] element = {parameter.at(i), mean.at(i)};
      RULE.apply(gradient.at(i), element);
      assertEquals(element[0], state[0].at(i));
      assertEquals(element[1], state[1].at(i));
    }
  }

  private static Tensor eighths(Shape shape) {
    double[] numbers = Rng.uniforms(new Rng(1), shape.count());
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Math.rint(numbers[i] * 64) / 8;
    }
    return Tensor.of(numbers).reshape(shape).to(DType.FLOAT32);
  }
}
