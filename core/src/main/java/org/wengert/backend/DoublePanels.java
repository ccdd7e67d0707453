package org.wengert.backend;

import java.util.Arrays;
import org.wengert.tensor.Storage;

/// The loops of [Panels] on `double`: those of [FloatPanels].
final class DoublePanels extends Panels {
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
  void zero(Object to, int toAt, int count) {
    Arrays.fill((double[]) to, toAt, toAt + count, 0);
  }

  @Override
  void copy(Object from, int at, int step, Object to, int toAt, int count) {
    if (step == 1) {
      System.arraycopy(from, at, to, toAt, count);
      return;
    }
    double[] source = (double[]) from;
    double[] target = (double[]) to;
    for (int i = 0; i < count; i++) {
      target[toAt + i] = source[at + i * step];
    }
  }

  @Override
  void put(Object from, int at, Object to, int toAt, int step, int count, double bias) {
    double[] source = (double[]) from;
    double[] target = (double[]) to;
    if (step == 1) {
      for (int i = 0; i < count; i++) {
        target[toAt + i] = source[at + i] + bias;
      }
      return;
    }
    for (int i = 0; i < count; i++) {
      target[toAt + i * step] = source[at + i] + bias;
    }
  }

  @Override
  void transpose(
      Object from, int at, int rowStep, int rows, int count, Object to, int toAt, int width) {
    double[] source = (double[]) from;
    double[] target = (double[]) to;
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
    double[] source = (double[]) from;
    double[] target = (double[]) to;
    for (int i = 0; i < count; i++) {
      target[toAt + i] += source[at + i];
    }
  }
}
