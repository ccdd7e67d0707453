package org.wengert.examples;

import java.util.List;
import org.wengert.Parameter;
import org.wengert.Variable;
import org.wengert.optim.Conditioning;
import org.wengert.optim.IterationTable;
import org.wengert.optim.SGD;
import org.wengert.optim.Stability;
import org.wengert.tensor.Tensor;

/// Which learning rates work, and why: the code of `docs/how-to/choose-a-learning-rate.md`, where
/// each region stands word for word.
public final class LearningRates {
  private LearningRates() {}

  /// Prints what the page shows.
  public static void main(String[] args) {
    System.out.println(advice());
    System.out.println(table());
    System.out.println(scaling());
  }

  // region: loss
  private static final Parameter W = new Parameter(Tensor.of(1.0)).named("w");
  private static final Parameter B = new Parameter(Tensor.of(0.0)).named("b");
  private static final List<Parameter> LINE = List.of(W, B);

  /// Lecture 1: the sum of squares of a line through five points.
  static Variable loss() {
    Variable x = Variable.constant(1, 2, 3, 4, 5);
    Variable y = Variable.constant(5.082, 7.950, 10.96, 14.05, 17.04);
    return y.sub(W.mul(x).add(B)).square().sum();
  }

  // end region

  static String advice() {
    // region: advice
    return Stability.of(LearningRates::loss, LINE).advice();
    // end region
  }

  static String table() {
    W.assign(Tensor.of(1.0));
    B.assign(Tensor.of(0.0));
    // region: table
    return IterationTable.run(new SGD(LINE, 0.017), LearningRates::loss, 4).text();
    // end region
  }

  static String scaling() {
    // region: scaling
    return Conditioning.of(Tensor.of(new double[][] {{101, 101}, {101, 99}})).advice();
    // end region
  }
}
