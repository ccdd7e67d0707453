package org.wengert;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wengert.backend.Backend;
import org.wengert.tensor.Axes;
import org.wengert.tensor.DType;
import org.wengert.tensor.IndexRange;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// Variables one behind the other along an axis; each gets its own slice of the gradient:
/// `∂L/∂xᵢ = g[.., fromᵢ..toᵢ, ..]`.
record Cat(int axis) implements Op.Nary {
  @Override
  public String derivative(int input) {
    return "1";
  }

  @Override
  public Shape infer(List<Shape> xs) {
    Shape first = xs.getFirst();
    if (first.rank() == 0) {
      throw new ShapeException("scalars have no axis to be joined along").hint("stack them");
    }
    int at = Axes.normalize(axis, first.rank());
    int size = 0;
    for (Shape x : xs) {
      if (x.rank() != first.rank() || !x.with(at, 0).equals(first.with(at, 0))) {
        throw new ShapeException("shape " + x + " does not continue " + first + " along axis " + at)
            .hint("all other sizes must be equal");
      }
      size = Math.addExact(size, x.size(at));
    }
    return first.with(at, size);
  }

  @Override
  public Tensor forward(Backend kernels, List<Tensor> xs, Shape y) {
    DType type = xs.stream().map(Tensor::dtype).reduce(DType::promote).orElseThrow();
    return kernels.cat(xs, Axes.normalize(axis, y.rank()), y, type);
  }

  /// All at once, so that the places are counted once and not for each operand anew.
  @Override
  public boolean isJoint() {
    return true;
  }

  @Override
  public List<@Nullable Variable> gradients(Variable gy, Step step) {
    List<@Nullable Variable> gradients = new ArrayList<>();
    int from = 0;
    for (Variable x : step.inputs()) {
      int to = from + x.size(axis);
      gradients.add(x.requiresGrad() ? gy.slice(axis, from, to) : null);
      from = to;
    }
    return gradients;
  }

  @Override
  public Variable gradient(int input, Variable gy, Step step) {
    int from = start(input, step);
    return gy.slice(axis, from, from + step.input(input).size(axis));
  }

  private int start(int input, Step step) {
    int from = 0;
    for (int i = 0; i < input; i++) {
      from += step.input(i).size(axis);
    }
    return from;
  }

  @Override
  public Variable tangent(int input, Variable dx, Step step) {
    int from = start(input, step);
    return new Embed(axis, new IndexRange(from, dx.size(axis), 1), step.shape()).apply(dx);
  }
}
