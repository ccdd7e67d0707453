package org.wengert.examples.guide;

import static org.wengert.check.GradientAssert.assertThatGradient;

import java.util.List;
import org.wengert.F;
import org.wengert.Leaf;
import org.wengert.Op;
import org.wengert.Variable;
import org.wengert.check.RuleDoctor;
import org.wengert.graph.ChainRule;
import org.wengert.tensor.Tensor;

/// The code of the page on operations of one's own.
public final class CustomOpsGuide {
  private CustomOpsGuide() {}

  /// Runs all regions.
  public static void main(String[] args) {
    check();
    wrong();
    examine();
    examineRule();
    explain();
  }

  // region: op
  record Swish(double beta) implements Op.Pointwise {
    @Override
    public double value(double x) {
      return x / (1 + Math.exp(-beta * x));
    }

    @Override
    public Variable backward(Variable gy, Variable x, Variable y) {
      Variable s = F.sigmoid(x.mul(beta));
      return gy.mul(s.add(y.mul(beta).mul(s.rsub(1))));
    }

    @Override
    public String derivative() {
      return "σ(β x) + β y (1 - σ(β x))"; // as a student writes it
    }
  }

  // end region

  static void check() {
    // region: check
    assertThatGradient(x -> new Swish(1.5).apply(x)).at(0.3).isCorrectToSecondOrder();
    // end region
  }

  // region: wrong
  record Cube() implements Op.Pointwise {
    @Override
    public double value(double x) {
      return x * x * x;
    }

    @Override
    public Variable backward(Variable gy, Variable x, Variable y) {
      return gy.mul(x.square()); // should be 3 x²
    }
  }

  // end region

  static void wrong() {
    // region: checkWrong
    try {
      assertThatGradient(x -> new Cube().apply(x)).at(0.5).isCorrect();
    } catch (AssertionError e) {
      System.out.println(e.getMessage());
    }
    // end region
  }

  static void examine() {
    // region: examine
    System.out.println(RuleDoctor.examine(new Cube()));
    // end region
  }

  // region: rule
  /// The gradients of the operands of tanh, by a rule on plain tensors.
  static List<Tensor> tanhRule(Tensor gy, List<Tensor> inputs, Tensor y) {
    Variable x = Variable.constant(inputs.getFirst());
    return List.of(x.square().rsub(1.0).mul(Variable.constant(gy)).value());
  }

  // end region

  static void examineRule() {
    // region: examineRule
    System.out.println(RuleDoctor.examine(Variable::tanh, CustomOpsGuide::tanhRule));
    // end region
  }

  static void explain() {
    // region: explain
    Leaf x = Variable.of(0.3).named("x");
    Variable y = new Swish(1.5).apply(x.mul(2.0).named("net")).named("y");
    System.out.print(ChainRule.explain(y, x).text());
    // end region
  }
}
