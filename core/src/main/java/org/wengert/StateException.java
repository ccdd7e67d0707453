package org.wengert;

import org.wengert.tensor.WengertException;

/// An object in the wrong state, such as a graph whose parameter has changed since.
public final class StateException extends WengertException {
  private static final long serialVersionUID = 1L;

  /// An error that says what the problem is.
  public StateException(String problem) {
    super(problem, null);
  }

  @Override
  public StateException hint(String hint) {
    super.hint(hint);
    return this;
  }
}
