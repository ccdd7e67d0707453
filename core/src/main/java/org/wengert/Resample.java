package org.wengert;

import org.wengert.backend.Backend;
import org.wengert.backend.Taps;
import org.wengert.tensor.Axes;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// A sparse matrix applied along one axis; the adjoint is the transposed matrix. Averages over
/// windows and interpolation are this, one axis after the other.
///
/// @param axis counted from the front
record Resample(int axis, Taps taps) implements Op.Linear {
  @Override
  public String derivative(int input) {
    return "its weights";
  }

  @Override
  public Shape infer(Shape x) {
    if (x.size(axis) != taps.size()) {
      throw new ShapeException("axis " + axis + " of " + x + " is not " + taps.size() + " long")
          .hint("the weights were made for an axis of that length");
    }
    return x.with(axis, taps.outputs());
  }

  @Override
  public Tensor forward(Backend kernels, Tensor x, Shape y) {
    return kernels.resample(x, Axes.normalize(axis, x.rank()), taps, y);
  }

  @Override
  public Linear adjoint(Shape x) {
    return new Resample(axis, taps.transposed());
  }
}
