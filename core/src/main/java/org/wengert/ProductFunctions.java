package org.wengert;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.wengert.tensor.Axes;
import org.wengert.tensor.DType;
import org.wengert.tensor.DTypeException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;
import org.wengert.tensor.WengertException;

/// The functions of [F] that multiply matrices and vectors. All are compositions of the one matrix
/// product.
abstract class ProductFunctions extends ReductionFunctions {
  private static final Linear LINEAR = new Linear();

  ProductFunctions() {}

  /// The matrix product, as `torch.matmul`: the last two axes are matrices and the axes in front
  /// broadcast; a vector on the left is a row, on the right a column, and its axis disappears.
  ///
  /// @throws ShapeException if the inner sizes differ or an operand is a scalar
  /// @throws DTypeException if the types differ
  public static Variable matMul(Variable a, Variable b) {
    try {
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
    } catch (WengertException e) {
      throw refused(e, "matMul", a, b);
    }
  }

  private static Shape vectorProduct(Shape right) {
    return right.rank() == 1 ? Shape.SCALAR : right.remove(-2);
  }

  /// The product of two matrices, without batches or broadcasting.
  ///
  /// @throws ShapeException if an operand is no matrix or the inner sizes differ
  public static Variable mm(Variable a, Variable b) {
    try {
      requireRanks("mm", a, 2, b, 2);
      return matMul(a, b);
    } catch (WengertException e) {
      throw refused(e, "mm", a, b);
    }
  }

  /// A matrix times a vector.
  ///
  /// @throws ShapeException if the ranks are not 2 and 1, or the sizes differ
  public static Variable mv(Variable a, Variable b) {
    try {
      requireRanks("mv", a, 2, b, 1);
      return matMul(a, b);
    } catch (WengertException e) {
      throw refused(e, "mv", a, b);
    }
  }

  /// The products of two batches of matrices, of shapes `(n, i, k)` and `(n, k, j)`.
  ///
  /// @throws ShapeException if the ranks are not 3, the batches or the inner sizes differ
  public static Variable bmm(Variable a, Variable b) {
    try {
      requireRanks("bmm", a, 3, b, 3);
      if (a.size(0) != b.size(0)) {
        throw new ShapeException("batches of " + a.size(0) + " and " + b.size(0) + " matrices")
            .hint("bmm does not broadcast; matMul does");
      }
      return new MatMul().apply(a, b);
    } catch (WengertException e) {
      throw refused(e, "bmm", a, b);
    }
  }

  /// `beta · input + alpha · a b`; the input broadcasts. With `beta` 0 it is not read, so that its
  /// `NaN` do not spread.
  public static Variable addmm(Variable input, Variable a, Variable b, double beta, double alpha) {
    return attempt("addmm", () -> weighted(input, mm(a, b), beta, alpha), input, a, b);
  }

  /// `input + a b`.
  public static Variable addmm(Variable input, Variable a, Variable b) {
    return addmm(input, a, b, 1, 1);
  }

  /// `beta · input + alpha · a b` with a matrix `a` and a vector `b`, see [#addmm].
  public static Variable addmv(Variable input, Variable a, Variable b, double beta, double alpha) {
    return attempt("addmv", () -> weighted(input, mv(a, b), beta, alpha), input, a, b);
  }

  /// `input + a b` with a matrix `a` and a vector `b`.
  public static Variable addmv(Variable input, Variable a, Variable b) {
    return addmv(input, a, b, 1, 1);
  }

  /// `beta · input + alpha · a b` with batches of matrices, see [#addmm].
  public static Variable baddbmm(
      Variable input, Variable a, Variable b, double beta, double alpha) {
    return attempt("baddbmm", () -> weighted(input, bmm(a, b), beta, alpha), input, a, b);
  }

  /// `input + a b` with batches of matrices.
  public static Variable baddbmm(Variable input, Variable a, Variable b) {
    return baddbmm(input, a, b, 1, 1);
  }

  private static Variable weighted(Variable input, Variable product, double beta, double alpha) {
    Variable scaled = alpha == 1 ? product : product.mul(alpha);
    Variable added = beta == 1 ? input : input.mul(beta);
    if (beta == 0) {
      Variable never = Variable.constant(Tensor.full(Shape.SCALAR, 0, DType.BOOL));
      added = where(never, input, zerosLike(input));
    }
    return added.add(scaled);
  }

  /// `Σ aᵢ bᵢ` of two vectors of equal length.
  ///
  /// @throws ShapeException if they are no vectors or differ in length
  public static Variable dot(Variable a, Variable b) {
    try {
      requireRanks("dot", a, 1, b, 1);
      return matMul(a, b);
    } catch (WengertException e) {
      throw refused(e, "dot", a, b);
    }
  }

