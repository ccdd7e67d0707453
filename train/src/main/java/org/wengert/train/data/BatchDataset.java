package org.wengert.train.data;

import java.io.IOException;

/// A dataset that makes a batch at once, faster than one sample after the other; a [DataLoader]
/// asks it for batches. Nothing about its samples is random.
///
/// @param <S> a sample, and a batch: a tensor or a record of tensors
public interface BatchDataset<S> extends Dataset<S> {
  /// These samples, stacked: the same as [#get] gives, with one more axis in front.
  ///
  /// @throws IOException if one cannot be read
  /// @throws IndexOutOfBoundsException if there is no such sample
  S batch(int... indices) throws IOException;
}
