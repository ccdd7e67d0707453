package org.wengert.nn;

import org.jspecify.annotations.Nullable;
import org.wengert.F;
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

  /// The channels of `x`, centred and scaled by the running statistics; null if those of the input
  /// are to be used: in training, or if there are no others.
  final @Nullable Variable byRunning(Variable x) {
    if (isTraining() || runningMean == null || runningVar == null) {
      return null;
    }
    Variable mean = Variable.constant(runningMean.value());
    return F.batchNorm(x, mean, Variable.constant(runningVar.value()), weight, bias, options.eps());
  }

  /// Moves the running statistics towards those of a batch, in training, if there are any.
  ///
  /// @param mean one for each channel
  /// @param variance the unbiased one
  final void track(Variable mean, Variable variance) {
    if (runningMean == null || runningVar == null || numBatchesTracked == null || !isTraining()) {
      return;
    }
    long batches = numBatchesTracked.value().longAt() + 1;
    numBatchesTracked.assign(Tensor.of(batches));
    double share = options.cumulative() ? 1.0 / batches : options.momentum();
    move(runningMean, mean, share);
    move(runningVar, variance, share);
  }

  private static void move(Buffer running, Variable batch, double share) {
    Variable old = Variable.constant(running.value());
    running.assign(old.mul(1 - share).add(batch.detach().mul(share)).value());
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
