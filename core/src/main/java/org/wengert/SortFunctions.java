package org.wengert;

import java.util.Arrays;
import java.util.List;
import org.wengert.backend.Backends;
import org.wengert.tensor.DType;
import org.wengert.tensor.DTypeException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;
import org.wengert.tensor.WengertException;

/// The functions of [F] that sort, search and count. Sorting is stable, and a `NaN` counts as
/// larger than every number; gradients go to the elements chosen.
abstract class SortFunctions extends ScanFunctions {
  SortFunctions() {}

  /// The elements in order along an axis, and where they were; equals keep their order.
  public static Indexed sort(Variable x, int axis, boolean descending) {
    try {
      Variable index = argSort(x, axis, descending);
      return new Indexed(gather(x, axis, index), index);
    } catch (WengertException e) {
      throw refused(e, "sort", x);
    }
  }

  /// The elements in ascending order along the last axis, and where they were.
  public static Indexed sort(Variable x) {
    return sort(x, -1, false);
  }

  /// The indices that sort along an axis; equals keep their order: `INT64`, no gradient.
  public static Variable argSort(Variable x, int axis, boolean descending) {
    return attempt(
        "argSort",
        () ->
            along(
                x, axis, at -> new ArgSort(Check.axis("argSort", at, axis), descending).apply(at)),
        x);
  }

  /// The indices that sort ascending along the last axis: `INT64`, no gradient.
  public static Variable argSort(Variable x) {
    return argSort(x, -1, false);
  }

  /// The `k` largest (else smallest) elements along an axis, in order, and where they were.
  ///
  /// @throws ShapeException if the axis has fewer
  public static Indexed topk(Variable x, int k, int axis, boolean largest) {
    try {
      requireWithin(x, axis, k, 0);
      Variable order = argSort(x, axis, largest);
      Variable index = x.rank() == 0 ? order : order.slice(axis, 0, k);
      return new Indexed(gather(x, axis, index), index);
    } catch (WengertException e) {
      throw refused(e, "topk", x);
    }
  }

  /// The `k` largest elements along the last axis, in order, and where they were.
  ///
  /// @throws ShapeException if the axis has fewer
  public static Indexed topk(Variable x, int k) {
    return topk(x, k, -1, true);
  }

  /// The `k`-th smallest element along an axis, counted from 1, and where it was.
  ///
  /// @throws ShapeException if the axis has fewer
  public static Indexed kthValue(Variable x, int k, int axis, boolean keepAxis) {
    try {
      requireWithin(x, axis, k, 1);
      Variable order = argSort(x, axis, false);
      return at(x, axis, x.rank() == 0 ? order : order.slice(axis, k - 1, k), keepAxis);
    } catch (WengertException e) {
      throw refused(e, "kthValue", x);
    }
  }

  private static void requireWithin(Variable x, int axis, int k, int least) {
    int size = x.rank() == 0 ? 1 : x.size(axis);
    if (k < least || k > size) {
      throw new ShapeException("k = " + k + " on an axis of size " + size)
          .hint(
              size < least
                  ? "an empty axis has no element to choose"
                  : "k goes from " + least + " to " + size);
    }
  }

  /// Refuses an axis without elements, of which none can be chosen.
  static void requireElements(String what, Variable x, int axis) {
    int at = Check.axis(what, x, axis);
    if (x.rank() > 0 && x.size(at) == 0) {
      throw Recorder.explained(
          new ShapeException("axis " + at + " of shape " + x.shape() + " is empty")
              .hint("the " + what + " of no elements is not defined"),
          what,
          x);
    }
  }

  /// The elements at an index whose axis has size 1.
  static Indexed at(Variable x, int axis, Variable index, boolean keepAxis) {
    Variable values = gather(x, axis, index);
    return keepAxis
        ? new Indexed(values, index)
        : new Indexed(squeeze(values, axis), squeeze(index, axis));
  }

  /// The middle element along an axis, the lower of two, and where it was; a `NaN` if there is one.
  ///
  /// @throws ShapeException if the axis is empty
  public static Indexed median(Variable x, int axis, boolean keepAxis) {
    try {
      requireElements("median", x, axis);
      if (x.rank() == 0) {
        return at(x, axis, argSort(x, axis, false), true);
      }
      int size = x.size(axis);
      Variable nans = F.sum(ne(x.detach(), x.detach()), true, axis);
      int lower = (size - 1) / 2;
      Variable middle = fullLike(nans, lower);
      Variable place = where(nans.gt(0), nans.neg().add((long) size), middle);
      return at(x, axis, gather(argSort(x, axis, false), axis, place), keepAxis);
    } catch (WengertException e) {
      throw refused(e, "median", x);
    }
  }

  /// The middle element of all, the lower of two; equals share the gradient evenly. `NaN` if there
  /// is one.
  ///
  /// @throws ShapeException if there are no elements
  public static Variable median(Variable x) {
    try {
      Variable line = x.detach().reshape(-1);
      requireElements("median", line, 0);
      return new Pick((int) median(line, 0, false).indices().value().longAt()).apply(x);
    } catch (WengertException e) {
      throw refused(e, "median", x);
    }
  }

