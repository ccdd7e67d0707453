package org.wengert.backend;

import org.wengert.tensor.Nest;
import org.wengert.tensor.Storage;
import org.wengert.tensor.Tensor;

/// Addition in place. The loops have one index for both arrays where their places allow it, so that
/// they are vectorised; long ones are shared among [Workers], which cannot change any bit.
final class Accumulation {
  private static final int CHUNK = 1 << 15;

  private Accumulation() {}

  static void add(Tensor sum, Tensor addend) {
    int count = sum.count();
    int to = sum.offset();
    int from = addend.offset();
    if (count == 1) {
      sum.storage().put(to, sum.storage().at(to) + addend.storage().at(from));
    } else if (to == from && sum.isContiguous() && addend.isContiguous()) {
      if (count <= CHUNK) {
        add(sum.storage(), addend.storage(), to, to + count);
      } else {
        addInChunks(sum.storage(), addend.storage(), to, count);
      }
    } else {
      addRuns(sum, addend);
    }
  }

  private static void addInChunks(Storage sum, Storage addend, int at, int count) {
    int chunks = Math.ceilDiv(count, CHUNK);
    Workers.forEach(
        chunks, c -> add(sum, addend, at + c * CHUNK, at + Math.min(count, (c + 1) * CHUNK)));
  }

  private static void add(Storage sum, Storage addend, int from, int to) {
    switch (sum) {
      case Storage.Floats floats -> add(floats.array(), (float[]) addend.array(), from, to);
      case Storage.Doubles doubles -> add(doubles.array(), (double[]) addend.array(), from, to);
      default -> throw new IllegalArgumentException("gradients are not " + sum.dtype());
    }
  }

  private static void add(float[] sum, float[] addend, int from, int to) {
    for (int i = from; i < to; i++) {
      sum[i] += addend[i];
    }
  }

  private static void add(double[] sum, double[] addend, int from, int to) {
    for (int i = from; i < to; i++) {
      sum[i] += addend[i];
    }
  }

  private static void addRuns(Tensor sum, Tensor addend) {
    Storage target = sum.storage();
    Storage source = addend.storage();
    Nest nest = Nest.over(sum.shape(), sum, addend);
    int length = nest.length();
    int write = nest.step(0);
    int read = nest.step(1);
    nest.forEachRun(
        at -> {
          if (target instanceof Storage.Floats floats) {
            float[] a = (float[]) source.array();
            addRun(floats.array(), at[0], write, a, at[1], read, length);
          } else {
            double[] a = (double[]) source.array();
            addRun((double[]) target.array(), at[0], write, a, at[1], read, length);
          }
        });
  }

  private static void addRun(
      float[] sum, int to, int write, float[] addend, int from, int read, int length) {
    if (write == 1 && read == 1) {
      for (int i = 0; i < length; i++) {
        sum[to + i] += addend[from + i];
      }
    } else {
      for (int i = 0; i < length; i++) {
        sum[to + i * write] += addend[from + i * read];
      }
    }
  }

  private static void addRun(
      double[] sum, int to, int write, double[] addend, int from, int read, int length) {
    if (write == 1 && read == 1) {
      for (int i = 0; i < length; i++) {
        sum[to + i] += addend[from + i];
      }
    } else {
      for (int i = 0; i < length; i++) {
        sum[to + i * write] += addend[from + i * read];
      }
    }
  }
}
