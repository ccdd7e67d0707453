package org.wengert.optim;

import org.wengert.backend.Expr;

/// The running averages of Adam and its relatives: `state[1]` that of the gradients, `state[2]`
/// that of their squares. Immutable.
///
/// @param sign -1 to maximize, else 1
/// @param coupled weight decay that is added to the gradient
/// @param keep what is left of the parameter after decoupled weight decay
record Moments(double beta1, double beta2, double sign, double coupled, double keep) {
  /// How many numbers the terms below take; those of a rule follow.
  static final int OWN = 7;

  /// The parameter after decoupled weight decay.
  static final Expr WEIGHT = Terms.WEIGHT.mul(Terms.number(2));

  /// The gradient as it enters the averages.
  static final Expr ENTERING = Terms.entering(WEIGHT);

  /// The average gradient.
  static final Expr MEAN = Terms.average(Terms.state(1), 3, ENTERING);

  /// The average square.
  static final Expr SQUARE = Terms.average(Terms.state(2), 5, ENTERING.square());

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

  /// The averages of a method.
  ///
  /// @param decoupled whether weight decay shrinks the parameter instead of adding to its gradient
  static Moments of(BetaOptions<?> o, boolean maximize, double weightDecay, boolean decoupled) {
    double sign = maximize ? -1 : 1;
    return decoupled
        ? new Moments(o.beta1(), o.beta2(), sign, 0, 1 - o.learningRate() * weightDecay)
        : new Moments(o.beta1(), o.beta2(), sign, weightDecay, 1);
  }

  /// `1 - βᵗ`: what an average that began with 0 is to be divided by after `t` steps.
  static double correction(double beta, long step) {
    return 1 - StrictMath.pow(beta, (double) step);
  }

  /// The numbers of a rule with these averages: 7 for the terms above, then its own.
  double[] numbers(double... more) {
    double[] all = new double[OWN + more.length];
    double[] own = {sign, coupled, keep, beta1, 1 - beta1, beta2, 1 - beta2};
    System.arraycopy(own, 0, all, 0, OWN);
    System.arraycopy(more, 0, all, OWN, more.length);
    return all;
  }
}
