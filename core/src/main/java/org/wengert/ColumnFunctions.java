package org.wengert;

import java.util.Arrays;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;
import org.wengert.tensor.WengertException;

/// The functions of [F] that lay windows of images out as columns, and back.
abstract class ColumnFunctions extends PaddingFunctions {
  ColumnFunctions() {}

  /// The windows of images as columns; layer `Unfold`.
  ///
  /// @param x `(batch, channels, height, width)`, or without the batch
  /// @param kernel height and width of a window; the other arguments likewise
  /// @return `(batch, channels · kernel, windows)`
  public static Variable im2col(
      Variable x, int[] kernel, int[] dilation, int[] padding, int[] stride) {
    try {
      if (x.rank() == 3) {
        return im2col(unsqueeze(x, 0), kernel, dilation, padding, stride).select(0, 0);
      }
      requireRank(x, 4);
      requirePlane(kernel, dilation, padding, stride);
      Variable y = pad(x, padding[1], padding[1], padding[0], padding[0]);
      Tensor rows = windows(y.size(2), kernel[0], dilation[0], stride[0]);
      Tensor columns = windows(y.size(3), kernel[1], dilation[1], stride[1]);
      y = selected(selected(y, 2, rows), 3, columns);
      int high = rows.count() / kernel[0];
      int wide = columns.count() / kernel[1];
      return y.reshape(x.size(0), x.size(1), kernel[0], high, kernel[1], wide)
          .permute(0, 1, 2, 4, 3, 5)
          .reshape(x.size(0), x.size(1) * kernel[0] * kernel[1], high * wide);
    } catch (WengertException e) {
      throw refused(e, "im2col", x);
    }
  }

  /// Images from columns, overlapping windows added up: the adjoint of [#im2col]; layer `Fold`.
  ///
  /// @param x `(batch, channels · kernel, windows)`, or without the batch
  /// @param size height and width of the images
  public static Variable col2im(
      Variable x, int[] size, int[] kernel, int[] dilation, int[] padding, int[] stride) {
    try {
      if (x.rank() == 2) {
        return col2im(unsqueeze(x, 0), size, kernel, dilation, padding, stride).select(0, 0);
      }
      requireRank(x, 3);
      requirePlane(size, kernel, dilation, padding, stride);
      int height = Check.size(size[0] + 2L * padding[0]);
      int width = Check.size(size[1] + 2L * padding[1]);
      Tensor rows = windows(height, kernel[0], dilation[0], stride[0]);
      Tensor columns = windows(width, kernel[1], dilation[1], stride[1]);
      int high = rows.count() / kernel[0];
      int wide = columns.count() / kernel[1];
      int batch = x.size(0);
      Variable y = x.reshape(batch, -1, kernel[0], kernel[1], high, wide).permute(0, 1, 2, 4, 3, 5);
      y = y.reshape(batch, y.size(1), rows.count(), columns.count());
      y = added(added(y, 3, columns, width), 2, rows, height);
      return y.slice(2, padding[0], padding[0] + size[0])
          .slice(3, padding[1], padding[1] + size[1]);
    } catch (WengertException e) {
      throw refused(e, "col2im", x);
    }
  }

  private static Variable added(Variable y, int axis, Tensor index, int size) {
    Tensor aligned = Indices.along(y.shape(), axis, index);
    return new ScatterAdd(axis, aligned, y.shape().with(axis, size)).apply(y);
  }

  /// Place `k` of window `w` lies at `w · stride + k · dilation`; row `k` holds all windows.
  private static Tensor windows(int size, int kernel, int dilation, int stride) {
    if (kernel < 1 || dilation < 1 || stride < 1) {
      throw new OptionException(
              "kernel " + kernel + ", dilation " + dilation + " and stride " + stride)
          .hint("each is 1 or more");
    }
    long reach = (long) dilation * (kernel - 1);
    int count = reach < size ? (int) ((size - reach - 1) / stride) + 1 : 0;
    if (count < 1) {
      throw new ShapeException(
              "a window of " + kernel + " with dilation " + dilation + " on an axis of " + size)
          .hint("the window must fit into the padded image");
    }
    long[] index = new long[Check.size((long) kernel * count)];
    Arrays.setAll(index, i -> (long) (i % count) * stride + (long) (i / count) * dilation);
    return Tensor.of(index);
  }

  private static void requirePlane(int[]... options) {
    for (int[] option : options) {
      if (option.length != 2) {
        throw new OptionException(Arrays.toString(option) + " for height and width")
            .hint("give two numbers");
      }
    }
  }

  private static void requireRank(Variable x, int rank) {
    if (x.rank() != rank) {
      throw new ShapeException("shape " + x.shape() + " has " + x.rank() + " axes")
          .hint("expected " + rank + ", or one less without a batch");
    }
  }
}
