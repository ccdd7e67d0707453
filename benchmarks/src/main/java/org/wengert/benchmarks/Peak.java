package org.wengert.benchmarks;

import java.util.Locale;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.wengert.Convolution;
import org.wengert.F;
import org.wengert.Variable;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Which share of the processor's floating-point rate products and convolutions reach: the rate of
/// a loop that does nothing but `fma` in registers, and theirs, all measured in turns on one thread
/// (start it with `-Dwengert.threads=1`).
public final class Peak {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int CHAINS = 8; // enough to hide the latency of 4 in 2 units
  private static final int TURNS = 20_000;
  private static final int ROUNDS = 60;
  private static final float[] SINK = new float[SPECIES.length()];

  private Peak() {}

  /// A rate that is measured.
  private static final class Rate {
    private final String name;
    private final double operations;
    private final Runnable work;
    private double least = Double.POSITIVE_INFINITY;

    Rate(String name, double operations, Runnable work) {
      this.name = name;
      this.operations = operations;
      this.work = work;
    }

    void measure() {
      for (long end = System.nanoTime() + 50_000_000L; System.nanoTime() < end; ) {
        long start = System.nanoTime();
        work.run();
        least = Math.min(least, (double) (System.nanoTime() - start));
      }
    }

    double gigaflops() {
      return operations / least;
    }
  }

  /// Prints the table.
  ///
  /// @param args none
  public static void main(String[] args) {
    Rate peak = new Rate("fma", 2.0 * CHAINS * TURNS * SPECIES.length(), Peak::fma);
    Rate[] rates = {
      peak,
      product(64, 64, 64),
      product(256, 256, 256),
      product(512, 512, 512),
      product(1024, 1024, 1024),
      product(64, 128, 512), // these five are those of `lstm`
      product(64, 512, 128),
      product(1792, 28, 512),
      product(512, 1792, 128),
      product(512, 1792, 28),
      convolution(64, 1, 28, 32),
      convolution(64, 32, 14, 64),
      convolution(16, 64, 56, 64)
    };
    for (int round = 0; round < ROUNDS; round++) {
      for (Rate rate : rates) {
        rate.measure();
      }
    }
    System.out.print("| forward, float32, 1 thread | GFLOP/s | of the peak |\n|---|---|---|\n");
    for (Rate rate : rates) {
      double share = 100 * rate.gigaflops() / peak.gigaflops();
      System.out.printf(
          Locale.ROOT, "| %s | %.0f | %.0f %% |%n", rate.name, rate.gigaflops(), share);
    }
  }

  private static Rate product(int rows, int inner, int columns) {
    Variable a = normal(rows, inner);
    Variable b = normal(inner, columns);
    String name = "product " + rows + "×" + inner + " · " + inner + "×" + columns;
    return new Rate(name, 2.0 * rows * inner * columns, () -> a.matMul(b));
  }

  private static Rate convolution(int samples, int in, int size, int out) {
    Variable x = normal(samples, in, size, size);
    Variable w = normal(out, in, 3, 3);
    Convolution padded = Convolution.defaults().padding(1);
    return new Rate(
        "convolution 3×3 " + samples + "×" + in + "×" + size + "×" + size + " → " + out,
        2.0 * samples * in * out * 9 * size * size,
        () -> F.conv2d(x, w, null, padded));
  }

  private static Variable normal(int... sizes) {
    return Variable.constant(Tensor.randn(Shape.of(sizes), DType.FLOAT32, new Rng(1)));
  }

  private static void fma() {
    FloatVector m = FloatVector.broadcast(SPECIES, 0.5f);
    FloatVector a = FloatVector.broadcast(SPECIES, 1);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    FloatVector e = a;
    FloatVector f = a;
    FloatVector g = a;
    FloatVector h = a;
    for (int i = 0; i < TURNS; i++) {
      a = a.fma(m, m);
      b = b.fma(m, m);
      c = c.fma(m, m);
      d = d.fma(m, m);
      e = e.fma(m, m);
      f = f.fma(m, m);
      g = g.fma(m, m);
      h = h.fma(m, m);
    }
    a.add(b).add(c).add(d).add(e.add(f)).add(g.add(h)).intoArray(SINK, 0);
  }
}
