package org.wengert;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.wengert.tensor.WengertException;

/// What the functions of [F] share: their errors bear the name of the function that was called and
/// show the operands it was called with, whichever of its parts refused them.
///
/// A function that is a single operation needs nothing of this, since the operation explains
/// itself; one of a single expression is an [#attempt], which costs a short-lived lambda; longer
/// ones catch and [#refused], which costs nothing until something fails.
abstract class Refusals {
  Refusals() {}

  /// What `work` gives; its errors become those of `function`.
  static <T> T attempt(String function, Supplier<T> work, @Nullable Variable... operands) {
    try {
      return work.get();
    } catch (WengertException e) {
      throw refused(e, function, operands);
    }
  }

  /// What `work` gives; its errors become those of `function`.
  static <T> T attempt(String function, Supplier<T> work, List<? extends Variable> operands) {
    try {
      return work.get();
    } catch (WengertException e) {
      throw refused(e, function, operands);
    }
  }

  /// The error in the name of `function`, with its operands.
  static WengertException refused(
      WengertException e, String function, @Nullable Variable... operands) {
    if (e.partOf(function)) {
      Recorder.showOperands(e, operands);
    }
    return e;
  }

  /// The error in the name of `function`, with its operands.
  static WengertException refused(
      WengertException e, String function, List<? extends Variable> operands) {
    return refused(e, function, operands.toArray(new Variable[0]));
  }
}
