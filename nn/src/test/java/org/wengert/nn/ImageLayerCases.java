package org.wengert.nn;

import java.util.Arrays;
import java.util.List;
import org.wengert.Indexed;
import org.wengert.Interpolation;
import org.wengert.Pooling;
import org.wengert.Variable;

/// The golden cases of layers for images: poolings, changes of resolution, shuffles.
final class ImageLayerCases {
  private ImageLayerCases() {}

  static void addTo(LayerCases cases) {
    cases.put("max_pool1d", c -> found(c, new MaxPool1d(windows(c)).forwardWithIndices(c.x())));
    cases.put("max_pool2d", c -> found(c, new MaxPool2d(windows(c)).forwardWithIndices(c.x())));
    cases.put("max_pool3d", c -> found(c, new MaxPool3d(windows(c)).forwardWithIndices(c.x())));
    cases.one("avg_pool1d", c -> new AvgPool1d(windows(c)).forward(c.x()));
    cases.one("avg_pool2d", c -> new AvgPool2d(windows(c)).forward(c.x()));
    cases.one("avg_pool3d", c -> new AvgPool3d(windows(c)).forward(c.x()));
    cases.one("lp_pool1d", c -> new LPPool1d(c.number("norm_type"), windows(c)).forward(c.x()));
    addAdaptive(cases);
    addResolutions(cases);
  }

  private static List<Variable> found(LayerCase c, Indexed found) {
    boolean indices = c.golden().outputs().size() > 1;
    return indices ? List.of(found.values(), found.indices()) : List.of(found.values());
  }

  private static Pooling windows(LayerCase c) {
    Pooling windows = Pooling.of(c.integers("kernel_size")).stride(c.integers("stride"));
    if (c.hasAttribute("padding")) {
      windows = windows.padding(c.integers("padding")).ceilMode(c.flag("ceil_mode"));
    }
    if (c.hasAttribute("dilation")) {
      windows = windows.dilation(c.integers("dilation"));
    }
    if (c.hasAttribute("count_include_pad")) {
      windows = windows.countIncludePad(c.flag("count_include_pad"));
    }
    return c.hasAttribute("divisor_override")
        ? windows.divisorOverride(c.integer("divisor_override"))
        : windows;
  }

  private static int size(LayerCase c, int axis) {
    return c.integers("output_size")[axis];
  }

  private static void addAdaptive(LayerCases cases) {
    cases.one("adaptive_avg_pool1d", c -> new AdaptiveAvgPool1d(size(c, 0)).forward(c.x()));
    cases.one(
        "adaptive_avg_pool2d", c -> new AdaptiveAvgPool2d(size(c, 0), size(c, 1)).forward(c.x()));
    cases.one(
        "adaptive_avg_pool3d",
        c -> new AdaptiveAvgPool3d(size(c, 0), size(c, 1), size(c, 2)).forward(c.x()));
    cases.put(
        "adaptive_max_pool1d",
        c -> found(c, new AdaptiveMaxPool1d(size(c, 0)).forwardWithIndices(c.x())));
    cases.put(
        "adaptive_max_pool2d",
        c -> found(c, new AdaptiveMaxPool2d(size(c, 0), size(c, 1)).forwardWithIndices(c.x())));
  }

  private static void addResolutions(LayerCases cases) {
    for (int axes = 1; axes <= 3; axes++) {
      upsample(cases, "upsample_nearest" + axes + "d", Interpolation.NEAREST);
    }
    upsample(cases, "upsample_nearest_exact2d", Interpolation.NEAREST_EXACT);
    upsample(cases, "upsample_linear1d", Interpolation.LINEAR);
    upsample(cases, "upsample_bilinear2d", Interpolation.LINEAR);
    upsample(cases, "upsample_trilinear3d", Interpolation.LINEAR);
    upsample(cases, "upsample_bicubic2d", Interpolation.CUBIC);
    upsample(cases, "upsample_nearest2d_scale", Interpolation.NEAREST);
    upsample(cases, "upsample_bilinear2d_scale", Interpolation.LINEAR);
    cases.one("pixel_shuffle", c -> new PixelShuffle(c.integer("upscale_factor")).forward(c.x()));
    cases.one(
        "pixel_unshuffle", c -> new PixelUnshuffle(c.integer("downscale_factor")).forward(c.x()));
    cases.one("channel_shuffle", c -> new ChannelShuffle(c.integer("groups")).forward(c.x()));
  }

  private static void upsample(LayerCases cases, String op, Interpolation mode) {
    cases.one(op, c -> upsample(c, mode).forward(c.x()));
  }

  private static Upsample upsample(LayerCase c, Interpolation mode) {
    boolean aligned = c.hasAttribute("align_corners") && c.flag("align_corners");
    if (c.hasAttribute("output_size")) {
      return Upsample.to(mode, aligned, c.integers("output_size"));
    }
    double[] factors = c.numbers("scale_factor");
    boolean one = Arrays.stream(factors).allMatch(factor -> factor == factors[0]);
    return one && !aligned ? new Upsample(factors[0], mode) : new Upsample(mode, aligned, factors);
  }
}
