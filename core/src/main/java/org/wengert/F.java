package org.wengert;

import org.wengert.tensor.DTypeException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;

/// The functions, under PyTorch's names in Java spelling. Operands broadcast, types promote,
/// negative axes count from the end, and every function of floating numbers has gradients of every
/// order unless it says otherwise. Thread-safe.
///
/// The functions are declared in files by kind, which this class inherits, so that each can be read
/// in one sitting: element by element, reductions, shapes; linear algebra and losses are here.
public final class F extends ReductionFunctions {
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

  /// The matrix product, as `torch.matmul`: the last two axes are matrices and the axes in front
  /// broadcast; a vector on the left is a row, on the right a column, and its axis disappears.
  ///
  /// @throws ShapeException if the inner sizes differ or an operand is a scalar
  /// @throws DTypeException if the types differ
  public static Variable matMul(Variable a, Variable b) {
    if (a.rank() == 1 && b.rank() >= 1) {
      return squeeze(matMul(unsqueeze(a, 0), b.rank() == 1 ? unsqueeze(b, 1) : b), -2)
          .reshape(vectorProduct(b.shape()));
    }
    if (b.rank() == 1 && a.rank() >= 2) {
      return squeeze(matMul(a, unsqueeze(b, 1)), -1);
    }
    if (a.rank() > 2 && b.rank() == 2 && a.size(-1) == b.size(0)) {
      int rows = a.shape().with(-1, 1).count();
      return new MatMul()
          .apply(a.reshape(rows, a.size(-1)), b)
          .reshape(a.shape().with(-1, b.size(1)));
    }
    return new MatMul().apply(a, b);
  }

  private static Shape vectorProduct(Shape right) {
    return right.rank() == 1 ? Shape.SCALAR : right.remove(-2);
  }
}
