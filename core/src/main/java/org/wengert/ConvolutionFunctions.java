package org.wengert;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wengert.backend.Window;
import org.wengert.tensor.DType;
import org.wengert.tensor.DTypeException;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;

/// The functions of [F] that convolve, by one operation ([Convolve]) for all numbers of axes. As in
/// PyTorch the kernel is not flipped.
abstract class ConvolutionFunctions extends LinearAlgebraFunctions {
  ConvolutionFunctions() {}

  /// `y[n, o, i] = bias[o] + Σ weight[o, c, k] x[n, c, stride·i + dilation·k - padding]` with
  /// stride 1, without padding and bias.
  ///
  /// @param x of shape `(samples, channels, length)`, or one sample without the first axis
  /// @param weight of shape `(channels of the result, channels, kernel)`
  public static Variable conv1d(Variable x, Variable weight) {
    return conv1d(x, weight, null, Convolution.defaults());
  }

  /// The convolution along one axis with all options.
  ///
  /// @param x of shape `(samples, channels, length)`, or one sample without the first axis
  /// @param weight of shape `(channels of the result, channels / groups, kernel)`
  /// @param bias one number for each channel of the result; null means 0
  /// @throws ShapeException if the channels do not match or the kernel is larger than the operand
  /// @throws DTypeException if the types differ
  /// @throws OptionException if the options do not fit the number of axes
  public static Variable conv1d(
      Variable x, Variable weight, @Nullable Variable bias, Convolution options) {
    return attempt(
        "conv1d",
        () -> convolve(new Plane("conv1d", x, 1), weight, bias, options),
        x,
        weight,
        bias);
  }

  /// The convolution over images with stride 1, without padding and bias.
  ///
  /// @param x of shape `(samples, channels, height, width)`, or one sample without the first axis
  /// @param weight of shape `(channels of the result, channels, height, width)`
  public static Variable conv2d(Variable x, Variable weight) {
    return conv2d(x, weight, null, Convolution.defaults());
  }

  /// The convolution over images with all options; see [#conv1d(Variable, Variable, Variable,
  /// Convolution)] for formula and errors.
  ///
  /// A kernel of 3×3 with stride 1 and no dilation over at least 64 channels, to as many and to at
  /// least 28 rows and columns, is computed in Winograd's tiles, which subtract and add elements of
  /// a window first. So where `x` is infinite, or beyond a quarter of the largest number, elements
  /// of the result whose window holds it may be `NaN` that are infinite or finite by the formula.
  ///
  /// @param x of shape `(samples, channels, height, width)`, or one sample without the first axis
  /// @param weight of shape `(channels of the result, channels / groups, height, width)`
  /// @param bias one number for each channel of the result; null means 0
  public static Variable conv2d(
      Variable x, Variable weight, @Nullable Variable bias, Convolution options) {
    return attempt(
        "conv2d",
        () -> convolve(new Plane("conv2d", x, 2), weight, bias, options),
        x,
        weight,
        bias);
  }

  /// The convolution over volumes with stride 1, without padding and bias.
  ///
  /// @param x of shape `(samples, channels, depth, height, width)`
  /// @param weight of shape `(channels of the result, channels, depth, height, width)`
  public static Variable conv3d(Variable x, Variable weight) {
    return conv3d(x, weight, null, Convolution.defaults());
  }

  /// The convolution over volumes with all options; see [#conv1d(Variable, Variable, Variable,
  /// Convolution)] for formula and errors.
  ///
  /// @param x of shape `(samples, channels, depth, height, width)`, or one sample
  /// @param weight of shape `(channels of the result, channels / groups, depth, height, width)`
  /// @param bias one number for each channel of the result; null means 0
  public static Variable conv3d(
      Variable x, Variable weight, @Nullable Variable bias, Convolution options) {
    return attempt(
        "conv3d",
        () -> convolve(new Plane("conv3d", x, 3), weight, bias, options),
        x,
        weight,
        bias);
  }

  /// The adjoint of [#conv1d] with respect to its operand, which makes a sequence longer where that
  /// makes it shorter: each element of `x` puts the kernel, times itself, into the result. Its
  /// length is `(length - 1) stride - 2 padding + dilation (kernel - 1) + outputPadding + 1`.
  ///
  /// @param x of shape `(samples, channels, length)`, or one sample without the first axis
  /// @param weight of shape `(channels, channels of the result / groups, kernel)`
  /// @param bias one number for each channel of the result; null means 0
  /// @throws ShapeException if the channels do not match or nothing would remain
  /// @throws DTypeException if the types differ
  /// @throws OptionException if the options do not fit the number of axes
  public static Variable convTranspose1d(
      Variable x, Variable weight, @Nullable Variable bias, Convolution options) {
    return attempt(
        "convTranspose1d",
        () -> transposed(new Plane("convTranspose1d", x, 1), weight, bias, options),
        x,
        weight,
        bias);
  }

