package org.wengert;

import java.util.Arrays;
import java.util.List;
import org.wengert.tensor.OptionException;

/// How a convolution moves its kernel: the options of `conv1d` to `conv3d` and of the transposed
/// convolutions. One number stands for all axes of the plane, or there is one for each.
///
/// ```java
/// F.conv2d(x, weight, bias, Convolution.defaults().stride(2).padding(1));
/// ```
///
/// @param stride how far the kernel moves from one element of the result to the next, from 1
/// @param padding the zeros in front of and behind each axis of the operand
/// @param samePadding whether the zeros are chosen so that the result has the operand's size
/// @param dilation the distance between the elements that the kernel sees, from 1
/// @param groups into how many independent convolutions the channels are divided, from 1
/// @param outputPadding how much larger a transposed convolution makes its result, at the end
public record Convolution(
    List<Integer> stride,
    List<Integer> padding,
    boolean samePadding,
    List<Integer> dilation,
    int groups,
    List<Integer> outputPadding) {
  private static final Convolution DEFAULTS =
      new Convolution(List.of(1), List.of(0), false, List.of(1), 1, List.of(0));

  /// Checks the numbers.
  ///
  /// @throws OptionException if one is too small
  public Convolution {
    stride = atLeast(1, "stride", stride);
    padding = atLeast(0, "padding", padding);
    dilation = atLeast(1, "dilation", dilation);
    outputPadding = atLeast(0, "outputPadding", outputPadding);
    if (groups < 1) {
      throw new OptionException(groups + " groups of channels")
          .hint("1 group sees all channels; as many groups as channels see one each");
    }
  }

  /// Stride 1, no padding, dilation 1, one group.
  public static Convolution defaults() {
    return DEFAULTS;
  }

  /// These options with another stride.
  public Convolution stride(int... stride) {
    return new Convolution(list(stride), padding, samePadding, dilation, groups, outputPadding);
  }

  /// These options with another padding.
  public Convolution padding(int... padding) {
    return new Convolution(stride, list(padding), false, dilation, groups, outputPadding);
  }

  /// These options with as much padding as keeps the size; where an odd number of zeros is needed,
  /// the odd one goes to the end. The stride must be 1. PyTorch's `padding='same'`.
  public Convolution same() {
    return new Convolution(stride, List.of(0), true, dilation, groups, outputPadding);
  }

  /// These options with another dilation.
  public Convolution dilation(int... dilation) {
    return new Convolution(stride, padding, samePadding, list(dilation), groups, outputPadding);
  }

  /// These options with another number of groups.
  public Convolution groups(int groups) {
    return new Convolution(stride, padding, samePadding, dilation, groups, outputPadding);
  }

  /// These options with another output padding, which only transposed convolutions have.
  public Convolution outputPadding(int... outputPadding) {
    return new Convolution(stride, padding, samePadding, dilation, groups, list(outputPadding));
  }

  static List<Integer> list(int... numbers) {
    return Arrays.stream(numbers).boxed().toList();
  }

  /// A copy of the numbers, if there are some and none is too small.
  static List<Integer> atLeast(int least, String what, List<Integer> numbers) {
    if (numbers.isEmpty() || numbers.stream().anyMatch(n -> n < least)) {
      throw new OptionException(what + " " + numbers)
          .hint("give one number for all axes or one for each, none below " + least);
    }
    return List.copyOf(numbers);
  }

  /// One number for each axis.
  ///
  /// @throws OptionException if there are neither as many numbers nor one
  static int[] perAxis(String what, List<Integer> numbers, int axes) {
    if (numbers.size() != 1 && numbers.size() != axes) {
      throw new OptionException(what + " " + numbers + " for " + axes + " axes")
          .hint("give one number for all axes or one for each");
    }
    int[] each = new int[axes];
    Arrays.setAll(each, axis -> numbers.get(numbers.size() == 1 ? 0 : axis));
    return each;
  }
}
