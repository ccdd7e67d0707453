package org.wengert;

import java.util.List;
import org.wengert.backend.Expr;
import org.wengert.backend.Fn;
import org.wengert.backend.Kernel;

/// `-(t log p + (1-t) log(1-p))` with both logarithms at least -100, and a derivative whose
/// denominator is at least 1e-12: PyTorch's bounds, which keep 0 and 1 finite. A composition of
/// logarithms would meet 0/0 there.
record BinaryCrossEntropy() implements Op.Expressed2 {
  private static final Expr P = Expr.input(0);
  private static final Expr T = Expr.input(1);
  private static final Expr YES = Fn.LOG.of(P).max(-100);
  private static final Expr NO = Fn.LOG1P.of(P.neg()).max(-100);
  private static final Kernel KERNEL = Kernel.of(T.mul(YES).add(T.rsub(1).mul(NO)).neg());

  @Override
  public String formula() {
    return "-(b log(a) + (1 - b) log(1 - a))";
  }

  @Override
  public Kernel kernel() {
    return KERNEL;
  }

  @Override
  public List<String> derivatives() {
    return List.of("(a - b) / (a (1 - a))", "log(1 - a) - log(a)");
  }

  @Override
  public Variable left(Variable gy, Variable p, Variable t, Variable y) {
    Variable variance = F.clamp(p.mul(p.rsub(1)), 1e-12, Double.POSITIVE_INFINITY);
    return gy.mul(p.sub(t)).div(variance);
  }

  /// The value is linear in `t`, so the slope is the difference of the values at 1 and 0.
  @Override
  public Variable right(Variable gy, Variable p, Variable t, Variable y) {
    return gy.mul(apply(p, F.onesLike(t)).sub(apply(p, F.zerosLike(t))));
  }
}
