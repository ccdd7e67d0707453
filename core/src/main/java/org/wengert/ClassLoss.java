package org.wengert;

import org.jspecify.annotations.Nullable;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Tensor;

/// How a classifier is judged: the options of `crossEntropy` and `nllLoss`.
///
/// @param weight one for each class; null means 1
/// @param ignoreIndex the target class that does not count
/// @param labelSmoothing how much of each target is spread over all classes, from 0 to 1
/// @param reduction what becomes of the samples' losses
public record ClassLoss(
    @Nullable Tensor weight, long ignoreIndex, double labelSmoothing, LossReduction reduction) {
  /// Checks the smoothing.
  ///
  /// @throws OptionException if it is not from 0 to 1
  public ClassLoss {
    if (!(labelSmoothing >= 0 && labelSmoothing <= 1)) {
      throw new OptionException("label smoothing " + labelSmoothing)
          .hint("it lies between 0 (none) and 1 (all classes alike); 0.1 is usual");
    }
  }

  /// The mean, unweighted, without smoothing; class -100 is ignored.
  public static ClassLoss defaults() {
    return new ClassLoss(null, -100, 0, LossReduction.MEAN);
  }

  /// These options with a weight for each class; null means 1.
  public ClassLoss weight(@Nullable Tensor weight) {
    return new ClassLoss(weight, ignoreIndex, labelSmoothing, reduction);
  }

  /// These options with another class ignored.
  public ClassLoss ignoreIndex(long ignoreIndex) {
    return new ClassLoss(weight, ignoreIndex, labelSmoothing, reduction);
  }

  /// These options with smoothed targets.
  ///
  /// @throws OptionException if the smoothing is not from 0 to 1
  public ClassLoss labelSmoothing(double labelSmoothing) {
    return new ClassLoss(weight, ignoreIndex, labelSmoothing, reduction);
  }

  /// These options with another reduction.
  public ClassLoss reduction(LossReduction reduction) {
    return new ClassLoss(weight, ignoreIndex, labelSmoothing, reduction);
  }
}
