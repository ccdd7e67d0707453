package org.wengert.train.data;

import java.io.IOException;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.wengert.tensor.OptionException;

/// Some samples of another dataset.
final class Subset<S> implements Dataset<S> {
  private final Dataset<S> from;
  private final int[] indices;

  Subset(Dataset<S> from, int[] indices) {
    this.from = from;
    this.indices = indices.clone();
    check(this.indices, from.size());
  }

  /// Refuses numbers of no sample.
  static void check(int[] indices, int size) {
    for (int index : indices) {
      if (index < 0 || index >= size) {
        throw new OptionException("no sample " + index + " among " + size)
            .hint("samples are numbered from 0");
      }
    }
  }

  @Override
  public int size() {
    return indices.length;
  }

  @Override
  public S get(int index) throws IOException {
    return from.get(indices[Objects.checkIndex(index, indices.length)]);
  }

  @Override
  public S get(int index, RandomGenerator random) throws IOException {
    return from.get(indices[Objects.checkIndex(index, indices.length)], random);
  }
}
