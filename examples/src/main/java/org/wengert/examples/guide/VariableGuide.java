package org.wengert.examples.guide;

import java.util.Arrays;
import org.wengert.Autograd;
import org.wengert.F;
import org.wengert.GradientException;
import org.wengert.Leaf;
import org.wengert.Variable;

/// The code of the page on variables.
public final class VariableGuide {
  private VariableGuide() {}

  /// Runs all regions.
  public static void main(String[] args) {
    gradient();
    accumulate();
    constants();
    broadcast();
    errors();
  }

  @SuppressWarnings("NullAway") // after backward() the gradient is there
  static void gradient() {
    // region: gradient
    Leaf w = Variable.of(1.0, -2.0, 3.0).named("w"); // wants a gradient
    Variable x = Variable.constant(0.5, 1.0, 2.0); // does not
    Variable y = w.mul(x).sum().square(); // (w · x)², recorded
    y.backward();
    System.out.println(y.item());
    System.out.println(Arrays.toString(w.grad().toDoubleArray())); // 2 (w · x) x
    // end region
  }

  @SuppressWarnings("NullAway") // after backward() the gradient is there
  static void accumulate() {
    // region: accumulate
    Leaf w = Variable.of(3.0);
    System.out.println(w.grad()); // nothing was computed, which is not 0
    w.square().backward();
    w.square().backward();
    System.out.println(w.grad().item()); // 6 + 6
    w.zeroGrad();
    System.out.println(Autograd.grad(w.square(), w).item()); // leaves grad() alone
    System.out.println(w.grad());
    // end region
  }

  static void constants() {
    // region: constants
    Leaf w = Variable.of(3.0);
    Variable recorded = w.square();
    Variable cut = w.square().detach(); // the value without its history
    Variable unrecorded = Autograd.noGrad(() -> w.square());
    System.out.println(
        recorded.requiresGrad() + " " + cut.requiresGrad() + " " + unrecorded.requiresGrad());
    // end region
  }

  static void broadcast() {
    // region: broadcast
    Leaf bias = Variable.of(0.1, 0.2); // shape (2)
    Variable rows = Variable.constant(new double[][] {{1, 2}, {3, 4}, {5, 6}}); // shape (3, 2)
    Variable sum = F.sum(rows.mul(bias)); // bias counts for each of three rows
    System.out.println(
        Arrays.toString(Autograd.grad(sum, bias).value().toDoubleArray())); // the columns' sums
    // end region
  }

  static void errors() {
    // region: errors
    Leaf w = Variable.of(1.0, 2.0).named("w");
    try {
      w.square().backward();
    } catch (GradientException e) {
      System.out.println(e.getMessage());
    }
    // end region
  }
}
