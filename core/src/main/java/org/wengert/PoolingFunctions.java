package org.wengert;

import java.util.Arrays;
import java.util.List;
import org.wengert.backend.Taps;
import org.wengert.backend.Window;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;
import org.wengert.tensor.WengertException;

/// The functions of [F] that pool: one number for each window over the last axes. The maximum is
/// [MaxPool], or, where its place is asked for, a gather at the positions that [WindowArgMax]
/// found; the average is a sparse matrix along each axis ([Resample]). Operands are `(samples,
/// channels, plane..)` or one sample without the first axis.
abstract class PoolingFunctions extends ConvolutionFunctions {
  PoolingFunctions() {}

  /// The largest element of each window along the last axis; the gradient goes to the first of
  /// equals.
  ///
  /// @throws ShapeException if a window is larger than the operand, or padding than half a window
  /// @throws OptionException if the options do not fit the number of axes
  public static Variable maxPool1d(Variable x, Pooling options) {
    return attempt("maxPool1d", () -> maxima(plane("maxPool1d", x, 1), options), x);
  }

  /// The largest element of each window over images; see [#maxPool1d].
  public static Variable maxPool2d(Variable x, Pooling options) {
    return attempt("maxPool2d", () -> maxima(plane("maxPool2d", x, 2), options), x);
  }

  /// The largest element of each window over volumes; see [#maxPool1d].
  public static Variable maxPool3d(Variable x, Pooling options) {
    return attempt("maxPool3d", () -> maxima(plane("maxPool3d", x, 3), options), x);
  }

  /// The largest element of each window along the last axis, and where it is; see [#maxPool1d].
  public static Indexed maxPool1dWithIndices(Variable x, Pooling options) {
    try {
      Plane plane = plane("maxPool1d", x, 1);
      return maxPool(plane, plane.windows(options));
    } catch (WengertException e) {
      throw refused(e, "maxPool1dWithIndices", x);
    }
  }

  /// The largest element of each window over images, and where it is; see [#maxPool1d].
  public static Indexed maxPool2dWithIndices(Variable x, Pooling options) {
    try {
      Plane plane = plane("maxPool2d", x, 2);
      return maxPool(plane, plane.windows(options));
    } catch (WengertException e) {
      throw refused(e, "maxPool2dWithIndices", x);
    }
  }

  /// The largest element of each window over volumes, and where it is; see [#maxPool1d].
  public static Indexed maxPool3dWithIndices(Variable x, Pooling options) {
    try {
      Plane plane = plane("maxPool3d", x, 3);
      return maxPool(plane, plane.windows(options));
    } catch (WengertException e) {
      throw refused(e, "maxPool3dWithIndices", x);
    }
  }

  /// The mean of each window along the last axis.
  ///
  /// @throws ShapeException if a window is larger than the operand, or padding than half a window
  /// @throws OptionException if the options do not fit the number of axes, or have a dilation
  public static Variable avgPool1d(Variable x, Pooling options) {
    return attempt("avgPool1d", () -> avgPool(plane("avgPool1d", x, 1), options), x);
  }

  /// The mean of each window over images; see [#avgPool1d].
  public static Variable avgPool2d(Variable x, Pooling options) {
    return attempt("avgPool2d", () -> avgPool(plane("avgPool2d", x, 2), options), x);
  }

  /// The mean of each window over volumes; see [#avgPool1d].
  public static Variable avgPool3d(Variable x, Pooling options) {
    return attempt("avgPool3d", () -> avgPool(plane("avgPool3d", x, 3), options), x);
  }

  /// The means of `outputs` windows that divide the last axis as evenly as possible: window `i`
  /// goes from `⌊i size / outputs⌋` up to `⌈(i + 1) size / outputs⌉`.
  ///
  /// @throws ShapeException if the axis is empty or an output size is negative
  public static Variable adaptiveAvgPool1d(Variable x, int outputs) {
    return adaptiveAvgPool(plane("adaptiveAvgPool1d", x, 1), outputs);
  }

  /// The means of windows that divide an image as evenly as possible; see [#adaptiveAvgPool1d].
  public static Variable adaptiveAvgPool2d(Variable x, int height, int width) {
    return adaptiveAvgPool(plane("adaptiveAvgPool2d", x, 2), height, width);
  }

  /// The means of windows that divide a volume as evenly as possible; see [#adaptiveAvgPool1d].
  public static Variable adaptiveAvgPool3d(Variable x, int depth, int height, int width) {
    return adaptiveAvgPool(plane("adaptiveAvgPool3d", x, 3), depth, height, width);
  }

  /// The largest elements of windows as in [#adaptiveAvgPool1d], and where they are.
  public static Indexed adaptiveMaxPool1d(Variable x, int outputs) {
    Plane plane = plane("adaptiveMaxPool1d", x, 1);
    return maxPool(plane, plane.adaptiveWindows(outputs));
  }

  /// The largest elements of windows as in [#adaptiveAvgPool2d], and where they are.
  public static Indexed adaptiveMaxPool2d(Variable x, int height, int width) {
    Plane plane = plane("adaptiveMaxPool2d", x, 2);
    return maxPool(plane, plane.adaptiveWindows(height, width));
  }

  /// The largest elements of windows as in [#adaptiveAvgPool3d], and where they are.
  public static Indexed adaptiveMaxPool3d(Variable x, int depth, int height, int width) {
    Plane plane = plane("adaptiveMaxPool3d", x, 3);
    return maxPool(plane, plane.adaptiveWindows(depth, height, width));
  }

