package org.wengert.train.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// What holds for loaders of any size.
class DataLoaderProperties {
  private static final int EPOCHS = 3;

  /// Samples that are random, and with many workers ready in another order than asked for.
  private static Dataset<Sample> random(int size) {
    return Dataset.of(IntStream.range(0, size).boxed().toList())
        .map(
            (i, random) -> {
              if (random.nextInt(4) == 0) {
                Thread.yield();
              }
              Tensor noise = Tensor.rand(Shape.of(3), DType.FLOAT32, random);
              return new Sample(noise, Tensor.of((long) i));
            });
  }

  private static DataLoader.Options options(int batch, boolean dropLast, long seed, int workers) {
    return DataLoader.Options.defaults()
        .batchSize(batch)
        .dropLast(dropLast)
        .seed(seed)
        .workers(workers)
        .prefetch(1 + workers % 3);
  }

  private static List<String> batches(DataLoader<Sample> loader, int epochs) {
    List<String> all = new ArrayList<>();
    for (int epoch = 0; epoch < epochs; epoch++) {
      loader.forEach(batch -> all.add(batch.toString()));
    }
    return all;
  }

  @Property(tries = 30)
  void theBatchesAreTheSameForAnyNumberOfWorkers(
      @ForAll @IntRange(max = 40) int size,
      @ForAll @IntRange(min = 1, max = 9) int batch,
      @ForAll boolean dropLast,
      @ForAll long seed) {
    List<String> alone =
        batches(DataLoader.of(random(size), options(batch, dropLast, seed, 0)), EPOCHS);
    for (int workers : new int[] {1, 2, 4}) {
      var options = options(batch, dropLast, seed, workers);
      assertEquals(alone, batches(DataLoader.of(random(size), options), EPOCHS));
    }
  }

  @Property(tries = 40)
  void aTrainingThatGoesOnGetsTheBatchesItWouldHaveHad(
      @ForAll @IntRange(min = 1, max = 40) int size,
      @ForAll @IntRange(min = 1, max = 9) int batch,
      @ForAll boolean dropLast,
      @ForAll long seed,
      @ForAll @IntRange(max = 100) int stop,
      @ForAll @IntRange(max = 3) int workers) {
    var options = options(batch, dropLast, seed, workers);
    List<String> whole = batches(DataLoader.of(random(size), options), EPOCHS);
    DataLoader<Sample> before = DataLoader.of(random(size), options);
    List<String> parts = new ArrayList<>();
    int left = Math.min(stop, whole.size());
    while (left > 0) {
      for (Iterator<Sample> epoch = before.iterator(); left > 0 && epoch.hasNext(); left--) {
        parts.add(epoch.next().toString());
      }
    }
    DataLoader<Sample> after = DataLoader.of(random(size), options.workers(3 - workers));
    after.loadStateDict(before.stateDict());
    while (parts.size() < whole.size()) {
      after.forEach(b -> parts.add(b.toString()));
    }
    assertEquals(whole, parts);
  }

  @Property(tries = 40)
  void anEpochHasEverySampleOnce(
      @ForAll @IntRange(min = 1, max = 60) int size,
      @ForAll @IntRange(min = 1, max = 9) int batch,
      @ForAll long seed) {
    List<Long> seen = new ArrayList<>();
    DataLoader.of(random(size), options(batch, false, seed, 0))
        .forEach(
            b -> {
              for (long target : b.target().toLongArray()) {
                seen.add(target);
              }
            });
    assertEquals(
        IntStream.range(0, size).mapToObj(i -> (long) i).toList(), seen.stream().sorted().toList());
  }
}
