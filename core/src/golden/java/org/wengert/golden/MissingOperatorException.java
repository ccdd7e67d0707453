package org.wengert.golden;

/// A golden case needs an operator that has no line in the [OperatorTable].
final class MissingOperatorException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String operator;

  MissingOperatorException(String operator) {
    super("no operator torch." + operator);
    this.operator = operator;
  }

  /// Its name in torch.
  String operator() {
    return operator;
  }
}
