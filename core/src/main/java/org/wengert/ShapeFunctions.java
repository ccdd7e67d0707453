package org.wengert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.wengert.tensor.Axes;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.WengertException;

/// The functions of [F] that give the same elements another shape. What can be a view
/// is one.
abstract class ShapeFunctions extends PointwiseFunctions {
  ShapeFunctions() {}

  /// The same elements in row-major order under another shape; one size may be -1 and is then
  /// computed.
  ///
  /// @throws ShapeException if the number of elements differs
  public static Variable reshape(Variable x, int... sizes) {
    return x.reshape(sizes);
  }

  /// [#reshape] that never copies.
  ///
  /// @throws ShapeException if the strides of `x` do not allow it
  public static Variable view(Variable x, int... sizes) {
    try {
      Variable y = x.reshape(sizes);
      if (x.value().count() > 0 && y.value().storage() != x.value().storage()) {
        throw new ShapeException(
                "shape " + x.shape() + " cannot be seen as " + y.shape() + " in place")
            .hint("use reshape, which copies where it must");
      }
      return y;
    } catch (WengertException e) {
      throw refused(e, "view", x);
    }
  }

  /// [#view] under the shape of another variable.
  ///
  /// @throws ShapeException if the number of elements differs, or the strides of `x` do not allow
  ///     it
  public static Variable viewAs(Variable x, Variable other) {
    return attempt("viewAs", () -> view(x, other.shape().toArray()), x, other);
  }

  /// [#reshape] to the shape of another variable.
  ///
  /// @throws ShapeException if the number of elements differs
  public static Variable reshapeAs(Variable x, Variable other) {
    return attempt("reshapeAs", () -> x.reshape(other.shape()), x, other);
  }

  /// The same numbers in a storage of their own, with gradients: what an optimizer later writes
  /// into a parameter does not reach them, and a small part does not keep a large whole in memory.
  public static Variable clone(Variable x) {
    return new Clone().apply(x);
  }

  /// `x` if its elements lie row by row without gaps, else a [#clone], whose elements do.
  public static Variable contiguous(Variable x) {
    return x.value().isContiguous() ? x : clone(x);
  }

  /// The axes from `first` to `last`, both included, joined into one; a scalar becomes a vector.
  ///
  /// @throws ShapeException if `last` comes before `first`
  public static Variable flatten(Variable x, int first, int last) {
    try {
      int from = Check.axis("flatten", x, first);
      int to = Check.axis("flatten", x, last);
      if (from > to) {
        throw new ShapeException("axis " + first + " comes after axis " + last)
            .hint("name the outer axis first");
      }
      if (x.rank() == 0) {
        return x.reshape(1);
      }
      int joint = 1;
      for (int axis = from; axis <= to; axis++) {
        joint *= x.size(axis);
      }
      return replaced(x, from, to + 1, joint);
    } catch (WengertException e) {
      throw refused(e, "flatten", x);
    }
  }

  /// All axes joined into one.
  public static Variable flatten(Variable x) {
    return flatten(x, 0, -1);
  }

  /// An axis divided into several; one size may be -1 and is then computed.
  ///
  /// @throws ShapeException if the sizes do not multiply to that of the axis
  public static Variable unflatten(Variable x, int axis, int... sizes) {
    try {
      int at = Check.axis("unflatten", x, axis);
      Shape parts = Shape.resolve(Shape.of(x.size(at)), sizes);
      if (parts.count() != x.size(at)) {
        throw new ShapeException("axis " + at + " of size " + x.size(at) + " is no " + parts)
            .hint("the sizes must multiply to that of the axis; -1 lets one be computed");
      }
      return replaced(x, at, at + 1, parts.toArray());
    } catch (WengertException e) {
      throw refused(e, "unflatten", x);
    }
  }

  /// Puts `sizes` in the place of the axes from `from` up to `to`.
  static Variable replaced(Variable x, int from, int to, int... sizes) {
    int[] old = x.shape().toArray();
    int[] result = new int[old.length - (to - from) + sizes.length];
    System.arraycopy(old, 0, result, 0, from);
    System.arraycopy(sizes, 0, result, from, sizes.length);
    System.arraycopy(old, to, result, from + sizes.length, old.length - to);
    return x.reshape(Shape.of(result));
  }

