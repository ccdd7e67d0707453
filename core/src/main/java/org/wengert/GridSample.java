package org.wengert;

import java.util.ArrayList;
import java.util.List;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Storage;
import org.wengert.tensor.Tensor;

/// Images looked at where a grid says, for [GridFunctions]: along each axis a place has a few
/// elements around it with weights, and every combination of them over all axes contributes.
/// Immutable.
final class GridSample {
  private final int[] sizes;
  private final Interpolation mode;
  private final GridPadding padding;
  private final boolean alignCorners;

  /// @param sizes of the axes of the plane
  /// @param alignCorners whether -1 and 1 are the outermost elements' middles rather than their
  ///     edges
  GridSample(int[] sizes, Interpolation mode, GridPadding padding, boolean alignCorners) {
    this.sizes = sizes.clone();
    this.mode = mode;
    this.padding = padding;
    this.alignCorners = alignCorners;
  }

  /// One element around each place along an axis: where it is, -1 beyond the border, and its
  /// weight.
  private static final class Tap {
    private final int[] positions;
    private final Variable weight;

    Tap(int[] positions, Variable weight) {
      this.positions = positions;
      this.weight = weight;
    }
  }

  /// The samples.
  ///
  /// @param flat the image, of shape `(samples, channels, elements)`
  /// @param grid of shape `(samples, places, axes)`, the last axis of the plane first
  Variable of(Variable flat, Variable grid) {
    int axes = sizes.length;
    int places = grid.size(0) * grid.size(1);
    List<Tap> combined = List.of(new Tap(new int[places], F.onesLike(grid.select(2, 0))));
    for (int axis = 0; axis < axes; axis++) {
      Variable at = unnormalized(grid.select(2, axes - 1 - axis), sizes[axis]);
      combined = combinations(combined, taps(at, axis), sizes[axis]);
    }
    Shape shape = Shape.of(flat.size(0), flat.size(1), grid.size(1));
    Variable y = null;
    for (Tap tap : combined) {
      Variable term = picked(flat, tap, shape).mul(F.unsqueeze(tap.weight, 1));
      y = y == null ? term : y.add(term);
    }
    return y == null ? F.zerosLike(flat) : y;
  }

  private static List<Tap> combinations(List<Tap> outer, List<Tap> inner, int size) {
    List<Tap> all = new ArrayList<>();
    for (Tap a : outer) {
      for (Tap b : inner) {
        int[] positions = new int[a.positions.length];
        for (int i = 0; i < positions.length; i++) {
          boolean inside = a.positions[i] >= 0 && b.positions[i] >= 0;
          positions[i] = inside ? a.positions[i] * size + b.positions[i] : -1;
        }
        all.add(new Tap(positions, a.weight.mul(b.weight)));
      }
    }
    return all;
  }

  /// The elements at the positions; 0 beyond the border.
  private static Variable picked(Variable flat, Tap tap, Shape shape) {
    long[] index = new long[tap.positions.length];
    boolean[] inside = new boolean[index.length];
    for (int i = 0; i < index.length; i++) {
      inside[i] = tap.positions[i] >= 0;
      index[i] = Math.max(0, tap.positions[i]);
    }
    Shape places = shape.with(1, 1);
    Tensor where = Tensor.over(new Storage.Longs(index), places).expand(shape);
    Variable values = new Gather(2, where).apply(flat);
    Variable mask = Variable.constant(Tensor.over(new Storage.Bools(inside), places));
    return F.where(mask, values, F.zerosLike(values));
  }

  /// From -1..1 to places between elements.
  private Variable unnormalized(Variable x, int size) {
    return alignCorners
        ? x.add(1.0).mul((size - 1) / 2.0)
        : x.add(1.0).mul((double) size).sub(1.0).div(2.0);
  }

  /// The nearest element has weight 1, whose derivative is 0 everywhere.
  private List<Tap> taps(Variable at, int axis) {
    Variable x = mode == Interpolation.CUBIC ? at : padded(at, sizes[axis]);
    boolean nearest = mode == Interpolation.NEAREST || mode == Interpolation.NEAREST_EXACT;
    Variable first = nearest ? F.round(x.detach()) : F.floor(x.detach());
    Variable t = x.sub(first);
    return switch (mode) {
      case NEAREST, NEAREST_EXACT -> List.of(tap(first, 0, F.sign(x.square().add(1.0)), axis));
      case LINEAR -> List.of(tap(first, 0, t.rsub(1.0), axis), tap(first, 1, t, axis));
      case CUBIC ->
          List.of(
              tap(first, -1, far(t.add(1.0)), axis),
              tap(first, 0, near(t), axis),
              tap(first, 1, near(t.rsub(1.0)), axis),
              tap(first, 2, far(t.rsub(2.0)), axis));
    };
  }

  private static Variable near(Variable t) {
    return t.mul(1.25).sub(2.25).mul(t).mul(t).add(1.0);
  }

  private static Variable far(Variable t) {
    return t.mul(-0.75).add(3.75).mul(t).sub(6.0).mul(t).add(3.0);
  }

  private Tap tap(Variable first, int offset, Variable weight, int axis) {
    Variable at = first.add((double) offset);
    double[] places =
        (mode == Interpolation.CUBIC ? padded(at, sizes[axis]) : at).value().toDoubleArray();
    int[] positions = new int[places.length];
    for (int i = 0; i < positions.length; i++) {
      boolean inside = places[i] >= 0 && places[i] <= sizes[axis] - 1;
      positions[i] = inside ? (int) places[i] : -1;
    }
    return new Tap(positions, weight);
  }

  private Variable padded(Variable x, int size) {
    return switch (padding) {
      case ZEROS -> x;
      case BORDER -> F.clamp(x, 0, size - 1.0);
      case REFLECTION -> F.clamp(reflected(x, size), 0, size - 1.0);
    };
  }

  private Variable reflected(Variable x, int size) {
    double least = alignCorners ? 0 : -0.5;
    double span = alignCorners ? size - 1 : size;
    if (span == 0) {
      return F.zerosLike(x);
    }
    Variable distance = F.abs(x.sub(least));
    Variable flips = F.floor(distance.detach().div(span));
    Variable rest = distance.sub(flips.mul(span));
    Variable even = F.floor(flips.div(2.0)).mul(2.0).sub(flips).eq(0);
    return F.where(even, rest, rest.rsub(span)).add(least);
  }
}
