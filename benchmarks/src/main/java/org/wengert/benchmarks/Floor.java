package org.wengert.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;
import org.wengert.backend.Workers;
import org.wengert.tensor.Rng;

/// How far steps that move memory are from what their design allows: the same passes over memory in
/// loops written by hand. A value that a user may see is a fresh array, as it must be; gradients go
/// into the arrays of the last step. In turns with the library's steps, on `-Dwengert.threads`.
public final class Floor {
  private static final int ROUNDS = 60;
  private static final int CHUNK = 1 << 14;

  private Floor() {}

  /// A step that is measured; the rounds of the first half are for warming up.
  private static final class Timed {
    private final Runnable step;
    private final List<Double> took = new ArrayList<>();

    Timed(Runnable step) {
      this.step = step;
    }

    void measure(boolean counts) {
      for (long end = System.nanoTime() + 40_000_000L; System.nanoTime() < end; ) {
        long start = System.nanoTime();
        step.run();
        if (counts) {
          took.add((System.nanoTime() - start) / 1e6);
        }
      }
    }

    double least() {
      return Collections.min(took);
    }

    double median() {
      Collections.sort(took);
      return took.get(took.size() / 2);
    }
  }

  /// Prints the table.
  ///
  /// @param args none
  public static void main(String[] args) {
    System.out.printf(
        "| %d threads | Wengert, ms: least, median | by hand, ms | ratios |%n", Workers.threads());
    System.out.println("|---|---|---|---|");
    print(Functions.elementwise(), new Elementwise(1_000_000)::step);
    print(Functions.batchNorm(), new BatchNorm(32, 64, 28 * 28)::step);
    print(Functions.embedding(), new Embedding(10_000, 256, 16 * 256)::step);
  }

  private static void print(Workload workload, Runnable byHand) {
    Timed ours = new Timed(workload::step);
    Timed floor = new Timed(byHand);
    for (int round = 0; round < ROUNDS; round++) {
      ours.measure(round >= ROUNDS / 2);
      floor.measure(round >= ROUNDS / 2);
    }
    System.out.printf(
        Locale.ROOT,
        "| %s | %.3f, %.3f | %.3f, %.3f | %.2f, %.2f |%n",
        workload.name(),
        ours.least(),
        ours.median(),
        floor.least(),
        floor.median(),
        ours.least() / floor.least(),
        ours.median() / floor.median());
  }

  private static float[] normal(int count) {
    float[] x = new float[count];
    Rng random = new Rng(1);
    for (int i = 0; i < count; i++) {
      x[i] = (float) random.nextGaussian();
    }
    return x;
  }

  /// A loop over a stretch.
  private interface Range {
    void run(int from, int to);
  }

  private static void inChunks(int count, Range range) {
    Workers.forEach(
        Math.ceilDiv(count, CHUNK), i -> range.run(i * CHUNK, Math.min(count, (i + 1) * CHUNK)));
  }

  private static float sum(float[] x) {
    float[] sums = new float[Math.ceilDiv(x.length, CHUNK)];
    inChunks(x.length, (from, to) -> sums[from / CHUNK] = Loops.sum(x, from, to));
    float sum = 0;
    for (float part : sums) {
      sum += part;
    }
    return sum;
  }

  /// Each of `count` things, some at a time.
  private static void forEach(int count, int together, IntConsumer work) {
    Workers.forEach(
        Math.ceilDiv(count, together),
        i -> {
          for (int k = i * together; k < Math.min(count, (i + 1) * together); k++) {
            work.accept(k);
          }
        });
  }

  /// `Σ tanh(x w + b)`.
  private static final class Elementwise {
    private final float[] x;
    private final float[] w;
    private final float[] b;
    private final float[] gx;
    private final float[] gw;
    private final float[] gb;

    @SuppressWarnings("UnusedVariable") // kept, so that the sum is computed
    private float result;

    Elementwise(int count) {
      x = normal(count);
      w = normal(count);
      b = normal(count);
      gx = new float[count];
      gw = new float[count];
      gb = new float[count];
    }

    void step() {
      int n = x.length;
      float[] product = new float[n];
      inChunks(n, (from, to) -> Loops.multiply(product, x, w, from, to));
      float[] shifted = new float[n];
      inChunks(n, (from, to) -> Loops.add(shifted, product, b, from, to));
      float[] y = new float[n];
      inChunks(n, (from, to) -> Loops.tanh(y, shifted, from, to));
      result += sum(y);
      inChunks(
          n,
          (from, to) -> {
            Loops.tanhSlope(gb, y, from, to);
            Loops.products(gx, gw, gb, w, x, from, to);
          });
    }
  }

  /// Batch norm with a weighted sum.
  private static final class BatchNorm {
    private final int samples;
    private final int channels;
    private final int size;
    private final float[] x;
    private final float[] weights;
    private final float[] gx;
    private final float[] means;
    private final float[] scales;
    private final float[] gw;
    private final float[] gb;

    @SuppressWarnings("UnusedVariable") // kept, so that the sum is computed
    private float result;

