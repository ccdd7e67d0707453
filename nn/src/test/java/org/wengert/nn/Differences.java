package org.wengert.nn;

import static org.wengert.check.GradientAssert.assertThatGradient;

import java.util.List;
import java.util.function.UnaryOperator;
import org.wengert.Parameter;
import org.wengert.Variable;
import org.wengert.tensor.Tensor;

/// Gradients against finite differences, to second order: what every layer and loss is held to.
final class Differences {
  private Differences() {}

  static void assertGradients(UnaryOperator<Variable> f, Tensor x) {
    assertThatGradient(f).at(x).isCorrect();
    assertThatGradient(f).at(x).isCorrectToSecondOrder();
  }

  /// Checks the gradients of the module's parameters, too.
  static void assertGradients(Module module, Tensor x) {
    List<Parameter> parameters = module.parameters();
    assertThatGradient(module::forward).at(x).withParameters(parameters).isCorrect();
    assertGradients(module::forward, x);
  }
}
