package org.wengert.train.data;

import java.io.IOException;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.wengert.tensor.OptionException;

/// Samples by number, from memory or from files. What is random about a sample, such as a rotation,
/// comes from the generator that [#get(int, RandomGenerator)] is handed, so that it depends on
/// seed, epoch and number, and not on who asks first.
///
/// Several threads may ask at once.
///
/// @param <S> a sample, as a rule a record of tensors
public interface Dataset<S> {
  /// The number of samples.
  int size();

  /// Sample number `index`, from 0.
  ///
  /// @throws IOException if it cannot be read
  /// @throws IndexOutOfBoundsException if there is no such sample
  S get(int index) throws IOException;

  /// The same, with what is random about it from `random`.
  default S get(int index, RandomGenerator random) throws IOException {
    return get(index);
  }

  /// What is in a list.
  static <S> Dataset<S> of(List<? extends S> samples) {
    return new ListDataset<>(List.copyOf(samples));
  }

  /// These samples, changed on the way.
  default <T> Dataset<T> map(Function<? super S, ? extends T> change) {
    return map((sample, _) -> change.apply(sample));
  }

  /// These samples, changed at random on the way.
  default <T> Dataset<T> map(BiFunction<? super S, RandomGenerator, ? extends T> change) {
    return new MappedDataset<>(this, change);
  }

  /// The samples of these numbers, in this order.
  ///
  /// @throws OptionException if there is no such number
  default Dataset<S> subset(int... indices) {
    return new Subset<>(this, indices);
  }
}
