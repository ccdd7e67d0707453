package org.wengert;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wengert.backend.Backend;
import org.wengert.backend.Reduction;
import org.wengert.backend.Window;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// Convolution with a bias, if there is a third operand, or its adjoint in `x`. One kernel, because
/// the elements of all windows, which the composition writes down, take as many times more memory
/// than `x` as the kernel has taps.
///
/// @param windows one for each axis of the plane; transposed, they lead from the result to `x`
/// @param groups into how many independent convolutions the channels are divided
/// @param transposed whether it is the adjoint
record Convolve(List<Window> windows, int groups, boolean transposed) implements Op.Fused {
  @Override
  public String formula() {
    return transposed ? "x₁ *ᵀ x₂ + x₃" : "x₁ * x₂ + x₃";
  }

  @Override
  public String derivative(int input) {
    return List.of("x₂", "x₁", "1").get(input);
  }

  Convolve {
    windows = List.copyOf(windows);
  }

  /// Its gradient with respect to `x` is the convolution in the other direction.
  private Convolve adjoint() {
    return new Convolve(windows, groups, !transposed);
  }

  @Override
  public Shape infer(List<Shape> xs) {
    Shape x = xs.get(0);
    Shape weight = xs.get(1);
    int[] plane = windows.stream().mapToInt(transposed ? Window::outputs : Window::size).toArray();
    Unfold.requirePlane(x, plane);
    Unfold.requirePlane(weight, windows.stream().mapToInt(Window::kernel).toArray());
    int axes = windows.size();
    int seen = transposed ? weight.size(0) : weight.size(1) * groups;
    if (x.rank() != axes + 2 || weight.rank() != axes + 2 || x.size(1) != seen) {
      throw new ShapeException(
              x + " meets a weight of shape " + weight + " in " + groups + " groups")
          .hint(
              "the channels of the operand are the second axis, those of the weight the first two");
    }
    int channels = transposed ? weight.size(1) * groups : weight.size(0);
    if (xs.size() > 2 && !xs.get(2).equals(Shape.of(channels))) {
      throw new ShapeException("a bias of shape " + xs.get(2) + " for " + channels + " channels")
          .hint("give one number for each channel of the result");
    }
    Shape y = Shape.of(x.size(0), channels);
    for (Window window : windows) {
      y = y.insert(-1, transposed ? window.size() : window.outputs());
    }
    return y;
  }

  /// What the weight has for one channel, for each element on the side that it gathers into, or
  /// spreads from.
  @Override
  public long multiplyAdds(List<Shape> xs, Shape y) {
    Shape side = transposed ? xs.get(0) : y;
    return (long) side.count() * xs.get(1).with(0, 1).count();
  }

  @Override
  public Computed compute(Backend kernels, List<Tensor> xs, Shape y) {
    Tensor bias = xs.size() > 2 ? xs.get(2) : null;
    return new Computed(run(kernels, xs.get(0), xs.get(1), bias, y));
  }

  private Tensor run(Backend kernels, Tensor x, Tensor weight, @Nullable Tensor bias, Shape y) {
    return transposed
        ? kernels.convolutionTransposed(x, weight, bias, windows, groups, y)
        : kernels.convolution(x, weight, bias, windows, groups, y);
  }

  @Override
  public List<@Nullable Tensor> derivatives(Backend kernels, Past past) {
    Tensor x = past.xs().get(0);
    Tensor weight = past.xs().get(1);
    Tensor gy = past.gy().isContiguous() ? past.gy() : past.gy().copy(); // once for both kernels
    boolean[] wanted = past.wanted();
    List<@Nullable Tensor> gradients = new ArrayList<>();
    gradients.add(wanted[0] ? adjoint().run(kernels, gy, weight, null, x.shape()) : null);
    boolean withBias = wanted.length > 2 && wanted[2] && !transposed;
    List<Tensor> found = List.of();
    if (wanted[1]) {
      Tensor seen = transposed ? gy : x;
      Tensor windowed = transposed ? x : gy;
      found = kernels.convolutionWeights(seen, windowed, windows, groups, weight.shape(), withBias);
    }
    gradients.add(wanted[1] ? found.get(0) : null);
    if (wanted.length > 2) {
      gradients.add(wanted[2] ? biasGradient(kernels, past, found) : null);
    }
    return gradients;
  }

  private Tensor biasGradient(Backend kernels, Past past, List<Tensor> found) {
    if (found.size() > 1) {
      return found.get(1);
    }
    Shape bias = past.xs().get(2).shape();
    return kernels.reduce(Reduction.SUM, past.gy(), aligned(bias)).reshape(bias);
  }

  private Shape aligned(Shape bias) {
    Shape aligned = bias;
    for (int axis = 0; axis < windows.size(); axis++) {
      aligned = aligned.insert(-1, 1);
    }
    return aligned;
  }

  /// The elements of every window in a column ([Unfold]), then a matrix product with the kernels;
  /// transposed, the matrix product first, then the columns added up where they belong ([Fold]).
  @Override
  public Variable compose(List<Variable> xs) {
    Variable weight = xs.get(1);
    int inner = weight.shape().with(0, 1).count();
    Variable kernels = weight.reshape(Shape.of(groups, weight.size(0) / groups, inner));
    Variable x = xs.get(0);
    Variable y = transposed ? spread(x, kernels, weight) : gathered(x, kernels, weight);
    return xs.size() > 2 ? y.add(xs.get(2).reshape(aligned(xs.get(2).shape()))) : y;
  }

  private Variable gathered(Variable x, Variable kernels, Variable weight) {
    int area = Unfold.withOutputs(Shape.SCALAR, windows).count();
    Shape columns = Shape.of(x.size(0), groups, kernels.size(2), area);
    Variable product = kernels.matMul(new Unfold(windows).apply(x).reshape(columns));
    return product.reshape(Unfold.withOutputs(Shape.of(x.size(0), weight.size(0)), windows));
  }

  private Variable spread(Variable x, Variable kernels, Variable weight) {
    int area = Unfold.withOutputs(Shape.SCALAR, windows).count();
    Variable samples = x.reshape(Shape.of(x.size(0), groups, weight.size(0) / groups, area));
    Shape taps = Shape.of(windows.stream().mapToInt(Window::kernel).toArray());
    Shape columns = Plane.shape(taps, x.size(0), weight.size(1) * groups);
    Variable product = kernels.mT().matMul(samples);
    return new Fold(windows).apply(product.reshape(Unfold.withOutputs(columns, windows)));
  }
}
