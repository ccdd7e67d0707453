package org.wengert.tensor;

/// An option outside its domain, such as a learning rate that is not a number.
public final class OptionException extends WengertException {
  private static final long serialVersionUID = 1L;

  /// An error that says what the problem is.
  public OptionException(String problem) {
    super(problem, null);
  }

  @Override
  public OptionException hint(String hint) {
    super.hint(hint);
    return this;
  }
}
