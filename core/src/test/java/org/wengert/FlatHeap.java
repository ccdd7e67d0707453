package org.wengert;

import org.wengert.tensor.Tensor;

/// A small training loop run for a long time: gradient descent on `w x + b`. Prints the heap in use
/// at ten marks; fails if it grows or if training went wrong.
///
/// ```
/// java -Xmx64m -cp ... org.wengert.FlatHeap 1000000
/// ```
final class FlatHeap {
  private static final long ALLOWED_GROWTH = 1 << 20;

  private FlatHeap() {}

  public static void main(String[] args) {
    int iterations = args.length == 0 ? 1_000_000 : Integer.parseInt(args[0]);
    Parameter w = new Parameter(Tensor.of(0.0)).named("w");
    Parameter b = new Parameter(Tensor.of(0.0)).named("b");
    Variable x = Variable.constant(-1, 0, 1, 2);
    Variable target = Variable.constant(-1, 1, 3, 5);
    long first = 0;
    for (int i = 1; i <= iterations; i++) {
      x.mul(w).add(b).sub(target).square().mean().backward();
      descend(w);
      descend(b);
      if (i % (iterations / 10) == 0) {
        long used = used();
        first = first == 0 ? used : first;
        System.out.println(i + " iterations: " + used / 1024 + " KiB in use");
        if (used > first + ALLOWED_GROWTH) {
          throw new IllegalStateException("the heap grew from " + first + " to " + used);
        }
      }
    }
    if (Math.abs(w.item() - 2) > 1e-6 || Math.abs(b.item() - 1) > 1e-6) {
      throw new IllegalStateException("learned " + w.item() + " x + " + b.item());
    }
  }

  private static void descend(Parameter p) {
    p.update((gradient, state) -> state[0] -= 0.1 * gradient, p.grad());
    p.zeroGrad();
  }

  private static long used() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
