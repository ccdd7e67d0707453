package org.wengert.backend.plain;

import org.wengert.backend.Element;
import org.wengert.backend.Expr;
import org.wengert.backend.Fn;
import org.wengert.backend.Folds;
import org.wengert.backend.Kernel;
import org.wengert.backend.LoopCompiler;
import org.wengert.backend.Workers;

/// Softmax and its relatives along an axis that others follow: some hundred neighbouring columns at
/// once, row by row. The bits are those of [SoftmaxKernel] on the transposed operand: sums go into
/// 32 lanes, each a row of columns here, which are joined in the same tree.
///
/// Scratch space of one thread.
final class SoftmaxColumns {
  /// Fewer columns than this are not worth it.
  static final int LEAST = 32;

  private static final int WIDTH = 256; // columns: 32 lanes of them stay in the cache
  private static final int TASK = 1 << 13; // numbers worth handing to a thread

  private static final Expr X = Expr.input(0);
  private static final Expr SECOND = Expr.input(1);
  private static final Expr LANE = Expr.input(2);
  private static final Expr EXP = Fn.EXP_OF_NEGATIVE.of(X.sub(SECOND));

  private static final Kernel EXP_AND_SUM = Kernel.of(EXP, LANE.add(EXP));
  private static final Kernel SUM_OF_EXP = Kernel.of(LANE.add(EXP));
  private static final Kernel DOT = Kernel.of(LANE.add(X.mul(SECOND)));
  private static final Kernel ADD = Kernel.of(X.add(SECOND));
  private static final Kernel MUL = Kernel.of(X.mul(SECOND));
  private static final Kernel INVERSE = Kernel.of(X.rdiv(1));
  private static final Kernel SHIFTED = Kernel.of(X.sub(SECOND).sub(LANE));
  private static final Kernel SLOPE = Kernel.of(X.sub(LANE).mul(SECOND));
  private static final Kernel LOG_SLOPE =
      Kernel.of(Fn.EXP_OF_NEGATIVE.of(SECOND).fma(LANE.neg(), X));

  private final LoopCompiler loops;
  private final Folds folds;
  private final Element element;
  private final int size;
  private final int step;
  private final int laneCount;
  private final Span lanes;
  private final Span totals;
  private final Span max;
  private int width;

  /// Loops over the rows of a block of columns.
  interface Columns {
    void run(SoftmaxColumns block, Span a, Span b, Span y);
  }

  private SoftmaxColumns(LoopCompiler loops, Folds folds, Element element, int size, int step) {
    this.loops = loops;
    this.folds = folds;
    this.element = element;
    this.size = size;
    this.step = step;
    int used = Math.min(size, Folds.LANES);
    laneCount = used == 1 ? 1 : 2 * Integer.highestOneBit(used - 1); // the others would stay 0
    int most = Math.min(step, WIDTH);
    lanes = Span.room(element, laneCount * most);
    totals = Span.room(element, size > Folds.PART ? laneCount * most : 0);
    max = Span.room(element, most);
  }

  /// Does all columns, on several threads if there are many.
  ///
  /// @param size how many numbers a column has
  /// @param step how many columns lie side by side
  static void forEach(
      LoopCompiler loops, Folds folds, int size, int step, int count, Columns work, Span... abY) {
    int blocks = Math.ceilDiv(step, WIDTH);
    int all = count / (size * step) * blocks;
    int each = Math.max(1, TASK / (size * Math.min(step, WIDTH)));
    Workers.forEach(
        Math.ceilDiv(all, each),
        task -> {
          SoftmaxColumns scratch = new SoftmaxColumns(loops, folds, abY[0].element(), size, step);
          int first = task * each;
          int end = first + Math.min(each, all - first);
          for (int i = first; i < end; i++) {
            int column = i % blocks * WIDTH;
            int from = i / blocks * size * step + column;
            scratch.width = Math.min(WIDTH, step - column);
            work.run(scratch, abY[0].from(from), abY[1].from(from), abY[2].from(from));
          }
        });
  }

  void softmax(Span x, Span same, Span y) {
    findMax(x);
    Span sums =
        sum(
            (row, lane) ->
                run(
                    EXP_AND_SUM,
                    y.from(row),
                    lanes.from(lane),
                    x.from(row),
                    max,
                    lanes.from(lane)));
    run(INVERSE, sums, sums);
    forEachRow(row -> run(MUL, y.from(row), y.from(row), sums));
  }

  void logSoftmax(Span x, Span same, Span y) {
    findMax(x);
    Span sums =
        sum((row, lane) -> run(SUM_OF_EXP, lanes.from(lane), x.from(row), max, lanes.from(lane)));
    for (int i = 0; i < width; i++) {
      sums.put(i, StrictMath.log(sums.get(i)));
    }
    forEachRow(row -> run(SHIFTED, y.from(row), x.from(row), max, sums));
  }

  void softmaxGradient(Span gy, Span y, Span gx) {
    Span sums =
        sum((row, lane) -> run(DOT, lanes.from(lane), gy.from(row), y.from(row), lanes.from(lane)));
    forEachRow(row -> run(SLOPE, gx.from(row), gy.from(row), y.from(row), sums));
  }

  void logSoftmaxGradient(Span gy, Span y, Span gx) {
    Span sums = sum((row, lane) -> run(ADD, lanes.from(lane), gy.from(row), lanes.from(lane)));
    forEachRow(row -> run(LOG_SLOPE, gx.from(row), gy.from(row), y.from(row), sums));
  }

  private void findMax(Span x) {
    max.fill(width, Double.NEGATIVE_INFINITY);
    if (x.array() instanceof float[] f) {
      folds.extremeRows(f, x.at(), step, size, (float[]) max.array(), 0, width, 1);
    } else {
      double[] d = (double[]) x.array();
      folds.extremeRows(d, x.at(), step, size, (double[]) max.array(), 0, width, 1);
    }
  }

  private interface Row {
    void run(int row);
  }

  private void forEachRow(Row work) {
    for (int i = 0; i < size; i++) {
      work.run(i * step);
    }
  }

  private interface Term {
    void run(int row, int lane);
  }

  /// The sums, a row of them.
  private Span sum(Term term) {
    totals.fill(size > Folds.PART ? laneCount * width : 0, 0);
    for (int start = 0; start < size; start += Folds.PART) {
      lanes.fill(laneCount * width, 0);
      int end = Math.min(size, start + Folds.PART);
      for (int i = start; i < end; i++) {
        term.run(i * step, i % Folds.LANES * width);
      }
      if (size > Folds.PART) {
        run(laneCount * width, ADD, totals, totals, lanes);
      }
    }
    Span sums = size > Folds.PART ? totals : lanes;
    for (int half = laneCount / 2; half > 0; half /= 2) {
      run(half * width, ADD, sums, sums, sums.from(half * width));
    }
    return sums;
  }

  private void run(Kernel f, Span... spans) {
    run(width, f, spans);
  }

  private void run(int n, Kernel f, Span... spans) {
    Object[] arrays = new Object[spans.length];
    int[] at = new int[spans.length];
    for (int k = 0; k < spans.length; k++) {
      arrays[k] = spans[k].array();
      at[k] = spans[k].at();
    }
    f.loop(loops, element, 0).run(n, arrays, at, Kernel.NO_SCALARS);
  }
}