  /// The axes in another order: axis `i` of the result is axis `order[i]` of `x`.
  public static Variable permute(Variable x, int... order) {
    return x.permute(order);
  }

  /// The matrix `xᵀ`; vectors and scalars are returned unchanged.
  ///
  /// @throws ShapeException if there are more than two axes
  public static Variable t(Variable x) {
    try {
      if (x.rank() > 2) {
        throw new ShapeException("a tensor of " + x.rank() + " axes is no matrix")
            .hint("x.mT() transposes the matrices in the last two axes");
      }
      return x.rank() < 2 ? x : x.transpose(0, 1);
    } catch (WengertException e) {
      throw refused(e, "t", x);
    }
  }

  /// One axis moved to another place; the others keep their order.
  public static Variable moveDim(Variable x, int source, int destination) {
    return moveDim(x, new int[] {source}, new int[] {destination});
  }

  /// Axes moved to other places; the others keep their order.
  ///
  /// @throws ShapeException if the lists differ in length or name an axis twice
  public static Variable moveDim(Variable x, int[] source, int[] destination) {
    try {
      Axes from = Check.axes("moveDim", x, source);
      Axes to = Check.axes("moveDim", x, destination);
      if (source.length != destination.length) {
        throw new ShapeException(
                source.length + " axes have " + destination.length + " destinations")
            .hint("name one destination for each axis");
      }
      if (source.length == 0 || x.rank() == 0) {
        return x;
      }
      int[] order = new int[x.rank()];
      for (int i = 0; i < source.length; i++) {
        order[Check.axis("moveDim", x, destination[i])] = Check.axis("moveDim", x, source[i]);
      }
      int next = 0;
      for (int axis = 0; axis < order.length; axis++) {
        if (!to.contains(axis)) {
          while (from.contains(next)) {
            next++;
          }
          order[axis] = next++;
        }
      }
      return x.permute(order);
    } catch (WengertException e) {
      throw refused(e, "moveDim", x);
    }
  }

  /// Two axes exchanged.
  public static Variable transpose(Variable x, int a, int b) {
    int[] order = new int[x.rank()];
    Arrays.setAll(order, axis -> axis);
    int first = Check.axis("transpose", x, a);
    int second = Check.axis("transpose", x, b);
    if (x.rank() == 0 || first == second) {
      return x;
    }
    order[first] = second;
    order[second] = first;
    return x.permute(order);
  }

  /// An axis of size 1 inserted before position `axis`; -1 appends.
  public static Variable unsqueeze(Variable x, int axis) {
    return attempt("unsqueeze", () -> x.reshape(x.shape().insert(axis, 1)), x);
  }

  /// Without an axis, if its size is 1; else unchanged.
  public static Variable squeeze(Variable x, int axis) {
    return attempt(
        "squeeze",
        () -> x.rank() == 0 || x.size(axis) != 1 ? x : x.reshape(x.shape().remove(axis)),
        x);
  }

  /// Without the axes of size 1.
  public static Variable squeeze(Variable x) {
    return attempt(
        "squeeze",
        () -> x.reshape(Shape.of(Arrays.stream(x.shape().toArray()).filter(n -> n != 1).toArray())),
        x);
  }

  /// Repeats axes of size 1, and new axes in front, without copying; -1 keeps an axis as it is.
  ///
  /// @throws ShapeException if an axis has another size than 1 and the wanted one
  public static Variable expand(Variable x, int... sizes) {
    try {
      int[] to = sizes.clone();
      for (int fromEnd = 1; fromEnd <= Math.min(to.length, x.rank()); fromEnd++) {
        if (to[to.length - fromEnd] == -1) {
          to[to.length - fromEnd] = x.size(-fromEnd);
        }
      }
      return x.expand(Shape.of(to));
    } catch (WengertException e) {
      throw refused(e, "expand", x);
    }
  }

