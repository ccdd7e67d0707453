package org.wengert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.wengert.tensor.Axes;
import org.wengert.tensor.DType;
import org.wengert.tensor.DTypeException;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;
import org.wengert.tensor.WengertException;

/// The functions of [F] that rearrange elements along axes: padded, turned, repeated, in windows.
abstract class PaddingFunctions extends IndexFunctions {
  PaddingFunctions() {}

  /// `x` with zeros around it.
  ///
  /// @param padding as PyTorch's: places before and behind the innermost axis, then the next one
  ///     outwards, and so on; negative numbers cut off
  /// @throws ShapeException if there are too many numbers, or an axis would get a negative size
  public static Variable pad(Variable x, int... padding) {
    return pad(x, padding, 0);
  }

  /// `x` with a number around it; see [#pad(Variable, int...)].
  public static Variable pad(Variable x, int[] padding, double value) {
    try {
      requirePairs(x, padding);
      Variable y = x;
      for (int pair = 0; 2 * pair < padding.length; pair++) {
        int axis = x.rank() - 1 - pair;
        int before = padding[2 * pair];
        int behind = padding[2 * pair + 1];
        requireSize(x, axis, before, behind);
        if (before < 0 || behind < 0) {
          int from = Math.min(Math.max(0, -before), x.size(axis));
          int kept = Math.max(0, x.size(axis) - Math.max(0, -before) - Math.max(0, -behind));
          y = y.slice(axis, from, from + kept);
        }
        List<Variable> parts = new ArrayList<>();
        parts.add(block(y, axis, Math.max(0, before), value));
        parts.add(y);
        parts.add(block(y, axis, Math.max(0, behind), value));
        parts.removeIf(part -> part.size(axis) == 0 && parts.size() > 1);
        y = parts.size() == 1 ? parts.getFirst() : cat(parts, axis);
      }
      return y;
    } catch (WengertException e) {
      throw refused(e, "pad", x);
    }
  }

  private static Variable block(Variable y, int axis, int size, double value) {
    Tensor number = Tensor.full(Shape.SCALAR, value, y.dtype());
    return Variable.constant(number.expand(y.shape().with(axis, size)));
  }

  /// `x` continued beyond its ends; see [#pad(Variable, int...)] and [PadMode].
  ///
  /// @throws ShapeException if an axis is too short to be continued so far
  public static Variable pad(Variable x, int[] padding, PadMode mode) {
    try {
      requirePairs(x, padding);
      Variable y = x;
      for (int pair = 0; 2 * pair < padding.length; pair++) {
        int axis = x.rank() - 1 - pair;
        int before = padding[2 * pair];
        int size = requireSize(x, axis, before, padding[2 * pair + 1]);
        int old = x.size(axis);
        int longest = Math.max(before, padding[2 * pair + 1]);
        int limit =
            switch (mode) {
              case REFLECT -> old - 1;
              case REPLICATE -> old == 0 ? 0 : Integer.MAX_VALUE;
              case CIRCULAR -> old;
            };
        if (longest > Math.max(0, limit)) {
          throw new ShapeException(
                  "a padding of " + longest + " beyond axis " + axis + " of " + x.shape())
              .hint(mode + " reaches " + Math.max(0, limit) + " places beyond an axis of " + old);
        }
        y = picked(y, axis, size, i -> continued(mode, i - before, old));
      }
      return y;
    } catch (WengertException e) {
      throw refused(e, "pad", x);
    }
  }

  private static int continued(PadMode mode, int i, int size) {
    return switch (mode) {
      case REFLECT -> i < 0 ? -i : i >= size ? 2 * (size - 1) - i : i;
      case REPLICATE -> Math.clamp(i, 0, size - 1);
      case CIRCULAR -> Math.floorMod(i, size);
    };
  }

  private static void requirePairs(Variable x, int... padding) {
    if (padding.length % 2 != 0 || padding.length > 2 * x.rank()) {
      throw new ShapeException(padding.length + " paddings for the axes of " + x.shape())
          .hint("give two for each axis, before and behind, innermost axis first");
    }
  }

