package org.wengert.backend.linalg;

import org.wengert.backend.MatrixFunction;
import org.wengert.tensor.MatrixException;

/// The decompositions of linear algebra, in `double` and with a fixed order of operations.
///
/// Symmetric operands are read as `(A + Aᵀ)/2`, so that a derivative with respect to every element
/// exists. Signs that a decomposition leaves open are fixed as each row says.
public enum LinearAlgebraKernel implements MatrixFunction {
  /// `det A`, as a 1 × 1 matrix; 1 for no rows.
  DETERMINANT(xs -> scalar(Lu.of(xs[0]).determinant())),
  /// The sign of `det A`: -1, 0 or 1.
  DETERMINANT_SIGN(xs -> scalar(Lu.of(xs[0]).sign())),
  /// `log |det A|`, without overflow; `-∞` if `A` is singular.
  DETERMINANT_LOG(xs -> scalar(Lu.of(xs[0]).logAbsDeterminant())),
  /// `A⁻¹ B` by elimination with partial pivoting; refuses an exact zero pivot.
  SOLVE(xs -> Lu.of(xs[0]).solve(xs[1])),
  /// `L⁻¹ B`, with `L` the lower triangle of the first operand.
  SOLVE_LOWER(xs -> Substitution.lower(xs[0], xs[1])),
  /// `U⁻¹ B`, with `U` the upper triangle of the first operand.
  SOLVE_UPPER(xs -> Substitution.upper(xs[0], xs[1])),
  /// The lower `L` of a symmetric `A = L Lᵀ`, with a positive diagonal.
  CHOLESKY(xs -> CholeskyFactor.of(xs[0])),
  /// The first columns of `Q` in `A = Q R`, as many as `A` has; signs as Householder reflections
  /// give them in LAPACK.
  ORTHOGONAL(xs -> Householder.of(xs[0]).q(xs[0][0].length)),
  /// All columns of `Q` in `A = Q R`.
  ORTHOGONAL_COMPLETE(xs -> Householder.of(xs[0]).q(xs[0].length)),
  /// The eigenvalues of a symmetric matrix in ascending order, as a row.
  EIGENVALUES(xs -> new double[][] {JacobiEigen.of(finite(xs[0])).values()}),
  /// The eigenvectors of a symmetric matrix as columns, in the order of the eigenvalues; of each
  /// one, the element of largest magnitude is positive.
  EIGENVECTORS(xs -> JacobiEigen.of(finite(xs[0])).vectors()),
  /// The singular values in descending order, as a row.
  SINGULAR_VALUES(xs -> new double[][] {JacobiSvd.of(finite(xs[0])).values()}),
  /// The left singular vectors as columns, above the right ones; of each left one, the element of
  /// largest magnitude is positive.
  SINGULAR_VECTORS(xs -> JacobiSvd.of(finite(xs[0])).vectors()),
  /// The Moore-Penrose inverse. Singular values up to `t` times the largest count as 0; `t` is the
  /// second operand, 1 × 1.
  PSEUDO_INVERSE(xs -> JacobiSvd.of(finite(xs[0])).pseudoInverse(xs[1][0][0]));

  private final MatrixFunction function;

  LinearAlgebraKernel(MatrixFunction function) {
    this.function = function;
  }

  @Override
  public double[][] apply(double[][]... xs) {
    return function.apply(xs);
  }

  private static double[][] scalar(double x) {
    return new double[][] {{x}};
  }

  /// The matrix itself; iterations that rotate it would give finite, wrong numbers from `NaN`.
  private static double[][] finite(double[][] matrix) {
    for (double[] row : matrix) {
      for (double element : row) {
        if (!Double.isFinite(element)) {
          throw new MatrixException("a matrix with the element " + element)
              .hint("eigenvalues and singular values are those of finite matrices");
        }
      }
    }
    return matrix;
  }
}
