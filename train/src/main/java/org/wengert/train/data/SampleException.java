package org.wengert.train.data;

import org.wengert.tensor.WengertException;

/// A sample that could not be made: which one, and why. Thrown where its batch is taken, whichever
/// thread made it.
public final class SampleException extends WengertException {
  private static final long serialVersionUID = 1L;

  private final int index;

  /// An error about one sample.
  ///
  /// @param index its number in the dataset
  /// @param size of the dataset
  public SampleException(int index, int size, Throwable cause) {
    super("sample " + index + " of " + size + " cannot be made: " + described(cause), cause);
    this.index = index;
  }

  static String described(Throwable cause) {
    return cause instanceof WengertException known ? known.getMessage() : cause.toString();
  }

  /// The number of the sample in its dataset.
  public int index() {
    return index;
  }
}
