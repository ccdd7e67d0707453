package org.wengert.nn;

import org.wengert.tensor.OptionException;

/// The options of [BatchNorm1d] to [BatchNorm3d] and [InstanceNorm1d] to [InstanceNorm3d].
///
/// ```
/// new BatchNorm2d(32, RunningNormOptions.ofBatch().momentum(0.01));
/// ```
///
/// Immutable.
///
/// @param eps what is added to the variance before its root; by default 1e-5
/// @param momentum the share of a new batch in the running statistics, by default 0.1; not the
/// momentum of optimizers
/// @param cumulative whether the running statistics are instead the means over all batches so far;
/// PyTorch's `momentum=None`
/// @param affine whether each channel is multiplied by a weight and added a bias that are learned
/// @param trackRunningStats whether statistics are kept for evaluation; if not, those of the input
/// are used there, too
public record RunningNormOptions(
    double eps, double momentum, boolean cumulative, boolean affine, boolean trackRunningStats) {
  /// Checks the numbers.
  ///
  /// @throws OptionException if eps is negative or the momentum is not from 0 to 1
  public RunningNormOptions {
    if (!(eps >= 0 && eps < Double.POSITIVE_INFINITY)) {
      throw new OptionException("eps " + eps).hint("it is a small number such as 1e-5");
    }
    if (!(momentum >= 0 && momentum <= 1)) {
      throw new OptionException("a momentum of " + momentum)
          .hint("it is the share of a new batch in the running statistics, from 0 to 1");
    }
  }

  /// PyTorch's defaults of batch norm: affine, with running statistics.
  public static RunningNormOptions ofBatch() {
    return new RunningNormOptions(1e-5, 0.1, false, true, true);
  }

  /// PyTorch's defaults of instance norm: neither affine nor with running statistics.
  public static RunningNormOptions ofInstance() {
    return new RunningNormOptions(1e-5, 0.1, false, false, false);
  }

  /// These options with another `eps`.
  public RunningNormOptions eps(double eps) {
    return new RunningNormOptions(eps, momentum, cumulative, affine, trackRunningStats);
  }

  /// These options with another share of a new batch.
  public RunningNormOptions momentum(double momentum) {
    return new RunningNormOptions(eps, momentum, false, affine, trackRunningStats);
  }

  /// These options with or without means over all batches so far.
  public RunningNormOptions cumulative(boolean cumulative) {
    return new RunningNormOptions(eps, momentum, cumulative, affine, trackRunningStats);
  }

  /// These options with or without weight and bias.
  public RunningNormOptions affine(boolean affine) {
    return new RunningNormOptions(eps, momentum, cumulative, affine, trackRunningStats);
  }

  /// These options with or without running statistics.
  public RunningNormOptions trackRunningStats(boolean trackRunningStats) {
    return new RunningNormOptions(eps, momentum, cumulative, affine, trackRunningStats);
  }
}
