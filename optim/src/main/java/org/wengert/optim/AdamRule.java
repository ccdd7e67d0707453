package org.wengert.optim;

import java.util.List;
import org.wengert.backend.Update;

/// The step of [Adam] and [AdamW] for one element. Immutable.
///
/// @param rate `η/(1 - β₁ᵗ)`
/// @param root `√(1 - β₂ᵗ)`
/// @param sign -1 to maximize, else 1
/// @param coupled weight decay that is added to the gradient
/// @param keep what is left of the parameter after decoupled weight decay
record AdamRule(
    double beta1,
    double beta2,
    double eps,
    double rate,
    double root,
    double sign,
    double coupled,
    double keep)
    implements Update {

  /// Checks that every option of `owner` is in its domain.
  ///
  /// @throws org.wengert.tensor.OptionException if one is not
  static void check(
      String owner,
      double learningRate,
      double beta1,
      double beta2,
      double eps,
      double weightDecay) {
    Domain.nonNegative(owner, "learningRate", learningRate, 1e-3);
    Domain.decay(owner, "beta1", beta1, 0.9);
    Domain.decay(owner, "beta2", beta2, 0.999);
    Domain.nonNegative(owner, "eps", eps, 1e-8);
    Domain.nonNegative(owner, "weightDecay", weightDecay, 0.01);
  }

  static List<String> slots(boolean amsgrad) {
    return amsgrad ? List.of("expAvg", "expAvgSq", "maxExpAvgSq") : List.of("expAvg", "expAvgSq");
  }

  /// The rule of step number `step` without weight decay.
  static AdamRule of(
      double learningRate, double beta1, double beta2, double eps, long step, boolean maximize) {
    double rate = learningRate / (1 - StrictMath.pow(beta1, (double) step));
    double root = Math.sqrt(1 - StrictMath.pow(beta2, (double) step));
    return new AdamRule(beta1, beta2, eps, rate, root, maximize ? -1 : 1, 0, 1);
  }

  AdamRule decayed(double coupled, double keep) {
    return new AdamRule(beta1, beta2, eps, rate, root, sign, coupled, keep);
  }

  /// This rule, or with `amsgrad` the one that divides by the largest average so far.
  Update update(boolean amsgrad) {
    return amsgrad ? new Largest(this) : this;
  }

  @Override
  public void apply(double gradient, double[] state) {
    double square = average(gradient, state);
    state[0] -= rate * state[1] / (Math.sqrt(square) / root + eps);
  }

  /// Decays the parameter, updates both averages and returns that of the squares.
  private double average(double gradient, double[] state) {
    double w = state[0] * keep;
    double g = sign * gradient + coupled * w;
    double square = beta2 * state[2] + (1 - beta2) * g * g;
    state[0] = w;
    state[1] = beta1 * state[1] + (1 - beta1) * g;
    state[2] = square;
    return square;
  }

  /// The rule with `amsgrad`: `state[3]` is the largest average so far.
  private record Largest(AdamRule rule) implements Update {
    @Override
    public void apply(double gradient, double[] state) {
      double largest = Math.max(state[3], rule.average(gradient, state));
      state[3] = largest;
      state[0] -= rule.rate * state[1] / (Math.sqrt(largest) / rule.root + rule.eps);
    }
  }
}
