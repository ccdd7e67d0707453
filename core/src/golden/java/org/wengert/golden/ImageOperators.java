package org.wengert.golden;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.wengert.F;
import org.wengert.GridPadding;
import org.wengert.Indexed;
import org.wengert.Interpolation;
import org.wengert.Pooling;
import org.wengert.Variable;

/// Torch's operators on images: pooling, resampling, exchanges between channels and places.
final class ImageOperators {
  private ImageOperators() {}

  static void addTo(OperatorTable table) {
    addMaximum(table);
    addAverage(table);
    addAdaptive(table);
    addResampling(table);
    table.put("pixel_shuffle", a -> F.pixelShuffle(x(a), a.integer(1, "upscale_factor")));
    table.put("pixel_unshuffle", a -> F.pixelUnshuffle(x(a), a.integer(1, "downscale_factor")));
    table.put("channel_shuffle", a -> F.channelShuffle(x(a), a.integer(1, "groups")));
  }

  private static Variable x(Arguments a) {
    return a.variable(0, "self");
  }

  private static void addMaximum(OperatorTable table) {
    table.put("max_pool1d", a -> F.maxPool1d(x(a), maximum(a)));
    table.put("max_pool2d", a -> F.maxPool2d(x(a), maximum(a)));
    table.put("max_pool3d", a -> F.maxPool3d(x(a), maximum(a)));
    pooled(table, "max_pool2d_with_indices", F::maxPool2dWithIndices);
    pooled(table, "max_pool3d_with_indices", F::maxPool3dWithIndices);
    table.put(
        "max_unpool2d",
        a -> F.maxUnpool(x(a), a.variable(1, "indices"), a.integers(2, "output_size")));
  }

  private static void pooled(
      OperatorTable table, String name, BiFunction<Variable, Pooling, Indexed> pooling) {
    table.put(name, a -> both(pooling.apply(x(a), maximum(a))));
  }

  private static List<Variable> both(Indexed pooled) {
    return new ArrayList<>(List.of(pooled.values(), pooled.indices()));
  }

  private static Pooling windows(Arguments a) {
    Pooling options = Pooling.of(a.integers(1, "kernel_size"));
    if (a.integers(2, "stride").length > 0) {
      options = options.stride(a.integers(2, "stride"));
    }
    return a.has(3, "padding") ? options.padding(a.integers(3, "padding")) : options;
  }

  private static Pooling maximum(Arguments a) {
    Pooling options = windows(a).ceilMode(a.flag(5, "ceil_mode", false));
    return a.has(4, "dilation") ? options.dilation(a.integers(4, "dilation")) : options;
  }

  private static Pooling average(Arguments a) {
    return windows(a)
        .ceilMode(a.flag(4, "ceil_mode", false))
        .countIncludePad(a.flag(5, "count_include_pad", true))
        .divisorOverride(a.integer(6, "divisor_override", 0));
  }

  private static void addAverage(OperatorTable table) {
    table.put("avg_pool1d", a -> F.avgPool1d(x(a), average(a)));
    table.put("avg_pool2d", a -> F.avgPool2d(x(a), average(a)));
    table.put("avg_pool3d", a -> F.avgPool3d(x(a), average(a)));
  }

  private static void addAdaptive(OperatorTable table) {
    table.put("adaptive_avg_pool1d", a -> F.adaptiveAvgPool1d(x(a), size(a, 0)));
    table.put("adaptive_avg_pool2d", a -> F.adaptiveAvgPool2d(x(a), size(a, 0), size(a, 1)));
    table.put(
        "adaptive_avg_pool3d", a -> F.adaptiveAvgPool3d(x(a), size(a, 0), size(a, 1), size(a, 2)));
    table.put("adaptive_max_pool1d", a -> both(F.adaptiveMaxPool1d(x(a), size(a, 0))));
    table.put("adaptive_max_pool2d", a -> both(F.adaptiveMaxPool2d(x(a), size(a, 0), size(a, 1))));
  }

  private static int size(Arguments a, int axis) {
    return a.integers(1, "output_size")[axis];
  }

  private static void addResampling(OperatorTable table) {
    for (String plane : List.of("1d", "2d", "3d")) {
      resampling(table, "upsample_nearest" + plane, Interpolation.NEAREST, false);
      resampling(table, "_upsample_nearest_exact" + plane, Interpolation.NEAREST_EXACT, false);
    }
    for (String linear : List.of("linear1d", "bilinear2d", "trilinear3d")) {
      resampling(table, "upsample_" + linear, Interpolation.LINEAR, true);
    }
    resampling(table, "upsample_bicubic2d", Interpolation.CUBIC, true);
    table.put(
        "grid_sampler",
        a ->
            F.gridSample(
                x(a),
                a.variable(1, "grid"),
                List.of(Interpolation.LINEAR, Interpolation.NEAREST, Interpolation.CUBIC)
                    .get(a.integer(2, "interpolation_mode")),
                GridPadding.values()[a.integer(3, "padding_mode")],
                a.flag(4, "align_corners", false)));
    table.put(
        "affine_grid_generator",
        a ->
            F.affineGrid(
                a.variable(0, "theta"), a.flag(2, "align_corners", false), a.integers(1, "size")));
  }

  /// Where corners may be aligned, that is the third argument and the factors are the fourth.
  private static void resampling(
      OperatorTable table, String name, Interpolation mode, boolean corners) {
    table.put(
        name,
        a -> {
          boolean aligned = corners && a.flag(2, "align_corners", false);
          return a.has(1, "output_size")
              ? F.interpolate(x(a), mode, aligned, a.integers(1, "output_size"))
              : F.upsample(x(a), mode, aligned, factors(a, corners ? 3 : 2));
        });
  }

  private static double[] factors(Arguments a, int position) {
    return Interpreter.list(a.value(position, "scale_factors")).stream()
        .mapToDouble(Signs::toDouble)
        .toArray();
  }
}
