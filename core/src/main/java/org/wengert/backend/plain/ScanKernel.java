package org.wengert.backend.plain;

import org.wengert.tensor.DType;
import org.wengert.tensor.Storage;
import org.wengert.tensor.Tensor;

/// Kernels that carry something along an axis, one element after the other. Floating numbers are
/// carried in `double` and rounded once, when they are stored.
final class ScanKernel {
  private ScanKernel() {}

  static Tensor cumSum(Tensor x, int axis, boolean reversed) {
    boolean exact = !x.dtype().isFloating();
    Tensor y = Tensor.zeros(x.shape(), exact ? DType.INT64 : x.dtype());
    int size = x.size(axis);
    Walk from = new Walk(x, axis, reversed);
    Walk to = new Walk(y, axis, reversed);
    Lines.forEach(
        axis,
        at -> {
          double sum = 0;
          long exactSum = 0;
          for (int i = 0; i < size; i++) {
            if (exact) {
              exactSum += from.storage.longAt(from.place(at[0], i));
              to.storage.put(to.place(at[1], i), exactSum);
            } else {
              sum += from.storage.at(from.place(at[0], i));
              to.storage.put(to.place(at[1], i), sum);
            }
          }
        },
        x,
        y);
    return y;
  }

  static Tensor recurrence(Tensor a, Tensor b, int axis, boolean reversed, Tensor starts) {
    DType type = DType.promote(a.dtype(), b.dtype());
    Tensor y = Tensor.zeros(b.shape(), type);
    Walk factors = new Walk(a, axis, reversed);
    Walk addends = new Walk(b, axis, reversed);
    Walk to = new Walk(y, axis, reversed);
    boolean[] again = new boolean[b.size(axis)];
    for (int i = 0; i < again.length; i++) {
      again[i] = starts.longAt(reversed ? again.length - 1 - i : i) != 0;
    }
    Lines.forEach(
        axis,
        at -> {
          if (type.isFloating()) {
            carry(factors, addends, again, to, at);
          } else {
            carryExactly(factors, addends, again, to, at);
          }
        },
        a,
        b,
        y);
    return y;
  }

  private static void carry(Walk factors, Walk addends, boolean[] again, Walk to, int... at) {
    double carried = 0;
    for (int i = 0; i < again.length; i++) {
      double next = addends.storage.at(addends.place(at[1], i));
      double factor = factors.storage.at(factors.place(at[0], i));
      carried = again[i] ? next : factor * carried + next;
      to.storage.put(to.place(at[2], i), carried);
    }
  }

  private static void carryExactly(
      Walk factors, Walk addends, boolean[] again, Walk to, int... at) {
    long carried = 0;
    for (int i = 0; i < again.length; i++) {
      long next = addends.storage.longAt(addends.place(at[1], i));
      long factor = factors.storage.longAt(factors.place(at[0], i));
      carried = again[i] ? next : factor * carried + next;
      to.storage.put(to.place(at[2], i), carried);
    }
  }

  static Tensor logCumSumExp(Tensor x, int axis) {
    Tensor y = Tensor.zeros(x.shape(), x.dtype().toFloating());
    int size = x.size(axis);
    Walk from = new Walk(x, axis, false);
    Walk to = new Walk(y, axis, false);
    Lines.forEach(
        axis,
        at -> {
          double most = Double.NEGATIVE_INFINITY;
          double sum = 0; // of exp(x - most)
          for (int i = 0; i < size; i++) {
            double next = from.storage.at(from.place(at[0], i));
            double joint = Math.max(most, next);
            if (!Double.isInfinite(joint)) {
              sum = sum * StrictMath.exp(most - joint) + StrictMath.exp(next - joint);
            }
            most = joint;
            double y0 = Double.isInfinite(most) ? most : most + StrictMath.log(sum);
            to.storage.put(to.place(at[1], i), y0);
          }
        },
        x,
        y);
    return y;
  }

  static Tensor cumulativeArgMax(Tensor x, int axis, boolean least) {
    Tensor y = Tensor.zeros(x.shape(), DType.INT64);
    boolean exact = !x.dtype().isFloating();
    int size = x.size(axis);
    Storage numbers = x.storage();
    Walk from = new Walk(x, axis, false);
    Walk to = new Walk(y, axis, false);
    Lines.forEach(
        axis,
        at -> {
          int best = 0;
          for (int i = 0; i < size; i++) {
            int next = from.place(at[0], i);
            int held = from.place(at[0], best);
            boolean better =
                exact
                    ? takesOver(numbers.longAt(next), numbers.longAt(held), least)
                    : takesOver(numbers.at(next), numbers.at(held), least);
            best = better ? i : best;
            to.storage.put(to.place(at[1], i), (long) best);
          }
        },
        x,
        y);
    return y;
  }

  private static boolean takesOver(long next, long held, boolean least) {
    return least ? next <= held : next >= held;
  }

  /// Whether `next` is at least as good as what is held; `NaN` is better than any number.
  private static boolean takesOver(double next, double held, boolean least) {
    return Double.isNaN(next) || (least ? next <= held : next >= held);
  }

  /// The way along an axis, from its beginning or from its end.
  private static final class Walk {
    final Storage storage;
    private final int stride;
    private final int first;

    Walk(Tensor x, int axis, boolean reversed) {
      this.storage = x.storage();
      this.stride = reversed ? -x.stride(axis) : x.stride(axis);
      this.first = reversed ? (x.size(axis) - 1) * x.stride(axis) : 0;
    }

    int place(int line, int i) {
      return line + first + i * stride;
    }
  }
}
