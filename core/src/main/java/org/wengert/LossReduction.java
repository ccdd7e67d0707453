package org.wengert;

/// What becomes of the losses of the single elements.
public enum LossReduction {
  /// Their mean, a scalar; `NaN` of none.
  MEAN,
  /// Their sum, a scalar.
  SUM,
  /// They stay as they are.
  NONE;

  /// The elements' losses reduced.
  public Variable apply(Variable losses) {
    return switch (this) {
      case MEAN -> losses.mean();
      case SUM -> losses.sum();
      case NONE -> losses;
    };
  }
}