    BatchNorm(int samples, int channels, int size) {
      this.samples = samples;
      this.channels = channels;
      this.size = size;
      x = normal(samples * channels * size);
      weights = normal(x.length);
      gx = new float[x.length];
      means = new float[channels];
      scales = new float[channels];
      gw = new float[channels];
      gb = new float[channels];
    }

    void step() {
      float[] y = new float[x.length];
      forEach(channels, 1, channel -> forward(y, channel));
      float[] weighted = new float[x.length];
      inChunks(x.length, (from, to) -> Loops.multiply(weighted, y, weights, from, to));
      result += sum(weighted);
      forEach(channels, 1, this::backward);
    }

    private int plane(int sample, int channel) {
      return (sample * channels + channel) * size;
    }

    private void forward(float[] y, int channel) {
      float count = samples * size;
      float sum = 0;
      for (int i = 0; i < samples; i++) {
        sum += Loops.sum(x, plane(i, channel), plane(i, channel) + size);
      }
      float mean = sum / count;
      float squares = 0;
      for (int i = 0; i < samples; i++) {
        squares += Loops.squares(x, mean, plane(i, channel), plane(i, channel) + size);
      }
      float scale = (float) (1 / Math.sqrt(squares / count + 1e-5));
      means[channel] = mean;
      scales[channel] = scale;
      for (int i = 0; i < samples; i++) {
        int from = plane(i, channel);
        Loops.affine(y, x, scale, -mean * scale, from, from + size);
      }
    }

    /// The gradient that arrives is `weights` itself, since that of a sum is 1.
    private void backward(int channel) {
      float mean = means[channel];
      float sum = 0;
      float product = 0;
      for (int i = 0; i < samples; i++) {
        int from = plane(i, channel);
        sum += Loops.sum(weights, from, from + size);
        product += Loops.product(weights, x, mean, from, from + size);
      }
      float scale = scales[channel];
      gb[channel] = sum;
      gw[channel] = product * scale;
      float count = samples * size;
      float b = -scale * scale * scale * product / count;
      float[] abc = {scale, b, -b * mean - scale * sum / count};
      for (int i = 0; i < samples; i++) {
        int from = plane(i, channel);
        Loops.slope(gx, weights, x, abc, from, from + size);
      }
    }
  }

  /// Rows of a table, layer norm, sum.
  private static final class Embedding {
    private static final int BLOCK = 64;
    private final int width;
    private final int[] index;
    private final float[] table;
    private final float[] w;
    private final float[] b = new float[256];
    private final float[] gTable;
    private final float[] g;
    private final float[] means;
    private final float[] scales;
    private final float[][] gw;

    @SuppressWarnings("UnusedVariable") // kept, so that the sum is computed
    private float result;

    Embedding(int rows, int width, int count) {
      this.width = width;
      table = normal(rows * width);
      Rng random = new Rng(2);
      index = new int[count];
      Arrays.setAll(index, i -> random.nextInt(rows));
      w = new float[width];
      Arrays.fill(w, 1);
      gTable = new float[table.length];
      g = new float[count * width];
      means = new float[count];
      scales = new float[count];
      gw = new float[count / BLOCK][width];
    }

    void step() {
      int count = index.length;
      float[] x = new float[count * width];
      forEach(count, BLOCK, i -> System.arraycopy(table, index[i] * width, x, i * width, width));
      float[] y = new float[count * width];
      forEach(count, BLOCK, i -> forward(y, x, i));
      result += sum(y);
      for (float[] part : gw) {
        Arrays.fill(part, 0);
      }
      forEach(count, BLOCK, i -> backward(x, i));
      scatter();
    }

    private void forward(float[] y, float[] x, int i) {
      int at = i * width;
      float mean = Loops.sum(x, at, at + width) / width;
      float squares = Loops.squares(x, mean, at, at + width);
      float scale = (float) (1 / Math.sqrt(squares / width + 1e-5));
      means[i] = mean;
      scales[i] = scale;
      Loops.row(y, x, at, w, b, mean, scale);
    }

    private void backward(float[] x, int i) {
      int at = i * width;
      float scale = scales[i];
      Loops.addDeviation(gw[i / BLOCK], x, at, means[i], scale);
      float product = Loops.weighted(w, x, at, means[i]);
      float sum = Loops.sum(w, 0, width);
      float[] numbers = {means[i], scale, sum / width, product * scale * scale / width};
      Loops.rowSlope(g, x, at, w, numbers);
    }

    /// Every row of the gradient is written once: zeros, then what belongs there.
    private void scatter() {
      int rows = table.length / width;
      int[] next = new int[index.length];
      int[] first = new int[rows];
      Arrays.fill(first, -1);
      for (int i = index.length - 1; i >= 0; i--) {
        next[i] = first[index[i]];
        first[index[i]] = i;
      }
      forEach(
          rows,
          BLOCK,
          row -> {
            int to = row * width;
            int i = first[row];
            if (i < 0) {
              Arrays.fill(gTable, to, to + width, 0);
              return;
            }
            System.arraycopy(g, i * width, gTable, to, width);
            for (int k = next[i]; k >= 0; k = next[k]) {
              Loops.addRow(gTable, to, g, k * width, width);
            }
          });
    }
  }
}
