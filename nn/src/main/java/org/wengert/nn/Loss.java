package org.wengert.nn;

import org.wengert.LossReduction;
import org.wengert.Variable;

/// A measure of how far a model's output is from what it should be: what training makes small.
///
/// Losses are immutable and thread-safe, have gradients of every order with respect to both
/// operands, and never broadcast: input and target have one shape unless the loss says otherwise.
@FunctionalInterface
public interface Loss {
  /// The loss of `input`, the model's output, against `target`.
  ///
  /// @throws org.wengert.tensor.ShapeException if the two do not fit together
  Variable forward(Variable input, Variable target);

  /// What becomes of the losses of the single elements.
  enum Reduction {
    /// Their mean, a scalar; `NaN` of none.
    MEAN(LossReduction.MEAN),
    /// Their sum, a scalar.
    SUM(LossReduction.SUM),
    /// They stay as they are.
    NONE(LossReduction.NONE);

    private final LossReduction function;

    Reduction(LossReduction function) {
      this.function = function;
    }

    /// The same for the functions of [org.wengert.F].
    LossReduction function() {
      return function;
    }

    /// The elements' losses reduced.
    public Variable apply(Variable losses) {
      return function.apply(losses);
    }
  }
}
