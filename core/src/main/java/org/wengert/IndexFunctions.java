package org.wengert;

import java.util.Arrays;
import java.util.List;
import org.wengert.backend.Backends;
import org.wengert.backend.Reduction;
import org.wengert.tensor.DType;
import org.wengert.tensor.DTypeException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// The functions of [F] that read and write elements by index. Writing gives a new variable; where
/// one place is written twice the last value stays, and it alone gets the gradient.
abstract class IndexFunctions extends PartFunctions {
  IndexFunctions() {}

  /// The part of `x` that the indices name, axis by axis as in Python: see [Index].
  ///
  /// @throws ShapeException if there are too many indices, or one is out of range
  public static Variable index(Variable x, Index... indices) {
    return Subscript.read(x, indices);
  }

  /// `x` with `values` at the places that `indices` name. PyTorch's `index_put`, and the
  /// `x[..] = values` of Python as a function.
  ///
  /// @param values broadcasts to the shape of `index(x, indices)`, and has the type of `x`
  /// @param accumulate adds to what is there, also several values at one place
  public static Variable indexPut(
      Variable x, List<? extends Index> indices, Variable values, boolean accumulate) {
    Variable places = Variable.constant(Indices.places(x.shape()));
    Tensor at = Subscript.read(places, indices.toArray(new Index[0])).value();
    Variable expanded = values.expand(at.shape());
    return accumulate ? Placement.add(x, at, expanded) : Placement.overwrite(x, at, expanded);
  }

  /// `y[.., i, ..] = x[.., index[.., i, ..], ..]` along an axis.
  ///
  /// @param index integers of the rank of `x`, no axis larger than that of `x` except `axis`
  public static Variable gather(Variable x, int axis, Variable index) {
    if (x.rank() == 0) {
      return gather(x.reshape(1), axis, index.reshape(-1)).reshape(index.shape());
    }
    int at = Check.axis("gather", x, axis);
    return new Gather(at, Check.indices("gather", x, index, x.size(at))).apply(x);
  }

  /// The given indices of an axis, in that order.
  ///
  /// @param index a vector of integers, or a single one
  public static Variable indexSelect(Variable x, int axis, Variable index) {
    if (x.rank() == 0) {
      return indexSelect(x.reshape(1), axis, index).reshape(x.shape());
    }
    int at = Check.axis("indexSelect", x, axis);
    return selected(x, at, Check.indices("indexSelect", x, index, x.size(at)));
  }

  /// The given indices of an axis, counted from the front and checked.
  static Variable selected(Variable x, int axis, Tensor index) {
    return new Gather(axis, Indices.along(x.shape(), axis, index)).apply(x);
  }

  /// [#gather] where `x` and `index` first broadcast along the other axes.
  public static Variable takeAlongDim(Variable x, Variable index, int axis) {
    int at = Check.axis("takeAlongDim", x, axis);
    Shape others = Shape.broadcast(x.shape().with(at, 1), index.shape().with(at, 1));
    return gather(
        x.expand(others.with(at, x.size(at))), at, index.expand(others.with(at, index.size(at))));
  }

  /// [#takeAlongDim(Variable, Variable, int)] of vectors: both are read row by row.
  public static Variable takeAlongDim(Variable x, Variable index) {
    return gather(x.reshape(-1), 0, index.reshape(-1));
  }

  /// The elements of `x`, read row by row, at the given places; negative ones count from the end.
  ///
  /// @param index integers of any shape, which is that of the result
  public static Variable take(Variable x, Variable index) {
    Tensor places = Indices.wrapped(index.value(), x.value().count());
    return selected(x.reshape(-1), 0, places.reshape(places.count())).reshape(index.shape());
  }

  /// `x` with the elements of `source` at the indices along an axis: the inverse of [#gather].
  ///
  /// @param index of the rank of `x`, no axis larger than that of `x` except `axis`
  /// @param source at least as large as `index` along every axis, of the type of `x`
  public static Variable scatter(Variable x, int axis, Variable index, Variable source) {
    Tensor at = places(x, axis, index);
    return Placement.overwrite(x, at, cut(source, index.shape()));
  }

