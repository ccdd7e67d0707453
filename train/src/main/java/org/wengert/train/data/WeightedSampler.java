package org.wengert.train.data;

import java.util.Comparator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.wengert.tensor.OptionException;

/// Draws samples by weight. Immutable.
///
/// With replacement by bisection of the sums of weights; without, by the largest of `ln(u) / w`,
/// which is the same as drawing one after the other.
///
/// Source: Efraimidis, Spirakis: "Weighted random sampling with a reservoir", 2006.
final class WeightedSampler implements Sampler {
  private final double[] weights;
  private final int count;
  private final boolean replacement;

  WeightedSampler(double[] weights, int count, boolean replacement) {
    this.weights = weights.clone();
    this.count = count;
    this.replacement = replacement;
    int possible = 0;
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      if (!(weights[i] >= 0 && weights[i] < Double.POSITIVE_INFINITY)) {
        throw new OptionException("sample " + i + " has the weight " + weights[i])
            .hint("weights are finite numbers, 0 or more");
      }
      possible += weights[i] > 0 ? 1 : 0;
      sum += weights[i];
    }
    if (sum == Double.POSITIVE_INFINITY) {
      throw new OptionException("the sum of the weights is too large").hint("scale them down");
    }
    if (count < 1) {
      throw new OptionException("an epoch of " + count + " samples").hint("take at least 1");
    }
    if (possible == 0 || (!replacement && count > possible)) {
      throw new OptionException(count + " samples of " + possible + " that have a weight above 0")
          .hint(possible == 0 ? "give a sample some weight" : "take fewer, or with replacement");
    }
  }

  @Override
  public int count(int size) {
    if (size != weights.length) {
      throw new OptionException(weights.length + " weights for a dataset of " + size + " samples")
          .hint("each sample has a weight; 0 leaves it out");
    }
    return count;
  }

  @Override
  public int[] order(int size, RandomGenerator random) {
    count(size);
    return replacement ? withReplacement(random) : withoutReplacement(random);
  }

  private int[] withReplacement(RandomGenerator random) {
    double[] upTo = new double[weights.length];
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i];
      upTo[i] = sum;
    }
    double total = sum;
    return IntStream.generate(() -> firstAbove(random.nextDouble() * total, upTo))
        .limit(count)
        .toArray();
  }

  /// The first sample up to which the weights sum to more than `x`; never one of weight 0.
  private static int firstAbove(double x, double[] upTo) {
    int low = 0;
    int high = upTo.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (upTo[middle] > x) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private int[] withoutReplacement(RandomGenerator random) {
    double[] keys = new double[weights.length];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = StrictMath.log(1 - random.nextDouble()) / weights[i];
    }
    return IntStream.range(0, keys.length)
        .filter(i -> weights[i] > 0)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -keys[i]))
        .limit(count)
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