  private static int requireSize(Variable x, int axis, int before, int behind) {
    long size = (long) x.size(axis) + before + behind;
    if (size < 0) {
      throw new ShapeException(
              "paddings of "
                  + before
                  + " and "
                  + behind
                  + " leave axis "
                  + axis
                  + " of "
                  + x.shape()
                  + " with "
                  + size)
          .hint("cut off at most what is there");
    }
    return Check.size(size);
  }

  /// Along an axis, `count` places: place `i` of the result is place `from(i)` of `x`.
  private static Variable picked(Variable x, int axis, int count, IntUnaryOperator from) {
    long[] index = new long[count];
    Arrays.setAll(index, i -> from.applyAsInt(i));
    return selected(x, axis, Tensor.of(index));
  }

  /// The given axes in reverse order; no axes, no change.
  public static Variable flip(Variable x, int... axes) {
    if (axes.length == 0 || x.rank() == 0) {
      return x;
    }
    Axes flipped = Check.axes("flip", x, axes);
    Variable y = x;
    for (int axis = 0; axis < x.rank(); axis++) {
      if (flipped.contains(axis)) {
        int last = x.size(axis) - 1;
        y = picked(y, axis, last + 1, i -> last - i);
      }
    }
    return y;
  }

  /// Elements moved along axes; what leaves one end comes in at the other.
  ///
  /// @throws ShapeException if the lists differ in length
  public static Variable roll(Variable x, int[] shifts, int[] axes) {
    try {
      if (shifts.length != axes.length) {
        throw new ShapeException(shifts.length + " shifts for " + axes.length + " axes")
            .hint("give a shift for each axis");
      }
      Variable y = x;
      for (int i = 0; i < axes.length && x.rank() > 0; i++) {
        int axis = Check.axis("roll", x, axes[i]);
        int size = x.size(axis);
        int shift = shifts[i];
        y = picked(y, axis, size, at -> Math.floorMod(at - shift, size));
      }
      return y;
    } catch (WengertException e) {
      throw refused(e, "roll", x);
    }
  }

  /// Elements moved along the row-major order.
  public static Variable roll(Variable x, int shift) {
    try {
      return roll(x.reshape(-1), new int[] {shift}, new int[] {0}).reshape(x.shape());
    } catch (WengertException e) {
      throw refused(e, "roll", x);
    }
  }

  /// Turned `times` quarters in the plane of two axes, from the first towards the second.
  ///
  /// @throws ShapeException if the two axes are one
  public static Variable rot90(Variable x, int times, int first, int second) {
    Check.axes("rot90", x, first, second);
    return switch (Math.floorMod(times, 4)) {
      case 1 -> flip(x, second).transpose(first, second);
      case 2 -> flip(x, first, second);
      case 3 -> flip(x, first).transpose(first, second);
      default -> x;
    };
  }

  /// The matrices in the last two axes with zeros above a diagonal.
  ///
  /// @param diagonal 0 is the main diagonal, 1 the one above it
  public static Variable tril(Variable x, int diagonal) {
    return attempt("tril", () -> triangle(x, diagonal, true), x);
  }

  /// The matrices in the last two axes with zeros below a diagonal.
  ///
  /// @param diagonal 0 is the main diagonal, 1 the one above it
  public static Variable triu(Variable x, int diagonal) {
    return attempt("triu", () -> triangle(x, diagonal, false), x);
  }

  private static Variable triangle(Variable x, int diagonal, boolean lower) {
    if (x.rank() < 2) {
      throw new ShapeException("shape " + x.shape() + " holds no matrices")
          .hint("the last two axes are the matrices");
    }
    Shape matrix = Shape.of(x.size(-2), x.size(-1));
    boolean[] kept = new boolean[matrix.count()];
    for (int i = 0; i < kept.length; i++) {
      int above = i % matrix.size(1) - i / matrix.size(1);
      kept[i] = lower ? above <= diagonal : above >= diagonal;
    }
    return where(Variable.constant(Tensor.of(kept).reshape(matrix)), x, zerosLike(x));
  }

