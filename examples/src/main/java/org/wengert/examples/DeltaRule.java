package org.wengert.examples;

import java.util.function.UnaryOperator;
import org.wengert.Leaf;
import org.wengert.Variable;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Lecture 4: a network with a hidden layer, `y = f(V x)` and `o = f(W y)`, and its error.
///
/// @param v the first layer's weights
/// @param w the second layer's
/// @param x the input
/// @param target the desired output
record DeltaRule(Leaf v, Leaf w, Variable x, Variable target) {
  /// Three inputs, four hidden neurons, two outputs.
  static DeltaRule random(Rng random) {
    return new DeltaRule(
        Variable.of(randn(random, 4, 3)),
        Variable.of(randn(random, 2, 4)),
        Variable.constant(randn(random, 3, 1)),
        Variable.constant(randn(random, 2, 1)));
  }

  private static Tensor randn(Rng random, int rows, int columns) {
    return Tensor.randn(Shape.of(rows, columns), DType.FLOAT64, random);
  }

  Variable hidden(Variable v) {
    return v.matMul(x).sigmoid();
  }

  /// `E = 1/(2 K) Σ (o - d)²`.
  Variable error(Variable v, Variable w) {
    return output(v, w).sub(target).square().sum().div(2.0 * target.size(0));
  }

  Variable output(Variable v, Variable w) {
    return w.matMul(hidden(v)).sigmoid();
  }

  /// `(1/K) (o - d) f'(net)`, for each output.
  Variable delta() {
    Variable o = output(v, w);
    return o.sub(target).div((double) target.size(0)).mul(o).mul(o.rsub(1.0));
  }

  /// `∂E/∂w_jk = delta_k y_j`.
  Variable byW() {
    return delta().matMul(hidden(v).mT());
  }

  /// `∂E/∂v_ij = Σ_k [delta_k w_jk] f'(net_j) x_i`.
  Variable byV() {
    Variable y = hidden(v);
    return w.mT().matMul(delta()).mul(y).mul(y.rsub(1.0)).matMul(x.mT());
  }

  /// The largest difference of the rule from central differences, in the weights `v`.
  double fromDifferencesInV() {
    return fromDifferences(v, byV(), moved -> error(moved, w));
  }

  /// The largest difference of the rule from central differences, in the weights `w`.
  double fromDifferencesInW() {
    return fromDifferences(w, byW(), moved -> error(v, moved));
  }

  private static double fromDifferences(
      Leaf weights, Variable rule, UnaryOperator<Variable> error) {
    double[] at = weights.value().toDoubleArray();
    double[] gradient = rule.value().toDoubleArray();
    double worst = 0;
    for (int i = 0; i < at.length; i++) {
      double up = moved(weights, i, 1e-5, error);
      double down = moved(weights, i, -1e-5, error);
      worst = Math.max(worst, Math.abs((up - down) / 2e-5 - gradient[i]));
    }
    return worst;
  }

  private static double moved(Leaf weights, int i, double by, UnaryOperator<Variable> error) {
    double[] moved = weights.value().toDoubleArray();
    moved[i] += by;
    return error
        .apply(Variable.constant(Tensor.of(moved).reshape(weights.shape().toArray())))
        .item();
  }
}
