package org.wengert.nn;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.wengert.LossReduction;
import org.wengert.Variable;
import org.wengert.nn.Loss.Reduction;
import org.wengert.tensor.Tensor;
import org.wengert.tensor.WengertException;

/// What the losses of this package share.
final class Losses {
  private Losses() {}

  /// The function `f` of [org.wengert.F] reduced; an error says which loss it was.
  ///
  /// @param first an operand whose first axis is that of the samples
  static Variable of(
      Record loss, Reduction reduction, Variable first, Function<LossReduction, Variable> f) {
    try {
      return reduction.of(first, f);
    } catch (WengertException e) {
      e.within(loss.getClass().getSimpleName());
      throw e;
    }
  }

  /// Weights as an operand beside `input`.
  static @Nullable Variable constant(@Nullable Tensor weight, Variable input) {
    return weight == null ? null : Variable.constant(weight.to(input.dtype()));
  }
}
