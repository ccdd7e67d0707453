package org.wengert;

import org.wengert.backend.Workers;
import org.wengert.tensor.Storage;
import org.wengert.tensor.Tensor;

/// The sum of the squares of a tensor's elements, in `double`: of `float`s nothing overflows and
/// next to nothing is lost. Cut by the number of elements alone, so that every number of threads
/// gives the same bits.
final class SquareSum {
  private static final int CHUNK = 1 << 14;
  private static final int LANES = 16;

  private SquareSum() {}

  static double of(Tensor x) {
    Tensor dense = x.isContiguous() ? x : x.copy();
    int count = dense.count();
    double[] sums = new double[(count + CHUNK - 1) / CHUNK];
    Workers.forEach(
        sums.length,
        chunk -> {
          int from = dense.offset() + chunk * CHUNK;
          int length = Math.min(CHUNK, count - chunk * CHUNK);
          sums[chunk] =
              switch (dense.storage()) {
                case Storage.Floats floats -> ofFloats(floats.array(), from, length);
                case Storage storage -> ofOthers(storage, from, length);
              };
        });
    double sum = 0;
    for (double part : sums) {
      sum += part;
    }
    return sum;
  }

  /// Element `i` goes to lane `i % 16`.
  private static double ofFloats(float[] x, int from, int length) {
    double[] lanes = new double[LANES];
    int whole = length - length % LANES;
    for (int i = from; i < from + whole; i += LANES) {
      for (int l = 0; l < LANES; l++) {
        double element = x[i + l];
        lanes[l] += element * element;
      }
    }
    double sum = 0;
    for (double lane : lanes) {
      sum += lane;
    }
    for (int i = from + whole; i < from + length; i++) {
      sum += (double) x[i] * x[i];
    }
    return sum;
  }

  private static double ofOthers(Storage x, int from, int length) {
    double sum = 0;
    for (int i = from; i < from + length; i++) {
      sum += x.at(i) * x.at(i);
    }
    return sum;
  }
}
