package org.wengert.nn;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wengert.Convolution;
import org.wengert.PadMode;
import org.wengert.tensor.OptionException;

/// The options of [Conv1d] to [Conv3d] and [ConvTranspose1d] to [ConvTranspose3d], PyTorch's by
/// default. One number stands for all axes, or there is one for each, outermost first.
///
/// ```java
/// new Conv2d(1, 32, ConvOptions.of(3).stride(2).padding(1));
/// ```
///
/// Immutable.
///
/// @param kernel the sizes of the kernel
/// @param window how the kernel moves: stride, padding, dilation, groups; by default by 1, without
///     padding, in one group
/// @param padMode what the padding consists of; null, the default, means zeros
/// @param bias whether there is a bias; by default there is
public record ConvOptions(
    List<Integer> kernel, Convolution window, @Nullable PadMode padMode, boolean bias) {
  /// Checks the kernel.
  ///
  /// @throws OptionException if it has no sizes, or one below 1
  public ConvOptions {
    if (kernel.isEmpty() || kernel.stream().anyMatch(size -> size < 1)) {
      throw new OptionException("a kernel of sizes " + kernel)
          .hint("give one size for all axes or one for each, from 1");
    }
    kernel = List.copyOf(kernel);
  }

  /// PyTorch's defaults for a kernel of these sizes.
  public static ConvOptions of(int... kernel) {
    List<Integer> sizes = Arrays.stream(kernel).boxed().toList();
    return new ConvOptions(sizes, Convolution.defaults(), null, true);
  }

  private ConvOptions window(Convolution window) {
    return new ConvOptions(kernel, window, padMode, bias);
  }

  /// These options with another stride: how far the kernel moves from one output to the next.
  public ConvOptions stride(int... stride) {
    return window(window.stride(stride));
  }

  /// These options with padding at both ends of each axis; 0, the default, is PyTorch's `valid`.
  public ConvOptions padding(int... padding) {
    return window(window.padding(padding));
  }

  /// These options with as much padding as keeps the size; the stride must be 1. PyTorch's `same`.
  public ConvOptions same() {
    return window(window.same());
  }

  /// These options with another distance between the elements that the kernel sees.
  public ConvOptions dilation(int... dilation) {
    return window(window.dilation(dilation));
  }

  /// These options with the channels divided into independent convolutions.
  public ConvOptions groups(int groups) {
    return window(window.groups(groups));
  }

  /// These options with a result that much longer at its end; for transposed convolutions only.
  public ConvOptions outputPadding(int... outputPadding) {
    return window(window.outputPadding(outputPadding));
  }

  /// These options with padding that continues the input instead of zeros.
  public ConvOptions padMode(PadMode padMode) {
    return new ConvOptions(kernel, window, padMode, bias);
  }

  /// These options with or without a bias.
  public ConvOptions bias(boolean bias) {
    return new ConvOptions(kernel, window, padMode, bias);
  }
}
