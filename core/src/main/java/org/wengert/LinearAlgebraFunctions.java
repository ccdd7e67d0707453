package org.wengert;

import org.wengert.tensor.DType;
import org.wengert.tensor.MatrixException;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.WengertException;

/// The functions of [F] for matrices in the last two axes: norms and distances, determinants,
/// inverses, decompositions. Axes in front are a batch. Decompositions are computed in `double`.
abstract class LinearAlgebraFunctions extends ProductFunctions {
  LinearAlgebraFunctions() {}

  /// The sum of the diagonal.
  ///
  /// @throws ShapeException if `x` is no matrix
  public static Variable trace(Variable x) {
    try {
      Matrices.requireMatrix(x.shape());
      return Matrices.diagonal(x).sum(-1);
    } catch (WengertException e) {
      throw refused(e, "trace", x);
    }
  }

  /// The determinant. For a singular matrix the gradient is 0, as in libtorch.
  ///
  /// @throws ShapeException if the matrices are not square
  public static Variable det(Variable x) {
    return new Det().apply(x);
  }

  /// The determinant as sign and logarithm, for where it would overflow.
  ///
  /// @throws ShapeException if the matrices are not square
  public static SlogDet slogDet(Variable x) {
    return attempt(
        "slogDet", () -> new SlogDet(new DetSign().apply(x), new LogAbsDet().apply(x)), x);
  }

  /// `log det A`: `-∞` for a singular matrix, `NaN` for a negative determinant.
  ///
  /// @throws ShapeException if the matrices are not square
  public static Variable logDet(Variable x) {
    try {
      SlogDet parts = slogDet(x);
      return parts.logAbsDet().add(parts.sign().log());
    } catch (WengertException e) {
      throw refused(e, "logDet", x);
    }
  }

  /// `A⁻¹`. To solve equations, [#solve] is faster and more precise.
  ///
  /// @throws ShapeException if the matrices are not square
  /// @throws MatrixException if a matrix is singular
  public static Variable inverse(Variable x) {
    return new Inverse().apply(x);
  }

  /// The `X` with `A X = B`; the axes in front broadcast. `b` may be a vector, or a batch
  /// of vectors if its shape is that of `a` without the last axis.
  ///
  /// @throws ShapeException if the matrices are not square, or the sizes differ
  /// @throws MatrixException if a matrix is singular
  public static Variable solve(Variable a, Variable b) {
    boolean vectors =
        b.rank() == 1 || a.rank() == b.rank() + 1 && a.shape().remove(-1).equals(b.shape());
    return vectors ? new Solve().apply(a, unsqueeze(b, -1)).select(-1, 0) : new Solve().apply(a, b);
  }

  /// The `X` with `A X = B` for a triangular `A`; the other triangle is not read. As
  /// `torch.linalg.solve_triangular`. A zero on the diagonal gives infinities or `NaN`.
  ///
  /// @throws ShapeException if the matrices are not square, or the sizes differ
  public static Variable solveTriangular(Variable a, Variable b, boolean upper) {
    return new SolveTriangular(upper).apply(a, b);
  }

  /// The lower triangular `L` with a positive diagonal in `A = L Lᵀ`. Of a matrix that is not
  /// symmetric, `(A + Aᵀ)/2` is meant.
  ///
  /// @throws ShapeException if the matrices are not square
  /// @throws MatrixException if a matrix is not positive definite
  public static Variable cholesky(Variable x) {
    return new Cholesky().apply(x);
  }

  /// The Cholesky factor: the lower `L` in `A = L Lᵀ`, or the upper `U` in `A = Uᵀ U`.
  ///
  /// @throws MatrixException if a matrix is not positive definite
  public static Variable cholesky(Variable x, boolean upper) {
    return upper ? cholesky(x).mT() : cholesky(x);
  }

  /// `A = Q R` with orthonormal columns in `Q` and `R` upper triangular: `Q` of shape `(m, k)`,
  /// `R` of shape `(k, n)`, `k` the smaller of rows `m` and columns `n`. PyTorch's mode `reduced`.
  /// Signs as in LAPACK.
  ///
  /// @throws ShapeException if `x` is no matrix
  public static Qr qr(Variable x) {
    try {
      Matrices.requireMatrix(x.shape());
      int square = Math.min(x.size(-1), x.size(-2));
      Variable q = new OrthogonalFactor(false).apply(x.slice(-1, 0, square));
      return new Qr(q, Matrices.upper(q.mT().matMul(x)));
    } catch (WengertException e) {
      throw refused(e, "qr", x);
    }
  }

