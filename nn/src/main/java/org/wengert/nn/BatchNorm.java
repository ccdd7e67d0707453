package org.wengert.nn;

import org.wengert.F;
import org.wengert.Normalized;
import org.wengert.Variable;
import org.wengert.tensor.Tensor;

/// Batch norm over inputs of certain ranks.
abstract class BatchNorm extends RunningNorm {
  private final int leastRank;
  private final int mostRank;
  private final String layout;

  BatchNorm(int channels, RunningNormOptions options, int leastRank, int mostRank, String layout) {
    super(channels, options);
    this.leastRank = leastRank;
    this.mostRank = mostRank;
    this.layout = layout;
  }

  @Override
  final Variable compute(Variable x) {
    requireInput(x, x.rank() >= leastRank && x.rank() <= mostRank, layout);
    boolean alone = x.shape().with(1, 1).count() == 1;
    if (alone && (isTraining() || !options().trackRunningStats())) {
      throw unexpected("more than one number for each channel in training", x)
          .hint("one number has no variance; use larger batches, or eval()");
    }
    return normalized(x);
  }

  @Override
  final Variable byInput(Variable x, double eps) {
    return F.batchNorm(x, weight(), bias(), eps);
  }

  @Override
  final Normalized byInput(
      Variable x, Tensor runningMean, Tensor runningVar, double share, double eps) {
    return F.batchNorm(x, runningMean, runningVar, weight(), bias(), share, eps);
  }
}
