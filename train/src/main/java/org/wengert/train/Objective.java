package org.wengert.train;

import org.wengert.Variable;
import org.wengert.train.data.Supervised;

/// What training makes small, for batches of any kind: with it a model may take several inputs, and
/// a loss be made of several terms.
///
/// @param <B> a batch
@FunctionalInterface
public interface Objective<B> {
  /// The loss of a batch with the present parameters, a single number, a mean over its samples.
  Variable loss(B batch);

  /// How many samples a batch has, by which its loss counts in the means of an epoch. By default
  /// the first axis of a [Supervised] input; any other batch counts as 1, so that each weighs the
  /// same.
  default int samples(B batch) {
    return batch instanceof Supervised pair && pair.input().rank() > 0 ? pair.input().size(0) : 1;
  }
}