  /// `A = Q R` with a square `Q`, and `R` of the shape of `A`. PyTorch's mode `complete`. The
  /// columns that complete `Q` have no gradient, so for more rows than columns neither has the
  /// result.
  ///
  /// @throws ShapeException if `x` is no matrix
  public static Qr qrComplete(Variable x) {
    try {
      Matrices.requireMatrix(x.shape());
      if (x.size(-2) <= x.size(-1)) {
        return qr(x);
      }
      Variable constant = x.detach();
      Variable q = new OrthogonalFactor(true).apply(constant);
      return new Qr(q, Matrices.upper(q.mT().matMul(constant)));
    } catch (WengertException e) {
      throw refused(e, "qrComplete", x);
    }
  }

  /// The eigenvalues of a symmetric matrix, ascending. Of a matrix that is not symmetric,
  /// `(A + Aᵀ)/2` is meant, so that it does not matter which triangle is filled.
  ///
  /// @throws ShapeException if the matrices are not square
  public static Variable eigvalsh(Variable x) {
    return new Eigenvalues().apply(x);
  }

  /// Eigenvalues and eigenvectors of a symmetric matrix, see [#eigvalsh]. The gradient of vectors
  /// is infinite where eigenvalues are equal. Of each vector, the element of largest magnitude is
  /// positive.
  ///
  /// @throws ShapeException if the matrices are not square
  public static Eigh eigh(Variable x) {
    return attempt(
        "eigh", () -> new Eigh(new Eigenvalues().apply(x), new Eigenvectors().apply(x)), x);
  }

  /// The singular values, descending.
  ///
  /// @throws ShapeException if `x` is no matrix
  public static Variable svdvals(Variable x) {
    return new SingularValues().apply(x);
  }

  /// `A = U diag(S) Vᵀ`, with as many singular values as the shorter side is long. The gradient of
  /// vectors is infinite where singular values are equal. Of each column of `U`, the element of
  /// largest magnitude is positive.
  ///
  /// @throws ShapeException if `x` is no matrix
  public static Svd svd(Variable x) {
    Variable both = new SingularVectors().apply(x);
    int rows = x.size(-2);
    return new Svd(both.slice(-2, 0, rows), svdvals(x), both.slice(-2, rows, both.size(-2)).mT());
  }

  /// The Moore-Penrose inverse. Singular values up to the larger side times the type's rounding
  /// error times the largest one count as 0, as in `torch.linalg.pinv`.
  ///
  /// @throws ShapeException if `x` is no matrix
  public static Variable pinverse(Variable x) {
    try {
      Matrices.requireMatrix(x.shape());
      double rounding = x.dtype() == DType.FLOAT32 ? Math.ulp(1f) : Math.ulp(1.0);
      return pinverse(x, Math.max(x.size(-1), x.size(-2)) * rounding);
    } catch (WengertException e) {
      throw refused(e, "pinverse", x);
    }
  }

  /// The Moore-Penrose inverse, with singular values up to `tolerance` times the largest taken as
  /// 0.
  ///
  /// @throws ShapeException if `x` is no matrix
  public static Variable pinverse(Variable x, double tolerance) {
    return attempt("pinverse", () -> new Pinverse(tolerance).apply(x), x);
  }

  /// The shortest `X` for which `|A X - B|` is least: `A⁺ B`. Unlike `torch.linalg.lstsq`, also
  /// of a matrix without full rank.
  ///
  /// @throws ShapeException if the sizes differ
  public static Variable lstsq(Variable a, Variable b) {
    return attempt("lstsq", () -> matMul(pinverse(a), b), a, b);
  }

  /// `exp A = Σ Aᵏ/k!`.
  ///
  /// @throws ShapeException if the matrices are not square
  public static Variable matrixExp(Variable x) {
    return attempt("matrixExp", () -> MatrixExponential.of(x), x);
  }

