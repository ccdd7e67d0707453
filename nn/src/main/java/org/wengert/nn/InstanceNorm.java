package org.wengert.nn;

import org.wengert.F;
import org.wengert.Normalized;
import org.wengert.Variable;
import org.wengert.tensor.Tensor;

/// Instance norm over a plane of certain axes.
abstract class InstanceNorm extends RunningNorm {
  private final int axes;

  InstanceNorm(int channels, RunningNormOptions options, int axes) {
    super(channels, options);
    this.axes = axes;
  }

  @Override
  final Variable compute(Variable x) {
    boolean single = x.rank() == axes + 1;
    String layout = single ? "(channels, plane..)" : "(samples, channels, plane..)";
    requireInput(x, single || x.rank() == axes + 2, layout);
    boolean alone = x.shape().with(0, 1).count() == (single ? 1 : x.size(1));
    if (alone && (isTraining() || !options().trackRunningStats())) {
      throw unexpected("more than one number for each channel of a sample", x)
          .hint("one number has no variance");
    }
    return single ? normalized(F.unsqueeze(x, 0)).reshape(x.shape()) : normalized(x);
  }

  @Override
  final Variable byInput(Variable x, double eps) {
    return F.instanceNorm(x, weight(), bias(), eps);
  }

  @Override
  final Normalized byInput(
      Variable x, Tensor runningMean, Tensor runningVar, double share, double eps) {
    return F.instanceNorm(x, runningMean, runningVar, weight(), bias(), share, eps);
  }
}
