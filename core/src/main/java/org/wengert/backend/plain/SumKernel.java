package org.wengert.backend.plain;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wengert.backend.Element;
import org.wengert.backend.Expr;
import org.wengert.backend.Folds;
import org.wengert.backend.Loop;
import org.wengert.backend.LoopCompiler;
import org.wengert.backend.Program;

/// A function of elements whose last outputs are summed up, in one loop: what a [Kernel] computes,
/// in the order of [Folds#sum]. So `Σ (x - m)²` needs no place for its terms.
///
/// Loops are made when they are first wanted. Thread-safe.
final class SumKernel {
  private final List<Expr> outputs;
  private final int sums;
  private final @Nullable Loop[] loops = new Loop[2 * Element.values().length];

  /// @param sums how many of the outputs, the last ones, are summed up
  SumKernel(int sums, Expr... outputs) {
    this.sums = sums;
    this.outputs = List.of(outputs);
  }

  /// The loop for a width, with a place to work in: not to be shared by threads.
  Run run(LoopCompiler compiler, Folds folds, Element element) {
    int place = 2 * element.ordinal() + compiler.rank();
    Loop loop = loops[place];
    return new Run(loop != null ? loop : compiled(compiler, element, place), folds, element);
  }

  private synchronized Loop compiled(LoopCompiler compiler, Element element, int place) {
    Loop loop = loops[place];
    if (loop == null) {
      loop = compiler.compile(Program.of(outputs, element), sums);
      loops[place] = loop;
    }
    return loop;
  }

  /// A loop and the lanes that it adds to.
  final class Run {
    private final Loop loop;
    private final Folds folds;
    private final Object[] lanes = new Object[sums];
    private final Object[] totals = new Object[sums];
    private final double[] results = new double[sums];
    private Object[] all = {};
    private int[] at = {};

    private Run(Loop loop, Folds folds, Element element) {
      this.loop = loop;
      this.folds = folds;
      for (int k = 0; k < sums; k++) {
        lanes[k] = array(element);
        totals[k] = array(element);
      }
    }

    private static Object array(Element element) {
      return element == Element.FLOAT ? new float[Folds.LANES] : new double[Folds.LANES];
    }

    /// Names the arrays: those of the outputs that are not summed up, then those of the inputs.
    Run over(Object... arrays) {
      int stored = outputs.size() - sums;
      all = new Object[arrays.length + sums];
      at = new int[all.length];
      System.arraycopy(arrays, 0, all, 0, stored);
      System.arraycopy(lanes, 0, all, stored, sums);
      System.arraycopy(arrays, stored, all, stored + sums, arrays.length - stored);
      return this;
    }

    /// The sums over `n` elements.
    ///
    /// @param from where each array's range starts
    /// @return the sums, in an array that the next call uses again
    double[] sum(int n, double[] scalars, int... from) {
      int stored = outputs.size() - sums;
      for (int start = 0; start == 0 || start < n; start += Folds.PART) {
        for (int k = 0; k < from.length; k++) {
          at[k < stored ? k : k + sums] = from[k] + start;
        }
        clear(lanes);
        loop.run(Math.min(Folds.PART, n - start), all, at, scalars);
        if (n > Folds.PART) {
          addUp(start == 0);
        }
      }
      for (int k = 0; k < sums; k++) {
        results[k] = folds.joined(n > Folds.PART ? totals[k] : lanes[k]);
      }
      return results;
    }

    private void addUp(boolean first) {
      if (first) {
        clear(totals);
      }
      for (int k = 0; k < sums; k++) {
        Folds.addLanes(totals[k], lanes[k]);
      }
    }

    private static void clear(Object[] lanes) {
      for (Object array : lanes) {
        if (array instanceof float[] f) {
          Arrays.fill(f, 0);
        } else {
          Arrays.fill((double[]) array, 0);
        }
      }
    }
  }
}
