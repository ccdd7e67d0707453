package org.wengert.tensor;

/// A matrix whose numbers, not its shape, rule an operation out: singular where an inverse is
/// wanted, or not positive definite where a Cholesky factor is.
public final class MatrixException extends WengertException {
  private static final long serialVersionUID = 1L;

  /// An error that says what the problem is.
  public MatrixException(String problem) {
    super(problem, null);
  }

  @Override
  public MatrixException hint(String hint) {
    super.hint(hint);
    return this;
  }
}
