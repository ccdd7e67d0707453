package org.wengert;

import java.util.Arrays;
import org.wengert.backend.Backend;
import org.wengert.tensor.Axes;
import org.wengert.tensor.IndexRange;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Storage;
import org.wengert.tensor.Tensor;

/// `y[i] = a[i] y[i-1] + b[i]` along an axis, or with `y[i+1]` from its end if `reversed`.
///
/// Cumulative products and everything like them: the gradient is the recurrence that runs the other
/// way, `s[i] = g[i] + a[i+1] s[i+1]`, with `∂L/∂b[i] = s[i]` and `∂L/∂a[i] = s[i] y[i-1]`. No
/// division, so that zeros are no special case, in any order, and the cost is linear.
///
/// @param starts where the recurrence begins again with `y[i] = b[i]`, as it must where it begins:
///     a `BOOL` vector of the axis' size
record Recurrence(int axis, boolean reversed, Tensor starts) implements Op.Binary {
  @Override
  public String formula() {
    return "a[i] y[i - 1] + b[i]";
  }

  @Override
  public String derivative(int input) {
    return input == 0 ? "y[i - 1] and on through later places" : "1 and on through later places";
  }

  /// The recurrence along a whole axis of `size` places.
  static Recurrence along(int axis, int size, boolean reversed) {
    boolean[] starts = new boolean[size];
    if (size > 0) {
      starts[reversed ? size - 1 : 0] = true;
    }
    return new Recurrence(axis, reversed, Tensor.of(starts));
  }

  @Override
  public Shape infer(Shape a, Shape b) {
    Check.hasAxes(a);
    if (!a.equals(b) || starts.count() != a.size(axis)) {
      throw new ShapeException(
              "factors of shape " + a + " meet addends of shape " + b + " along " + starts.count())
          .hint("factors and addends have the same shape");
    }
    return b;
  }

  @Override
  public Tensor forward(Backend kernels, Tensor a, Tensor b, Shape y) {
    return kernels.recurrence(a, b, axis, reversed, starts);
  }

  @Override
  public Variable left(Variable gy, Variable a, Variable b, Variable y) {
    return free(back(gy, a).mul(shifted(y, !reversed)));
  }

  @Override
  public Variable right(Variable gy, Variable a, Variable b, Variable y) {
    return back(gy, a);
  }

  @Override
  public Variable tangent(int input, Variable dx, Step step) {
    Variable moved = input == 1 ? dx : free(dx.mul(shifted(step, !reversed)));
    return apply(step.input(0), moved);
  }

  private Variable back(Variable gy, Variable a) {
    return new Recurrence(axis, !reversed, startsOfTheWayBack()).apply(shifted(a, reversed), gy);
  }

  /// Zero where the recurrence begins: there the factor is not used.
  private Variable free(Variable x) {
    int[] aligned = new int[x.rank()];
    Arrays.fill(aligned, 1);
    aligned[Axes.normalize(axis, x.rank())] = starts.count();
    return F.where(Variable.constant(starts.reshape(aligned)), F.zerosLike(x), x);
  }

  /// The way back begins where the next element of the way forth began anew.
  private Tensor startsOfTheWayBack() {
    boolean[] back = new boolean[starts.count()];
    for (int i = 0; i < back.length; i++) {
      int next = reversed ? i - 1 : i + 1;
      back[i] = next < 0 || next == back.length || starts.longAt(next) != 0;
    }
    return Tensor.over(new Storage.Bools(back), starts.shape());
  }

  /// `x[i-1]` at place `i` if `later`, else `x[i+1]`; 0 where there is none.
  private Variable shifted(Variable x, boolean later) {
    int at = Axes.normalize(axis, x.rank());
    int size = x.size(at);
    if (size == 0) {
      return x;
    }
    Variable kept = later ? x.slice(at, 0, size - 1) : x.slice(at, 1, size);
    return new Embed(at, new IndexRange(later ? 1 : 0, size - 1, 1), x.shape()).apply(kept);
  }

  @Override
  public String toString() {
    return "Recurrence[axis=" + axis + ", reversed=" + reversed + "]";
  }
}