  /// `x` with a number at the indices along an axis.
  public static Variable scatter(Variable x, int axis, Variable index, double value) {
    return Placement.overwrite(x, places(x, axis, index), filled(index.shape(), value, x));
  }

  /// `x` with the elements of `source` added at the indices along an axis.
  public static Variable scatterAdd(Variable x, int axis, Variable index, Variable source) {
    requireType("scatterAdd", source, x);
    if (x.rank() == 0) {
      return scatterAdd(x.reshape(1), axis, index.reshape(-1), source.reshape(-1))
          .reshape(x.shape());
    }
    int at = Check.axis("scatterAdd", x, axis);
    Tensor checked = Check.indices("scatterAdd", x, index, x.size(at));
    return x.add(new ScatterAdd(at, checked, x.shape()).apply(cut(source, index.shape())));
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
    requireType("scatterReduce", source, x);
    if (x.rank() == 0) {
      Variable line = x.reshape(1);
      Variable values = source.reshape(-1);
      return scatterReduce(line, axis, index.reshape(-1), values, reduce, includeSelf)
          .reshape(x.shape());
    }
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
  }

  /// `x` with `alpha · source` added: slice `i` of an axis of `source` goes to place `index[i]`.
  ///
  /// @param index a vector of integers, or a single one
  public static Variable indexAdd(
      Variable x, int axis, Variable index, Variable source, double alpha) {
    if (x.rank() == 0) {
      return indexAdd(x.reshape(1), axis, index, source.reshape(-1), alpha).reshape(x.shape());
    }
    int at = Check.axis("indexAdd", x, axis);
    Tensor checked = Check.indices("indexAdd", x, index, x.size(at));
    requireType("indexAdd", source, x);
    boolean whole = !source.dtype().isFloating() && alpha == (long) alpha;
    Variable scaled = whole ? source.mul((long) alpha) : source.mul(alpha);
    Tensor aligned = Indices.along(x.shape(), at, checked);
    return x.add(new ScatterAdd(at, aligned, x.shape()).apply(scaled));
  }

  /// `x` with a number at the given indices of an axis.
  public static Variable indexFill(Variable x, int axis, Variable index, double value) {
    return scatter(x, axis, aligned("indexFill", x, axis, index), value);
  }

  /// `x` with slice `i` of an axis of `source` at place `index[i]`.
  public static Variable indexCopy(Variable x, int axis, Variable index, Variable source) {
    return scatter(x, axis, aligned("indexCopy", x, axis, index), source);
  }

  /// Indices of an axis as [#scatter] takes them; those of a scalar are a scalar, too.
  private static Variable aligned(String function, Variable x, int axis, Variable index) {
    if (x.rank() == 0) {
      Tensor only = Check.indices(function, x, index.reshape(Shape.SCALAR), 1);
      return Variable.constant(only);
    }
    int at = Check.axis(function, x, axis);
    Tensor checked = Check.indices(function, x, index, x.size(at));
    return Variable.constant(Indices.along(x.shape(), at, checked));
  }

  /// The elements where `mask` is true, row by row; `x` and `mask` broadcast.
  public static Variable maskedSelect(Variable x, Variable mask) {
    Shape joint = Shape.broadcast(x.shape(), mask.shape());
    return index(x.expand(joint), Index.mask(mask.value().expand(joint)));
  }

  /// `x` with the first elements of `source` where `mask` is true, row by row.
  ///
  /// @param mask broadcasts to `x`
  /// @throws ShapeException if `source` has fewer elements than `mask` trues
  public static Variable maskedScatter(Variable x, Variable mask, Variable source) {
    Variable places = Variable.constant(Indices.places(x.shape()));
    Tensor at = maskedSelect(places, Variable.constant(mask.value().expand(x.shape()))).value();
    Variable values = source.reshape(-1);
    if (values.size(0) < at.count()) {
      throw (ShapeException)
          new ShapeException(values.size(0) + " values for " + at.count() + " true places")
              .hint("give one value for each true")
              .during("maskedScatter");
    }
    return Placement.overwrite(x, at, values.slice(0, 0, at.count()));
  }

