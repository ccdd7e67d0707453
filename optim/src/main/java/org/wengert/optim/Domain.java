package org.wengert.optim;

import org.wengert.tensor.OptionException;

/// The domains of options: each check names who was given the option, option, value and domain, and
/// shows a call with a usual value.
final class Domain {
  private Domain() {}

  /// A finite number of at least 0, which a learning rate, a weight decay or a momentum must be.
  static void nonNegative(String owner, String option, double value, double usual) {
    finite(owner, option, value, 0, "finite and at least 0", usual);
  }

  /// A number in `[0, 1)`: the share of an average that stays, step by step.
  static void decay(String owner, String option, double value, double usual) {
    boolean holds = value >= 0 && value < 1;
    require(holds, owner, option, value, "at least 0 and below 1", call(owner, option, usual));
  }

  /// Any number but infinities and NaN.
  static void finite(String owner, String option, double value, double usual) {
    finite(owner, option, value, Double.NEGATIVE_INFINITY, "finite", usual);
  }

  private static void finite(
      String owner, String option, double value, double least, String domain, double usual) {
    boolean holds = Double.isFinite(value) && value >= least;
    require(holds, owner, option, value, domain, call(owner, option, usual));
  }

  private static String call(String owner, String option, double usual) {
    return owner + ".Options.defaults()." + option + "(" + usual + ")";
  }

  static void require(
      boolean holds, String owner, String option, double value, String domain, String example) {
    if (!holds) {
      throw (OptionException)
          new OptionException(option + " is " + value + ", but must be " + domain)
              .hint("for example " + example)
              .during(owner);
    }
  }
}
