package org.wengert.train.data;

import java.util.List;

/// Samples in memory.
record ListDataset<S>(List<S> samples) implements Dataset<S> {
  @Override
  public int size() {
    return samples.size();
  }

  @Override
  public S get(int index) {
    return samples.get(index);
  }
}
