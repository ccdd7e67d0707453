package org.wengert.backend;

import java.util.Arrays;
import org.wengert.tensor.Storage;

/// The loops of [Panels] on `double`: those of [FloatPanels].
final class DoublePanels extends Panels {
  private static final int BLOCK = 64; // columns: what they become stays in the L1 cache

  @Override
  int length(Object array) {
    return ((double[]) array).length;
  }

  @Override
  Object allocate(int length) {
    return new double[length];
  }

  @Override
  Object array(Storage storage) {
    return ((Storage.Doubles) storage).array();
  }

  @Override
  void fill(Object to, int toAt, int count, int value) {
    Arrays.fill((double[]) to, toAt, toAt + count, value);
  }

  @Override
  void copy(Object from, int at, int step, Object to, int toAt, int toStep, int count) {
    double[] source = (double[]) from;
    double[] target = (double[]) to;
    for (int i = 0; i < count; i++) {
      target[toAt + i * toStep] = source[at + i * step];
    }
  }

  @Override
  void transpose(
      Object from, int at, int rowStep, int rows, int count, Object to, int toAt, int width) {
    double[] source = (double[]) from;
    double[] target = (double[]) to;
    for (int begin = 0; begin < count; begin += BLOCK) {
      int end = Math.min(count, begin + BLOCK);
      for (int r = 0; r < rows; r++) {
        for (int i = begin; i < end; i++) {
          target[toAt + r + i * width] = source[at + r * rowStep + i];
        }
      }
    }
  }

  @Override
  void add(Object from, int at, Object to, int toAt, int count) {
    double[] source = (double[]) from;
    double[] target = (double[]) to;
    for (int i = 0; i < count; i++) {
      target[toAt + i] += source[at + i];
    }
  }

  @Override
  void spread(Object from, int at, int[] places, int placesAt, int count, Object to, int toAt) {
    double[] source = (double[]) from;
    double[] sum = (double[]) to;
    for (int i = 0; i < count; i++) {
      sum[toAt + places[placesAt + i]] += source[at + i];
    }
  }
}
