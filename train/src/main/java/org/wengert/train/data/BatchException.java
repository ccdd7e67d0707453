package org.wengert.train.data;

import org.wengert.tensor.WengertException;

/// A batch that could not be made of samples that can: which one, and why. Thrown where it is
/// taken, whichever thread tried to make it.
public final class BatchException extends WengertException {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 8;

  private final int number;

  /// An error about one batch.
  ///
  /// @param number of the batch in its epoch, from 0
  /// @param samples their numbers in the dataset
  public BatchException(int number, int[] samples, Throwable cause) {
    super(
        "batch %d of samples %s cannot be made: %s"
            .formatted(number, shown(samples), SampleException.described(cause)),
        cause);
    this.number = number;
  }

  /// The first of these numbers.
  static String shown(int... samples) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Math.min(samples.length, SHOWN); i++) {
      text.append(i == 0 ? "" : ", ").append(samples[i]);
    }
    return text + (samples.length > SHOWN ? ", ..." : "");
  }

  /// The number of the batch in its epoch, from 0.
  public int number() {
    return number;
  }
}
