package org.wengert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.wengert.tensor.Axes;
import org.wengert.tensor.IndexRange;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.WengertException;

/// The functions of [F] that cut variables apart and join them. Parts are views.
abstract class PartFunctions extends ShapeFunctions {
  PartFunctions() {}

  /// One index of an axis, which disappears.
  public static Variable select(Variable x, int axis, int index) {
    int at = Check.axis("select", x, axis);
    int from = x.rank() > 0 && index < 0 ? index + x.size(at) : index;
    if (x.rank() == 0 || from < 0 || from >= x.size(at)) {
      ShapeException e =
          new ShapeException("index " + index + " is outside axis " + axis + " of " + x.shape());
      e.hint("a scalar has no axis; indices go from -size to size - 1");
      throw Recorder.explained(e, "select", x);
    }
    return x.slice(at, from, from + 1).reshape(x.shape().remove(at));
  }

  /// The indices `from`, `from + step`, ... below `to` along an axis; negative ends count from the
  /// end.
  public static Variable slice(Variable x, int axis, int from, int to, int step) {
    return new Slice(axis, from, to, step).apply(x);
  }

  /// `length` indices of an axis from `start` on, which may be negative.
  ///
  /// @throws ShapeException if they do not lie within the axis
  public static Variable narrow(Variable x, int axis, int start, int length) {
    try {
      int size = x.size(axis);
      int from = start < 0 ? start + size : start;
      if (from < 0 || length < 0 || from > size - length) {
        throw new ShapeException(
                length + " indices from " + start + " leave axis " + axis + " of " + x.shape())
            .hint("start and length must stay within the axis; slice stops at its end");
      }
      return x.slice(axis, from, from + length);
    } catch (WengertException e) {
      throw refused(e, "narrow", x);
    }
  }

  /// Pieces of `size` indices along an axis; the last may be smaller.
  ///
  /// @throws ShapeException if `size` is not positive
  public static List<Variable> split(Variable x, int size, int axis) {
    try {
      if (size < 1) {
        throw new ShapeException("pieces of size " + size).hint("a piece has 1 or more");
      }
      int pieces = Math.max(1, Math.ceilDiv(x.size(axis), size));
      int[] sizes = new int[pieces];
      Arrays.fill(sizes, size);
      sizes[pieces - 1] = x.size(axis) - (pieces - 1) * size;
      return split(x, sizes, axis);
    } catch (WengertException e) {
      throw refused(e, "split", x);
    }
  }

  /// Pieces of the given sizes along an axis.
  ///
  /// @throws ShapeException if the sizes do not add up to that of the axis
  public static List<Variable> split(Variable x, int[] sizes, int axis) {
    try {
      long total = 0;
      List<Variable> pieces = new ArrayList<>();
      for (int size : sizes) {
        pieces.add(narrow(x, axis, (int) total, size));
        total += size;
      }
      if (total != x.size(axis)) {
        throw new ShapeException(
                "pieces of " + total + " in all, but axis " + axis + " of " + x.shape())
            .hint("the sizes must add up to " + x.size(axis));
      }
      return pieces;
    } catch (WengertException e) {
      throw refused(e, "split", x);
    }
  }

  /// At most `chunks` pieces of equal size along an axis; the last may be smaller.
  ///
  /// @throws ShapeException if `chunks` is not positive
  public static List<Variable> chunk(Variable x, int chunks, int axis) {
    try {
      if (chunks < 1) {
        throw new ShapeException(chunks + " chunks").hint("ask for 1 or more");
      }
      return split(x, Math.max(1, Math.ceilDiv(x.size(axis), chunks)), axis);
    } catch (WengertException e) {
      throw refused(e, "chunk", x);
    }
  }

  /// The parts of `x` at each index of an axis, which disappears.
  public static List<Variable> unbind(Variable x, int axis) {
    try {
      List<Variable> parts = new ArrayList<>();
      for (int i = 0; i < x.size(axis); i++) {
        parts.add(select(x, axis, i));
      }
      return parts;
    } catch (WengertException e) {
      throw refused(e, "unbind", x);
    }
  }

