package org.wengert.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Tensor;
import org.wengert.train.data.Augmentation;
import org.wengert.train.data.DataLoader;
import org.wengert.train.data.Dataset;
import org.wengert.train.data.Digits;
import org.wengert.train.data.Sample;
import org.wengert.train.data.TensorDataset;
import org.wengert.train.read.Mnist;

/// How many images a second a `DataLoader` makes batches of 64 of, beside those that a training
/// step of [Workloads#CONVNET] consumes; and whether its memory grows in 100 epochs.
public final class LoaderRate {
  private static final int IMAGES = 10_000;
  private static final int BATCH = 64;
  private static final int EPOCHS = 100;
  private static final double TRAINING_SECONDS = 20; // until its loops are compiled and settled
  private static final double LOADING_SECONDS = 6;

  private static final long SLICE_NANOS = 200_000_000;

  private LoaderRate() {}

  /// Prints both tables.
  ///
  /// @param args none
  /// @throws IOException if no temporary files can be written
  public static void main(String[] args) throws IOException {
    TensorDataset<Sample> floats = Digits.paint(IMAGES, new Rng(1));
    TensorDataset<Sample> bytes = bytes(floats);
    Dataset<Sample> scaled = bytes.map(s -> s.mapInput(LoaderRate::scaled));
    Augmentation change = Augmentation.shift(2).then(Augmentation.rotate(10));
    Dataset<Sample> read = read(bytes.all());
    double consumed = consumed();
    System.out.printf(
        Locale.ROOT,
        "| batches of 64 images of 28x28 | images/s | of what convnet consumes |%n|---|---|---|%n");
    System.out.printf(Locale.ROOT, "| convnet, a training step | %,.0f | 1 |%n", consumed);
    for (int workers = 0; workers <= 1; workers++) {
      row("floats in memory", workers, floats, consumed);
      row("as Mnist.read gives them", workers, read, consumed);
      row("the same, shifted and turned", workers, read.map(change.ofInput()), consumed);
      row("bytes in memory, scaled one by one", workers, scaled, consumed);
      row("floats, shifted and turned", workers, floats.map(change.ofInput()), consumed);
    }
    memory(scaled);
  }

  private static TensorDataset<Sample> bytes(TensorDataset<Sample> floats) {
    float[] pixels = floats.all().input().toFloatArray();
    byte[] bytes = new byte[pixels.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Math.round(255 * pixels[i]);
    }
    Tensor images = Tensor.of(bytes).reshape(IMAGES, 28, 28);
    return TensorDataset.of(images, floats.all().target());
  }

  /// Written as MNIST's files, and read.
  private static Dataset<Sample> read(Sample bytes) throws IOException {
    Path folder = Files.createTempDirectory("mnist");
    ByteBuffer images = ByteBuffer.allocate(16 + bytes.input().count());
    images.putInt(0x803).putInt(IMAGES).putInt(28).putInt(28);
    for (long pixel : bytes.input().toLongArray()) {
      images.put((byte) pixel);
    }
    ByteBuffer labels = ByteBuffer.allocate(8 + IMAGES).putInt(0x801).putInt(IMAGES);
    for (long label : bytes.target().toLongArray()) {
      labels.put((byte) label);
    }
    Path first = Files.write(folder.resolve("images"), images.array());
    Path second = Files.write(folder.resolve("labels"), labels.array());
    Dataset<Sample> digits = Mnist.read(first, second);
    Files.delete(first);
    Files.delete(second);
    Files.delete(folder);
    return digits;
  }

  private static Tensor scaled(Tensor bytes) {
    float[] pixels = bytes.to(DType.FLOAT32).toFloatArray();
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] /= 255;
    }
    return Tensor.of(pixels).reshape(bytes.shape());
  }

  private static double consumed() {
    Workload convnet = Workloads.CONVNET.make();
    return rate(
        TRAINING_SECONDS,
        () -> {
          convnet.step();
          return BATCH;
        });
  }

  private static DataLoader<Sample> loader(Dataset<Sample> data, int workers) {
    var options = DataLoader.Options.defaults().batchSize(BATCH).workers(workers).prefetch(4);
    return DataLoader.of(data, options);
  }

  private static void row(String name, int workers, Dataset<Sample> data, double consumed) {
    DataLoader<Sample> loader = loader(data, workers);
    double rate = rate(LOADING_SECONDS, () -> epoch(loader));
    String thread = workers == 0 ? "the caller's thread" : workers + " worker";
    System.out.printf(
        Locale.ROOT, "| %s, %s | %,.0f | %.0f x |%n", name, thread, rate, rate / consumed);
  }

  private static long epoch(DataLoader<Sample> loader) {
    long images = 0;
    for (Sample batch : loader) {
      images += batch.target().count();
    }
    return images;
  }

  /// Images a second in the fastest slice of the second half of the time, so that what else the
  /// machine does counts little.
  private static double rate(double seconds, LongSupplier work) {
    long begin = System.nanoTime();
    double best = 0;
    for (long now = begin; now < begin + seconds * 1e9; ) {
      long start = now;
      long images = 0;
      while (now < start + SLICE_NANOS) {
        images += work.getAsLong();
        now = System.nanoTime();
      }
      boolean counts = start >= begin + seconds * 5e8; // its loops are compiled
      best = counts ? Math.max(best, images * 1e9 / (now - start)) : best;
    }
    return best;
  }

  private static void memory(Dataset<Sample> data) {
    DataLoader<Sample> loader = loader(data, 4);
    System.out.printf(
        Locale.ROOT, "%n| epochs | heap after a collection, MB | threads |%n|---|---|---|%n");
    for (int epoch = 1; epoch <= EPOCHS; epoch++) {
      epoch(loader);
      if (epoch == 1 || epoch % 20 == 0) {
        System.out.printf(
            Locale.ROOT, "| %d | %.1f | %d |%n", epoch, usedMegabytes(), Thread.activeCount());
      }
    }
  }

  private static double usedMegabytes() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) / 1e6;
  }
}
