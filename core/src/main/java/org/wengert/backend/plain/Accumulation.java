package org.wengert.backend.plain;

import org.wengert.backend.Expr;
import org.wengert.backend.Kernel;
import org.wengert.backend.Workers;
import org.wengert.tensor.Nest;
import org.wengert.tensor.Storage;
import org.wengert.tensor.Tensor;

/// Addition in place. Runs of neighbours go through a compiled loop; long ones are shared among
/// [Workers], which cannot change any bit.
final class Accumulation {
  private static final Kernel ADD = Kernel.of(Expr.input(0).add(Expr.input(1)));
  private static final int CHUNK = 1 << 15;

  private Accumulation() {}

  static void add(Tensor sum, Tensor addend) {
    int count = sum.count();
    int to = sum.offset();
    int from = addend.offset();
    Storage target = sum.storage();
    Storage source = addend.storage();
    if (count == 1) {
      target.put(to, target.at(to) + source.at(from));
    } else if (!sum.isContiguous() || !addend.isContiguous()) {
      addRuns(sum, addend);
    } else if (count <= CHUNK) {
      add(target, to, source, from, count);
    } else {
      Workers.forEach(
          Math.ceilDiv(count, CHUNK),
          chunk -> {
            int done = chunk * CHUNK;
            add(target, to + done, source, from + done, Math.min(CHUNK, count - done));
          });
    }
  }

  private static void add(Storage sum, int to, Storage addend, int from, int n) {
    if (sum instanceof Storage.Floats floats) {
      ADD.run(n, floats.array(), to, floats.array(), to, (float[]) addend.array(), from);
    } else {
      double[] doubles = (double[]) sum.array();
      ADD.run(n, doubles, to, doubles, to, (double[]) addend.array(), from);
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
          if (write == 1 && read == 1) {
            add(target, at[0], source, at[1], length);
          } else if (target instanceof Storage.Floats floats) {
            float[] addends = (float[]) source.array();
            addRun(floats.array(), at[0], write, addends, at[1], read, length);
          } else {
            double[] addends = (double[]) source.array();
            addRun((double[]) target.array(), at[0], write, addends, at[1], read, length);
          }
        });
  }

  private static void addRun(
      float[] sum, int to, int write, float[] addend, int from, int read, int length) {
    for (int i = 0; i < length; i++) {
      sum[to + i * write] += addend[from + i * read];
    }
  }

  private static void addRun(
      double[] sum, int to, int write, double[] addend, int from, int read, int length) {
    for (int i = 0; i < length; i++) {
      sum[to + i * write] += addend[from + i * read];
    }
  }
}
