package org.wengert.optim;

import org.wengert.tensor.OptionException;

/// The domains of options: each check names option, value and domain.
final class Domain {
  private Domain() {}

  /// A finite number of at least 0, which a learning rate, a weight decay or a momentum must be.
  static void nonNegative(String option, double value) {
    require(value >= 0 && value < Double.POSITIVE_INFINITY, option, value, "finite and at least 0");
  }

  /// A number in `[0, 1)`: the share of an average that stays, step by step.
  static void decay(String option, double value) {
    require(value >= 0 && value < 1, option, value, "at least 0 and below 1");
  }

  /// Any number but infinities and NaN.
  static void finite(String option, double value) {
    require(Double.isFinite(value), option, value, "finite");
  }

  static void require(boolean holds, String option, double value, String domain) {
    if (!holds) {
      throw new OptionException(option + " is " + value + ", but must be " + domain)
          .hint("choose a value in that range");
    }
  }
}