  /// `x` with one index of an axis replaced by `source`.
  public static Variable selectScatter(Variable x, Variable source, int axis, int index) {
    Tensor at = select(Variable.constant(Indices.places(x.shape())), axis, index).value();
    requireShape("selectScatter", source, at.shape());
    return Placement.overwrite(x, at, source);
  }

  /// `x` with the slice `from, from + step, ...` below `to` of an axis replaced by `source`.
  public static Variable sliceScatter(
      Variable x, Variable source, int axis, int from, int to, int step) {
    Tensor at = slice(Variable.constant(Indices.places(x.shape())), axis, from, to, step).value();
    requireShape("sliceScatter", source, at.shape());
    return Placement.overwrite(x, at, source);
  }

  /// Elements of `x`, laid row by row, at distances of their own along each axis; what is read
  /// several times adds up its gradients.
  ///
  /// @param offset the place of element `(0, 0, ..)`
  /// @throws ShapeException if a place lies outside
  public static Variable asStrided(Variable x, int[] sizes, int[] strides, int offset) {
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
  }

  private static void requireStrides(Variable x, int[] sizes, int[] strides, int offset) {
    if (sizes.length != strides.length) {
      throw Recorder.explained(
          new ShapeException(sizes.length + " sizes and " + strides.length + " strides")
              .hint("give a stride for each axis"),
          "asStrided",
          x);
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
      throw Recorder.explained(
          new ShapeException(
                  "places "
                      + (first + " to " + last + " are read, but ")
                      + (count == 0 ? "there is none" : "there are only 0 to " + (count - 1)))
              .hint("offset + Σ (size - 1) · stride must stay below " + count),
          "asStrided",
          x);
    }
  }

  /// The coordinates of the elements that are not 0, a row each: `INT64`.
  public static Variable nonzero(Variable x) {
    return Variable.constant(Backends.current().nonzero(x.value()));
  }

  /// As many places as the largest index asks for; see [#oneHot(Variable, int)].
  ///
  /// @throws ShapeException if there is no index, or a negative one
  public static Variable oneHot(Variable index) {
    long largest = -1;
    for (long i : index.value().toLongArray()) {
      largest = Math.max(largest, i);
    }
    if (largest < 0) {
      throw (ShapeException)
          new ShapeException("no index says how many classes there are")
              .hint("pass the number of classes")
              .during("oneHot");
    }
    if (largest >= Integer.MAX_VALUE) {
      throw (ShapeException)
          new ShapeException("index " + largest + " needs more classes than an axis can have")
              .hint("an axis has at most " + Integer.MAX_VALUE + " places")
              .during("oneHot");
    }
    return oneHot(index, (int) largest + 1);
  }

  /// A new innermost axis of `classes` places with 1 at the index and 0 elsewhere: `INT64`.
  ///
  /// @throws ShapeException if an index is not below `classes`
  public static Variable oneHot(Variable index, int classes) {
    Tensor checked = Check.indices("oneHot", index, index, classes);
    Variable column = Variable.constant(checked.reshape(checked.shape().insert(-1, 1)));
    return eq(column, Variable.constant(Tensor.arange(classes))).to(DType.INT64);
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
      throw (ShapeException)
          new ShapeException(
                  "values of shape " + source.shape() + " meet indices of shape " + index)
              .hint("give a value for each index")
              .during("scatter");
    }
    return part;
  }

  private static Variable filled(Shape shape, double value, Variable like) {
    return Variable.constant(Tensor.full(Shape.SCALAR, value, like.dtype()).expand(shape));
  }

  private static void requireShape(String what, Variable source, Shape shape) {
    if (!source.shape().equals(shape)) {
      throw (ShapeException)
          new ShapeException("values of shape " + source.shape() + " for a part of shape " + shape)
              .hint("the shapes must be equal; expand what you pass")
              .during(what);
    }
  }

  /// The type of `x`, for values that go into it.
  static void requireType(String what, Variable values, Variable x) {
    if (values.dtype() != x.dtype()) {
      throw (DTypeException)
          new DTypeException(values.dtype() + " values for a variable of type " + x.dtype())
              .hint("convert with to(" + x.dtype() + ")")
              .during(what);
    }
  }
}