  /// Every index of an axis repeated on the spot.
  public static Variable repeatInterleave(Variable x, int repeats, int axis) {
    try {
      int at = Check.axis("repeatInterleave", x, axis);
      return picked(x, at, Check.size((long) x.size(at) * repeated(repeats)), i -> i / repeats);
    } catch (WengertException e) {
      throw refused(e, "repeatInterleave", x);
    }
  }

  private static int repeated(long times) {
    if (times < 0) {
      throw new OptionException(times + " repeats").hint("0 or more");
    }
    return Check.size(times);
  }

  private static long[] repeated(Tensor repeats) {
    if (!repeats.dtype().isIntegral()) {
      throw new DTypeException("repeats of type " + repeats.dtype()).hint("convert with to(INT64)");
    }
    return Arrays.stream(repeats.toLongArray()).map(PaddingFunctions::repeated).toArray();
  }

  /// Every element repeated on the spot, as a vector.
  public static Variable repeatInterleave(Variable x, int repeats) {
    return attempt("repeatInterleave", () -> repeatInterleave(x.reshape(-1), repeats, 0), x);
  }

  /// Index `i` of an axis repeated `repeats[i]` times on the spot.
  ///
  /// @param repeats integers, one for each index of the axis
  /// @throws ShapeException if there are more or fewer, or one is negative
  public static Variable repeatInterleave(Variable x, Variable repeats, int axis) {
    try {
      int at = Check.axis("repeatInterleave", x, axis);
      long[] times = repeated(repeats.value());
      if (times.length != x.size(at)) {
        throw new ShapeException(times.length + " repeats for axis " + at + " of " + x.shape())
            .hint("give one for each index of the axis");
      }
      long[] index = new long[Check.size(Arrays.stream(times).sum())];
      int next = 0;
      for (int i = 0; i < times.length; i++) {
        Arrays.fill(index, next, next += (int) times[i], i);
      }
      return selected(x, at, Tensor.of(index));
    } catch (WengertException e) {
      throw refused(e, "repeatInterleave", x, repeats);
    }
  }

  /// Windows of `size` places along an axis, one every `step` places, as a new innermost axis.
  ///
  /// @throws ShapeException if the axis is shorter than a window
  public static Variable unfold(Variable x, int axis, int size, int step) {
    try {
      int at = Check.axis("unfold", x, axis);
      if (x.rank() == 0) {
        return unfold(x.reshape(1), 0, size, step).reshape(size);
      }
      if (size < 0 || step < 1 || size > x.size(at)) {
        throw new ShapeException(
                "windows of " + size + " every " + step + " along axis " + at + " of " + x.shape())
            .hint("a window fits into the axis, and steps are 1 or more");
      }
      int windows = (x.size(at) - size) / step + 1;
      int wide = Math.max(1, size);
      Variable all =
          picked(x, at, Check.size((long) windows * size), i -> i / wide * step + i % wide);
      return moveDim(replaced(all, at, at + 1, windows, size), at + 1, -1);
    } catch (WengertException e) {
      throw refused(e, "unfold", x);
    }
  }

  /// Differences of neighbours along an axis, `n` times.
  public static Variable diff(Variable x, int n, int axis) {
    try {
      if (n < 0) {
        throw new OptionException("differences taken " + n + " times").hint("0 or more times");
      }
      Check.hasAxes(x.shape());
      int at = Axes.normalize(axis, x.rank());
      Variable y = x;
      for (int i = 0; i < n; i++) {
        int size = y.size(at);
        Variable next = slice(y, at, 1, Math.max(1, size), 1);
        Variable before = slice(y, at, 0, Math.max(0, size - 1), 1);
        y = x.dtype() == DType.BOOL ? ne(next, before) : next.sub(before);
      }
      return y;
    } catch (WengertException e) {
      throw refused(e, "diff", x);
    }
  }
}
