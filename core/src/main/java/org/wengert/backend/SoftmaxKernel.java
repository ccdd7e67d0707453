package org.wengert.backend;

import org.wengert.tensor.DType;
import org.wengert.tensor.Nest;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Storage;
import org.wengert.tensor.Tensor;

/// Softmax and its relatives, shifted by the maximum so that large inputs do not overflow. Kernels
/// of their own because the shifted composition takes five passes and, for `logSoftmax` of unlikely
/// classes, cancels. Sums are taken in `double`.
final class SoftmaxKernel {
  private final ReduceKernel reductions;

  SoftmaxKernel(ReduceKernel reductions) {
    this.reductions = reductions;
  }

  static Tensor softmax(Tensor x, int axis) {
    return along(x, axis, SoftmaxKernel::softmaxLine);
  }

  static Tensor logSoftmax(Tensor x, int axis) {
    return along(x, axis, SoftmaxKernel::logSoftmaxLine);
  }

  /// What is computed for one line along the axis, from `x` into `y`.
  private interface Line {
    void run(Storage x, int xAt, int xStep, Storage y, int yAt, int yStep, int size);
  }

  private static Tensor along(Tensor x, int axis, Line line) {
    Tensor from = x.to(x.dtype().toFloating());
    Tensor y = Tensor.zeros(x.shape(), from.dtype());
    if (y.count() == 0) {
      return y;
    }
    if (y.rank() == 0) {
      line.run(from.storage(), from.offset(), 0, y.storage(), 0, 0, 1);
      return y;
    }
    Shape lines = x.shape().with(axis, 1);
    Nest nest = Nest.over(lines, from.slice(axis, 0, 1, 1), y.slice(axis, 0, 1, 1));
    int size = x.size(axis);
    nest.forEachRun(
        at -> {
          for (int i = 0; i < nest.length(); i++) {
            int xAt = at[0] + i * nest.step(0);
            int yAt = at[1] + i * nest.step(1);
            line.run(
                from.storage(), xAt, from.stride(axis), y.storage(), yAt, y.stride(axis), size);
          }
        });
    return y;
  }

  private static void softmaxLine(
      Storage x, int xAt, int xStep, Storage y, int yAt, int yStep, int size) {
    double max = max(x, xAt, xStep, size);
    double[] exp = new double[size];
    double sum = 0;
    for (int i = 0; i < size; i++) {
      exp[i] = StrictMath.exp(x.at(xAt + i * xStep) - max);
      sum += exp[i];
    }
    for (int i = 0; i < size; i++) {
      y.put(yAt + i * yStep, exp[i] / sum);
    }
  }

  private static void logSoftmaxLine(
      Storage x, int xAt, int xStep, Storage y, int yAt, int yStep, int size) {
    double max = max(x, xAt, xStep, size);
    double log = StrictMath.log(sumExp(x, xAt, xStep, size, max));
    for (int i = 0; i < size; i++) {
      y.put(yAt + i * yStep, x.at(xAt + i * xStep) - max - log);
    }
  }

  private static double max(Storage x, int at, int step, int size) {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < size; i++) {
      max = Math.max(max, x.at(at + i * step));
    }
    return max;
  }

  private static double sumExp(Storage x, int at, int step, int size, double max) {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += StrictMath.exp(x.at(at + i * step) - max);
    }
    return sum;
  }

  Tensor logSumExp(Tensor x, Shape to) {
    Tensor from = x.to(DType.FLOAT64);
    Tensor max = reductions.reduce(Reduction.MAX, from, to);
    double[] sums = new double[to.count()];
    Storage largest = max.storage();
    Nest nest = Nest.over(x.shape(), from, max);
    nest.forEachRun(
        at -> {
          for (int i = 0; i < nest.length(); i++) {
            int place = at[1] + i * nest.step(1);
            double m = largest.at(place);
            double shift = Double.isInfinite(m) ? 0 : m;
            sums[place] += StrictMath.exp(from.storage().at(at[0] + i * nest.step(0)) - shift);
          }
        });
    for (int i = 0; i < sums.length; i++) {
      double m = largest.at(i);
      sums[i] = (Double.isInfinite(m) ? 0 : m) + StrictMath.log(sums[i]);
    }
    return Tensor.over(new Storage.Doubles(sums), to).to(x.dtype().toFloating());
  }
}
