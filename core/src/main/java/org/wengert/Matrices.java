package org.wengert;

import java.util.List;
import org.wengert.backend.Backend;
import org.wengert.backend.MatrixFunction;
import org.wengert.tensor.DTypeException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// What the operations of linear algebra share: checks of shapes, the call of a kernel, and
/// constant matrices for their rules.
final class Matrices {
  private Matrices() {}

  /// The axes in front of the matrices.
  static Shape batch(Shape x) {
    return x.remove(-1).remove(-1);
  }

  /// The shape itself, if it is one of matrices.
  static Shape requireMatrix(Shape x) {
    if (x.rank() < 2) {
      throw new ShapeException("shape " + x + " is no matrix")
          .hint("the last two axes are rows and columns; unsqueeze(..) makes one");
    }
    return x;
  }

  /// The shape itself, if it is one of square matrices.
  static Shape requireSquare(Shape x) {
    requireMatrix(x);
    if (x.size(-1) != x.size(-2)) {
      throw new ShapeException(x.size(-2) + " rows meet " + x.size(-1) + " columns")
          .hint("only square matrices have one; pinverse(..) and lstsq(..) take others");
    }
    return x;
  }

  /// Hands matrices to a kernel, which computes in `double`.
  static Tensor map(Backend kernels, MatrixFunction f, Shape y, Tensor... xs) {
    for (Tensor x : xs) {
      if (!x.dtype().isFloating()) {
        throw new DTypeException("a matrix of type " + x.dtype())
            .hint("linear algebra needs floating numbers; convert with to(FLOAT32)");
      }
      if (x.dtype() != xs[0].dtype()) {
        throw new DTypeException("matrices of types " + xs[0].dtype() + " and " + x.dtype())
            .hint("convert one of them with to(..)");
      }
    }
    return kernels.mapMatrices(f, List.of(xs), y);
  }

  /// The shape of `A⁻¹ B`: the sizes of `B`, with the axes in front broadcast.
  static Shape solution(Shape a, Shape b) {
    requireSquare(a);
    if (b.rank() < 2 || b.size(-2) != a.size(-1)) {
      throw new ShapeException(a.size(-1) + " unknowns meet a right side of shape " + b)
          .hint("the right side needs as many rows as the matrix");
    }
    return Shape.broadcast(batch(a), batch(b)).insert(-1, b.size(-2)).insert(-1, b.size(-1));
  }

  /// `f(A, B)` with the axes in front broadcast; `y` is [#solution].
  static Tensor solve(Backend kernels, MatrixFunction f, Tensor a, Tensor b, Shape y) {
    Shape square = y.with(-1, a.size(-1)).with(-2, a.size(-2));
    return map(kernels, f, y, a.expand(square), b.expand(y));
  }

  /// Ones at `column - row == 0`, zeros elsewhere, in the type of `like`.
  static Variable eye(int rows, int columns, Variable like) {
    return pattern(rows, columns, like, (i, j) -> i == j ? 1 : 0);
  }

  /// A number for each place of a matrix.
  @FunctionalInterface
  interface Pattern {
    double at(int row, int column);
  }

  /// A constant matrix of the type of `like`.
  static Variable pattern(int rows, int columns, Variable like, Pattern pattern) {
    Tensor matrix = Tensor.zeros(Shape.of(rows, columns), like.dtype());
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        matrix.storage().put(i * columns + j, pattern.at(i, j));
      }
    }
    return Variable.constant(matrix);
  }

  /// The triangle on and above the diagonal, zeros below it.
  static Variable upper(Variable x) {
    return x.mul(pattern(x.size(-2), x.size(-1), x, (i, j) -> i <= j ? 1 : 0));
  }

  /// The triangle on and below the diagonal, zeros above it.
  static Variable lower(Variable x) {
    return x.mul(pattern(x.size(-2), x.size(-1), x, (i, j) -> i >= j ? 1 : 0));
  }

  /// `(X + Xᵀ)/2`.
  static Variable symmetric(Variable x) {
    return x.add(x.mT()).mul(0.5);
  }

  /// `X - Xᵀ`.
  static Variable skew(Variable x) {
    return x.sub(x.mT());
  }

  /// The diagonals, as the last axis: every `columns + 1`-th element of the rows laid end to end.
  static Variable diagonal(Variable x) {
    int columns = x.size(-1);
    int length = Math.min(x.size(-2), columns);
    Variable flat = x.reshape(batch(x.shape()).insert(-1, x.size(-2) * columns));
    int end = length == 0 ? 0 : (length - 1) * (columns + 1) + 1;
    return F.slice(flat, -1, 0, end, columns + 1);
  }

  /// A number for each matrix, ready to be multiplied with the matrices.
  static Variable spread(Variable numbers) {
    return numbers.reshape(numbers.shape().insert(-1, 1).insert(-1, 1));
  }

  /// A number for each column.
  static Variable alongColumns(Variable numbers) {
    return numbers.reshape(numbers.shape().insert(-2, 1));
  }

  /// A number for each row.
  static Variable alongRows(Variable numbers) {
    return numbers.reshape(numbers.shape().insert(-1, 1));
  }
}
