package org.wengert;

import java.util.Arrays;
import java.util.List;
import org.wengert.backend.Backends;
import org.wengert.backend.Reduction;
import org.wengert.tensor.DTypeException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;
import org.wengert.tensor.WengertException;

/// The functions of [F] that read and write elements by index. Writing gives a new variable; where
/// one place is written twice the last value stays, and it alone gets the gradient.
abstract class IndexFunctions extends PartFunctions {
  IndexFunctions() {}

  /// The part of `x` that the indices name, axis by axis as in Python: see [Index].
  ///
  /// @throws ShapeException if there are too many indices, or one is out of range
  public static Variable index(Variable x, Index... indices) {
    return attempt("index", () -> Subscript.read(x, indices), x);
  }

  /// `x` with `values` at the places that `indices` name. PyTorch's `index_put`, and the
  /// `x[..] = values` of Python as a function.
  ///
  /// @param values broadcasts to the shape of `index(x, indices)`, and has the type of `x`
  /// @param accumulate adds to what is there, also several values at one place
  public static Variable indexPut(
      Variable x, List<? extends Index> indices, Variable values, boolean accumulate) {
    try {
      Variable places = Variable.constant(Indices.places(x.shape()));
      Tensor at = Subscript.read(places, indices.toArray(new Index[0])).value();
      Variable expanded = values.expand(at.shape());
      return accumulate ? Placement.add(x, at, expanded) : Placement.overwrite(x, at, expanded);
    } catch (WengertException e) {
      throw refused(e, "indexPut", x, values);
    }
  }

  /// `y[.., i, ..] = x[.., index[.., i, ..], ..]` along an axis.
  ///
  /// @param index integers of the rank of `x`, no axis larger than that of `x` except `axis`
  public static Variable gather(Variable x, int axis, Variable index) {
    try {
      if (x.rank() == 0) {
        return gather(x.reshape(1), axis, index.reshape(-1)).reshape(index.shape());
      }
      int at = Check.axis("gather", x, axis);
      return new Gather(at, Check.indices("gather", x, index, x.size(at))).apply(x);
    } catch (WengertException e) {
      throw refused(e, "gather", x, index);
    }
  }

  /// The given indices of an axis, in that order.
  ///
  /// @param index a vector of integers, or a single one
  public static Variable indexSelect(Variable x, int axis, Variable index) {
    try {
      if (x.rank() == 0) {
        return indexSelect(x.reshape(1), axis, index).reshape(x.shape());
      }
      int at = Check.axis("indexSelect", x, axis);
      return selected(x, at, line(x, at, index));
    } catch (WengertException e) {
      throw refused(e, "indexSelect", x, index);
    }
  }

  /// The given indices of an axis, counted from the front and checked.
  static Variable selected(Variable x, int axis, Tensor index) {
    return new Gather(axis, Indices.along(x.shape(), axis, index)).apply(x);
  }

  /// [#gather] where `x` and `index` first broadcast along the other axes.
  public static Variable takeAlongDim(Variable x, Variable index, int axis) {
    try {
      int at = Check.axis("takeAlongDim", x, axis);
      Shape others = Shape.broadcast(x.shape().with(at, 1), index.shape().with(at, 1));
      return gather(
          x.expand(others.with(at, x.size(at))), at, index.expand(others.with(at, index.size(at))));
    } catch (WengertException e) {
      throw refused(e, "takeAlongDim", x, index);
    }
  }

  /// [#takeAlongDim(Variable, Variable, int)] of vectors: both are read row by row.
  public static Variable takeAlongDim(Variable x, Variable index) {
    return attempt("takeAlongDim", () -> gather(x.reshape(-1), 0, index.reshape(-1)), x, index);
  }

  /// The elements of `x`, read row by row, at the given places; negative ones count from the end.
  ///
  /// @param index integers of any shape, which is that of the result
  public static Variable take(Variable x, Variable index) {
    try {
      Tensor places = Indices.wrapped(index.value(), x.value().count());
      return selected(x.reshape(-1), 0, places.reshape(places.count())).reshape(index.shape());
    } catch (WengertException e) {
      throw refused(e, "take", x, index);
    }
  }

