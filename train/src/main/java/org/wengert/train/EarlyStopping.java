package org.wengert.train;

import org.wengert.tensor.OptionException;

/// When a training that gets no better ends before its last epoch. What better means, is the
/// trainer's [Goal].
///
/// @param patience after how many epochs in a row that are no better, at least 1
/// @param minDelta by how much an epoch must be better to count, at least 0
/// @param restoreBest whether the model gets the weights of its best epoch in the end
public record EarlyStopping(int patience, double minDelta, boolean restoreBest) {
  /// Checks the numbers.
  ///
  /// @throws OptionException if one is outside its domain
  public EarlyStopping {
    if (patience < 1) {
      throw new OptionException("a patience of " + patience + " epochs")
          .hint("take at least 1 for patience");
    }
    if (!(minDelta >= 0)) {
      throw new OptionException("minDelta is " + minDelta).hint("take 0 or more for minDelta");
    }
  }

  /// After 10 epochs without the least improvement, with the weights of the best.
  public static EarlyStopping defaults() {
    return new EarlyStopping(10, 0, true);
  }

  /// With another patience.
  public EarlyStopping patience(int patience) {
    return new EarlyStopping(patience, minDelta, restoreBest);
  }

  /// With another least improvement.
  public EarlyStopping minDelta(double minDelta) {
    return new EarlyStopping(patience, minDelta, restoreBest);
  }

  /// With the weights of the best epoch, or of the last.
  public EarlyStopping restoreBest(boolean restoreBest) {
    return new EarlyStopping(patience, minDelta, restoreBest);
  }
}
