package org.wengert;

/// The functions, under PyTorch's names in Java spelling. Operands broadcast, types promote,
/// negative axes count from the end, and every function of floating numbers has gradients of every
/// order unless it says otherwise. Thread-safe.
///
/// The functions are declared in files by kind, which this class inherits, so that each can be read
/// in one sitting: element by element, shapes, reductions, products, linear algebra; losses are
/// here.
public final class F extends LinearAlgebraFunctions {
  private F() {}

  /// `exp(x) / Σ exp(x)` along an axis.
  public static Variable softmax(Variable x, int axis) {
    return new Softmax(axis).apply(x);
  }

  /// `x - log Σ exp(x)` along an axis.
  public static Variable logSoftmax(Variable x, int axis) {
    return new LogSoftmax(axis).apply(x);
  }

  /// `log Σ exp(x) - x[target]` for each row of `logits`: a classifier's loss, not yet reduced.
  ///
  /// @param logits of shape `(rows, classes)`
  /// @param target class indices of shape `(rows)`, integral
  public static Variable crossEntropy(Variable logits, Variable target) {
    return new CrossEntropy(target.value()).apply(logits);
  }
}
