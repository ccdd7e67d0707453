package org.wengert.nn;

import org.jspecify.annotations.Nullable;
import org.wengert.F;
import org.wengert.Variable;
import org.wengert.tensor.Tensor;

/// `w[t] Σ max(0, margin - x[t] + x[c])ᵖ / C` over all classes `c` other than the target `t`: the
/// hinge loss of a classifier.
///
/// Immutable and thread-safe.
///
/// Source: `torch.nn.MultiMarginLoss`.
///
/// @param p the exponent, 1 or 2
/// @param margin how far ahead the right class has to be
/// @param weight `w`, one for each class; null means 1
/// @param reduction what becomes of the samples' losses
public record MultiMarginLoss(int p, double margin, @Nullable Tensor weight, Reduction reduction)
    implements Loss {
  /// The mean over all samples, with margin 1.
  public MultiMarginLoss() {
    this(Reduction.MEAN);
  }

  /// With PyTorch's defaults and another reduction.
  public MultiMarginLoss(Reduction reduction) {
    this(1, 1, null, reduction);
  }

  /// This loss with another exponent, 1 or 2.
  public MultiMarginLoss p(int p) {
    return new MultiMarginLoss(p, margin, weight, reduction);
  }

  /// This loss with another margin.
  public MultiMarginLoss margin(double margin) {
    return new MultiMarginLoss(p, margin, weight, reduction);
  }

  /// This loss with a weight for each class.
  public MultiMarginLoss weight(Tensor weight) {
    return new MultiMarginLoss(p, margin, weight, reduction);
  }

  /// The loss of scores `(samples, classes)`, or `(classes)`, against classes `(samples)`, or
  /// `()`.
  ///
  /// @throws org.wengert.tensor.ShapeException if the shapes do not fit, or a class does not exist
  /// @throws org.wengert.tensor.OptionException if `p` is neither 1 nor 2
  @Override
  public Variable forward(Variable input, Variable target) {
    return Losses.of(
        this, reduction, input, r -> F.multiMarginLoss(input, target, p, margin, weight, r));
  }
}
