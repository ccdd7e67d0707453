package org.wengert.optim;

import java.util.List;
import org.wengert.backend.CompiledUpdate;
import org.wengert.backend.Expr;
import org.wengert.backend.Kernel;
import org.wengert.backend.Update;

/// The step of [Adam] and [AdamW] for one element.
final class AdamRule {
  private static final Expr LARGEST = Moments.SQUARE.max(Terms.state(3));
  private static final Kernel USUAL =
      Kernel.of(moved(Moments.SQUARE), Moments.MEAN, Moments.SQUARE);
  private static final Kernel AMSGRAD =
      Kernel.of(moved(LARGEST), Moments.MEAN, Moments.SQUARE, LARGEST);

  private AdamRule() {}

  static List<String> slots(boolean amsgrad) {
    return amsgrad ? List.of("expAvg", "expAvgSq", "maxExpAvgSq") : List.of("expAvg", "expAvgSq");
  }

  /// `w - η/(1 - β₁ᵗ) m / (√u/√(1 - β₂ᵗ) + ε)`.
  private static Expr moved(Expr square) {
    Expr divisor = square.sqrt().fma(Terms.number(Moments.OWN + 1), Terms.number(Moments.OWN + 2));
    return Moments.WEIGHT.sub(Moments.MEAN.mul(Terms.number(Moments.OWN)).div(divisor));
  }

  /// The rule of step number `step`, or with `amsgrad` the one that divides by the largest average
  /// so far.
  static Update of(Moments moments, double learningRate, double eps, long step, boolean amsgrad) {
    double rate = learningRate / Moments.correction(moments.beta1(), step);
    double root = Math.sqrt(Moments.correction(moments.beta2(), step));
    return new CompiledUpdate(amsgrad ? AMSGRAD : USUAL, moments.numbers(rate, 1 / root, eps));
  }
}
