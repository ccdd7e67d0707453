package org.wengert;

import org.wengert.backend.Backend;
import org.wengert.tensor.Axes;
import org.wengert.tensor.IndexRange;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// The indices `from`, `from + step`, ... below `to` along one axis, without copying; the adjoint
/// puts them back among zeros.
record Slice(int axis, int from, int to, int step) implements Op.Linear {
  @Override
  public String formula() {
    return written();
  }

  @Override
  public Shape infer(Shape x) {
    int at = Axes.normalize(axis, x.rank());
    return x.with(at, IndexRange.of(x, at, from, to, step).count());
  }

  @Override
  public Tensor forward(Backend kernels, Tensor x, Shape y) {
    return x.slice(axis, from, to, step);
  }

  @Override
  public Embed adjoint(Shape x) {
    int at = Axes.normalize(axis, x.rank());
    return new Embed(at, IndexRange.of(x, at, from, to, step), x);
  }

  /// As in Python: `x[:, 2:5]`, counted from the last axis `x[..., 2:5, :]`.
  private String written() {
    String before = axis < 0 ? "..., " : ":, ".repeat(axis);
    String behind = axis < 0 ? ", :".repeat(-1 - axis) : "";
    return "x[" + before + from + ":" + to + (step == 1 ? "" : ":" + step) + behind + "]";
  }
}