  /// `x` with the elements of `source` at the indices along an axis: the inverse of [#gather].
  ///
  /// @param index of the rank of `x`, no axis larger than that of `x` except `axis`
  /// @param source at least as large as `index` along every axis, of the type of `x`
  public static Variable scatter(Variable x, int axis, Variable index, Variable source) {
    try {
      Tensor at = places(x, axis, index);
      return Placement.overwrite(x, at, cut(source, index.shape()));
    } catch (WengertException e) {
      throw refused(e, "scatter", x, index, source);
    }
  }

  /// `x` with a number at the indices along an axis.
  public static Variable scatter(Variable x, int axis, Variable index, double value) {
    return attempt(
        "scatter",
        () -> Placement.overwrite(x, places(x, axis, index), filled(index.shape(), value, x)),
        x,
        index);
  }

  /// `x` with the elements of `source` added at the indices along an axis.
  public static Variable scatterAdd(Variable x, int axis, Variable index, Variable source) {
    try {
      if (x.rank() == 0) {
        return scatterAdd(x.reshape(1), axis, index.reshape(-1), source.reshape(-1))
            .reshape(x.shape());
      }
      requireType(source, x);
      int at = Check.axis("scatterAdd", x, axis);
      Tensor checked = Check.indices("scatterAdd", x, index, x.size(at));
      return x.add(new ScatterAdd(at, checked, x.shape()).apply(cut(source, index.shape())));
    } catch (WengertException e) {
      throw refused(e, "scatterAdd", x, index, source);
    }
  }

  /// `x` with all that is sent to a place folded into one number: see [ScatterReduce].
  ///
  /// @param includeSelf whether the element of `x` takes part; places to which nothing is sent keep
  ///     theirs in any case
  public static Variable scatterReduce(
      Variable x,
      int axis,
      Variable index,
      Variable source,
      ScatterReduce reduce,
      boolean includeSelf) {
    try {
      if (x.rank() == 0) {
        Variable line = x.reshape(1);
        Variable values = source.reshape(-1);
        return scatterReduce(line, axis, index.reshape(-1), values, reduce, includeSelf)
            .reshape(x.shape());
      }
      requireType(source, x);
      int at = Check.axis("scatterReduce", x, axis);
      Tensor checked = Check.indices("scatterReduce", x, index, x.size(at));
      Variable values = cut(source, index.shape());
      return switch (reduce) {
        case SUM -> Placement.sum(x, at, checked, values, includeSelf);
        case MEAN -> Placement.mean(x, at, checked, values, includeSelf);
        case PROD -> Placement.product(x, places(x, at, index), values, includeSelf);
        case AMAX -> new ScatterExtreme(Reduction.MAX, at, checked, includeSelf).apply(x, values);
        case AMIN -> new ScatterExtreme(Reduction.MIN, at, checked, includeSelf).apply(x, values);
      };
    } catch (WengertException e) {
      throw refused(e, "scatterReduce", x, index, source);
    }
  }

  /// `x` with `alpha · source` added: slice `i` of an axis of `source` goes to place `index[i]`.
  ///
  /// @param index a vector of integers, or a single one
  public static Variable indexAdd(
      Variable x, int axis, Variable index, Variable source, double alpha) {
    try {
      if (x.rank() == 0) {
        return indexAdd(x.reshape(1), axis, index, source.reshape(-1), alpha).reshape(x.shape());
      }
      int at = Check.axis("indexAdd", x, axis);
      Tensor checked = line(x, at, index);
      requireType(source, x);
      requireSlices(source, x, at, checked.count());
      boolean whole = !source.dtype().isFloating() && alpha == (long) alpha;
      Variable scaled = whole ? source.mul((long) alpha) : source.mul(alpha);
      Tensor aligned = Indices.along(x.shape(), at, checked);
      return x.add(new ScatterAdd(at, aligned, x.shape()).apply(scaled));
    } catch (WengertException e) {
      throw refused(e, "indexAdd", x, index, source);
    }
  }

