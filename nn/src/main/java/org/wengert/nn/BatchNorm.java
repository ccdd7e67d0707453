package org.wengert.nn;

import java.util.Arrays;
import org.wengert.F;
import org.wengert.Variable;

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
    Variable byRunning = byRunning(x);
    if (byRunning != null) {
      return byRunning;
    }
    int each = x.shape().with(1, 1).count();
    if (each == 1) {
      throw unexpected("more than one number for each channel in training", x)
          .hint("one number has no variance; use larger batches, or eval()");
    }
    int[] axes = new int[x.rank() - 1];
    Arrays.setAll(axes, i -> i == 0 ? 0 : i + 1);
    Variable mean = x.mean(axes);
    Variable variance = F.var(x, 0, false, axes);
    track(mean, variance.detach().mul((double) each / (each - 1)));
    return F.batchNorm(x, mean, variance, weight(), bias(), options().eps());
  }
}
