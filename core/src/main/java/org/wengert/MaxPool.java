package org.wengert;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wengert.backend.Backend;
import org.wengert.backend.Window;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// The largest element of each window over the last axes; the gradient goes to the first of equals.
/// One kernel, which keeps the places for the way back: `∂L/∂x[place] += g`.
///
/// @param windows one for each of the last axes; every one sees an element
record MaxPool(List<Window> windows) implements Op.Fused {
  @Override
  public String derivative(int input) {
    return "1 at the largest of each window, else 0";
  }

  MaxPool {
    windows = List.copyOf(windows);
  }

  @Override
  public Shape infer(List<Shape> xs) {
    return new WindowArgMax(windows).infer(xs.getFirst());
  }

  @Override
  public Computed compute(Backend kernels, List<Tensor> xs, Shape y) {
    List<Tensor> found = kernels.maxPool(xs.getFirst(), windows, y);
    return new Computed(found.get(0), found.get(1));
  }

  @Override
  public List<@Nullable Tensor> derivatives(Backend kernels, Past past) {
    List<@Nullable Tensor> gradients = new ArrayList<>();
    Tensor x = past.xs().getFirst();
    gradients.add(
        past.wanted()[0]
            ? kernels.maxUnpool(past.gy(), past.saved()[0], windows.size(), x.shape())
            : null);
    return gradients;
  }

  @Override
  public Variable compose(List<Variable> xs) {
    Variable x = xs.getFirst();
    return gathered(x, new WindowArgMax(windows).apply(x).value(), windows.size());
  }

  /// The elements of the planes of the last axes that `index` names.
  static Variable gathered(Variable x, Tensor index, int axes) {
    int planes = Unfold.outer(x.shape(), x.rank() - axes).count();
    int area = 1;
    int outputs = 1;
    for (int axis = 1; axis <= axes; axis++) {
      area *= x.size(-axis);
      outputs *= index.size(-axis);
    }
    Tensor flat = index.reshape(Shape.of(planes, outputs));
    Variable values = new Gather(1, flat).apply(x.reshape(Shape.of(planes, area)));
    return values.reshape(index.shape());
  }
}
