package org.wengert.backend.plain;

import java.util.Arrays;
import org.wengert.tensor.Storage;

/// The loops of [Panels] on `float`.
final class FloatPanels extends Panels {
  private static final int EIGHT = 8;
  private static final int BLOCK =
      16; // rows and columns: so few lines stay in the L1 cache, however far apart

  @Override
  int length(Object array) {
    return ((float[]) array).length;
  }

  @Override
  Object allocate(int length) {
    return new float[length];
  }

  @Override
  Object array(Storage storage) {
    return ((Storage.Floats) storage).array();
  }

  @Override
  void fill(Object to, int toAt, int count, int value) {
    Arrays.fill((float[]) to, toAt, toAt + count, value);
  }

  @Override
  void move(Object from, int at, Object to, int toAt, int count) {
    System.arraycopy((float[]) from, at, (float[]) to, toAt, count);
  }

  @Override
  void copy(Object from, int at, int step, Object to, int toAt, int toStep, int count) {
    float[] source = (float[]) from;
    float[] target = (float[]) to;
    for (int i = 0; i < count; i++) {
      target[toAt + i * toStep] = source[at + i * step];
    }
  }

  @Override
  void transpose(
      Object from, int at, int rowStep, int rows, int count, Object to, int toAt, int width) {
    float[] source = (float[]) from;
    float[] target = (float[]) to;
    if (rows == EIGHT && width == EIGHT) {
      interleave(source, at, rowStep, count, target, toAt);
      return;
    }
    for (int begin = 0; begin < count; begin += BLOCK) {
      int end = Math.min(count, begin + BLOCK);
      for (int first = 0; first < rows; first += BLOCK) {
        int last = Math.min(rows, first + BLOCK);
        for (int i = begin; i < end; i++) {
          for (int r = first; r < last; r++) {
            target[toAt + i * width + r] = source[at + r * rowStep + i];
          }
        }
      }
    }
  }

  private static void interleave(
      float[] from, int at, int rowStep, int count, float[] to, int toAt) {
    for (int i = 0; i < count; i++) {
      int source = at + i;
      int target = toAt + i * EIGHT;
      to[target] = from[source];
      to[target + 1] = from[source + rowStep];
      to[target + 2] = from[source + 2 * rowStep];
      to[target + 3] = from[source + 3 * rowStep];
      to[target + 4] = from[source + 4 * rowStep];
      to[target + 5] = from[source + 5 * rowStep];
      to[target + 6] = from[source + 6 * rowStep];
      to[target + 7] = from[source + 7 * rowStep];
    }
  }

  @Override
  void add(Object from, int at, Object to, int toAt, int toStep, int count) {
    float[] source = (float[]) from;
    float[] target = (float[]) to;
    if (toStep == 1) {
      for (int i = 0; i < count; i++) {
        target[toAt + i] += source[at + i];
      }
      return;
    }
    for (int i = 0; i < count; i++) {
      target[toAt + i * toStep] += source[at + i];
    }
  }

  @Override
  void spread(Object from, int at, int[] places, int placesAt, int count, Object to, int toAt) {
    float[] source = (float[]) from;
    float[] sum = (float[]) to;
    for (int i = 0; i < count; i++) {
      sum[toAt + places[placesAt + i]] += source[at + i];
    }
  }
}
