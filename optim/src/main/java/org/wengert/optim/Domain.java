package org.wengert.optim;

import java.util.List;
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

  /// A finite number above 0.
  static void positive(String owner, String option, double value, double usual) {
    boolean holds = value > 0 && value < Double.POSITIVE_INFINITY;
    require(holds, owner, option, value, "finite and above 0", call(owner, option, usual));
  }

  /// Any number but infinities and NaN.
  static void finite(String owner, String option, double value, double usual) {
    finite(owner, option, value, Double.NEGATIVE_INFINITY, "finite", usual);
  }

  /// A count that must not be 0.
  static void atLeastOne(String owner, String option, long value, String hint) {
    if (value < 1) {
      throw (OptionException)
          new OptionException(option + " is " + value + ", but must be at least 1")
              .hint(hint)
              .during(owner);
    }
  }

  /// A finite number of at least 0, given by position.
  static void factor(String owner, String option, double value, String example) {
    boolean holds = value >= 0 && value < Double.POSITIVE_INFINITY;
    require(holds, owner, option, value, "finite and at least 0", example);
  }

  /// A number in `(0, 1]`, given by position.
  static void share(String owner, String option, double value, String example) {
    require(value > 0 && value <= 1, owner, option, value, "above 0 and at most 1", example);
  }

  /// Epochs that rise from 1 or later.
  static void milestones(String owner, List<Integer> milestones) {
    int before = 0;
    for (int milestone : milestones) {
      if (milestone <= before) {
        throw (OptionException)
            new OptionException("milestone " + milestone + " after " + before)
                .hint("give epochs that rise, the first at least 1, for example List.of(30, 80)")
                .during(owner);
      }
      before = milestone;
    }
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
