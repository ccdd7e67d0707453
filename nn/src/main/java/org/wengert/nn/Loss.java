package org.wengert.nn;

import java.util.function.Function;
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
    NONE(LossReduction.NONE),
    /// Their sum by the number of samples, which is the size of the first axis. PyTorch's
    /// `batchmean`.
    BATCH_MEAN(LossReduction.SUM),
    /// Half their mean, as in `1/(2K) Σ (y - t)²`, whose derivative has no factor 2.
    HALF_MEAN(LossReduction.MEAN),
    /// Half their sum, as in `1/2 Σ (y - t)²`, whose derivative has no factor 2.
    HALF_SUM(LossReduction.SUM);

    private final LossReduction function;

    Reduction(LossReduction function) {
      this.function = function;
    }

    /// The elements' losses reduced.
    public Variable apply(Variable losses) {
      return of(losses, reduction -> reduction.apply(losses));
    }

    /// A loss that is reduced by a function of [org.wengert.F].
    ///
    /// @param first an operand whose first axis is that of the samples
    Variable of(Variable first, Function<LossReduction, Variable> loss) {
      Variable reduced = loss.apply(function);
      return switch (this) {
        case MEAN, SUM, NONE -> reduced;
        case BATCH_MEAN -> reduced.div(first.size(0));
        case HALF_MEAN, HALF_SUM -> reduced.mul(0.5);
      };
    }
  }
}