  /// `x` with a number at the given indices of an axis.
  public static Variable indexFill(Variable x, int axis, Variable index, double value) {
    try {
      if (x.rank() == 0) {
        return indexFill(x.reshape(1), axis, index, value).reshape(x.shape());
      }
      int at = Check.axis("indexFill", x, axis);
      Tensor checked = line(x, at, index);
      Variable aligned = Variable.constant(Indices.along(x.shape(), at, checked));
      return scatter(x, at, aligned, value);
    } catch (WengertException e) {
      throw refused(e, "indexFill", x, index);
    }
  }

  /// `x` with slice `i` of an axis of `source` at place `index[i]`.
  public static Variable indexCopy(Variable x, int axis, Variable index, Variable source) {
    try {
      if (x.rank() == 0) {
        return indexCopy(x.reshape(1), axis, index, source.reshape(-1)).reshape(x.shape());
      }
      int at = Check.axis("indexCopy", x, axis);
      Tensor checked = line(x, at, index);
      Variable aligned = Variable.constant(Indices.along(x.shape(), at, checked));
      requireSlices(source, x, at, checked.count());
      return scatter(x, at, aligned, source);
    } catch (WengertException e) {
      throw refused(e, "indexCopy", x, index, source);
    }
  }

  /// The elements where `mask` is true, row by row; `x` and `mask` broadcast.
  public static Variable maskedSelect(Variable x, Variable mask) {
    try {
      Shape joint = Shape.broadcast(x.shape(), mask.shape());
      return index(x.expand(joint), Index.mask(mask.value().expand(joint)));
    } catch (WengertException e) {
      throw refused(e, "maskedSelect", x, mask);
    }
  }

  /// `x` with the first elements of `source` where `mask` is true, row by row.
  ///
  /// @param mask broadcasts to `x`
  /// @throws ShapeException if `source` has fewer elements than `mask` trues
  public static Variable maskedScatter(Variable x, Variable mask, Variable source) {
    try {
      Variable places = Variable.constant(Indices.places(x.shape()));
      Tensor at = maskedSelect(places, Variable.constant(mask.value().expand(x.shape()))).value();
      Variable values = source.reshape(-1);
      if (values.size(0) < at.count()) {
        throw new ShapeException(values.size(0) + " values for " + at.count() + " true places")
            .hint("give one value for each true");
      }
      return Placement.overwrite(x, at, values.slice(0, 0, at.count()));
    } catch (WengertException e) {
      throw refused(e, "maskedScatter", x, mask, source);
    }
  }

  /// `x` with one index of an axis replaced by `source`.
  public static Variable selectScatter(Variable x, Variable source, int axis, int index) {
    try {
      Tensor at = select(Variable.constant(Indices.places(x.shape())), axis, index).value();
      requireShape(source, at.shape());
      return Placement.overwrite(x, at, source);
    } catch (WengertException e) {
      throw refused(e, "selectScatter", x, source);
    }
  }

  /// `x` with the slice `from, from + step, ...` below `to` of an axis replaced by `source`.
  public static Variable sliceScatter(
      Variable x, Variable source, int axis, int from, int to, int step) {
    try {
      Tensor at = slice(Variable.constant(Indices.places(x.shape())), axis, from, to, step).value();
      requireShape(source, at.shape());
      return Placement.overwrite(x, at, source);
    } catch (WengertException e) {
      throw refused(e, "sliceScatter", x, source);
    }
  }

