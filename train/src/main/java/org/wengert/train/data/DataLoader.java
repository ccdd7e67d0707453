package org.wengert.train.data;

import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.wengert.StateCheck;
import org.wengert.tensor.DType;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Stateful;
import org.wengert.tensor.Tensor;

/// Batches of a dataset, epoch after epoch, in an order that depends on the seed and the epoch
/// alone. Each `for` is one epoch:
///
/// ```
/// DataLoader<Sample> loader = DataLoader.of(digits, DataLoader.Options.defaults().workers(2));
/// for (int epoch = 0; epoch < epochs; epoch++) {
///   for (Sample batch : loader) {
///     train(batch);
///   }
/// }
/// ```
///
/// Batches are of the same type as samples, a tensor or a record of tensors (or of records of
/// them), each tensor with one more axis in front; a [Collate] makes batches of any other type.
///
/// *Randomness.* While a sample is made, the generator that its dataset is handed, which is also
/// the thread's, see [org.wengert.tensor.Rng], depends on seed, epoch and the sample's number (and,
/// where a sampler repeats samples, on how often it came before). So the batches are the same bits
/// for any number of workers, and `workers = 0`, the caller's thread, is the same as four.
///
/// *Workers* make batches ahead, at most `workers · prefetch` of them, and then have nothing to do:
/// no thread ever waits for the caller, and there is nothing to close. Leaving a loop early leaves
/// no thread behind, since idle ones end after a moment.
///
/// *Position.* Holds state: the epoch and how many of its batches were taken. Its [#stateDict]
/// belongs into a checkpoint; after [#loadStateDict] the next `for` goes on where that was saved,
/// in the middle of an epoch, with the same batches to the last bit. In other cases each `for`
/// begins an epoch, also after a `break`.
///
/// One thread takes batches, in one loop at a time; the dataset is asked by all workers at once.
///
/// @param <B> a batch, as a rule a record of tensors
public final class DataLoader<B> implements Iterable<B>, Stateful {
  private static final String EPOCH = "epoch";
  private static final String TAKEN = "taken";
  private static final String ORDER = "order";

  private final Draft.Batches<B> source;
  private final int size;
  private final int samples;
  private final Options options;
  private final Workers workers;
  private long epoch;
  private int taken;
  private boolean begun;
  private @Nullable Epoch<B> running;

  private DataLoader(Draft.Batches<B> source, int size, Options options) {
    this.source = source;
    this.size = size;
    this.options = options;
    this.samples = options.sampler().count(size);
    this.workers = new Workers(options.workers());
  }

  /// How batches are made.
  ///
  /// @param batchSize samples in a batch, at least 1
  /// @param sampler which samples an epoch has, and in which order
  /// @param dropLast whether samples that fill no batch are left out
  /// @param seed of the orders, and of what is random about samples
  /// @param workers threads that make batches; 0 makes them in the thread that takes them
  /// @param prefetch batches that are made ahead for each worker, at least 1
  public record Options(
      int batchSize, Sampler sampler, boolean dropLast, long seed, int workers, int prefetch) {
    /// Checks the numbers.
    ///
    /// @throws OptionException if `batchSize` or `prefetch` is below 1, or `workers` is not 0 to
    ///     256
    public Options {
      if (batchSize < 1) {
        throw new OptionException("a batch of " + batchSize + " samples")
            .hint("take at least 1 for batchSize");
      }
      if (workers < 0 || workers > 256) {
        throw new OptionException(workers + " workers")
            .hint("take 0 for the caller's thread, or up to as many as there are processors");
      }
      if (prefetch < 1) {
        throw new OptionException(prefetch + " batches made ahead for each worker")
            .hint("take at least 1 for prefetch");
      }
    }

    /// Batches of 32, shuffled, the last one as long as it may be, seed 0, made by the thread that
    /// takes them; with workers, 2 ahead for each.
    public static Options defaults() {
      return new Options(32, Sampler.shuffled(), false, 0, 0, 2);
    }

    /// With other batches.
    public Options batchSize(int batchSize) {
      return new Options(batchSize, sampler, dropLast, seed, workers, prefetch);
    }

    /// All samples, shuffled or in order.
    public Options shuffle(boolean shuffle) {
      return sampler(shuffle ? Sampler.shuffled() : Sampler.sequential());
    }

    /// With another choice of samples.
    public Options sampler(Sampler sampler) {
      return new Options(batchSize, sampler, dropLast, seed, workers, prefetch);
    }

    /// Without or with a shorter batch at the end.
    public Options dropLast(boolean dropLast) {
      return new Options(batchSize, sampler, dropLast, seed, workers, prefetch);
    }

    /// With another seed.
    public Options seed(long seed) {
      return new Options(batchSize, sampler, dropLast, seed, workers, prefetch);
    }

    /// With so many threads.
    public Options workers(int workers) {
      return new Options(batchSize, sampler, dropLast, seed, workers, prefetch);
    }

    /// With so many batches ahead for each worker.
    public Options prefetch(int prefetch) {
      return new Options(batchSize, sampler, dropLast, seed, workers, prefetch);
    }
  }

