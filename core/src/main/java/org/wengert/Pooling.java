package org.wengert;

import java.util.List;
import org.wengert.tensor.OptionException;

/// Which windows a pooling looks at: the options of `maxPool1d` to `3d` and `avgPool1d` to `3d`.
/// One number stands for all axes of the plane, or there is one for each.
///
/// ```java
/// F.maxPool2d(x, Pooling.of(3).stride(2).padding(1));
/// ```
///
/// @param kernel the size of a window
/// @param stride how far it moves; empty means by its own size
/// @param padding what is added in front of and behind each axis: `-∞` for the maximum, 0 for the
///     average; at most half of the window
/// @param dilation the distance between the elements that a window sees; 1 for averages
/// @param ceilMode whether a last window that hangs over the end counts, too
/// @param countIncludePad whether an average divides by the padding, too
/// @param divisorOverride what an average divides by; 0 means by the number of elements
public record Pooling(
    List<Integer> kernel,
    List<Integer> stride,
    List<Integer> padding,
    List<Integer> dilation,
    boolean ceilMode,
    boolean countIncludePad,
    int divisorOverride) {
  /// Checks the numbers.
  ///
  /// @throws OptionException if one is too small
  public Pooling {
    kernel = Convolution.atLeast(1, "kernel", kernel);
    stride = stride.isEmpty() ? List.of() : Convolution.atLeast(1, "stride", stride);
    padding = Convolution.atLeast(0, "padding", padding);
    dilation = Convolution.atLeast(1, "dilation", dilation);
  }

  /// Windows of this size side by side, without padding.
  public static Pooling of(int... kernel) {
    return new Pooling(Convolution.list(kernel), List.of(), List.of(0), List.of(1), false, true, 0);
  }

  /// These windows with another stride.
  public Pooling stride(int... stride) {
    return new Pooling(
        kernel,
        Convolution.list(stride),
        padding,
        dilation,
        ceilMode,
        countIncludePad,
        divisorOverride);
  }

  /// These windows with padding.
  public Pooling padding(int... padding) {
    return new Pooling(
        kernel,
        stride,
        Convolution.list(padding),
        dilation,
        ceilMode,
        countIncludePad,
        divisorOverride);
  }

  /// These windows with another dilation.
  public Pooling dilation(int... dilation) {
    return new Pooling(
        kernel,
        stride,
        padding,
        Convolution.list(dilation),
        ceilMode,
        countIncludePad,
        divisorOverride);
  }

  /// These windows, with or without the last that hangs over the end.
  public Pooling ceilMode(boolean ceilMode) {
    return new Pooling(
        kernel, stride, padding, dilation, ceilMode, countIncludePad, divisorOverride);
  }

  /// These windows with averages that do or do not divide by the padding, too.
  public Pooling countIncludePad(boolean countIncludePad) {
    return new Pooling(
        kernel, stride, padding, dilation, ceilMode, countIncludePad, divisorOverride);
  }

  /// These windows with averages that divide by this number.
  public Pooling divisorOverride(int divisorOverride) {
    return new Pooling(
        kernel, stride, padding, dilation, ceilMode, countIncludePad, divisorOverride);
  }
}
