package org.wengert.backend;

import java.util.Arrays;
import org.wengert.tensor.DType;
import org.wengert.tensor.Nest;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Storage;
import org.wengert.tensor.Tensor;

/// Reductions as plain loops. Floating numbers are folded in `double`, in 32 lanes that are joined
/// in a fixed tree, so that rounding stays small and the order does not depend on the machine.
final class ReduceKernel {
  private static final int LANES = 32;

  private ReduceKernel() {}

  static Tensor reduce(Reduction how, Tensor x, Shape to) {
    return x.dtype().isFloating() ? floating(how, x, to) : integral(how, x, to);
  }

  private static Tensor floating(Reduction how, Tensor x, Shape to) {
    double[] folded = new double[to.count()];
    Arrays.fill(folded, how.start());
    Tensor target = Tensor.over(new Storage.Doubles(folded), to);
    double[] lanes = new double[LANES];
    Nest nest = Nest.over(x.shape(), x, target);
    int step = nest.step(0);
    boolean inward = nest.step(1) == 0; // the run folds into one element
    nest.forEachRun(
        at -> {
          if (inward) {
            double run = run(how, x.storage(), at[0], step, nest.length(), lanes);
            folded[at[1]] = how.fold(folded[at[1]], run);
          } else {
            across(how, x.storage(), at[0], step, nest.length(), folded, at[1], nest.step(1));
          }
        });
    return target.to(x.dtype());
  }

  /// Folds one run: element `i` goes to lane `i % 32`, then lane `l` joins lane `l + 16`, and so
  /// on.
  private static double run(
      Reduction how, Storage x, int from, int step, int length, double[] lanes) {
    if (length == 1) {
      return x.at(from);
    }
    Arrays.fill(lanes, how.start());
    for (int i = 0; i < length; i += LANES) {
      int width = Math.min(LANES, length - i);
      for (int lane = 0; lane < width; lane++) {
        lanes[lane] = how.fold(lanes[lane], x.at(from + (i + lane) * step));
      }
    }
    for (int half = LANES / 2; half > 0; half /= 2) {
      for (int lane = 0; lane < half; lane++) {
        lanes[lane] = how.fold(lanes[lane], lanes[lane + half]);
      }
    }
    return lanes[0];
  }

  private static void across(
      Reduction how, Storage x, int from, int step, int length, double[] to, int at, int toStep) {
    for (int i = 0; i < length; i++) {
      int place = at + i * toStep;
      to[place] = how.fold(to[place], x.at(from + i * step));
    }
  }

  private static Tensor integral(Reduction how, Tensor x, Shape to) {
    long[] folded = new long[to.count()];
    Arrays.fill(folded, how.integralStart());
    Tensor target = Tensor.over(new Storage.Longs(folded), to);
    Nest nest = Nest.over(x.shape(), x, target);
    nest.forEachRun(
        at -> {
          for (int i = 0; i < nest.length(); i++) {
            int place = at[1] + i * nest.step(1);
            folded[place] = how.fold(folded[place], x.storage().longAt(at[0] + i * nest.step(0)));
          }
        });
    return how == Reduction.SUM ? target : target.to(x.dtype());
  }

  static Tensor argMax(Tensor x, int axis) {
    return argExtreme(x, axis, 1);
  }

  static Tensor argMin(Tensor x, int axis) {
    return argExtreme(x, axis, -1);
  }

  /// @param sign 1 for the largest, -1 for the smallest
  private static Tensor argExtreme(Tensor x, int axis, int sign) {
    Tensor y = Tensor.zeros(x.shape().with(axis, 1), DType.INT64);
    int stride = x.stride(axis);
    int size = x.size(axis);
    Lines.forEach(
        axis,
        at -> y.storage().put(at[1], (long) extreme(x.storage(), at[0], stride, size, sign)),
        x,
        y);
    return y;
  }

  private static int extreme(Storage x, int from, int stride, int size, int sign) {
    int best = 0;
    boolean floating = x.dtype().isFloating();
    for (int i = 1; i < size && !Double.isNaN(x.at(from + best * stride)); i++) {
      int place = from + i * stride;
      int held = from + best * stride;
      boolean better =
          floating
              ? !(sign * x.at(place) <= sign * x.at(held))
              : sign * Long.compare(x.longAt(place), x.longAt(held)) > 0;
      best = better ? i : best;
    }
    return best;
  }
}
