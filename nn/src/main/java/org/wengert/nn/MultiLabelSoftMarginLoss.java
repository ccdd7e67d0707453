package org.wengert.nn;

import org.jspecify.annotations.Nullable;
import org.wengert.F;
import org.wengert.Variable;
import org.wengert.tensor.Tensor;

/// The mean over classes of `-w (t log σ(x) + (1-t) log σ(-x))`: as many yes-no questions as there
/// are classes, in the last axis.
///
/// Immutable and thread-safe.
///
/// Source: `torch.nn.MultiLabelSoftMarginLoss`.
///
/// @param weight `w`, one for each class; null means 1
/// @param reduction what becomes of the samples' losses
public record MultiLabelSoftMarginLoss(@Nullable Tensor weight, Reduction reduction)
    implements Loss {
  /// The mean over all samples, unweighted.
  public MultiLabelSoftMarginLoss() {
    this(Reduction.MEAN);
  }

  /// With PyTorch's defaults and another reduction.
  public MultiLabelSoftMarginLoss(Reduction reduction) {
    this(null, reduction);
  }

  /// This loss with a weight for each class.
  public MultiLabelSoftMarginLoss weight(Tensor weight) {
    return new MultiLabelSoftMarginLoss(weight, reduction);
  }

  /// The loss of logits against 0 and 1.
  ///
  /// @throws org.wengert.tensor.ShapeException if the shapes differ
  @Override
  public Variable forward(Variable input, Variable target) {
    return Losses.of(
        this,
        reduction,
        input,
        r -> F.multiLabelSoftMarginLoss(input, target, Losses.constant(weight, input), r));
  }
}
