package org.wengert.backend.plain;

import java.util.Arrays;
import org.wengert.backend.Reduction;
import org.wengert.tensor.DType;
import org.wengert.tensor.Elements;
import org.wengert.tensor.Nest;
import org.wengert.tensor.Storage;
import org.wengert.tensor.Tensor;

/// Kernels whose targets are found while they run.
final class ScatterKernel {
  private ScatterKernel() {}

  static Tensor scatterFold(
      Reduction how, Tensor x, int axis, Tensor index, Tensor source, boolean includeSelf) {
    Tensor y = Tensor.zeros(x.shape(), x.dtype());
    Elements.copy(x, y);
    if (index.count() == 0) {
      return y;
    }
    Tensor places = IndexKernel.gather(Tensor.arange(x.count()).reshape(x.shape()), axis, index);
    boolean[] touched = new boolean[x.count()];
    Arrays.fill(touched, includeSelf);
    boolean exact = !x.dtype().isFloating();
    Storage to = y.storage();
    Nest nest = Nest.over(index.shape(), places, source);
    nest.forEachRun(
        at -> {
          for (int i = 0; i < nest.length(); i++) {
            int place = (int) places.storage().longAt(at[0] + i * nest.step(0));
            int from = at[1] + i * nest.step(1);
            if (exact) {
              long next = source.storage().longAt(from);
              to.put(place, touched[place] ? how.fold(to.longAt(place), next) : next);
            } else {
              double next = source.storage().at(from);
              to.put(place, touched[place] ? how.fold(to.at(place), next) : next);
            }
            touched[place] = true;
          }
        });
    return y;
  }

  static Tensor nonzero(Tensor x) {
    boolean exact = !x.dtype().isFloating();
    long[] dense = exact ? x.toLongArray() : new long[0];
    double[] numbers = exact ? new double[0] : x.toDoubleArray();
    int[] found = new int[x.count()];
    int count = 0;
    for (int i = 0; i < found.length; i++) {
      if (exact ? dense[i] != 0 : numbers[i] != 0) {
        found[count++] = i;
      }
    }
    int rank = x.rank();
    long[] coordinates = new long[Math.multiplyExact(count, rank)];
    for (int i = 0; i < count; i++) {
      int rest = found[i];
      for (int axis = rank - 1; axis >= 0; axis--) {
        coordinates[i * rank + axis] = rest % x.size(axis);
        rest /= x.size(axis);
      }
    }
    return Tensor.of(coordinates).reshape(count, rank).to(DType.INT64);
  }
}
