package org.wengert;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wengert.backend.Backend;
import org.wengert.backend.Matrix;
import org.wengert.backend.Reduction;
import org.wengert.tensor.DTypeException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// `x Wᵀ + b`, the linear layer on the last axis of `x`; without a third operand `x Wᵀ`. The sums
/// start from the bias, so that it costs no pass of its own, and rows are all the same to them, so
/// that no axis in front costs a copy. `∂L/∂x = G W`, `∂L/∂W = Gᵀ x`, `∂L/∂b = Σ G` over the rows.
record Linear() implements Op.Fused {
  @Override
  public String formula() {
    return "x₁ x₂ᵀ + x₃";
  }

  @Override
  public String derivative(int input) {
    return List.of("x₂", "x₁", "1").get(input);
  }

  @Override
  public Shape infer(List<Shape> xs) {
    Shape x = xs.get(0);
    Shape weight = xs.get(1);
    if (x.rank() == 0 || weight.rank() != 2) {
      throw new ShapeException("features " + x + " meet a weight " + weight)
          .hint("features are (.., in), the weight (out, in)");
    }
    requireFeatures(x, weight);
    Shape out = Shape.of(weight.size(0));
    if (xs.size() == 3 && !xs.get(2).equals(out)) {
      throw new ShapeException("a bias " + xs.get(2) + " for " + weight.size(0) + " outputs")
          .hint("the bias has shape (out), the weight (out, in)");
    }
    return x.with(-1, weight.size(0));
  }

  static void requireFeatures(Shape x, Shape weight) {
    if (x.size(-1) != weight.size(1)) {
      throw new ShapeException(x.size(-1) + " features meet a weight for " + weight.size(1))
          .hint("the last axis of both must be equally long: the weight has shape (out, in)");
    }
  }

  @Override
  public long multiplyAdds(List<Shape> xs, Shape y) {
    return (long) y.count() * xs.get(1).size(1);
  }

  @Override
  public Computed compute(Backend kernels, List<Tensor> xs, Shape y) {
    Tensor weight = xs.get(1);
    for (Tensor x : xs) {
      if (x.dtype() != weight.dtype()) {
        throw new DTypeException("operands of types " + x.dtype() + " and " + weight.dtype())
            .hint("convert one of them with to(..)");
      }
    }
    Tensor result = Tensor.empty(y, weight.dtype());
    Matrix c = rows(result);
    Matrix bias = xs.size() == 2 ? null : Matrix.repeated(xs.get(2), c.rows());
    kernels.multiply(rows(xs.get(0)), Matrix.of(weight).transposed(), bias, c);
    return new Computed(result);
  }

  /// All axes in front of the last as one.
  private static Matrix rows(Tensor x) {
    return Matrix.of(x.rank() == 2 ? x : x.reshape(x.shape().with(-1, 1).count(), x.size(-1)));
  }

  @Override
  public List<@Nullable Tensor> derivatives(Backend kernels, Past past) {
    List<@Nullable Tensor> gradients = new ArrayList<>();
    Matrix gy = rows(past.gy());
    Matrix x = rows(past.xs().get(0));
    Matrix weight = Matrix.of(past.xs().get(1));
    boolean[] wanted = past.wanted();
    gradients.add(wanted[0] ? product(kernels, gy, weight, past.xs().get(0)) : null);
    gradients.add(wanted[1] ? product(kernels, gy.transposed(), x, past.xs().get(1)) : null);
    if (wanted.length == 3) {
      Shape bias = past.xs().get(2).shape();
      gradients.add(wanted[2] ? kernels.reduce(Reduction.SUM, past.gy(), bias) : null);
    }
    return gradients;
  }

  private static Tensor product(Backend kernels, Matrix a, Matrix b, Tensor like) {
    Tensor y = Tensor.empty(like.shape(), like.dtype());
    kernels.multiply(a, b, null, rows(y));
    return y;
  }

  @Override
  public Variable compose(List<Variable> xs) {
    Variable y = F.matMul(xs.get(0), xs.get(1).mT());
    return xs.size() == 2 ? y : y.add(xs.get(2));
  }
}
