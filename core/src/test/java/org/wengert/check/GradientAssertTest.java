package org.wengert.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.wengert.check.GradientAssert.assertThatGradient;
import static org.wengert.check.GradientAssert.assertThatGradientOfList;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.wengert.F;
import org.wengert.Parameter;
import org.wengert.Variable;
import org.wengert.check.Rules.Stated;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Tensor;

/// The assertion passes for what is right, and only for that.
class GradientAssertTest {
  private static final Stated DETACHED =
      Rules.cube((gy, x, y) -> gy.mul(Variable.constant(x.value()).square()).mul(3));

  @Test
  void rightGradientsOfOneToManyVariablesPass() {
    assertThatGradient(Rules.cube(Rules::cubed)::apply).at(2).isCorrectToSecondOrder();
    assertThatGradient((a, b) -> a.mul(b).exp()).at(0.5, -1).isCorrectToSecondOrder();
    assertThatGradient((a, b, c) -> a.mul(b).div(c)).at(1, 2, 3).isCorrectToSecondOrder();
    assertThatGradientOfList(xs -> xs.get(3).mul(xs.get(0))).at(1, 2, 3, 4).isCorrect();
  }

  @Test
  void aWrongGradientFailsWithTheReport() {
    GradientAssert wrong = assertThatGradient(Rules.cube((gy, x, y) -> gy.mul(0))::apply).at(2);
    String text = assertThrows(AssertionError.class, wrong::isCorrect).getMessage();
    assertTrue(text.startsWith("first order gradient is wrong (relative error 1.0e+00)"), text);
    assertTrue(text.contains("\n    input 0  analytic "), text);
    assertTrue(text.contains("\n  suspected cause: no gradient arrives at input 0"), text);
    assertThrows(AssertionError.class, wrong::isCorrectToSecondOrder);
  }

  @Test
  void aWrongSecondGradientFailsOnlyTheSecondOrder() {
    GradientAssert detached = assertThatGradient(DETACHED::apply).at(2);
    detached.isCorrect();
    String text = assertThrows(AssertionError.class, detached::isCorrectToSecondOrder).getMessage();
    assertTrue(text.startsWith("second order gradient is wrong"), text);
  }

  @Test
  void whatCannotBeToldFailsToo() {
    String kink =
        assertThrows(AssertionError.class, () -> assertThatGradient(F::relu).at(0).isCorrect())
            .getMessage();
    assertTrue(kink.startsWith("first order gradient is undecided: the point is at or near"), kink);
    Stated coarse = new Stated(x -> (float) (x * x), (gy, x, y) -> gy.mul(x).mul(2));
    String noisy =
        assertThrows(
                AssertionError.class, () -> assertThatGradient(coarse::apply).at(0.3).isCorrect())
            .getMessage();
    assertTrue(noisy.startsWith("first order gradient is undecided: the differences are"), noisy);
  }

  @Test
  void aMissingPointIsRefused() {
    String text =
        """
        no point for a function of 1 variables
          hint: say where: assertThatGradient(f).at(x).isCorrect()""";
    GradientAssert nowhere = assertThatGradient(Variable::exp);
    assertEquals(text, assertThrows(OptionException.class, nowhere::isCorrect).getMessage());
    assertThrows(OptionException.class, nowhere::isCorrectToSecondOrder);
    GradientAssert nothing = assertThatGradientOfList(xs -> Variable.constant(1));
    assertThrows(OptionException.class, nothing::isCorrect);
  }

  @Test
  void aPointOfTheWrongLengthIsRefused() {
    String text =
        assertThrows(OptionException.class, () -> assertThatGradient(Variable::exp).at(1, 2))
            .getMessage();
    assertEquals(
        """
        2 tensors for a function of 1 variables
          hint: pass one tensor for each variable""",
        text);
  }

  @Test
  void parametersAreCheckedToo() {
    Parameter weight = new Parameter(Tensor.of(new double[] {1, 2})).named("weight");
    List<Parameter> weights = List.of(weight);
    assertThatGradientOfList(xs -> weight.square()).withParameters(weights).isCorrect();
    assertThatGradient(weight::mul).at(3).withParameters(weights).isCorrectToSecondOrder();
    GradientAssert forgotten =
        assertThatGradient(x -> weight.detach().mul(x)).at(3).withParameters(weights);
    String text = assertThrows(AssertionError.class, forgotten::isCorrect).getMessage();
    assertTrue(text.contains("weight [1]  analytic 0.000000000"), text);
  }

  @Test
  void otherTolerancesAreUsed() {
    Stated nearly = Rules.cube((gy, x, y) -> Rules.cubed(gy, x, y).mul(1.001));
    GradientAssert check = assertThatGradient(nearly::apply).at(2);
    assertThrows(AssertionError.class, check::isCorrect);
    check.using(GradCheck.defaults().tolerating(0.01, 0)).isCorrect();
  }
}