  /// [#expand] to the shape of another variable.
  ///
  /// @throws ShapeException if an axis has another size than 1 and the wanted one
  public static Variable expandAs(Variable x, Variable other) {
    return attempt("expandAs", () -> x.expand(other.shape()), x, other);
  }

  /// The variables expanded to their common shape.
  ///
  /// @throws ShapeException if there is none
  public static List<Variable> broadcastTensors(List<? extends Variable> xs) {
    try {
      Shape joint = xs.stream().map(Variable::shape).reduce(Shape.SCALAR, Shape::broadcast);
      return xs.stream().map(x -> x.expand(joint)).toList();
    } catch (WengertException e) {
      throw refused(e, "broadcastTensors", xs);
    }
  }

  /// The coordinates of a picture: as [#meshgrid], but the first vector varies along axis 1, to the
  /// right, and the second along axis 0, downwards. PyTorch's `indexing='xy'`.
  public static List<Variable> meshgridXY(List<? extends Variable> xs) {
    try {
      if (xs.size() < 2) {
        return meshgrid(xs);
      }
      List<Variable> swapped = new ArrayList<>(xs);
      Collections.swap(swapped, 0, 1);
      List<Variable> grid = new ArrayList<>(meshgrid(swapped));
      Collections.swap(grid, 0, 1);
      return List.copyOf(grid);
    } catch (WengertException e) {
      throw refused(e, "meshgridXY", xs);
    }
  }

  /// The coordinates of a grid: vector `i` varies along axis `i` of its result. PyTorch's
  /// `indexing='ij'`.
  ///
  /// @throws ShapeException if one of them is no vector or scalar
  public static List<Variable> meshgrid(List<? extends Variable> xs) {
    try {
      List<Variable> aligned = new ArrayList<>();
      for (int axis = 0; axis < xs.size(); axis++) {
        Variable x = xs.get(axis);
        if (x.rank() > 1) {
          throw new ShapeException("shape " + x.shape() + " is no vector of coordinates")
              .hint("pass a vector for each axis of the grid");
        }
        int[] sizes = new int[xs.size()];
        Arrays.fill(sizes, 1);
        sizes[axis] = x.value().count();
        aligned.add(x.reshape(sizes));
      }
      return broadcastTensors(aligned);
    } catch (WengertException e) {
      throw refused(e, "meshgrid", xs);
    }
  }

  /// Copies laid side by side, `repeats[i]` of them along axis `i`; more repeats than axes make new
  /// axes in front.
  ///
  /// @throws ShapeException if there are fewer repeats than axes
  public static Variable repeat(Variable x, int... repeats) {
    try {
      int extra = repeats.length - x.rank();
      if (extra < 0) {
        throw new ShapeException(
                repeats.length + " repeats for the " + x.rank() + " axes of " + x.shape())
            .hint("give one for each axis; tile fills up with 1 in front");
      }
      int[] apart = new int[2 * repeats.length];
      int[] repeated = new int[2 * repeats.length];
      int[] joined = new int[repeats.length];
      for (int axis = 0; axis < repeats.length; axis++) {
        int size = axis < extra ? 1 : x.size(axis - extra);
        apart[2 * axis] = 1;
        apart[2 * axis + 1] = size;
        repeated[2 * axis] = repeats[axis];
        repeated[2 * axis + 1] = size;
        if (repeats[axis] < 0) {
          throw new OptionException(repeats[axis] + " repeats along axis " + axis)
              .hint("0 or more");
        }
        joined[axis] = Check.size((long) repeats[axis] * size);
      }
      return x.reshape(apart).expand(Shape.of(repeated)).reshape(Shape.of(joined));
    } catch (WengertException e) {
      throw refused(e, "repeat", x);
    }
  }

  /// [#repeat] with missing repeats filled up with 1 in front.
  public static Variable tile(Variable x, int... repeats) {
    try {
      int missing = Math.max(0, x.rank() - repeats.length);
      int[] all = new int[missing + repeats.length];
      Arrays.fill(all, 1);
      System.arraycopy(repeats, 0, all, missing, repeats.length);
      return repeat(x, all);
    } catch (WengertException e) {
      throw refused(e, "tile", x);
    }
  }
}