  /// Batches of the same type as the samples, with one more axis in front of each tensor.
  ///
  /// @throws OptionException if the sampler is for a dataset of another size; when a batch is
  ///     taken, if samples are neither tensors nor records of tensors
  public static <S> DataLoader<S> of(Dataset<S> dataset, Options options) {
    Draft.Batches<S> source =
        dataset instanceof BatchDataset<S> whole
            ? Draft.whole(whole)
            : Draft.collated(dataset, list -> Records.combine(list, Rows::stack));
    return new DataLoader<>(source, dataset.size(), options);
  }

  /// Batches as `collate` makes them.
  ///
  /// @throws OptionException if the sampler is for a dataset of another size
  public static <S, B> DataLoader<B> of(
      Dataset<S> dataset, Collate<S, B> collate, Options options) {
    return new DataLoader<>(Draft.collated(dataset, collate), dataset.size(), options);
  }

  /// Another loader of the same batches at the same position, whose loops leave this one where it
  /// is. Threads are its own.
  public DataLoader<B> copy() {
    DataLoader<B> copy = new DataLoader<>(source, size, options);
    copy.epoch = epoch;
    copy.taken = taken;
    copy.begun = begun;
    return copy;
  }

  /// The number of batches in an epoch.
  public int batches() {
    return options.dropLast()
        ? samples / options.batchSize()
        : Math.ceilDiv(samples, options.batchSize());
  }

  /// The number of samples in the dataset.
  public int size() {
    return size;
  }

  /// The options.
  public Options options() {
    return options;
  }

  /// The number of the epoch that the last `for` began or went on with, from 0.
  public long epoch() {
    return epoch;
  }

  /// How many batches of this epoch were taken.
  public int taken() {
    return taken;
  }

  /// Ends the epoch, so that the next `for` begins another one also if the state is saved now and
  /// loaded later. For loops that are left on purpose, before the last batch.
  public void endEpoch() {
    taken = batches();
  }

  /// The batches of the next epoch, or after [#loadStateDict] the rest of one. Ends the loop that
  /// was there before.
  @Override
  public Iterator<B> iterator() {
    if (begun || taken >= batches()) {
      epoch += begun || taken > 0 ? 1 : 0;
      taken = 0;
    }
    begun = true;
    stop();
    Epoch<B> next = new Epoch<>(this, workers, order(epoch), taken);
    running = next;
    return next;
  }

  private void stop() {
    if (running != null) {
      running.cancel();
      running = null;
    }
  }

  /// Whether batches are still taken from this epoch.
  boolean isRunning(Epoch<B> asking) {
    return running == asking;
  }

  /// A batch was taken.
  void take() {
    taken++;
  }

  /// Makes a batch; on any thread.
  B make(Draft draft) {
    return source.make(draft);
  }

  private int[] order(long epoch) {
    int[] order = options.sampler().order(size, Seeds.generator(options.seed(), epoch));
    if (order.length != samples) {
      throw new OptionException(
              "the sampler gave " + order.length + " samples, and counted " + samples)
          .hint("override Sampler.count if an epoch has not as many samples as the dataset");
    }
    Subset.check(order, size);
    return order;
  }

  /// The position, and what the batches depend on: numbers of samples and batches, the seed, a
  /// checksum of the epoch's order.
  @Override
  public SequencedMap<String, Tensor> stateDict() {
    SequencedMap<String, Tensor> state = new LinkedHashMap<>();
    state.put(EPOCH, Tensor.of(epoch));
    state.put(TAKEN, Tensor.of((long) taken));
    settings().forEach((name, value) -> state.put(name, Tensor.of((long) value)));
    state.put(ORDER, Tensor.of(checksum(epoch)));
    return state;
  }

  private SequencedMap<String, Long> settings() {
    SequencedMap<String, Long> settings = new LinkedHashMap<>();
    settings.put("seed", options.seed());
    settings.put("size", (long) size);
    settings.put("samples", (long) samples);
    settings.put("batchSize", (long) options.batchSize());
    settings.put("dropLast", options.dropLast() ? 1L : 0L);
    return settings;
  }

  private long checksum(long epoch) {
    return Arrays.hashCode(order(epoch));
  }

  /// Lets the next `for` go on where the state was saved. Everything is checked before anything is
  /// changed; the numbers of workers and of batches made ahead may differ.
  ///
  /// @throws org.wengert.StateException if an entry is missing, unexpected, or of another shape or
  ///     type, if this loader has other samples or options or an order of its own, or if the
  ///     position is beyond the epoch; the message lists all
  @Override
  public void loadStateDict(Map<String, Tensor> state) {
    StateCheck check =
        new StateCheck(
            "DataLoader.loadStateDict",
            state,
            "make the loader with the dataset, sampler, batchSize, dropLast and seed it was saved"
                + " with");
    check.expectCount(EPOCH);
    check.expectCount(TAKEN);
    settings().forEach(check::expectSame);
    check.expect(ORDER, DType.INT64, Shape.SCALAR);
    check.throwIfWrong(true);
    long savedEpoch = StateCheck.require(state, EPOCH).longAt();
    long savedTaken = StateCheck.require(state, TAKEN).longAt();
    if (savedTaken > batches()) {
      check.report("impossible", TAKEN, savedTaken + " batches of " + batches());
    }
    if (StateCheck.require(state, ORDER).longAt() != checksum(savedEpoch)) {
      check.report("different", ORDER, "epoch " + savedEpoch + " has its samples in another order");
    }
    check.throwIfWrong(true);
    stop();
    epoch = savedEpoch;
    taken = (int) savedTaken;
    begun = false;
  }
}
