package org.wengert.nn;

import org.jspecify.annotations.Nullable;
import org.wengert.tensor.OptionException;

/// The options of [Embedding], PyTorch's by default. Immutable.
///
/// @param paddingIdx the index whose vector starts as zeros and gets no gradient; negative ones
/// count from the end, -1 being the last; null, the default, if there is none
/// @param maxNorm the greatest length of a vector: a longer one is scaled down, in place, when it
/// is looked up; 0, the default, means any
/// @param normType in which norm lengths are measured; by default 2
/// @param scaleGradByFreq whether the gradient of a vector is divided by the number of times its
/// index comes in the input; by default it is not
public record EmbeddingOptions(
    @Nullable Integer paddingIdx, double maxNorm, double normType, boolean scaleGradByFreq) {
  /// Checks the numbers.
  ///
  /// @throws OptionException if the greatest length is negative or the norm is not positive
  public EmbeddingOptions {
    if (!(maxNorm >= 0) || !(normType > 0)) {
      throw new OptionException("maxNorm " + maxNorm + " in the norm " + normType)
          .hint("a length is positive, 0 means any; 2 is the Euclidean norm");
    }
  }

  /// Any length, no padding.
  public static EmbeddingOptions defaults() {
    return new EmbeddingOptions(null, 0, 2, false);
  }

  /// These options with an index for padding.
  public EmbeddingOptions paddingIdx(int paddingIdx) {
    return new EmbeddingOptions(paddingIdx, maxNorm, normType, scaleGradByFreq);
  }

  /// These options with a greatest length.
  public EmbeddingOptions maxNorm(double maxNorm) {
    return new EmbeddingOptions(paddingIdx, maxNorm, normType, scaleGradByFreq);
  }

  /// These options with lengths in another norm.
  public EmbeddingOptions normType(double normType) {
    return new EmbeddingOptions(paddingIdx, maxNorm, normType, scaleGradByFreq);
  }

  /// These options with gradients divided by frequencies or not.
  public EmbeddingOptions scaleGradByFreq(boolean scaleGradByFreq) {
    return new EmbeddingOptions(paddingIdx, maxNorm, normType, scaleGradByFreq);
  }
}
