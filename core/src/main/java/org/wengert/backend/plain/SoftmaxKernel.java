package org.wengert.backend.plain;

import java.util.Arrays;
import org.wengert.backend.Expr;
import org.wengert.backend.Fn;
import org.wengert.backend.Folds;
import org.wengert.backend.Kernel;
import org.wengert.backend.Loop;
import org.wengert.backend.LoopCompiler;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Softmax and its relatives, shifted by the maximum so that large inputs do not overflow. Kernels
/// of their own because the shifted composition takes five passes over memory and, for `logSoftmax`
/// of unlikely classes, cancels. Here a line stays in the cache until it is done.
///
/// The bits do not depend on where the axis is. One that few numbers follow is brought to the end
/// first; [SoftmaxColumns] goes along one that many follow.
final class SoftmaxKernel {
  private static final Expr X = Expr.input(0);
  private static final Expr SECOND = Expr.input(1);
  private static final Expr SCALAR = Expr.scalar(0);
  private static final Expr EXP = Fn.EXP_OF_NEGATIVE.of(X.sub(SCALAR));

  private static final SumKernel SUM_OF_EXP = new SumKernel(1, EXP);
  private static final SumKernel EXP_AND_SUM = new SumKernel(1, EXP, EXP);
  private static final SumKernel DOT = new SumKernel(1, X.mul(SECOND));
  private static final Kernel SCALED = Kernel.of(X.mul(SCALAR));
  private static final Kernel SHIFTED = Kernel.of(X.sub(SCALAR).sub(Expr.scalar(1)));
  private static final Kernel SLOPE = Kernel.of(X.sub(SCALAR).mul(SECOND));
  private static final Kernel LOG_SLOPE =
      Kernel.of(Fn.EXP_OF_NEGATIVE.of(SECOND).fma(SCALAR.neg(), X));

  private final LoopCompiler loops;
  private final Folds folds;

  SoftmaxKernel(LoopCompiler loops, Folds folds) {
    this.loops = loops;
    this.folds = folds;
  }

  /// What is computed for the lines from `first` up to `end`, each of `size` numbers.
  private interface Lines {
    void run(Span a, Span b, Span y, int size, int first, int end);
  }

  /// A result of the shape of `a` and `b`, line by line.
  private Tensor along(int axis, Lines lines, SoftmaxColumns.Columns columns, Tensor a, Tensor b) {
    int step = columns(a.shape(), axis);
    if (step >= SoftmaxColumns.LEAST && a.count() > 0) {
      Tensor y = Tensor.empty(a.shape(), a.dtype());
      Span left = Span.of(a);
      Span right = a == b ? left : Span.of(b);
      SoftmaxColumns.forEach(
          loops, folds, a.size(axis), step, a.count(), columns, left, right, Span.of(y));
      return y;
    }
    if (axis < a.rank() - 1) {
      int last = a.rank() - 1;
      Tensor first = swapped(a, axis);
      Tensor y = along(last, lines, columns, first, a == b ? first : swapped(b, axis));
      return swapped(y, axis).copy();
    }
    Tensor y = Tensor.empty(a.shape(), a.dtype());
    int size = a.rank() == 0 ? 1 : a.size(axis);
    if (y.count() > 0) {
      Span left = Span.of(a);
      Span right = a == b ? left : Span.of(b);
      Span to = Span.of(y);
      new Rows(y.count() / size, size)
          .forEachPart((first, end) -> lines.run(left, right, to, size, first, end));
    }
    return y;
  }

  /// How many numbers lie side by side behind the axis.
  private static int columns(Shape shape, int axis) {
    int columns = 1;
    for (int i = axis + 1; i < shape.rank(); i++) {
      columns *= shape.size(i);
    }
    return columns;
  }

  /// The axis and the last one change places.
  private static Tensor swapped(Tensor x, int axis) {
    int[] order = new int[x.rank()];
    Arrays.setAll(order, i -> i);
    order[axis] = order.length - 1;
    order[order.length - 1] = axis;
    return x.permute(order);
  }

  Tensor softmax(Tensor x, int axis) {
    Tensor from = x.to(x.dtype().toFloating());
    return along(axis, this::softmax, SoftmaxColumns::softmax, from, from);
  }

