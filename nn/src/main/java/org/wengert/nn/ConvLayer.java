package org.wengert.nn;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.wengert.Convolution;
import org.wengert.F;
import org.wengert.PadMode;
import org.wengert.Parameter;
import org.wengert.Variable;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// What convolutions over one, two and three axes share, transposed or not: parameters, padding,
/// checks and text.
///
/// The weight has shape `(out, in / groups, kernel..)`, transposed `(in, out / groups, kernel..)`,
/// the bias `(out)`. Both start uniform in `[-1/√fan, 1/√fan]` with `fan` the product of the
/// weight's sizes behind the first, as in PyTorch.
abstract class ConvLayer extends Watched implements Weighted {
  private final Parameter weight;
  private final @Nullable Parameter bias;
  private final ConvOptions options;
  private final int axes;
  private final boolean transposed;

  ConvLayer(
      int axes, boolean transposed, int in, int out, ConvOptions options, RandomGenerator random) {
    this.axes = axes;
    this.transposed = transposed;
    this.options = options;
    int groups = options.window().groups();
    requireChannels(in, out, groups);
    requireForKind();
    Shape channels = transposed ? Shape.of(in, out / groups) : Shape.of(out, in / groups);
    Shape shape = channels;
    for (int size : PerAxis.of("kernel", options.kernel(), axes)) {
      shape = shape.insert(-1, size);
    }
    weight = new Parameter(Tensor.zeros(shape.toArray())).named("weight");
    double bound = 1 / Math.sqrt(shape.remove(0).count());
    Init.uniform(weight, -bound, bound, random);
    bias = options.bias() ? new Parameter(Tensor.zeros(out)).named("bias") : null;
    if (bias != null) {
      Init.uniform(bias, -bound, bound, random);
    }
  }

  private void requireChannels(int in, int out, int groups) {
    if (in < 1 || out < 1 || in % groups != 0 || out % groups != 0) {
      String among = groups == 1 ? "" : " in " + groups + " groups";
      throw new OptionException(described() + " from " + in + " to " + out + " channels" + among)
          .hint("both numbers are at least 1, and multiples of the groups");
    }
  }

  private void requireForKind() {
    Convolution window = options.window();
    boolean more = window.outputPadding().stream().anyMatch(n -> n > 0);
    if (transposed && (window.samePadding() || options.padMode() != null)) {
      throw new OptionException(described() + " with padding of another kind than zeros")
          .hint("a transposed convolution is padded with a number of zeros: padding(1)");
    }
    if (window.samePadding() && window.stride().stream().anyMatch(n -> n > 1)) {
      throw new OptionException(
              described() + " with padding of the same size and stride " + window.stride())
          .hint("a stride above 1 makes the output smaller: say padding(n) with a number");
    }
    if (!transposed && more) {
      throw new OptionException(described() + " with output padding " + window.outputPadding())
          .hint("only transposed convolutions have an output padding");
    }
  }

  /// The function of this layer.
  abstract Variable convolve(
      Variable x, Variable weight, @Nullable Variable bias, Convolution window);

  @Override
  final Variable compute(Variable x) {
    if ((x.rank() != axes + 1 && x.rank() != axes + 2) || x.size(-axes - 1) != in()) {
      throw unexpected(in() + " channels in front of " + axes + " axes", x)
          .hint("its axes are (samples, channels, plane..); one sample goes without the first");
    }
    requireType(x, weight.dtype());
    return options.padMode() == null
        ? convolve(x, current(weight), bias, options.window())
        : convolve(
            padded(x, options.padMode()), current(weight), bias, options.window().padding(0));
  }

  private Variable padded(Variable x, PadMode mode) {
    Convolution window = options.window();
    int[] padding = PerAxis.of("padding", window.padding(), axes);
    int[] dilation = PerAxis.of("dilation", window.dilation(), axes);
    int[] ends = new int[2 * axes];
    for (int axis = 0; axis < axes; axis++) {
      int reach = dilation[axis] * (weight.size(2 + axis) - 1);
      int pair = 2 * (axes - 1 - axis);
      ends[pair] = window.samePadding() ? reach / 2 : padding[axis];
      ends[pair + 1] = window.samePadding() ? reach - reach / 2 : padding[axis];
    }
    return F.pad(x, ends, mode);
  }

  /// The number of input channels.
  public final int in() {
    return transposed ? weight.size(0) : weight.size(1) * options.window().groups();
  }

  /// The number of output channels.
  public final int out() {
    return transposed ? weight.size(1) * options.window().groups() : weight.size(0);
  }

  /// Whether the weight has its inputs in front.
  final boolean isTransposed() {
    return transposed;
  }

  /// The kernels.
  @Override
  public final Parameter weight() {
    return weight;
  }

  /// One number for each output channel; null if there is none.
  public final @Nullable Parameter bias() {
    return bias;
  }

  /// How the kernel moves.
  public final ConvOptions options() {
    return options;
  }

  @Override
  protected String settings() {
    Convolution window = options.window();
    String padding =
        window.samePadding()
            ? ", padding=same"
            : PerAxis.text("padding", window.padding(), axes, 0);
    return ("in=" + in() + ", out=" + out() + ", ")
        + PerAxis.text("kernel", options.kernel(), axes)
        + (", " + PerAxis.text("stride", window.stride(), axes) + padding)
        + PerAxis.text("outputPadding", window.outputPadding(), axes, 0)
        + PerAxis.text("dilation", window.dilation(), axes, 1)
        + (window.groups() == 1 ? "" : ", groups=" + window.groups())
        + (options.padMode() == null ? "" : ", padMode=" + options.padMode())
        + (options.bias() ? "" : ", bias=false");
  }
}
