package org.wengert.train.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.SequencedMap;
import org.wengert.F;
import org.wengert.Variable;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Stateful;
import org.wengert.tensor.Tensor;

/// Batches of a dataset, epoch after epoch, in an order that depends on the seed and the epoch
/// alone. Each `for` is one epoch:
///
/// ```
/// for (int epoch = 0; epoch < epochs; epoch++) {
///   for (Sample batch : loader) {
///     train(batch);
///   }
/// }
/// ```
///
/// Holds state: the epoch and how many of its batches were taken. Its [#stateDict] belongs into a
/// checkpoint; after [#loadStateDict] the next `for` goes on in the middle of the epoch. One thread
/// takes batches.
///
/// @param <B> a batch, as a rule a record of tensors
public final class DataLoader<B> implements Iterable<B>, Stateful {
  private final Batches<B> source;
  private final int size;
  private final Options options;
  private long epoch;
  private int taken;

  private DataLoader(Batches<B> source, int size, Options options) {
    this.source = source;
    this.size = size;
    this.options = options;
  }

  /// How batches are made.
  ///
  /// @param batchSize samples in a batch, at least 1
  /// @param shuffle whether each epoch has an order of its own
  /// @param dropLast whether samples that fill no batch are left out
  /// @param seed of the orders, and of what is random about samples
  public record Options(int batchSize, boolean shuffle, boolean dropLast, long seed) {
    /// Checks the size.
    ///
    /// @throws OptionException if `batchSize` is below 1
    public Options {
      if (batchSize < 1) {
        throw new OptionException("a batch of " + batchSize + " samples")
            .hint("take at least 1 for batchSize");
      }
    }

    /// Batches of 32, shuffled, the last one as long as it may be, seed 0.
    public static Options defaults() {
      return new Options(32, true, false, 0);
    }

    /// With other batches.
    public Options batchSize(int batchSize) {
      return new Options(batchSize, shuffle, dropLast, seed);
    }

    /// Shuffled or in order.
    public Options shuffle(boolean shuffle) {
      return new Options(batchSize, shuffle, dropLast, seed);
    }

    /// Without or with a shorter batch at the end.
    public Options dropLast(boolean dropLast) {
      return new Options(batchSize, shuffle, dropLast, seed);
    }

    /// With another seed.
    public Options seed(long seed) {
      return new Options(batchSize, shuffle, dropLast, seed);
    }
  }

  /// Makes the batch of some samples of an epoch.
  @FunctionalInterface
  private interface Batches<B> {
    B batch(long epoch, int[] indices) throws IOException;
  }

  /// Batches that are [Sample]s, with one more axis in front.
  public static DataLoader<Sample> of(Dataset<Sample> dataset, Options options) {
    return of(dataset, DataLoader::stacked, options);
  }

  /// Batches as `collate` makes them.
  public static <S, B> DataLoader<B> of(
      Dataset<S> dataset, Collate<S, B> collate, Options options) {
    Batches<B> batches =
        (epoch, indices) -> {
          List<S> samples = new ArrayList<>(indices.length);
          for (int index : indices) {
            samples.add(dataset.get(index, Seeds.generator(options.seed(), epoch, index)));
          }
          return collate.apply(samples);
        };
    return new DataLoader<>(batches, dataset.size(), options);
  }

  private static Sample stacked(List<Sample> samples) {
    return new Sample(
        stack(samples.stream().map(Sample::input).toList()),
        stack(samples.stream().map(Sample::target).toList()));
  }

  private static Tensor stack(List<Tensor> parts) {
    return F.stack(parts.stream().map(Variable::constant).toList(), 0).value();
  }

  /// The number of batches in an epoch.
  public int batches() {
    return options.dropLast()
        ? size / options.batchSize()
        : Math.ceilDiv(size, options.batchSize());
  }

  /// The number of samples in the dataset.
  public int size() {
    return size;
  }

  /// The options.
  public Options options() {
    return options;
  }

  /// The rest of an epoch.
  @Override
  public Iterator<B> iterator() {
    int[] order = order();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return taken < batches();
      }

      @Override
      public B next() {
        if (!hasNext()) {
          throw new NoSuchElementException("the epoch has " + batches() + " batches");
        }
        int from = taken * options.batchSize();
        int[] indices =
            Arrays.copyOfRange(order, from, Math.min(order.length, from + options.batchSize()));
        try {
          B batch = source.batch(epoch, indices);
          taken++;
          return batch;
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }

  private int[] order() {
    if (taken >= batches()) {
      epoch++;
      taken = 0;
    }
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      order[i] = i;
    }
    if (options.shuffle()) {
      Rng random = Seeds.generator(options.seed(), epoch);
      for (int i = size - 1; i > 0; i--) {
        int j = random.nextInt(i + 1);
        int held = order[i];
        order[i] = order[j];
        order[j] = held;
      }
    }
    return order;
  }

  @Override
  public SequencedMap<String, Tensor> stateDict() {
    SequencedMap<String, Tensor> state = new LinkedHashMap<>();
    state.put("epoch", Tensor.of(epoch));
    state.put("taken", Tensor.of((long) taken));
    return state;
  }

  @Override
  public void loadStateDict(Map<String, Tensor> state) {
    epoch = (long) state.get("epoch").item();
    taken = (int) state.get("taken").item();
  }
}