  /// `aᵢ bⱼ` of two vectors.
  public static Variable outer(Variable a, Variable b) {
    try {
      requireRanks("outer", a, 1, b, 1);
      return unsqueeze(a, 1).mul(b);
    } catch (WengertException e) {
      throw refused(e, "outer", a, b);
    }
  }

  /// The sums of products over the last axis of both: `y[.., ..] = Σₖ a[.., k] b[.., k]`; a scalar
  /// multiplies.
  public static Variable inner(Variable a, Variable b) {
    try {
      if (a.rank() == 0 || b.rank() == 0) {
        return a.mul(b);
      }
      return tensordot(a, b, new int[] {-1}, new int[] {-1});
    } catch (WengertException e) {
      throw refused(e, "inner", a, b);
    }
  }

  /// The sums of products over pairs of axes: `axesA[i]` of `a` with `axesB[i]` of `b`. What
  /// remains of `a` comes first.
  ///
  /// @throws ShapeException if the numbers of axes or their sizes differ
  public static Variable tensordot(Variable a, Variable b, int[] axesA, int[] axesB) {
    try {
      int[] left = normalized(axesA, a.rank());
      int[] right = normalized(axesB, b.rank());
      requirePairs(a, left, b, right);
      int[] restA = rest(a.rank(), left);
      int[] restB = rest(b.rank(), right);
      int inner = count(a, left);
      Variable rows =
          a.permute(IntStream.concat(IntStream.of(restA), IntStream.of(left)).toArray())
              .reshape(count(a, restA), inner);
      Variable columns =
          b.permute(IntStream.concat(IntStream.of(right), IntStream.of(restB)).toArray())
              .reshape(inner, count(b, restB));
      IntStream sizes =
          IntStream.concat(IntStream.of(restA).map(a::size), IntStream.of(restB).map(b::size));
      return matMul(rows, columns).reshape(Shape.of(sizes.toArray()));
    } catch (WengertException e) {
      throw refused(e, "tensordot", a, b);
    }
  }

  /// The sums of products over the last `axes` axes of `a` and the first ones of `b`.
  public static Variable tensordot(Variable a, Variable b, int axes) {
    try {
      int first = a.rank() - axes;
      if (axes < 0 || first < 0 || axes > b.rank()) {
        throw new ShapeException(
                axes + " axes of operands of rank " + a.rank() + " and " + b.rank())
            .hint("both have as many axes as are summed over, 0 or more");
      }
      return tensordot(
          a, b, IntStream.range(first, a.rank()).toArray(), IntStream.range(0, axes).toArray());
    } catch (WengertException e) {
      throw refused(e, "tensordot", a, b);
    }
  }

  private static void requirePairs(Variable a, int[] left, Variable b, int[] right) {
    boolean same = left.length == right.length;
    for (int i = 0; same && i < left.length; i++) {
      same = a.size(left[i]) == b.size(right[i]);
    }
    if (!same) {
      throw new ShapeException(
              "axes "
                  + List.of(IntStream.of(left).boxed().toArray())
                  + " on the left meet axes "
                  + List.of(IntStream.of(right).boxed().toArray())
                  + " on the right")
          .hint("name as many axes on both sides, of equal sizes in pairs");
    }
  }

  private static int[] normalized(int[] axes, int rank) {
    return IntStream.of(axes).map(axis -> Axes.normalize(axis, rank)).toArray();
  }

  private static int[] rest(int rank, int[] axes) {
    return IntStream.range(0, rank)
        .filter(axis -> IntStream.of(axes).noneMatch(a -> a == axis))
        .toArray();
  }

  private static int count(Variable x, int[] axes) {
    return IntStream.of(axes).map(x::size).reduce(1, (a, b) -> a * b);
  }

  /// The cross product of vectors of three components along an axis; other axes broadcast.
  ///
  /// @throws ShapeException if an axis has another size than 3
  public static Variable cross(Variable a, Variable b, int axis) {
    try {
      if (a.rank() == 0 || b.rank() == 0 || a.size(axis) != 3 || b.size(axis) != 3) {
        throw new ShapeException("a cross product needs three components along axis " + axis)
            .hint("say which axis has size 3");
      }
      Variable next = Variable.constant(Tensor.of(1, 2, 0));
      Variable last = Variable.constant(Tensor.of(2, 0, 1));
      return indexSelect(a, axis, next)
          .mul(indexSelect(b, axis, last))
          .sub(indexSelect(a, axis, last).mul(indexSelect(b, axis, next)));
    } catch (WengertException e) {
      throw refused(e, "cross", a, b);
    }
  }

  /// The cross product along the last axis.
  public static Variable cross(Variable a, Variable b) {
    return cross(a, b, -1);
  }

