package org.wengert.benchmarks;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntFunction;

/// Whether a step costs what its size says: the time for several batches and depths, and how well a
/// straight line fits.
public final class Linearity {
  private static final int ROUNDS = 40;
  private static final double BLOCK_SECONDS = 0.05;

  private Linearity() {}

  /// Prints both tables.
  ///
  /// @param args none
  public static void main(String[] args) {
    print("batch", new int[] {64, 128, 256, 512, 1024}, batch -> Networks.mlp(batch, 3));
    print("depth", new int[] {2, 4, 8, 16, 32, 64}, depth -> Networks.mlp(64, depth));
  }

  /// Measures the sizes in turns, so that what disturbs the machine disturbs all, and takes the
  /// least of each.
  private static void print(String what, int[] sizes, IntFunction<Workload> make) {
    Workload[] steps = Arrays.stream(sizes).mapToObj(make).toArray(Workload[]::new);
    double[] least = new double[sizes.length];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < sizes.length; i++) {
        least[i] = Math.min(least[i], leastOf(steps[i]));
      }
    }
    Line line = Line.through(sizes, least);
    System.out.printf("| %s | ms | line |%n|---|---|---|%n", what);
    for (int i = 0; i < sizes.length; i++) {
      System.out.printf(
          Locale.ROOT, "| %d | %.4f | %.4f |%n", sizes[i], least[i], line.at(sizes[i]));
    }
    System.out.printf(
        Locale.ROOT,
        "%nms = %.5f + %.6f · %s, R² = %.5f%n%n",
        line.start,
        line.slope,
        what,
        line.fit(sizes, least));
  }

  private static double leastOf(Workload step) {
    double least = Double.POSITIVE_INFINITY;
    for (long end = System.nanoTime() + (long) (BLOCK_SECONDS * 1e9); System.nanoTime() < end; ) {
      long start = System.nanoTime();
      step.step();
      least = Math.min(least, (System.nanoTime() - start) / 1e6);
    }
    return least;
  }

  /// `start + slope · x`.
  private record Line(double start, double slope) {
    /// The line of least squares.
    static Line through(int[] xs, double[] ys) {
      double x = Arrays.stream(xs).average().orElseThrow();
      double y = mean(ys);
      double covariance = 0;
      double variance = 0;
      for (int i = 0; i < xs.length; i++) {
        covariance += (xs[i] - x) * (ys[i] - y);
        variance += (xs[i] - x) * (xs[i] - x);
      }
      double slope = covariance / variance;
      return new Line(y - slope * x, slope);
    }

    double at(double x) {
      return start + slope * x;
    }

    /// The share of the variance that the line explains, `R²`.
    double fit(int[] xs, double[] ys) {
      double y = mean(ys);
      double left = 0;
      double all = 0;
      for (int i = 0; i < xs.length; i++) {
        left += (ys[i] - at(xs[i])) * (ys[i] - at(xs[i]));
        all += (ys[i] - y) * (ys[i] - y);
      }
      return 1 - left / all;
    }

    private static double mean(double[] ys) {
      return Arrays.stream(ys).average().orElseThrow();
    }
  }
}
