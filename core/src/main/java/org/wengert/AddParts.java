package org.wengert;

import java.util.List;
import org.wengert.backend.Backend;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// The first operand with each of the others added to its place in it: what [Embed] and `add` would
/// give, without a tensor of full size for each of them. So the gradients of slices are summed when
/// they are recorded. Places may overlap.
record AddParts(List<Embed> places) implements Op.Nary {
  @Override
  public String formula() {
    return "sum(…)";
  }

  @Override
  public String derivative(int input) {
    return "1";
  }

  AddParts {
    places = List.copyOf(places);
  }

  @Override
  public Shape infer(List<Shape> xs) {
    Shape whole = xs.getFirst();
    for (int i = 0; i < places.size(); i++) {
      if (!places.get(i).infer(xs.get(i + 1)).equals(whole)) {
        throw new ShapeException("parts of " + places.get(i).to() + " are added to " + whole)
            .hint("all places are in the first operand");
      }
    }
    return whole;
  }

  @Override
  public Tensor forward(Backend kernels, List<Tensor> xs, Shape y) {
    DType type = xs.stream().map(Tensor::dtype).reduce(DType::promote).orElseThrow().toFloating();
    Tensor first = xs.getFirst();
    Tensor sum = first.dtype() == type ? first.copy() : first.to(type);
    for (int i = 0; i < places.size(); i++) {
      kernels.accumulate(places.get(i).in(sum), xs.get(i + 1).to(type));
    }
    return sum;
  }

  @Override
  public Variable gradient(int input, Variable gy, Step step) {
    return input == 0 ? gy : places.get(input - 1).adjoint(step.shape()).apply(gy);
  }

  @Override
  public Variable tangent(int input, Variable dx, Step step) {
    return input == 0 ? dx : places.get(input - 1).apply(dx);
  }
}
