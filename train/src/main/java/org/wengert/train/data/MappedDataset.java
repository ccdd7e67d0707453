package org.wengert.train.data;

import java.io.IOException;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import org.wengert.tensor.Rng;

/// Samples of another dataset, changed when they are asked for.
record MappedDataset<S, T>(
    Dataset<S> from, BiFunction<? super S, RandomGenerator, ? extends T> change)
    implements Dataset<T> {
  @Override
  public int size() {
    return from.size();
  }

  /// With the random numbers of a generator that depends on the number alone.
  @Override
  public T get(int index) throws IOException {
    return get(index, new Rng(index));
  }

  @Override
  public T get(int index, RandomGenerator random) throws IOException {
    return change.apply(from.get(index, random), random);
  }
}