  /// The Kronecker product: every element of `a` times the whole of `b`, as blocks. Of operands of
  /// different rank, the one of lower rank gets axes of size 1 in front.
  public static Variable kron(Variable a, Variable b) {
    try {
      int rank = Math.max(a.rank(), b.rank());
      int[] left = new int[2 * rank];
      int[] right = new int[2 * rank];
      int[] sizes = new int[rank];
      for (int axis = 0; axis < rank; axis++) {
        left[2 * axis] = sizeOf(a, axis - rank);
        left[2 * axis + 1] = 1;
        right[2 * axis] = 1;
        right[2 * axis + 1] = sizeOf(b, axis - rank);
        sizes[axis] = Check.size((long) left[2 * axis] * right[2 * axis + 1]);
      }
      return a.reshape(Shape.of(left)).mul(b.reshape(Shape.of(right))).reshape(Shape.of(sizes));
    } catch (WengertException e) {
      throw refused(e, "kron", a, b);
    }
  }

  private static int sizeOf(Variable x, int fromEnd) {
    return -fromEnd > x.rank() ? 1 : x.size(fromEnd);
  }

  /// Sums of products by the names of axes, as `torch.einsum`: `ij,jk->ik` is the matrix product.
  ///
  /// Letters name axes; equal letters have equal sizes or size 1. What is not named on the right is
  /// summed. A letter twice in one operand takes its diagonal. `...` stands for any number of axes,
  /// which broadcast. Without an arrow the result has the letters that occur once, in alphabetical
  /// order, after the axes of `...`. Blanks do not count.
  ///
  /// @throws ShapeException if equation and operands do not fit
  public static Variable einsum(String equation, Variable... operands) {
    try {
      return new Einsum(equation, List.of(operands)).result();
    } catch (WengertException e) {
      throw refused(e, "einsum '" + equation + "'", operands);
    }
  }

  /// `x Wᵀ`, the linear layer without its bias.
  ///
  /// @param weight of shape `(out, in)`
  public static Variable linear(Variable x, Variable weight) {
    return linear(x, weight, null);
  }

  /// `x Wᵀ + b`, the linear layer.
  ///
  /// @param weight of shape `(out, in)`
  /// @param bias of shape `(out)`; null means 0
  public static Variable linear(Variable x, Variable weight, @Nullable Variable bias) {
    try {
      if (x.rank() > 0 && weight.rank() == 2) {
        Linear.requireFeatures(x.shape(), weight.shape());
      }
      if (isLayer(x, weight, bias)) {
        return bias == null ? LINEAR.apply(x, weight) : LINEAR.apply(x, weight, bias);
      }
      Variable y = matMul(x, weight.rank() == 2 ? weight.mT() : weight);
      return bias == null ? y : y.add(bias);
    } catch (WengertException e) {
      throw refused(e, "linear", x, weight, bias);
    }
  }

  /// Whether there is one operation for it: a bias may also be of another type, or broadcast.
  private static boolean isLayer(Variable x, Variable weight, @Nullable Variable bias) {
    return x.rank() > 0
        && weight.rank() == 2
        && weight.dtype().isFloating()
        && (bias == null
            || bias.dtype() == weight.dtype()
                && bias.rank() == 1
                && bias.size(0) == weight.size(0));
  }

  /// `yₒ = x₁ᵀ Wₒ x₂` for each row of `x1` and `x2`.
  ///
  /// @param x1 of shape `(.., in1)`
  /// @param x2 of shape `(.., in2)`
  /// @param weight of shape `(out, in1, in2)`
  public static Variable bilinear(Variable x1, Variable x2, Variable weight) {
    return attempt("bilinear", () -> einsum("...i,oij,...j->...o", x1, weight, x2), x1, x2, weight);
  }

  /// `yₒ = x₁ᵀ Wₒ x₂ + bₒ`, the bilinear layer.
  ///
  /// @param weight of shape `(out, in1, in2)`
  /// @param bias of shape `(out)`; null means 0
  public static Variable bilinear(
      Variable x1, Variable x2, Variable weight, @Nullable Variable bias) {
    try {
      Variable y = bilinear(x1, x2, weight);
      return bias == null ? y : y.add(bias);
    } catch (WengertException e) {
      throw refused(e, "bilinear", x1, x2, weight, bias);
    }
  }

  /// The product of several matrices, bracketed so that the fewest numbers are multiplied.
  ///
  /// @throws ShapeException if there is none, or neighbours do not fit
  public static Variable chainMatmul(Variable... matrices) {
    return attempt("chainMatmul", () -> new MatrixChain(List.of(matrices)).product(), matrices);
  }

  static void requireRanks(String what, Variable a, int left, Variable b, int right) {
    if (a.rank() != left || b.rank() != right) {
      throw new ShapeException(what + " takes operands of rank " + left + " and " + right)
          .hint("matMul takes any ranks; reshape or unsqueeze the operands");
    }
  }
}
