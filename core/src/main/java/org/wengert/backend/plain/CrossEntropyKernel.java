package org.wengert.backend.plain;

import org.wengert.backend.Backend;
import org.wengert.backend.Expr;
import org.wengert.backend.Fn;
import org.wengert.backend.Folds;
import org.wengert.backend.Kernel;
import org.wengert.backend.Loop;
import org.wengert.backend.LoopCompiler;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Storage;
import org.wengert.tensor.Tensor;

/// Softmax and cross entropy against class indices, a row at a time: the logits are read once to
/// find the losses and once more, from memory, for the gradient, and nothing of their size is kept
/// in between.
final class CrossEntropyKernel {
  private static final Expr EXP = Fn.EXP_OF_NEGATIVE.of(Expr.input(0).sub(Expr.scalar(0)));
  private static final SumKernel SUM_OF_EXP = new SumKernel(1, EXP);
  private static final Kernel WEIGHTED_EXP = Kernel.of(EXP.mul(Expr.scalar(1)));

  private final LoopCompiler loops;
  private final Folds folds;

  CrossEntropyKernel(LoopCompiler loops, Folds folds) {
    this.loops = loops;
    this.folds = folds;
  }

  Backend.RowLosses losses(Tensor x, Tensor target) {
    Span logits = Span.of(x);
    Shape rows = target.shape();
    Tensor losses = Tensor.empty(rows, x.dtype());
    Tensor max = Tensor.empty(rows, x.dtype());
    Tensor sum = Tensor.empty(rows, x.dtype());
    Rows lines = new Rows(x.size(0), x.size(1));
    Part part = new Part(logits, lines.size(), target, Span.of(max), Span.of(sum));
    Span results = Span.of(losses);
    lines.forEachPart((first, end) -> losses(part, results, first, end));
    return new Backend.RowLosses(losses, max, sum);
  }

  /// What both directions know of the rows.
  private record Part(Span x, int classes, Tensor target, Span max, Span sum) {
    int place(int row) {
      Storage classes = target.storage();
      long own = classes.longAt(target.offset() + row * target.stride(0));
      return row * this.classes + (int) own;
    }
  }

  private void losses(Part rows, Span losses, int first, int end) {
    Span x = rows.x;
    SumKernel.Run exp = SUM_OF_EXP.run(loops, folds, x.element()).over(x.array());
    double[] max = new double[1];
    for (int row = first; row < end; row++) {
      int from = x.at() + row * rows.classes;
      max[0] = folds.extreme(x.array(), from, rows.classes, 1);
      double sum = exp.sum(rows.classes, max, from)[0];
      rows.max.put(row, max[0]);
      rows.sum.put(row, sum);
      losses.put(row, max[0] - x.get(rows.place(row)) + StrictMath.log(sum));
    }
  }

  Tensor gradient(Tensor gy, Tensor x, Tensor target, Tensor max, Tensor sum) {
    Tensor gx = Tensor.empty(x.shape(), x.dtype());
    Rows lines = new Rows(x.size(0), x.size(1));
    Part part = new Part(Span.of(x), lines.size(), target, Span.of(max), Span.of(sum));
    Span to = Span.of(gx);
    lines.forEachPart((first, end) -> gradient(part, gy, to, first, end));
    return gx;
  }

  private void gradient(Part rows, Tensor gy, Span gx, int first, int end) {
    Span x = rows.x;
    Loop exp = WEIGHTED_EXP.loop(loops, x.element(), 0);
    Object[] arrays = {gx.array(), x.array()};
    double[] scalars = new double[2];
    for (int row = first; row < end; row++) {
      double g = gy.storage().at(gy.offset() + row * gy.stride(0));
      scalars[0] = rows.max.get(row);
      scalars[1] = g / rows.sum.get(row);
      int start = row * rows.classes;
      exp.run(rows.classes, arrays, new int[] {gx.at() + start, x.at() + start}, scalars);
      int own = rows.place(row);
      gx.put(own, gx.get(own) - g);
    }
  }
}
