package org.wengert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;
import org.wengert.tensor.WengertException;

/// The functions of [F] that look at images along a grid of places, as spatial transformers do.
abstract class GridFunctions extends ImageFunctions {
  GridFunctions() {}

  /// The image at each place of a grid, with gradients for both.
  ///
  /// @param x of shape `(samples, channels, plane..)`
  /// @param grid of shape `(samples, new plane.., axes of the plane)`; in the last axis a place
  ///     with the image from -1 to 1 along each axis, the last axis of the plane (`x`, the width)
  ///     first
  /// @param mode [Interpolation#LINEAR], [Interpolation#CUBIC] or [Interpolation#NEAREST], which
  ///     rounds halves to even here
  /// @param padding what lies beyond the border; PyTorch's default is zeros
  /// @param alignCorners whether -1 and 1 are the middles of the outermost elements rather than
  ///     their edges
  /// @throws ShapeException if the shapes do not fit together
  public static Variable gridSample(
      Variable x, Variable grid, Interpolation mode, GridPadding padding, boolean alignCorners) {
    try {
      int axes = x.rank() - 2;
      if (axes < 1
          || grid.rank() != x.rank()
          || grid.size(-1) != axes
          || grid.size(0) != x.size(0)) {
        throw new ShapeException("an image " + x.shape() + " meets a grid " + grid.shape())
            .hint("the image is (N, C, plane..), the grid (N, new plane.., axes of the plane)");
      }
      int[] sizes = Arrays.copyOfRange(x.shape().toArray(), 2, x.rank());
      int elements = Shape.of(sizes).count();
      if (elements == 0) {
        throw new ShapeException("an image of shape " + x.shape() + " has no element")
            .hint("every axis of the plane has at least one");
      }
      int places = grid.shape().with(0, 1).with(-1, 1).count();
      Variable flat = x.reshape(Shape.of(x.size(0), x.size(1), elements));
      Variable at = grid.reshape(Shape.of(x.size(0), places, axes));
      Variable y = new GridSample(sizes, mode, padding, alignCorners).of(flat, at);
      return y.reshape(grid.shape().remove(-1).insert(1, x.size(1)));
    } catch (WengertException e) {
      throw refused(e, "gridSample", x, grid);
    }
  }

  /// The grid that an affine map makes of the places of an image, for [#gridSample].
  ///
  /// @param theta of shape `(samples, axes, axes + 1)`: matrix and shift
  /// @param sizes of the image: samples, channels, then the plane
  /// @throws ShapeException if they do not fit together
  public static Variable affineGrid(Variable theta, boolean alignCorners, int... sizes) {
    try {
      int axes = sizes.length - 2;
      if (axes < 1 || !theta.shape().equals(Shape.of(sizes[0], axes, axes + 1))) {
        throw new ShapeException(
                "a map " + theta.shape() + " for an image " + Arrays.toString(sizes))
            .hint("the map is (N, axes, axes + 1) for an image (N, C, plane..)");
      }
      Shape plane = Shape.of(Arrays.copyOfRange(sizes, 2, sizes.length));
      List<Variable> columns = new ArrayList<>();
      for (int axis = axes - 1; axis >= 0; axis--) {
        int[] ones = new int[axes];
        Arrays.fill(ones, 1);
        Shape along = Shape.of(ones).with(axis, plane.size(axis));
        Tensor places = Tensor.of(places(plane.size(axis), alignCorners)).to(theta.dtype());
        columns.add(Variable.constant(places.reshape(along).expand(plane).reshape(plane.count())));
      }
      columns.add(onesLike(columns.getFirst()));
      Variable grid = F.matMul(stack(columns, 1), theta.mT());
      return grid.reshape(Plane.shape(plane, sizes[0]).insert(-1, axes));
    } catch (WengertException e) {
      throw refused(e, "affineGrid", theta);
    }
  }

  /// The places of elements along an axis, from -1 to 1.
  private static double[] places(int size, boolean alignCorners) {
    double[] places = new double[size];
    for (int i = 0; i < size; i++) {
      double corner = size == 1 ? 0 : 2.0 * i / (size - 1) - 1;
      places[i] = alignCorners ? corner : (2.0 * i + 1) / size - 1;
    }
    return places;
  }
}
