package org.wengert.optim;

import org.wengert.backend.Expr;

/// What the update rules are written with: the gradient, the state, and the numbers of the step, of
/// which the first two are the sign of the gradient (-1 to maximize) and the weight decay that is
/// added to it.
final class Terms {
  /// The gradient of an element.
  static final Expr GRADIENT = Expr.input(0);

  /// The element of the parameter.
  static final Expr WEIGHT = state(0);

  private Terms() {}

  /// Place `i` of the element's state; 0 is the parameter.
  static Expr state(int i) {
    return Expr.input(i + 1);
  }

  /// Number `j` of the step.
  static Expr number(int j) {
    return Expr.scalar(j);
  }

  /// The gradient as it enters the rule, with sign and weight decay: `± g + λ w`.
  static Expr entering(Expr weight) {
    return weight.fma(number(1), GRADIENT.mul(number(0)));
  }

  /// `β old + (1 - β) fresh`, where number `j` is `β` and the next one `1 - β`.
  static Expr average(Expr old, int j, Expr fresh) {
    return fresh.fma(number(j + 1), old.mul(number(j)));
  }

  /// The sign of a direction; 0 and `NaN` as they are.
  static Expr sign(Expr x) {
    return x.gt(0).select(1, x.lt(0).select(-1, x));
  }
}
