package org.wengert;

import java.util.Arrays;
import java.util.List;
import org.wengert.tensor.Axes;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// The functions of [F] that move elements without changing them.
abstract class ShapeFunctions extends PointwiseFunctions {
  ShapeFunctions() {}

  /// Two axes exchanged.
  public static Variable transpose(Variable x, int a, int b) {
    int[] order = new int[x.rank()];
    Arrays.setAll(order, axis -> axis);
    int first = Axes.normalize(a, x.rank());
    int second = Axes.normalize(b, x.rank());
    if (x.rank() == 0 || first == second) {
      return x;
    }
    order[first] = second;
    order[second] = first;
    return x.permute(order);
  }

  /// An axis of size 1 inserted before position `axis`; -1 appends.
  public static Variable unsqueeze(Variable x, int axis) {
    return x.reshape(x.shape().insert(axis, 1));
  }

  /// Without an axis, if its size is 1; else unchanged.
  public static Variable squeeze(Variable x, int axis) {
    return x.rank() == 0 || x.size(axis) != 1 ? x : x.reshape(x.shape().remove(axis));
  }

  /// One index of an axis, which disappears.
  public static Variable select(Variable x, int axis, int index) {
    int from = index < 0 ? index + x.size(axis) : index;
    if (x.rank() == 0 || from < 0 || from >= x.size(axis)) {
      throw new ShapeException("index " + index + " is outside axis " + axis + " of " + x.shape())
          .hint("a scalar has no axis; indices go from -size to size - 1");
    }
    return x.slice(axis, from, from + 1).reshape(x.shape().remove(axis));
  }

  /// The indices `from`, `from + step`, ... below `to` along an axis; negative ends count from the
  /// end.
  public static Variable slice(Variable x, int axis, int from, int to, int step) {
    return new Slice(axis, from, to, step).apply(x);
  }

  /// One behind the other along an axis. PyTorch's `cat`.
  ///
  /// @throws ShapeException if the list is empty or other sizes differ
  public static Variable concat(List<? extends Variable> xs, int axis) {
    requireSome("concat", xs);
    return new Concat(axis).apply(xs.toArray(new Variable[0]));
  }

  /// Variables of one shape joined along a new axis.
  ///
  /// @throws ShapeException if the list is empty or the shapes differ
  public static Variable stack(List<? extends Variable> xs, int axis) {
    requireSome("stack", xs);
    int at = Axes.normalize(axis, xs.getFirst().rank() + 1);
    return concat(xs.stream().map(x -> unsqueeze(x, at)).toList(), at);
  }

  private static void requireSome(String what, List<? extends Variable> xs) {
    if (xs.isEmpty()) {
      throw (ShapeException)
          new ShapeException("an empty list has no shape").hint("pass one or more").during(what);
    }
  }

  /// `y[.., i, ..] = x[.., index[.., i, ..], ..]` along an axis.
  ///
  /// @param index integers of the rank of `x`, no axis larger than that of `x` except `axis`
  public static Variable gather(Variable x, int axis, Variable index) {
    int at = Axes.normalize(axis, x.rank());
    return new Gather(at, Indices.checked(index.value(), x.size(at))).apply(x);
  }

  /// The given indices of an axis, in that order.
  ///
  /// @param index a vector of integers
  public static Variable indexSelect(Variable x, int axis, Variable index) {
    int at = Axes.normalize(axis, x.rank());
    Tensor checked = Indices.checked(index.value(), x.size(at));
    int[] aligned = new int[x.rank()];
    Arrays.fill(aligned, 1);
    aligned[at] = checked.count();
    Shape shape = x.shape().with(at, checked.count());
    return new Gather(at, checked.reshape(aligned).expand(shape)).apply(x);
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
    return oneHot(index, Math.toIntExact(largest + 1));
  }

  /// A new innermost axis of `classes` places with 1 at the index and 0 elsewhere: `INT64`.
  ///
  /// @throws ShapeException if an index is not below `classes`
  public static Variable oneHot(Variable index, int classes) {
    Tensor checked = Indices.checked(index.value(), classes);
    Variable column = Variable.constant(checked.reshape(checked.shape().insert(-1, 1)));
    return eq(column, Variable.constant(Tensor.arange(classes))).to(DType.INT64);
  }
}
