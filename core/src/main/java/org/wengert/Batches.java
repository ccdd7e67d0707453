package org.wengert;

import java.util.Arrays;
import org.wengert.tensor.ShapeException;

/// How the rows of a packed sequence belong to steps: those of step 0 first, then those of step 1,
/// and so on, the longest sequences first, so that the samples of a step are the first of the step
/// before. Sequences of one length are the special case of equal steps. Immutable.
final class Batches {
  private final int[] sizes;
  private final int[] starts;

  /// @param sizes how many samples each step has, never more than the step before
  Batches(int... sizes) {
    this.sizes = sizes.clone();
    starts = new int[sizes.length + 1];
    for (int t = 0; t < sizes.length; t++) {
      if (sizes[t] < 0 || t > 0 && sizes[t] > sizes[t - 1]) {
        throw new ShapeException("batches " + Arrays.toString(sizes))
            .hint("each step has at most as many samples as the one before");
      }
      starts[t + 1] = starts[t] + sizes[t];
    }
  }

  /// So many steps of so many samples.
  static Batches equal(int steps, int samples) {
    int[] sizes = new int[steps];
    Arrays.fill(sizes, samples);
    return new Batches(sizes);
  }

  int steps() {
    return sizes.length;
  }

  /// The number of samples of step `t`.
  int size(int t) {
    return sizes[t];
  }

  /// The first row of step `t`.
  int start(int t) {
    return starts[t];
  }

  /// The number of sequences.
  int samples() {
    return sizes.length == 0 ? 0 : sizes[0];
  }

  /// The number of rows of all steps.
  int rows() {
    return starts[sizes.length];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Batches that && Arrays.equals(sizes, that.sizes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sizes);
  }

  @Override
  public String toString() {
    return Arrays.toString(sizes);
  }
}
