package org.wengert.nn;

import java.util.List;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;

/// The golden cases of convolutions.
final class ConvolutionCases {
  private ConvolutionCases() {}

  static void addTo(LayerCases cases) {
    for (String op : List.of("conv1d", "conv1d_str", "conv2d", "conv2d_str", "conv3d")) {
      cases.one(op, c -> c.loaded(convolution(c, op.charAt(4) - '0')).forward(c.input("input")));
    }
    for (int axes = 1; axes <= 3; axes++) {
      int n = axes;
      cases.one(
          "conv_transpose" + n + "d", c -> c.loaded(transposed(c, n)).forward(c.input("input")));
    }
  }

  private static ConvLayer convolution(LayerCase c, int axes) {
    ConvOptions options = options(c);
    int in = weight(c).size(1) * c.integer("groups");
    int out = weight(c).size(0);
    return switch (axes) {
      case 1 -> new Conv1d(in, out, options, new Rng(1));
      case 2 -> new Conv2d(in, out, options, new Rng(1));
      default -> new Conv3d(in, out, options, new Rng(1));
    };
  }

  private static ConvLayer transposed(LayerCase c, int axes) {
    ConvOptions options = options(c).outputPadding(c.integers("output_padding"));
    int in = weight(c).size(0);
    int out = weight(c).size(1) * c.integer("groups");
    return switch (axes) {
      case 1 -> new ConvTranspose1d(in, out, options, new Rng(1));
      case 2 -> new ConvTranspose2d(in, out, options, new Rng(1));
      default -> new ConvTranspose3d(in, out, options, new Rng(1));
    };
  }

  private static Shape weight(LayerCase c) {
    return c.input("weight").shape();
  }

  private static ConvOptions options(LayerCase c) {
    ConvOptions options =
        ConvOptions.of(weight(c).remove(0).remove(0).toArray())
            .stride(c.integers("stride"))
            .dilation(c.integers("dilation"))
            .groups(c.integer("groups"))
            .bias(c.has("bias"));
    return switch (c.textOr("padding", "")) {
      case "same" -> options.same();
      case "valid" -> options.padding(0);
      default -> options.padding(c.integers("padding"));
    };
  }
}
