package org.wengert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.wengert.backend.Window;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;

/// The windows of a convolution or a pooling over the last axes of its operand, and the checks that
/// both make. Immutable.
///
/// @param attempt the function, for messages
/// @param x the operand
/// @param axes the number of axes of the plane
record Plane(String attempt, Variable x, int axes) {
  /// The operand with an axis of samples in front, which one sample alone lacks.
  Variable batched() {
    return x.rank() == axes + 1 ? F.unsqueeze(x, 0) : x;
  }

  /// The result without the axis of samples, if the operand had none.
  Variable unbatched(Variable y) {
    return x.rank() == axes + 1 ? y.reshape(y.shape().remove(0)) : y;
  }

  /// The size of an axis of the plane.
  int size(int axis) {
    return x.size(axis - axes);
  }

  void requireChannels() {
    if (x.rank() != axes + 1 && x.rank() != axes + 2) {
      throw refuse(
          "an operand of rank " + x.rank(),
          "it has " + (axes + 2) + " axes: samples, channels, then the plane of " + axes);
    }
  }

  /// The windows of a convolution.
  List<Window> windows(Convolution options, int... kernel) {
    int[] stride = Convolution.perAxis("stride", options.stride(), axes);
    int[] padding = Convolution.perAxis("padding", options.padding(), axes);
    int[] dilation = Convolution.perAxis("dilation", options.dilation(), axes);
    long[] padded = new long[axes];
    int[] before = new int[axes];
    for (int axis = 0; axis < axes; axis++) {
      long reach = (long) dilation[axis] * (kernel[axis] - 1);
      if (options.samePadding() && stride[axis] != 1) {
        throw refuse("padding 'same' with stride " + stride[axis], "give the padding as a number");
      }
      padded[axis] = size(axis) + (options.samePadding() ? reach : 2L * padding[axis]);
      requireRoom(axis, reach + 1, padded[axis]);
      before[axis] = options.samePadding() ? (int) (reach / 2) : padding[axis];
    }
    requireRoomFor("the operand with its padding", padded);
    List<Window> windows = new ArrayList<>();
    for (int axis = 0; axis < axes; axis++) {
      long span = (long) dilation[axis] * (kernel[axis] - 1) + 1;
      int outputs = (int) ((padded[axis] - span) / stride[axis]) + 1;
      windows.add(
          Window.sliding(
              size(axis), kernel[axis], stride[axis], dilation[axis], before[axis], outputs));
    }
    return windows;
  }

  private void requireRoom(int axis, long kernel, long padded) {
    if (kernel > padded || kernel < 1) {
      throw refuse(
          "a kernel that spans " + kernel + " elements on axis " + (axis - axes) + " of " + padded,
          "the operand with its padding must be at least as large as the kernel");
    }
  }

  /// Refuses a plane that no array can hold.
  private void requireRoomFor(String what, long... sizes) {
    long count = 1;
    for (long size : sizes) {
      count = Math.min(count * Math.clamp(size, 1, 1L << 31), 1L << 31);
    }
    if (count > Integer.MAX_VALUE) {
      throw refuse(
          what + " has a plane of " + Arrays.toString(sizes),
          "a plane has at most "
              + Integer.MAX_VALUE
              + " elements; look at stride, padding, dilation");
    }
  }

  /// The windows of a transposed convolution: those that lead from the result to the operand.
  List<Window> transposedWindows(Convolution options, int... kernel) {
    int[] stride = Convolution.perAxis("stride", options.stride(), axes);
    int[] padding = Convolution.perAxis("padding", options.padding(), axes);
    int[] dilation = Convolution.perAxis("dilation", options.dilation(), axes);
    int[] more = Convolution.perAxis("outputPadding", options.outputPadding(), axes);
    long[] padded = new long[axes];
    for (int axis = 0; axis < axes; axis++) {
      if (more[axis] >= Math.max(stride[axis], dilation[axis])) {
        throw refuse(
            "output padding " + more[axis],
            "it must be smaller than the stride " + stride[axis] + " or the dilation");
      }
      long reach = (long) dilation[axis] * (kernel[axis] - 1);
      padded[axis] = (size(axis) - 1L) * stride[axis] + reach + more[axis] + 1;
      long size = padded[axis] - 2L * padding[axis];
      if (size < 1) {
        throw refuse("a result of size " + size, "use less padding or a larger kernel");
      }
    }
    requireRoomFor("the result with its padding", padded);
    List<Window> windows = new ArrayList<>();
    for (int axis = 0; axis < axes; axis++) {
      int size = (int) (padded[axis] - 2L * padding[axis]);
      windows.add(
          Window.sliding(
              size, kernel[axis], stride[axis], dilation[axis], padding[axis], size(axis)));
    }
    return windows;
  }

  /// The windows of a pooling.
  List<Window> windows(Pooling options) {
    int[] kernel = Convolution.perAxis("kernel", options.kernel(), axes);
    int[] stride =
        options.stride().isEmpty() ? kernel : Convolution.perAxis("stride", options.stride(), axes);
    int[] padding = Convolution.perAxis("padding", options.padding(), axes);
    int[] dilation = Convolution.perAxis("dilation", options.dilation(), axes);
    List<Window> windows = new ArrayList<>();
    for (int axis = 0; axis < axes; axis++) {
      long reach = (long) dilation[axis] * (kernel[axis] - 1) + 1;
      if (padding[axis] > reach / 2) {
        throw refuse(
            "padding " + padding[axis] + " for windows of " + reach,
            "it may be at most half of the window, else a window could see nothing else");
      }
      int outputs = outputs(size(axis), reach, stride[axis], padding[axis], options.ceilMode());
      long padded = size(axis) + 2L * padding[axis];
      if (outputs < 1) {
        requireRoom(axis, reach, padded);
      }
      requireRoomFor("the operand with its padding", padded);
      windows.add(
          Window.sliding(
              size(axis), kernel[axis], stride[axis], dilation[axis], padding[axis], outputs));
    }
    return windows;
  }

  /// With `ceil` the last window may hang over the end, but must not begin behind it.
  private static int outputs(int size, long reach, int stride, int padding, boolean ceil) {
    long room = size + 2L * padding - reach;
    long outputs = Math.floorDiv(room + (ceil ? stride - 1 : 0), (long) stride) + 1;
    boolean hangsOver = ceil && (outputs - 1) * stride >= size + (long) padding;
    return (int) Math.max(0, hangsOver ? outputs - 1 : outputs);
  }

  /// The windows of an adaptive pooling.
  List<Window> adaptiveWindows(int... outputs) {
    List<Window> windows = new ArrayList<>();
    if (outputs.length != axes || Arrays.stream(outputs).anyMatch(n -> n < 0)) {
      throw refuse(
          "output sizes " + Arrays.toString(outputs), "give " + axes + " sizes, none negative");
    }
    for (int axis = 0; axis < axes; axis++) {
      if (size(axis) == 0) {
        throw refuse("an empty axis " + (axis - axes), "there is nothing to divide into windows");
      }
      windows.add(Window.adaptive(size(axis), outputs[axis]));
    }
    return windows;
  }

  ShapeException refuse(String problem, String hint) {
    return (ShapeException)
        new ShapeException(problem)
            .hint(hint)
            .during(attempt)
            .operand("input", x.name(), x.shape().toString());
  }

  /// A shape out of leading axes and the axes of the plane.
  static Shape shape(Shape plane, int... lead) {
    Shape shape = plane;
    for (int i = lead.length - 1; i >= 0; i--) {
      shape = shape.insert(0, lead[i]);
    }
    return shape;
  }
}
