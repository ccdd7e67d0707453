package org.wengert.nn;

import java.util.ArrayList;
import java.util.List;
import org.wengert.Variable;
import org.wengert.tensor.Shape;

/// The golden cases of layers that normalise.
final class NormalizationCases {
  private NormalizationCases() {}

  static void addTo(LayerCases cases) {
    cases.put("batch_norm", c -> run(c, batchNorm(c, options(c).momentum(c.number("momentum")))));
    cases.put("batch_norm_no_stats", c -> run(c, batchNorm(c, options(c))));
    cases.put("instance_norm", c -> run(c, instanceNorm(c, options(c))));
    cases.put(
        "instance_norm_running",
        c -> run(c, instanceNorm(c, options(c).momentum(c.number("momentum")))));
    cases.one("layer_norm", c -> c.loaded(layerNorm(c)).forward(c.x()));
    cases.one("rms_norm", c -> c.loaded(rmsNorm(c)).forward(c.x()));
    cases.one("group_norm", c -> c.loaded(groupNorm(c)).forward(c.x()));
    cases.one(
        "local_response_norm",
        c ->
            new LocalResponseNorm(
                    c.integer("size"), c.number("alpha"), c.number("beta"), c.number("k"))
                .forward(c.x()));
  }

  private static RunningNormOptions options(LayerCase c) {
    return RunningNormOptions.ofBatch()
        .eps(c.number("eps"))
        .affine(c.has("weight"))
        .trackRunningStats(c.has("running_mean"));
  }

  private static RunningNorm batchNorm(LayerCase c, RunningNormOptions options) {
    int channels = c.x().size(1);
    return switch (c.x().rank()) {
      case 2, 3 -> new BatchNorm1d(channels, options);
      case 4 -> new BatchNorm2d(channels, options);
      default -> new BatchNorm3d(channels, options);
    };
  }

  private static RunningNorm instanceNorm(LayerCase c, RunningNormOptions options) {
    int channels = c.x().size(1);
    return switch (c.x().rank()) {
      case 3 -> new InstanceNorm1d(channels, options);
      case 4 -> new InstanceNorm2d(channels, options);
      default -> new InstanceNorm3d(channels, options);
    };
  }

  /// The output, and the running statistics behind it if there are some.
  private static List<Variable> run(LayerCase c, RunningNorm norm) {
    c.loaded(norm);
    norm.train(!c.hasAttribute("training") || c.flag("training"));
    List<Variable> outputs = new ArrayList<>(List.of(norm.forward(c.x())));
    if (c.has("running_mean")) {
      outputs.add(Variable.constant(norm.runningMean().value()));
      outputs.add(Variable.constant(norm.runningVar().value()));
    }
    return outputs;
  }

  private static Shape normalized(LayerCase c) {
    return Shape.of(c.integers("normalized_shape"));
  }

  private static LayerNorm layerNorm(LayerCase c) {
    return new LayerNorm(normalized(c), c.number("eps"), c.has("weight"), true);
  }

  private static RMSNorm rmsNorm(LayerCase c) {
    return new RMSNorm(normalized(c), c.hasAttribute("eps") ? c.number("eps") : 0, c.has("weight"));
  }

  private static GroupNorm groupNorm(LayerCase c) {
    return new GroupNorm(c.integer("num_groups"), c.x().size(1), c.number("eps"), c.has("weight"));
  }
}