  /// Elements of `x`, laid row by row, at distances of their own along each axis; what is read
  /// several times adds up its gradients.
  ///
  /// @param offset the place of element `(0, 0, ..)`
  /// @throws ShapeException if a place lies outside
  public static Variable asStrided(Variable x, int[] sizes, int[] strides, int offset) {
    try {
      requireStrides(x, sizes, strides, offset);
      Variable places = F.full(Shape.SCALAR, (long) offset);
      for (int axis = 0; axis < sizes.length; axis++) {
        int[] aligned = new int[sizes.length - axis];
        Arrays.fill(aligned, 1);
        aligned[0] = sizes[axis];
        Variable steps = Variable.constant(Tensor.arange(sizes[axis]).reshape(aligned));
        places = places.add(steps.mul((long) strides[axis]));
      }
      return take(x, places);
    } catch (WengertException e) {
      throw refused(e, "asStrided", x);
    }
  }

  private static void requireStrides(Variable x, int[] sizes, int[] strides, int offset) {
    if (sizes.length != strides.length) {
      throw new ShapeException(sizes.length + " sizes and " + strides.length + " strides")
          .hint("give a stride for each axis");
    }
    long first = offset;
    long last = offset;
    for (int axis = 0; axis < sizes.length; axis++) {
      long way = (long) strides[axis] * (sizes[axis] - 1);
      first += Math.min(way, 0);
      last += Math.max(way, 0);
    }
    int count = x.shape().count();
    if (Shape.of(sizes).count() > 0 && (first < 0 || last >= count)) {
      throw new ShapeException(
              "places "
                  + (first + " to " + last + " are read, but ")
                  + (count == 0 ? "there is none" : "there are only 0 to " + (count - 1)))
          .hint("offset + Σ (size - 1) · stride must stay below " + count);
    }
  }

  /// The coordinates of the elements that are not 0, a row each: `INT64`.
  public static Variable nonzero(Variable x) {
    return Variable.constant(Backends.current().nonzero(x.value()));
  }

  /// Indices of an axis, counted from the front: a vector, or a scalar for one.
  private static Tensor line(Variable x, int axis, Variable index) {
    if (index.rank() > 1) {
      throw new ShapeException("indices of shape " + index.shape() + " for a single axis")
          .hint("pass a vector; gather takes indices of the rank of x");
    }
    return Indices.checked(index.value(), x.size(axis));
  }

  /// Refuses a source that is no slice for each of `count` indices of an axis of `x`.
  private static void requireSlices(Variable source, Variable x, int axis, int count) {
    requireShape(source, x.shape().with(axis, count));
  }

  /// Where in `x`, row by row, each index along an axis leads.
  private static Tensor places(Variable x, int axis, Variable index) {
    return gather(Variable.constant(Indices.places(x.shape())), axis, index).value();
  }

  /// The first elements of `source` along each axis, as many as there are indices.
  private static Variable cut(Variable source, Shape index) {
    if (source.shape().equals(index)) {
      return source;
    }
    Variable part = source;
    boolean fits = source.rank() == index.rank();
    for (int axis = 0; fits && axis < index.rank(); axis++) {
      fits = index.size(axis) <= source.size(axis);
      part = fits ? part.slice(axis, 0, index.size(axis)) : part;
    }
    if (!fits) {
      throw new ShapeException(
              "values of shape " + source.shape() + " meet indices of shape " + index)
          .hint("give a value for each index");
    }
    return part;
  }

  private static Variable filled(Shape shape, double value, Variable like) {
    return Variable.constant(Tensor.full(Shape.SCALAR, value, like.dtype()).expand(shape));
  }

  private static void requireShape(Variable source, Shape shape) {
    if (!source.shape().equals(shape)) {
      throw new ShapeException(
              "values of shape " + source.shape() + " for a part of shape " + shape)
          .hint("the shapes must be equal; expand what you pass");
    }
  }

  /// The type of `x`, for values that go into it.
  static void requireType(Variable values, Variable x) {
    if (values.dtype() != x.dtype()) {
      throw new DTypeException(values.dtype() + " values for a variable of type " + x.dtype())
          .hint("convert with to(" + x.dtype() + ")");
    }
  }
}