  /// The adjoint of [#conv2d] with respect to its operand; see [#convTranspose1d].
  ///
  /// @param x of shape `(samples, channels, height, width)`, or one sample without the first axis
  /// @param weight of shape `(channels, channels of the result / groups, height, width)`
  /// @param bias one number for each channel of the result; null means 0
  public static Variable convTranspose2d(
      Variable x, Variable weight, @Nullable Variable bias, Convolution options) {
    return attempt(
        "convTranspose2d",
        () -> transposed(new Plane("convTranspose2d", x, 2), weight, bias, options),
        x,
        weight,
        bias);
  }

  /// The adjoint of [#conv3d] with respect to its operand; see [#convTranspose1d].
  ///
  /// @param x of shape `(samples, channels, depth, height, width)`, or one sample
  /// @param weight of shape `(channels, channels of the result / groups, depth, height, width)`
  /// @param bias one number for each channel of the result; null means 0
  public static Variable convTranspose3d(
      Variable x, Variable weight, @Nullable Variable bias, Convolution options) {
    return attempt(
        "convTranspose3d",
        () -> transposed(new Plane("convTranspose3d", x, 3), weight, bias, options),
        x,
        weight,
        bias);
  }

  private static Variable convolve(
      Plane plane, Variable weight, @Nullable Variable bias, Convolution options) {
    requireWeight(plane, weight, options.groups(), false);
    List<Window> windows = plane.windows(options, kernel(weight));
    return computed(plane, weight, bias, new Convolve(windows, options.groups(), false));
  }

  private static Variable transposed(
      Plane plane, Variable weight, @Nullable Variable bias, Convolution options) {
    requireWeight(plane, weight, options.groups(), true);
    List<Window> windows = plane.transposedWindows(options, kernel(weight));
    return computed(plane, weight, bias, new Convolve(windows, options.groups(), true));
  }

  /// By the kernel where all types are the same floating one, else composed.
  private static Variable computed(
      Plane plane, Variable weight, @Nullable Variable bias, Convolve op) {
    requireBias(plane, bias, op.transposed() ? weight.size(1) * op.groups() : weight.size(0));
    Variable x = plane.batched();
    DType type = weight.dtype();
    boolean same = type.isFloating() && (bias == null || bias.dtype() == type);
    Variable[] xs = bias == null ? new Variable[] {x, weight} : new Variable[] {x, weight, bias};
    return plane.unbatched(same ? op.apply(xs) : op.compose(List.of(xs)));
  }

  private static int[] kernel(Variable weight) {
    return weight.shape().remove(0).remove(0).toArray();
  }

  private static void requireWeight(Plane plane, Variable weight, int groups, boolean transposed) {
    plane.requireChannels();
    int channels = plane.x().size(-plane.axes() - 1);
    if (weight.rank() != plane.axes() + 2) {
      throw explained(plane, "a weight of rank " + weight.rank(), weight, layout(transposed));
    }
    int seen = transposed ? weight.size(0) : weight.size(1) * groups;
    if (seen != channels) {
      throw explained(
          plane, channels + " channels meet a weight for " + seen, weight, layout(transposed));
    }
    if (weight.size(0) % groups != 0 || channels % groups != 0) {
      throw explained(
          plane,
          "channels do not divide into " + groups + " groups",
          weight,
          "both numbers of channels must be multiples of the groups");
    }
    if (plane.x().dtype() != weight.dtype()) {
      throw (DTypeException)
          new DTypeException("an operand of type " + plane.x().dtype() + " meets " + weight.dtype())
              .hint("convert one of them with to(..)")
              .during(plane.attempt());
    }
  }

  private static String layout(boolean transposed) {
    return transposed
        ? "the weight is (channels, channels of the result / groups, kernel..)"
        : "the weight is (channels of the result, channels / groups, kernel..)";
  }

  private static void requireBias(Plane plane, @Nullable Variable bias, int outputs) {
    if (bias != null && !bias.shape().equals(Shape.of(outputs))) {
      throw explained(
          plane,
          "a bias of shape " + bias.shape() + " for " + outputs + " channels",
          bias,
          "give one number for each channel of the result");
    }
  }

  private static ShapeException explained(
      Plane plane, String problem, Variable operand, String hint) {
    return (ShapeException)
        plane.refuse(problem, hint).operand("weight", operand.name(), operand.shape().toString());
  }
}