  private void softmax(Span x, Span same, Span y, int size, int first, int end) {
    SumKernel.Run exp = EXP_AND_SUM.run(loops, folds, x.element()).over(y.array(), x.array());
    Loop scaled = SCALED.loop(loops, x.element(), 0);
    Object[] arrays = {y.array(), y.array()};
    double[] scalar = new double[1];
    for (int line = first; line < end; line++) {
      int from = x.at() + line * size;
      int to = y.at() + line * size;
      scalar[0] = folds.extreme(x.array(), from, size, 1);
      scalar[0] = 1 / exp.sum(size, scalar, to, from)[0];
      scaled.run(size, arrays, new int[] {to, to}, scalar);
    }
  }

  Tensor logSoftmax(Tensor x, int axis) {
    Tensor from = x.to(x.dtype().toFloating());
    return along(axis, this::logSoftmax, SoftmaxColumns::logSoftmax, from, from);
  }

  private void logSoftmax(Span x, Span same, Span y, int size, int first, int end) {
    SumKernel.Run sum = SUM_OF_EXP.run(loops, folds, x.element()).over(x.array());
    Loop shifted = SHIFTED.loop(loops, x.element(), 0);
    Object[] arrays = {y.array(), x.array()};
    double[] scalars = new double[2];
    for (int line = first; line < end; line++) {
      int from = x.at() + line * size;
      int to = y.at() + line * size;
      scalars[0] = folds.extreme(x.array(), from, size, 1);
      scalars[1] = StrictMath.log(sum.sum(size, scalars, from)[0]);
      shifted.run(size, arrays, new int[] {to, from}, scalars);
    }
  }

  /// `y (gy - Σ gy y)` along an axis.
  Tensor softmaxGradient(Tensor gy, Tensor y, int axis) {
    return along(axis, this::softmaxGradient, SoftmaxColumns::softmaxGradient, gy, y);
  }

  private void softmaxGradient(Span gy, Span y, Span gx, int size, int first, int end) {
    SumKernel.Run dot = DOT.run(loops, folds, y.element()).over(gy.array(), y.array());
    Loop slope = SLOPE.loop(loops, y.element(), 0);
    Object[] arrays = {gx.array(), gy.array(), y.array()};
    double[] none = {};
    for (int line = first; line < end; line++) {
      int start = line * size;
      double[] sum = dot.sum(size, none, gy.at() + start, y.at() + start);
      slope.run(size, arrays, new int[] {gx.at() + start, gy.at() + start, y.at() + start}, sum);
    }
  }

  /// `gy - exp(y) Σ gy` along an axis.
  Tensor logSoftmaxGradient(Tensor gy, Tensor y, int axis) {
    return along(axis, this::logSoftmaxGradient, SoftmaxColumns::logSoftmaxGradient, gy, y);
  }

  private void logSoftmaxGradient(Span gy, Span y, Span gx, int size, int first, int end) {
    Loop slope = LOG_SLOPE.loop(loops, y.element(), 0);
    Object[] arrays = {gx.array(), gy.array(), y.array()};
    double[] sum = new double[1];
    for (int line = first; line < end; line++) {
      int start = line * size;
      sum[0] = folds.sum(gy.array(), gy.at() + start, size);
      slope.run(size, arrays, new int[] {gx.at() + start, gy.at() + start, y.at() + start}, sum);
    }
  }

  /// The axes that are folded are brought to the end.
  Tensor logSumExp(Tensor x, Shape to) {
    Span from = Span.of(x.to(x.dtype().toFloating()).permute(foldedLast(x.shape(), to)));
    Tensor y = Tensor.empty(to, from.type());
    Span target = Span.of(y);
    int count = to.count();
    if (count > 0) {
      int size = x.count() / count;
      new Rows(count, size).forEachPart((first, end) -> logSumExp(from, target, size, first, end));
    }
    return y;
  }

  private static int[] foldedLast(Shape x, Shape to) {
    int[] order = new int[x.rank()];
    int next = 0;
    for (int pass = 0; pass < 2; pass++) {
      for (int axis = 0; axis < order.length; axis++) {
        int toAxis = axis - (x.rank() - to.rank());
        boolean folds = toAxis < 0 || to.size(toAxis) != x.size(axis);
        if (folds == (pass == 1)) {
          order[next++] = axis;
        }
      }
    }
    return order;
  }

  private void logSumExp(Span x, Span y, int size, int first, int end) {
    SumKernel.Run sum = SUM_OF_EXP.run(loops, folds, x.element()).over(x.array());
    double[] shift = new double[1];
    for (int line = first; line < end; line++) {
      int from = x.at() + line * size;
      double max = folds.extreme(x.array(), from, size, 1);
      shift[0] = max;
      boolean extreme = Double.isInfinite(max);
      y.put(line, extreme ? max : max + StrictMath.log(sum.sum(size, shift, from)[0]));
    }
  }
}
