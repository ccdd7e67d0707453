package org.wengert.nn;

import java.util.Arrays;
import org.wengert.F;
import org.wengert.Variable;

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
    return single ? normalized(F.unsqueeze(x, 0)).reshape(x.shape()) : normalized(x);
  }

  private Variable normalized(Variable x) {
    Variable byRunning = byRunning(x);
    if (byRunning != null) {
      return byRunning;
    }
    int[] plane = new int[axes];
    Arrays.setAll(plane, i -> i + 2);
    if (x.shape().with(0, 1).with(1, 1).count() == 1) {
      throw unexpected("more than one number for each channel of a sample", x)
          .hint("one number has no variance");
    }
    Variable fixed = x.detach();
    track(fixed.mean(plane).mean(0), F.var(fixed, 1, false, plane).mean(0));
    return F.instanceNorm(x, weight(), bias(), options().eps());
  }
}
