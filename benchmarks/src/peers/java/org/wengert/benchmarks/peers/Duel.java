package org.wengert.benchmarks.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.wengert.benchmarks.Workload;
import org.wengert.benchmarks.Workloads;

/// One workload, by us and by libtorch, in turns in one process: a block of steps, then a block of
/// the other side's. Whatever disturbs the machine disturbs both.
public final class Duel {
  private static final double BLOCK_SECONDS = 0.1;
  private static final int LEAST_STEPS = 3; // of a block, besides the first, which is not counted
  private static final int CHECKED_STEPS = 3;
  private static final int LEAST_WARM_UP = 5; // blocks
  private static final int MOST_WARM_UP = 20;
  private static final double TOLERANCE = 1e-3;

  private Duel() {}

  /// Measures, and prints a [Result] as its last line.
  ///
  /// @param args workload, threads, seconds
  public static void main(String[] args) {
    Workloads kind = Workloads.valueOf(args[0]);
    int threads = Integer.parseInt(args[1]);
    double seconds = Double.parseDouble(args[2]);
    Libtorch.threads(threads);
    Workload ours = kind.make();
    Libtorch theirs = Twins.of(kind, ours);
    check(ours, theirs);
    warmUp(ours::step);
    run(theirs::step, Math.max(1, seconds / 8), new ArrayList<>());
    List<Double> oursTook = new ArrayList<>();
    List<Double> theirsTook = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    for (long end = System.nanoTime() + (long) (seconds * 1e9);
        System.nanoTime() < end || ratios.size() < 3; ) {
      double a = run(ours::step, BLOCK_SECONDS, oursTook);
      double b = run(theirs::step, BLOCK_SECONDS, theirsTook);
      ratios.add(a / b);
    }
    System.out.println(
        new Result(kind, threads, Times.of(oursTook), Times.of(theirsTook), Times.of(ratios))
            .row());
  }

  /// Steps until they no longer become faster, which is when all is compiled.
  private static void warmUp(DoubleSupplier step) {
    double best = Double.POSITIVE_INFINITY;
    int blocksWithoutGain = 0;
    for (int block = 0;
        block < MOST_WARM_UP && (block < LEAST_WARM_UP || blocksWithoutGain < 3);
        block++) {
      double median = run(step, 2, new ArrayList<>());
      blocksWithoutGain = median > 0.98 * best ? blocksWithoutGain + 1 : 0;
      best = Math.min(best, median);
    }
  }

  /// A block of steps.
  ///
  /// @param took gets the milliseconds of each step but the first, which finds strange caches
  /// @return the median
  private static double run(DoubleSupplier step, double seconds, List<Double> took) {
    step.getAsDouble();
    List<Double> block = new ArrayList<>();
    for (long end = System.nanoTime() + (long) (seconds * 1e9);
        System.nanoTime() < end || block.size() < LEAST_STEPS; ) {
      long start = System.nanoTime();
      step.getAsDouble();
      block.add((System.nanoTime() - start) / 1e6);
    }
    took.addAll(block);
    return Times.of(block).median();
  }

  /// Both must compute the same, or the comparison would be worth nothing.
  private static void check(Workload ours, Libtorch theirs) {
    for (int i = 0; i < CHECKED_STEPS; i++) {
      requireAlike("losses", i, ours.step(), theirs.step());
      requireAlike("squares", i, ours.squares(), theirs.squares());
    }
  }

  private static void requireAlike(String what, int step, double a, double b) {
    if (!(Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b)))) {
      throw new IllegalStateException(what + " differ in step " + step + ": " + a + ", " + b);
    }
  }
}
