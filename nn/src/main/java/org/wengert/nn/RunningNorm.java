package org.wengert.nn;

import org.jspecify.annotations.Nullable;
import org.wengert.F;
import org.wengert.Normalized;
import org.wengert.Parameter;
import org.wengert.Variable;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Tensor;

/// What batch norm and instance norm share: weight and bias for each channel, and statistics that
/// run along in training and are used in evaluation. Holds state; training changes it.
abstract class RunningNorm extends Watched {
  private final @Nullable Parameter weight;
  private final @Nullable Parameter bias;
  private final @Nullable Buffer runningMean;
  private final @Nullable Buffer runningVar;
  private final @Nullable Buffer numBatchesTracked;
  private final int channels;
  private final RunningNormOptions options;

  RunningNorm(int channels, RunningNormOptions options) {
    if (channels < 1) {
      throw new OptionException(described() + " of " + channels + " channels")
          .hint("there is at least one; it is the size of the input's axis 1");
    }
    this.channels = channels;
    this.options = options;
    boolean tracks = options.trackRunningStats();
    weight = options.affine() ? new Parameter(Tensor.ones(channels)).named("weight") : null;
    bias = options.affine() ? new Parameter(Tensor.zeros(channels)).named("bias") : null;
    runningMean = tracks ? new Buffer(Tensor.zeros(channels)) : null;
    runningVar = tracks ? new Buffer(Tensor.ones(channels)) : null;
    numBatchesTracked = tracks ? new Buffer(Tensor.of(0L)) : null;
  }

  /// `x` normalised by its own statistics.
  abstract Variable byInput(Variable x, double eps);

  /// `x` normalised by its own statistics, and the running ones moved towards them.
  abstract Normalized byInput(
      Variable x, Tensor runningMean, Tensor runningVar, double share, double eps);

  /// The output for a checked input: by the running statistics in evaluation, if there are any.
  final Variable normalized(Variable x) {
    if (runningMean == null || runningVar == null || numBatchesTracked == null) {
      return byInput(x, options.eps());
    }
    if (!isTraining()) {
      Variable mean = Variable.constant(runningMean.value());
      Variable variance = Variable.constant(runningVar.value());
      return F.batchNorm(x, mean, variance, weight, bias, options.eps());
    }
    long batches = numBatchesTracked.value().longAt() + 1;
    double share = options.cumulative() ? 1.0 / batches : options.momentum();
    Normalized moved = byInput(x, runningMean.value(), runningVar.value(), share, options.eps());
    runningMean.assign(moved.runningMean());
    runningVar.assign(moved.runningVar());
    numBatchesTracked.assign(Tensor.of(batches));
    return moved.y();
  }

  final void requireInput(Variable x, boolean fits, String layout) {
    if (!fits || x.size(layout.startsWith("(channels") ? 0 : 1) != channels) {
      throw unexpected(channels + " channels in " + layout, x)
          .hint("build the layer for the channels of the layer before it");
    }
    if (weight != null) {
      requireType(x, weight.dtype());
    }
    if (runningMean != null) {
      requireType(x, runningMean.value().dtype());
    }
  }

  /// The number of channels.
  public final int channels() {
    return channels;
  }

  /// What each channel is multiplied by; null if there is none.
  public final @Nullable Parameter weight() {
    return weight;
  }

  /// What is added to each channel; null if there is none.
  public final @Nullable Parameter bias() {
    return bias;
  }

  /// The running mean of each channel; null if there is none.
  public final @Nullable Buffer runningMean() {
    return runningMean;
  }

  /// The running unbiased variance of each channel; null if there is none.
  public final @Nullable Buffer runningVar() {
    return runningVar;
  }

  /// How many batches the running statistics have seen, an `INT64`; null if there are none.
  public final @Nullable Buffer numBatchesTracked() {
    return numBatchesTracked;
  }

  /// The options.
  public final RunningNormOptions options() {
    return options;
  }

  @Override
  protected String settings() {
    return channels
        + (", eps=" + options.eps())
        + (", momentum=" + (options.cumulative() ? "cumulative" : options.momentum()))
        + (", affine=" + options.affine())
        + (", trackRunningStats=" + options.trackRunningStats());
  }
}
