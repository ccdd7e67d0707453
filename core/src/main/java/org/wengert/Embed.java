package org.wengert;

import org.wengert.backend.Backend;
import org.wengert.tensor.IndexRange;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// Zeros of shape `to` in which `range` of `axis` holds the operand; the adjoint cuts it out again.
record Embed(int axis, IndexRange range, Shape to) implements Op.Linear {
  @Override
  public Shape infer(Shape x) {
    if (!x.equals(to.with(axis, range.count()))) {
      throw new ShapeException(
              "shape "
                  + x
                  + " does not fit into "
                  + range.count()
                  + " places of axis "
                  + axis
                  + " of "
                  + to)
          .hint("all other sizes must be equal");
    }
    return to;
  }

  @Override
  public Tensor forward(Backend kernels, Tensor x, Shape y) {
    return kernels.embed(x, axis, range.from(), range.step(), y);
  }

  @Override
  public Slice adjoint(Shape x) {
    int end = range.from() + range.count() * range.step();
    return new Slice(axis, range.from(), Math.min(end, to.size(axis)), range.step());
  }

  /// The place of the operand in a tensor of the result's shape: a view.
  Tensor in(Tensor whole) {
    Slice slice = adjoint(to);
    return whole.slice(axis, slice.from(), slice.to(), slice.step());
  }
}
