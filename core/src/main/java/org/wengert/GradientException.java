package org.wengert;

import org.wengert.tensor.WengertException;

/// A gradient that cannot be taken: a result that is no scalar, or that was never recorded.
public final class GradientException extends WengertException {
  private static final long serialVersionUID = 1L;

  /// An error that says what the problem is.
  public GradientException(String problem) {
    super(problem, null);
  }

  @Override
  public GradientException hint(String hint) {
    super.hint(hint);
    return this;
  }
}
