package org.wengert.tensor;

/// Sizes, axes or indices that do not fit together.
public final class ShapeException extends WengertException {
  private static final long serialVersionUID = 1L;

  /// An error that says what the problem is.
  public ShapeException(String problem) {
    super(problem, null);
  }

  @Override
  public ShapeException hint(String hint) {
    super.hint(hint);
    return this;
  }
}
