package org.wengert.backend;

import java.util.Arrays;
import org.wengert.tensor.Storage;

/// The loops of [Panels] on `float`; [DoublePanels] has the same on `double`.
final class FloatPanels extends Panels {
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
  void zero(Object to, int toAt, int count) {
    Arrays.fill((float[]) to, toAt, toAt + count, 0);
  }

  @Override
  void copy(Object from, int at, int step, Object to, int toAt, int count) {
    if (step == 1) {
      System.arraycopy(from, at, to, toAt, count);
      return;
    }
    float[] source = (float[]) from;
    float[] target = (float[]) to;
    for (int i = 0; i < count; i++) {
      target[toAt + i] = source[at + i * step];
    }
  }

  @Override
  void put(Object from, int at, Object to, int toAt, int step, int count, double bias) {
    float[] source = (float[]) from;
    float[] target = (float[]) to;
    float more = (float) bias;
    if (step == 1) {
      for (int i = 0; i < count; i++) {
        target[toAt + i] = source[at + i] + more;
      }
      return;
    }
    for (int i = 0; i < count; i++) {
      target[toAt + i * step] = source[at + i] + more;
    }
  }

  @Override
  void transpose(
      Object from, int at, int rowStep, int rows, int count, Object to, int toAt, int width) {
    float[] source = (float[]) from;
    float[] target = (float[]) to;
    for (int r = 0; r < rows; r++) {
      int row = at + r * rowStep;
      for (int i = 0; i < count; i++) {
        target[toAt + r + i * width] = source[row + i];
      }
    }
  }

  @Override
  void addRows(Object from, int at, int width, int count, Object to, int toAt) {
    for (int i = 0; i < count; i++) {
      add(from, at + i * width, to, toAt, width);
    }
  }

  @Override
  void add(Object from, int at, Object to, int toAt, int count) {
    float[] source = (float[]) from;
    float[] target = (float[]) to;
    for (int i = 0; i < count; i++) {
      target[toAt + i] += source[at + i];
    }
  }
}
