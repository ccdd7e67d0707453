package org.wengert.nn;

import org.jspecify.annotations.Nullable;
import org.wengert.F;
import org.wengert.Variable;
import org.wengert.tensor.Tensor;

/// `-w (t log p + (1-t) log(1-p))` for probabilities `p` and targets `t` from 0 to 1: the binary
/// cross entropy. Each logarithm is at least -100, so that a confident error is finite.
///
/// [BCEWithLogitsLoss] does the same from logits, exactly also where a sigmoid rounds to 0 or 1;
/// prefer it.
///
/// Immutable and thread-safe.
///
/// Source: `torch.nn.BCELoss`.
///
/// @param weight `w`, of a shape that broadcasts to the input's; null means 1
/// @param reduction what becomes of the elements' losses
public record BCELoss(@Nullable Tensor weight, Reduction reduction) implements Loss {
  /// The mean over all elements, unweighted.
  public BCELoss() {
    this(Reduction.MEAN);
  }

  /// With PyTorch's defaults and another reduction.
  public BCELoss(Reduction reduction) {
    this(null, reduction);
  }

  /// This loss with a weight for each element.
  public BCELoss weight(Tensor weight) {
    return new BCELoss(weight, reduction);
  }

  /// The loss of probabilities `input`.
  ///
  /// @throws org.wengert.tensor.ShapeException if the shapes differ or the weight does not fit
  /// @throws org.wengert.tensor.OptionException if an input is no probability
  @Override
  public Variable forward(Variable input, Variable target) {
    return Losses.of(
        this,
        reduction,
        input,
        r -> F.binaryCrossEntropy(input, target, Losses.constant(weight, input), r));
  }
}