  /// `Aⁿ`; the inverse is taken first if `n` is negative.
  ///
  /// @throws ShapeException if the matrices are not square
  /// @throws MatrixException if `n` is negative and a matrix singular
  public static Variable matrixPower(Variable x, int n) {
    try {
      Matrices.requireSquare(x.shape());
      if (n == 0) {
        return Matrices.eye(x.size(-1), x.size(-1), x).expand(x.shape());
      }
      Variable base = n < 0 ? inverse(x) : x;
      long exponent = Math.abs((long) n);
      Variable power = base;
      for (long bit = Long.highestOneBit(exponent) >> 1; bit > 0; bit >>= 1) {
        power = power.matMul(power);
        power = (exponent & bit) == 0 ? power : power.matMul(base);
      }
      return power;
    } catch (WengertException e) {
      throw refused(e, "matrixPower", x);
    }
  }

  /// The sum of the singular values.
  ///
  /// @throws ShapeException if `x` is no matrix
  public static Variable nuclearNorm(Variable x) {
    return attempt("nuclearNorm", () -> svdvals(x).sum(-1), x);
  }

  /// The Frobenius norm `√(Σ x²)` of each matrix.
  ///
  /// @throws ShapeException if `x` is no matrix
  public static Variable matrixNorm(Variable x) {
    try {
      Matrices.requireMatrix(x.shape());
      return norm(x, 2, false, -2, -1);
    } catch (WengertException e) {
      throw refused(e, "matrixNorm", x);
    }
  }

  /// The norm of each matrix: 1 the largest sum of magnitudes of a column, infinity that of a row,
  /// 2 the largest singular value; negative orders the smallest.
  ///
  /// @throws OptionException if the order is another number
  public static Variable matrixNorm(Variable x, double order) {
    try {
      Matrices.requireMatrix(x.shape());
      if (Math.abs(order) == 2) {
        return extreme(svdvals(x), order);
      }
      if (Math.abs(order) == 1) {
        return extreme(abs(x).sum(-2), order);
      }
      if (Double.isInfinite(order)) {
        return extreme(abs(x).sum(-1), order);
      }
      throw new OptionException("there is no matrix norm of order " + order)
          .hint("orders are 1, 2, infinity and their negatives; nuclearNorm(..) is another norm");
    } catch (WengertException e) {
      throw refused(e, "matrixNorm", x);
    }
  }

  private static Variable extreme(Variable values, double sign) {
    return sign > 0 ? amax(values, false, -1) : amin(values, false, -1);
  }

  /// The distances `|aᵢ - bⱼ|` of all rows of `a` from all rows of `b`, in the norm `p`; the
  /// axes in front broadcast. Equal rows have gradient 0.
  ///
  /// @throws ShapeException if rows differ in length
  public static Variable cdist(Variable a, Variable b, double p) {
    try {
      Matrices.requireMatrix(a.shape());
      Matrices.requireMatrix(b.shape());
      return norm(unsqueeze(a, -2).sub(unsqueeze(b, -3)), p, false, -1);
    } catch (WengertException e) {
      throw refused(e, "cdist", a, b);
    }
  }

  /// The Euclidean distances of all rows of `a` from all rows of `b`.
  public static Variable cdist(Variable a, Variable b) {
    return cdist(a, b, 2);
  }

  /// The distance `|a - b + eps|` of pairs of vectors in the last axis, in the norm `p`. PyTorch
  /// adds `eps` to every component so that equal vectors have a gradient.
  public static Variable pairwiseDistance(
      Variable a, Variable b, double p, double eps, boolean keepAxis) {
    return attempt("pairwiseDistance", () -> norm(a.sub(b).add(eps), p, keepAxis, -1), a, b);
  }

  /// The Euclidean distance of pairs of vectors in the last axis, with `eps` 1e-6.
  public static Variable pairwiseDistance(Variable a, Variable b) {
    return pairwiseDistance(a, b, 2, 1e-6, false);
  }

  /// `a · b / (|a| |b|)` along an axis; lengths below `eps` count as `eps`.
  public static Variable cosineSimilarity(Variable a, Variable b, int axis, double eps) {
    return attempt(
        "cosineSimilarity", () -> unit(a, axis, eps).mul(unit(b, axis, eps)).sum(axis), a, b);
  }

  /// The cosine of the angle between vectors along axis 1, with `eps` 1e-8: PyTorch's defaults.
  public static Variable cosineSimilarity(Variable a, Variable b) {
    return cosineSimilarity(a, b, 1, 1e-8);
  }

  private static Variable unit(Variable x, int axis, double eps) {
    return x.div(clamp(norm(x, 2, true, axis), eps, Double.POSITIVE_INFINITY));
  }
}
