package org.wengert.optim;

import java.util.List;
import org.wengert.backend.Update;

/// The step of [Adam] and [AdamW] for one element. Immutable.
///
/// @param rate `η/(1 - β₁ᵗ)`
/// @param root `√(1 - β₂ᵗ)`
record AdamRule(Moments moments, double eps, double rate, double root) implements Update {

  static List<String> slots(boolean amsgrad) {
    return amsgrad ? List.of("expAvg", "expAvgSq", "maxExpAvgSq") : List.of("expAvg", "expAvgSq");
  }

  /// The rule of step number `step`, or with `amsgrad` the one that divides by the largest average
  /// so far.
  static Update of(Moments moments, double learningRate, double eps, long step, boolean amsgrad) {
    double rate = learningRate / Moments.correction(moments.beta1(), step);
    double root = Math.sqrt(Moments.correction(moments.beta2(), step));
    AdamRule rule = new AdamRule(moments, eps, rate, root);
    return amsgrad ? new Largest(rule) : rule;
  }

  @Override
  public void apply(double gradient, double[] state) {
    moments.enter(gradient, state);
    move(state, state[2]);
  }

  private void move(double[] state, double square) {
    state[0] -= rate * state[1] / (Math.sqrt(square) / root + eps);
  }

  /// The rule with `amsgrad`: `state[3]` is the largest average so far.
  private record Largest(AdamRule rule) implements Update {
    @Override
    public void apply(double gradient, double[] state) {
      rule.moments.enter(gradient, state);
      state[3] = Math.max(state[3], state[2]);
      rule.move(state, state[3]);
    }
  }
}