  /// Zeros in a plane of the given sizes, one size for each axis of it, with the elements of `x`
  /// put back where a max pooling found them; elements for the same place add up.
  ///
  /// @param x of the shape of the pooled values
  /// @param indices from the pooling, of the same shape
  /// @throws ShapeException if the shapes differ or an index lies outside the plane
  public static Variable maxUnpool(Variable x, Variable indices, int... sizes) {
    try {
      Shape lead = Unfold.outer(x.shape(), x.rank() - sizes.length);
      Shape plane = Shape.of(sizes);
      Shape flat = Shape.of(lead.count(), x.shape().count() / Math.max(1, lead.count()));
      Check.sameShape("an index tensor", indices.value(), "the values", x.value());
      Tensor index = Indices.checked(indices.value(), plane.count()).reshape(flat);
      Variable spread =
          new ScatterAdd(1, index, Shape.of(lead.count(), plane.count())).apply(x.reshape(flat));
      return spread.reshape(Plane.shape(plane, lead.toArray()));
    } catch (WengertException e) {
      throw refused(e, "maxUnpool", x, indices);
    }
  }

  /// `(Σ xᵖ)^(1/p)` over each window along the last axis: the sum for `p` = 1, near
  /// the maximum for large `p`.
  public static Variable lpPool1d(Variable x, double p, Pooling options) {
    return attempt("lpPool1d", () -> avgPool1d(x.pow(p), options.divisorOverride(1)).pow(1 / p), x);
  }

  /// `(Σ xᵖ)^(1/p)` over each window of an image; see [#lpPool1d].
  public static Variable lpPool2d(Variable x, double p, Pooling options) {
    return attempt("lpPool2d", () -> avgPool2d(x.pow(p), options.divisorOverride(1)).pow(1 / p), x);
  }

  private static Plane plane(String attempt, Variable x, int axes) {
    Plane plane = new Plane(attempt, x, axes);
    plane.requireChannels();
    return plane;
  }

  private static Variable maxima(Plane plane, Pooling options) {
    List<Window> windows = plane.windows(options);
    requireElements(plane, windows);
    MaxPool op = new MaxPool(windows);
    return plane.x().dtype().isFloating() ? op.apply(plane.x()) : op.compose(List.of(plane.x()));
  }

  private static void requireElements(Plane plane, List<Window> windows) {
    for (Window window : windows) {
      for (int i = 0; i < window.outputs(); i++) {
        if (window.count(i) == 0) {
          throw plane.refuse("window " + i + " sees padding only", "use less padding or dilation");
        }
      }
    }
  }

  private static Indexed maxPool(Plane plane, List<Window> windows) {
    requireElements(plane, windows);
    Variable indices = new WindowArgMax(windows).apply(plane.x());
    return new Indexed(MaxPool.gathered(plane.x(), indices.value(), plane.axes()), indices);
  }

  private static Variable adaptiveAvgPool(Plane plane, int... outputs) {
    List<Window> windows = plane.adaptiveWindows(outputs);
    double[][] counts = new double[plane.axes()][];
    for (int axis = 0; axis < plane.axes(); axis++) {
      counts[axis] = new double[outputs[axis]];
      Arrays.setAll(counts[axis], windows.get(axis)::count);
    }
    return divided(sums(plane, windows), counts);
  }

  private static Variable avgPool(Plane plane, Pooling options) {
    if (options.dilation().stream().anyMatch(n -> n != 1)) {
      throw (OptionException)
          new OptionException("dilation " + options.dilation())
              .hint("averages see neighbouring elements; only maxPool has a dilation")
              .during(plane.attempt());
    }
    List<Window> windows = plane.windows(options);
    Variable sums = sums(plane, windows);
    if (options.divisorOverride() != 0) {
      return options.divisorOverride() == 1 ? sums : sums.div(options.divisorOverride());
    }
    return divided(sums, counts(plane, windows, options));
  }

  private static Variable sums(Plane plane, List<Window> windows) {
    Variable y = plane.x();
    int lead = y.rank() - plane.axes();
    for (int axis = 0; axis < plane.axes(); axis++) {
      y = new Resample(lead + axis, Taps.sums(windows.get(axis))).apply(y);
    }
    return y;
  }

  /// What each window divides by, axis by axis. Padding counts if asked for, but what hangs over
  /// the padding's end never does.
  private static double[][] counts(Plane plane, List<Window> windows, Pooling options) {
    int axes = plane.axes();
    double[][] counts = new double[axes][];
    int[] kernel = Convolution.perAxis("kernel", options.kernel(), axes);
    int[] padding = Convolution.perAxis("padding", options.padding(), axes);
    int[] stride =
        options.stride().isEmpty() ? kernel : Convolution.perAxis("stride", options.stride(), axes);
    for (int axis = 0; axis < axes; axis++) {
      Window window = windows.get(axis);
      counts[axis] = new double[window.outputs()];
      for (int i = 0; i < window.outputs(); i++) {
        long room = plane.size(axis) + 2L * padding[axis] - (long) i * stride[axis];
        counts[axis][i] =
            options.countIncludePad() ? Math.min(kernel[axis], room) : window.count(i);
      }
    }
    return counts;
  }

  /// `y[.., i, j] / (counts[0][i] counts[1][j])`.
  private static Variable divided(Variable y, double[][] counts) {
    Variable divisor = Variable.constant(1.0);
    for (double[] along : counts) {
      divisor = unsqueeze(divisor, -1).mul(Variable.constant(along));
    }
    double[] all = divisor.value().toDoubleArray();
    boolean equal = Arrays.stream(all).allMatch(count -> count == all[0]);
    return equal && all.length > 0 ? y.div(all[0]) : y.div(divisor.to(y.dtype()));
  }
}