  /// What [#unique] found.
  ///
  /// @param values each value once, in ascending order
  /// @param inverse where in `values` each element of `x` is: `INT64`, of the shape of `x`
  /// @param counts how often each value occurs: `INT64`
  public record Unique(Variable values, Variable inverse, Variable counts) {}

  /// Each value once, in ascending order; no gradient. Every `NaN` is a value of its own.
  public static Unique unique(Variable x) {
    Variable line = x.detach().reshape(-1);
    Variable order = argSort(line, 0, false);
    Variable sorted = gather(line, 0, order);
    Variable isNew = ne(sorted.slice(0, 1, Integer.MAX_VALUE), upToLast(sorted));
    Variable first = Variable.constant(Tensor.of(new boolean[Math.min(1, sorted.size(0))]));
    Variable group = cumSum(cat(List.of(first, isNew), 0), 0);
    int groups = group.size(0) == 0 ? 0 : (int) group.value().longAt(-1) + 1;
    Variable zeros = Variable.constant(Tensor.zeros(Shape.of(groups), DType.INT64));
    Variable counts = scatterAdd(zeros, 0, group, onesLike(group));
    Variable inverse = scatter(zerosLike(order), 0, order, group).reshape(x.shape());
    Variable empty = Variable.constant(Tensor.zeros(Shape.of(groups), x.dtype()));
    return new Unique(scatter(empty, 0, group, sorted), inverse, counts);
  }

  private static Variable upToLast(Variable line) {
    return line.slice(0, 0, Math.max(0, line.size(0) - 1));
  }

  /// Where in the sorted innermost axis each value would be inserted so that the order stays:
  /// `INT64`, no gradient.
  ///
  /// @param sorted a vector, or as many axes as `values` has, equal but for the innermost
  /// @param right behind elements equal to the value instead of before them
  /// @throws ShapeException if the axes in front differ
  public static Variable searchSorted(Variable sorted, Variable values, boolean right) {
    try {
      if (sorted.rank() == 1) {
        Tensor line = values.value().reshape(values.value().count());
        Tensor places = Backends.current().searchSorted(sorted.value(), line, right);
        Tensor none = Tensor.zeros(values.shape(), DType.INT64);
        return Variable.constant(sorted.size(0) == 0 ? none : places.reshape(values.shape()));
      }
      boolean fits = sorted.rank() == values.rank() && sorted.rank() > 0;
      if (!fits || !sorted.shape().with(-1, 1).equals(values.shape().with(-1, 1))) {
        throw new ShapeException(
                "values of shape " + values.shape() + " in rows of " + sorted.shape())
            .hint("all axes but the innermost must be equal; a vector serves any values");
      }
      return Variable.constant(
          Backends.current().searchSorted(sorted.value(), values.value(), right));
    } catch (WengertException e) {
      throw refused(e, "searchSorted", sorted, values);
    }
  }

  /// The bucket between `boundaries` into which each value falls: `INT64`, no gradient.
  ///
  /// @param boundaries a sorted vector
  /// @param right whether a value equal to a boundary falls behind it
  public static Variable bucketize(Variable values, Variable boundaries, boolean right) {
    return attempt("bucketize", () -> searchSorted(boundaries, values, right), values, boundaries);
  }

  /// How often each of `0, 1, 2, ...` occurs, up to the largest element: `INT64`.
  ///
  /// @param minLength the least length of the result
  /// @throws DTypeException if the elements are no integers
  /// @throws ShapeException if one is negative
  public static Variable binCount(Variable x, int minLength) {
    try {
      Variable line = x.reshape(-1);
      return counted(line, Variable.constant(Tensor.full(line.shape(), 1, DType.INT64)), minLength);
    } catch (WengertException e) {
      throw refused(e, "binCount", x);
    }
  }

  /// The sum of the weights of the elements that are `0, 1, 2, ...`.
  ///
  /// @param weights a weight for each element
  public static Variable binCount(Variable x, Variable weights, int minLength) {
    return attempt(
        "binCount", () -> counted(x.reshape(-1), weights.reshape(-1), minLength), x, weights);
  }

  private static Variable counted(Variable line, Variable weights, int minLength) {
    Tensor values = line.value();
    long[] numbers = values.toLongArray();
    boolean integral = values.dtype().isIntegral();
    if (!integral || Arrays.stream(numbers).anyMatch(n -> n < 0)) {
      String problem = integral ? "a negative number is counted" : values.dtype() + " is counted";
      WengertException e = integral ? new ShapeException(problem) : new DTypeException(problem);
      throw e.hint("binCount counts the integers 0, 1, 2, ...");
    }
    long most = Arrays.stream(numbers).max().orElse(-1);
    Shape counts = Shape.of(Check.size(Math.max(minLength, most + 1)));
    return new ScatterAdd(0, values, counts).apply(weights);
  }
}
