package org.wengert.tensor;

/// Element types that do not fit the operation or each other.
public final class DTypeException extends WengertException {
  private static final long serialVersionUID = 1L;

  /// An error that says what the problem is.
  public DTypeException(String problem) {
    super(problem, null);
  }

  @Override
  public DTypeException hint(String hint) {
    super.hint(hint);
    return this;
  }
}
