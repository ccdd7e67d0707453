package org.wengert;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wengert.backend.Backend;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// `softmax(scale q kᵀ) v` for queries `(.., queries, d)`, keys `(.., keys, d)` and values `(..,
/// keys, e)`, with a mask as fourth operand or without; see [RecurrentFunctions]. One operation,
/// because the scores of one head stay in the cache while they are made, exponentiated and used:
/// the composition writes and reads all of them six times. They are not kept, but made again from
/// queries and keys on the way back, as in Dao et al., "FlashAttention", 2022.
///
/// @param causal whether query `i` sees keys up to `i` only
/// @param scale what the scores are multiplied with
record ScaledDotProductAttention(boolean causal, double scale) implements Op.Fused {
  @Override
  public String formula() {
    return "softmax(x₁ x₂ᵀ/√d) x₃";
  }

  @Override
  public String derivative(int input) {
    return List.of(
            "x₂/√d · (diag(p) - p pᵀ) · x₃, p = softmax(x₁ x₂ᵀ/√d)",
            "x₁/√d · (diag(p) - p pᵀ) · x₃, p = softmax(x₁ x₂ᵀ/√d)",
            "softmax(x₁ x₂ᵀ/√d)",
            "(diag(p) - p pᵀ) · x₃, p = softmax(x₁ x₂ᵀ/√d)")
        .get(input);
  }

  @Override
  public Shape infer(List<Shape> xs) {
    Shape q = xs.get(0);
    Shape k = xs.get(1);
    Shape v = xs.get(2);
    if (q.rank() < 2 || k.rank() < 2 || v.rank() < 2 || q.size(-1) != k.size(-1)) {
      throw new ShapeException("queries " + q + " meet keys " + k)
          .hint("queries and keys are vectors of one length, in the last axis");
    }
    if (k.size(-2) != v.size(-2)) {
      throw new ShapeException("keys " + k + " meet values " + v)
          .hint("there is a value for each key: their axes before the last have one size");
    }
    return with(lead(xs), q.size(-2), v.size(-1));
  }

  /// The axes in front of the matrices.
  private static Shape lead(List<Shape> xs) {
    Shape lead = Shape.SCALAR;
    for (int i = 0; i < 3; i++) {
      lead = Shape.broadcast(lead, lead(xs.get(i)));
    }
    if (xs.size() > 3) {
      Shape mask = Shape.broadcast(xs.get(3), Shape.of(xs.get(0).size(-2), xs.get(1).size(-2)));
      lead = Shape.broadcast(lead, lead(mask));
    }
    return lead;
  }

  private static Shape lead(Shape x) {
    return x.remove(-1).remove(-1);
  }

  private static Shape with(Shape lead, int rows, int columns) {
    int[] sizes = new int[lead.rank() + 2];
    System.arraycopy(lead.toArray(), 0, sizes, 0, lead.rank());
    sizes[lead.rank()] = rows;
    sizes[lead.rank() + 1] = columns;
    return Shape.of(sizes);
  }

  /// Scores and weighted values of all pairs, whatever a mask hides.
  @Override
  public long multiplyAdds(List<Shape> xs, Shape y) {
    long queries = y.with(-1, 1).count();
    return queries * xs.get(1).size(-2) * (xs.get(0).size(-1) + y.size(-1));
  }

  private AttentionHeads heads(Backend kernels, List<Tensor> xs) {
    Shape lead = lead(xs.stream().map(Tensor::shape).toList());
    boolean masked = xs.size() > 3;
    boolean added = masked && xs.get(3).dtype() != DType.BOOL;
    DType type =
        xs.subList(0, added ? 4 : 3).stream()
            .map(Tensor::dtype)
            .reduce(DType::promote)
            .orElseThrow()
            .toFloating();
    List<Tensor> matrices = new ArrayList<>();
    for (Tensor x : xs.subList(0, 3)) {
      matrices.add(x.to(type).expand(with(lead, x.size(-2), x.size(-1))));
    }
    Tensor mask = null;
    if (masked) {
      int keys = matrices.get(1).size(-2);
      Tensor given = added ? xs.get(3).to(type) : xs.get(3);
      Tensor rows = given.rank() == 0 ? given.reshape(1) : given;
      Shape whole = rows.shape().with(rows.rank() - 1, keys);
      mask = rows.expand(whole).contiguous().expand(with(lead, matrices.get(0).size(-2), keys));
    }
    return new AttentionHeads(
        kernels, matrices.get(0), matrices.get(1), matrices.get(2), mask, causal, scale);
  }

  @Override
  public Computed compute(Backend kernels, List<Tensor> xs, Shape y) {
    AttentionHeads heads = heads(kernels, xs);
    Tensor result = heads.like(heads.q(), y);
    return new Computed(result, heads.forward(result));
  }

  @Override
  public List<@Nullable Tensor> derivatives(Backend kernels, Past past) {
    AttentionHeads heads = heads(kernels, past.xs());
    return heads.backward(past.gy(), past.saved()[0], past.wanted());
  }

  @Override
  public Variable compose(List<Variable> xs) {
    Variable mask = xs.size() > 3 ? xs.get(3) : null;
    return RecurrentFunctions.weights(xs.get(0), xs.get(1), mask, causal, scale).matMul(xs.get(2));
  }
}
