package org.wengert.train.data;

import java.util.random.RandomGenerator;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Tensor;

/// Which samples an epoch has, and in which order. A lambda will do:
///
/// ```
/// Sampler firstHundred = (size, random) -> IntStream.range(0, 100).toArray();
/// ```
///
/// unless the number of samples differs from the dataset's, as here, which [#count] then has to
/// say. Asked from any thread; the same generator must give the same order.
@FunctionalInterface
public interface Sampler {
  /// The numbers of an epoch's samples.
  ///
  /// @param size of the dataset: each number is below it
  /// @param random the epoch's own generator
  /// @return as many numbers as [#count] says; the caller may change the array
  int[] order(int size, RandomGenerator random);

  /// How many samples an epoch has; by default all of them.
  ///
  /// @param size of the dataset
  /// @throws OptionException if this sampler is for a dataset of another size
  default int count(int size) {
    return size;
  }

  /// All samples, as they are numbered.
  static Sampler sequential() {
    return Order.SEQUENTIAL;
  }

  /// All samples, in another order each epoch; each order is as likely as any other.
  static Sampler shuffled() {
    return Order.SHUFFLED;
  }

  /// All samples, run after run of so many, each run in another order each epoch: for data that are
  /// walked rather than held. Source: the shuffle buffers of `tf.data`, in runs.
  ///
  /// @param run how many samples are shuffled among each other
  /// @throws OptionException if `run` is below 1
  static Sampler shuffledWithin(int run) {
    if (run < 1) {
      throw new OptionException("runs of " + run + " samples").hint("take 1 or more");
    }
    return (size, random) -> {
      int[] order = Seeds.range(size);
      for (long from = 0; from < size; from += run) {
        Seeds.shuffle(order, (int) from, (int) Math.min(size, from + run), random);
      }
      return order;
    };
  }

  /// Samples drawn by weight, each draw independent of the others: sample `i` with probability `wᵢ
  /// / Σw`, so that it may come several times, or not at all.
  ///
  /// Source: `torch.utils.data.WeightedRandomSampler`.
  ///
  /// @param weights one for each sample, 0 or more, not all 0
  /// @param count how many samples make an epoch
  /// @throws OptionException if a weight or the count is out of range
  static Sampler weighted(double[] weights, int count) {
    return new WeightedSampler(weights, count, true);
  }

  /// Samples drawn by weight one after the other, each time from those that are left.
  ///
  /// @param weights one for each sample, 0 or more
  /// @param count how many samples make an epoch: at most as many as have a weight above 0
  /// @throws OptionException if a weight or the count is out of range
  static Sampler weightedWithoutReplacement(double[] weights, int count) {
    return new WeightedSampler(weights, count, false);
  }

  /// As many draws as there are samples, such that each class is as likely as any other, however
  /// few samples it has: [#weighted] by one divided by the size of the class.
  ///
  /// @param labels the class of each sample: whole numbers, one axis
  static Sampler balanced(Tensor labels) {
    return new WeightedSampler(Classes.of(labels).balancingWeights(), labels.count(), true);
  }
}
