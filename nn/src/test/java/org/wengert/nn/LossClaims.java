package org.wengert.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.wengert.check.GradientAssert.assertThatGradient;

import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.wengert.Variable;
import org.wengert.nn.LossEntries.Entry;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// What every loss of the library promises, generated from [LossEntries].
class LossClaims {
  private static Stream<DynamicTest> forEach(Consumer<Entry> claim) {
    return LossEntries.list().stream().map(e -> dynamicTest(e.toString(), () -> claim.accept(e)));
  }

  @TestFactory
  Stream<DynamicTest> hasTheGradientsThatDifferencesGive() {
    return forEach(
        entry -> {
          Rng random = new Rng(3);
          Tensor input = entry.input().of(random);
          Tensor target = entry.target().of(random);
          if (target.dtype().isFloating()) {
            assertThatGradient(entry.loss()::forward).at(input, target).isCorrectToSecondOrder();
          } else {
            Variable fixed = Variable.constant(target);
            assertThatGradient(x -> entry.loss().forward(x, fixed))
                .at(input)
                .isCorrectToSecondOrder();
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> keepsFloat32() {
    return forEach(
        entry -> {
          Rng random = new Rng(4);
          Tensor input = entry.input().of(random).to(DType.FLOAT32);
          Tensor target = entry.target().of(random);
          Tensor same = target.dtype().isFloating() ? target.to(DType.FLOAT32) : target;
          Variable loss = entry.loss().forward(Variable.constant(input), Variable.constant(same));
          assertEquals(DType.FLOAT32, loss.dtype());
        });
  }

  @TestFactory
  Stream<DynamicTest> refusesTargetsOfAnotherShapeAndSaysWhichLossItIs() {
    return forEach(
        entry -> {
          Rng random = new Rng(5);
          Variable input = Variable.constant(entry.input().of(random));
          Variable wrong = Variable.constant(entry.wrong().of(random));
          ShapeException e =
              assertThrows(ShapeException.class, () -> entry.loss().forward(input, wrong));
          String name = entry.loss().getClass().getSimpleName();
          assertTrue(e.getMessage().contains(name), e.getMessage());
          assertTrue(e.getMessage().contains("\n  hint: "), e.getMessage());
        });
  }
}
