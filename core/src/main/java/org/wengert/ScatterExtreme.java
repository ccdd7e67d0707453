package org.wengert;

import org.wengert.backend.Backend;
import org.wengert.backend.Reduction;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// The largest or smallest of all that `index` sends to a place along `axis`, with the element that
/// was there if `includeSelf`; places to which nothing is sent keep theirs. Equals share the
/// gradient evenly: `∂L/∂x = g [x = y] / #ties`, `∂L/∂s = (g / #ties)[index] [s = y[index]]`.
///
/// @param index checked and non-negative, see [Indices]
record ScatterExtreme(Reduction how, int axis, Tensor index, boolean includeSelf)
    implements Op.Binary {
  @Override
  public String derivative(int input) {
    return input == 0
        ? "1 where a = y, shared at ties, else 0"
        : "1 where b = y, shared at ties, else 0";
  }

  @Override
  public Shape infer(Shape x, Shape source) {
    if (!source.equals(index.shape())) {
      throw new ShapeException(
              "values of shape " + source + " meet indices of shape " + index.shape())
          .hint("give one index for each value");
    }
    Indices.requireWithin(index, x, axis);
    return x;
  }

  @Override
  public Tensor forward(Backend kernels, Tensor x, Tensor source, Shape y) {
    return kernels.scatterFold(how, x, axis, index, source, includeSelf);
  }

  /// Which of `x` and of the sources are the result, and among how many the gradient is shared.
  private record Ties(Variable self, Variable source, Variable count) {}

  private Ties ties(Variable x, Variable source, Variable y) {
    Gather gather = new Gather(axis, index);
    ScatterAdd add = new ScatterAdd(axis, index, x.shape());
    Variable self = F.eq(x, y);
    if (!includeSelf) {
      self = add.apply(F.onesLike(source)).eq(0); // untouched, so it is what was there
    }
    Variable from = F.eq(source, gather.apply(y));
    Variable count = self.add(add.apply(from.to(y.dtype())));
    return new Ties(self, from, count);
  }

  @Override
  public Variable left(Variable gy, Variable x, Variable source, Variable y) {
    Ties ties = ties(x, source, y);
    return F.where(ties.self(), gy.div(ties.count()), F.zerosLike(gy));
  }

  @Override
  public Variable right(Variable gy, Variable x, Variable source, Variable y) {
    Ties ties = ties(x, source, y);
    Variable share = new Gather(axis, index).apply(gy.div(ties.count()));
    return F.where(ties.source(), share, F.zerosLike(share));
  }

  @Override
  public Variable tangent(int input, Variable dx, Step step) {
    Ties ties = ties(step.input(0), step.input(1), step);
    Variable mine = F.where(input == 0 ? ties.self() : ties.source(), dx, F.zerosLike(dx));
    Variable moved = input == 0 ? mine : new ScatterAdd(axis, index, step.shape()).apply(mine);
    return moved.div(ties.count());
  }

  @Override
  public String toString() {
    return "ScatterExtreme[how=" + how + ", axis=" + axis + ", index=" + index.shape() + "]";
  }
}
