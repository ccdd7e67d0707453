package org.wengert.train.data;

import java.util.List;

/// Makes one batch of several samples.
///
/// @param <S> a sample
/// @param <B> a batch
@FunctionalInterface
public interface Collate<S, B> {
  /// The batch of these samples; there is at least one.
  B apply(List<S> samples);
}