  /// Side by side: joined along the second axis, vectors along their only one.
  public static Variable hstack(List<? extends Variable> xs) {
    try {
      List<Variable> rows = xs.stream().map(x -> x.rank() == 0 ? x.reshape(1) : x).toList();
      requireSome("hstack", rows);
      return cat(rows, rows.getFirst().rank() == 1 ? 0 : 1);
    } catch (WengertException e) {
      throw refused(e, "hstack", xs);
    }
  }

  /// One below the other: joined along the first axis, vectors as rows.
  public static Variable vstack(List<? extends Variable> xs) {
    return attempt(
        "vstack",
        () -> cat(xs.stream().map(x -> x.rank() < 2 ? x.reshape(1, -1) : (Variable) x).toList(), 0),
        xs);
  }

  /// The diagonal of the matrices in two axes, which it replaces, as the innermost axis; a view.
  ///
  /// @param offset above the main diagonal if positive, below it if negative
  public static Variable diagonal(Variable x, int offset, int row, int column) {
    Check.axes("diagonal", x, row, column);
    Variable last = moveDim(x, new int[] {row, column}, new int[] {-2, -1});
    int rows = last.size(-2);
    int columns = last.size(-1);
    int count = Math.max(0, Math.min(rows + Math.min(0, offset), columns - Math.max(0, offset)));
    int from = count == 0 ? 0 : Math.max(0, offset) + Math.max(0, -offset) * columns;
    int to = count == 0 ? 0 : from + (count - 1) * (columns + 1) + 1;
    int axis = x.rank() - 2;
    return slice(replaced(last, axis, axis + 2, rows * columns), axis, from, to, columns + 1);
  }

  /// The innermost axis as a diagonal of matrices of zeros, in the last two axes.
  ///
  /// @param offset above the main diagonal if positive, below it if negative
  public static Variable diagEmbed(Variable x, int offset) {
    try {
      if (x.rank() == 0) {
        throw new ShapeException("a scalar is no diagonal").hint("reshape it to (1)");
      }
      int axis = x.rank() - 1;
      int count = x.size(axis);
      int side = Check.size(count + Math.abs((long) offset));
      Shape matrices = x.shape().with(axis, side).insert(-1, side);
      int from = Math.max(0, offset) + Math.max(0, -offset) * side;
      IndexRange places = new IndexRange(from, count, side + 1);
      Variable flat =
          new Embed(axis, places, x.shape().with(axis, Check.size((long) side * side))).apply(x);
      return flat.reshape(matrices);
    } catch (WengertException e) {
      throw refused(e, "diagEmbed", x);
    }
  }

  /// The matrix with a vector as its diagonal, or the diagonal of a matrix.
  ///
  /// @throws ShapeException if `x` is neither
  public static Variable diag(Variable x, int offset) {
    try {
      return switch (x.rank()) {
        case 1 -> diagEmbed(x, offset);
        case 2 -> diagonal(x, offset, 0, 1);
        default ->
            throw new ShapeException("shape " + x.shape() + " is neither vector nor matrix")
                .hint("diagEmbed and diagonal work on any number of axes");
      };
    } catch (WengertException e) {
      throw refused(e, "diag", x);
    }
  }

  /// One behind the other along an axis.
  ///
  /// @throws ShapeException if the list is empty or other sizes differ
  public static Variable cat(List<? extends Variable> xs, int axis) {
    requireSome("cat", xs);
    return new Cat(axis).apply(xs.toArray(new Variable[0]));
  }

  /// Variables of one shape joined along a new axis.
  ///
  /// @throws ShapeException if the list is empty or the shapes differ
  public static Variable stack(List<? extends Variable> xs, int axis) {
    try {
      requireSome("stack", xs);
      int at = Axes.normalize(axis, xs.getFirst().rank() + 1);
      return cat(xs.stream().map(x -> unsqueeze(x, at)).toList(), at);
    } catch (WengertException e) {
      throw refused(e, "stack", xs);
    }
  }

  private static void requireSome(String what, List<? extends Variable> xs) {
    if (xs.isEmpty()) {
      throw (ShapeException)
          new ShapeException("an empty list has no shape").hint("pass one or more").during(what);
    }
  }
}
