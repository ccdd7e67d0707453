package org.wengert.train.data;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Rng;
import org.wengert.tensor.WengertException;

/// A batch that is to be made, by whichever thread.
///
/// @param seed of the loader
/// @param epoch the number of the epoch
/// @param number of the batch in its epoch
/// @param indices its samples
/// @param turns for each of them, how often it came before in this epoch
@SuppressWarnings("ArrayRecordComponent") // nobody compares these, and only the loader sees them
record Draft(long seed, long epoch, int number, int[] indices, int[] turns) {
  /// How batches of a dataset are made.
  @FunctionalInterface
  interface Batches<B> {
    /// The batch; the same on every thread.
    B make(Draft draft);
  }

  /// Sample by sample.
  static <S, B> Batches<B> collated(Dataset<S> dataset, Collate<S, B> collate) {
    return draft -> draft.with(-1, 0, () -> draft.collate(draft.samples(dataset), collate));
  }

  /// All samples at once. If that fails, one after the other: then the error says which one, unless
  /// all can be made.
  static <S> Batches<S> whole(BatchDataset<S> dataset) {
    return draft -> {
      try {
        return dataset.batch(draft.indices);
      } catch (OutOfMemoryError e) {
        throw e;
      } catch (Throwable e) {
        draft.samples(dataset);
        throw new BatchException(draft.number, draft.indices, e);
      }
    };
  }

  private <S> List<S> samples(Dataset<S> dataset) {
    List<S> samples = new ArrayList<>(indices.length);
    for (int i = 0; i < indices.length; i++) {
      int index = indices[i];
      samples.add(with(index, turns[i], () -> sample(dataset, index)));
    }
    return samples;
  }

  private static <S> S sample(Dataset<S> dataset, int index) {
    S sample;
    try {
      sample = dataset.get(index, Rng.current());
    } catch (OutOfMemoryError e) {
      throw e;
    } catch (Throwable e) { // also errors, and what was thrown past the compiler
      throw new SampleException(index, dataset.size(), e);
    }
    if (sample == null) {
      throw new SampleException(
          index,
          dataset.size(),
          new OptionException("it is null").hint("leave it out: subset(...) of those there are"));
    }
    return sample;
  }

  private <S, B> B collate(List<S> samples, Collate<S, B> collate) {
    try {
      return collate.apply(samples);
    } catch (WengertException e) {
      throw e.operand(
          "batch", String.valueOf(number), "of samples " + BatchException.shown(indices));
    } catch (OutOfMemoryError e) {
      throw e;
    } catch (Throwable e) {
      throw new BatchException(number, indices, e);
    }
  }

  /// What `work` gives while the thread's generator is the sample's own, so that it does not matter
  /// whose thread that is, nor what it did before.
  private <T> T with(int index, int turn, Supplier<T> work) {
    Rng random = Rng.current();
    long before = random.state();
    random.state(
        turn == 0 ? Seeds.state(seed, epoch, index) : Seeds.state(seed, epoch, index, turn));
    try {
      return work.get();
    } finally {
      random.state(before);
    }
  }
}
