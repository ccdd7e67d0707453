package org.wengert;

/// The functions, under PyTorch's names in Java spelling. Operands broadcast, types promote,
/// negative axes count from the end, and every function of floating numbers has gradients of every
/// order unless it says otherwise. Thread-safe.
///
/// The functions are declared in files by kind, which this class inherits, so that each can be read
/// in one sitting: element by element, shapes, reductions, products, linear algebra, networks,
/// losses.
public final class F extends SequenceLossFunctions {
  private F() {}

  /// `exp(x) / Σ exp(x)` along an axis.
  public static Variable softmax(Variable x, int axis) {
    return new Softmax(axis).apply(x);
  }

  /// `exp(-x) / Σ exp(-x)` along an axis.
  public static Variable softmin(Variable x, int axis) {
    return attempt("softmin", () -> softmax(x.neg(), axis), x);
  }

  /// `x - log Σ exp(x)` along an axis.
  public static Variable logSoftmax(Variable x, int axis) {
    return new LogSoftmax(axis).apply(x);
  }
}
