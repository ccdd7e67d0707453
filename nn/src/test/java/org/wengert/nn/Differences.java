package org.wengert.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.function.Function;
import org.wengert.Autograd;
import org.wengert.Leaf;
import org.wengert.Variable;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Tensor;

/// Gradients against central differences, along a random cotangent: first and second order.
final class Differences {
  private static final double STEP = 1e-5;

  private Differences() {}

  /// Checks the gradient of `⟨u, f(x)⟩` and of the squared length of that gradient.
  static void assertGradients(Function<Variable, Variable> f, Tensor x) {
    Variable shaped = f.apply(Variable.constant(x));
    Tensor u = Tensor.randn(shaped.shape(), DType.FLOAT64, new Rng(1));
    Function<Variable, Variable> scalar = v -> f.apply(v).mul(Variable.constant(u)).sum();
    assertGradient(scalar, x);
    assertGradient(v -> Autograd.grad(scalar.apply(v), v).square().sum(), x);
  }

  private static void assertGradient(Function<Variable, Variable> f, Tensor x) {
    Leaf leaf = Variable.of(x);
    Variable y = f.apply(leaf);
    List<Variable> found = y.requiresGrad() ? Autograd.grad(y, List.of(leaf)) : List.of();
    boolean none = found.isEmpty() || found.getFirst() == null;
    double[] analytic = none ? new double[x.count()] : found.getFirst().value().toDoubleArray();
    for (int i = 0; i < analytic.length; i++) {
      double numeric = (at(f, x, i, STEP) - at(f, x, i, -STEP)) / (2 * STEP);
      assertEquals(numeric, analytic[i], 1e-6 * Math.max(1, Math.abs(numeric)), "element " + i);
    }
  }

  private static double at(Function<Variable, Variable> f, Tensor x, int i, double step) {
    double[] moved = x.toDoubleArray();
    moved[i] += step;
    return f.apply(Variable.of(Tensor.of(moved).reshape(x.shape()))).item();
  }
}
