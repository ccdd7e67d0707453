package org.wengert.backend.plain;

import java.util.Arrays;
import org.wengert.backend.Reduction;

/// The inner loops of reductions on integers, where every order gives the same bits.
final class LongFolds {
  private LongFolds() {}

  static long fold(Reduction how, long[] x, int from, int count) {
    long folded = how.integralStart();
    switch (how) {
      case SUM -> {
        for (int i = from; i < from + count; i++) {
          folded += x[i];
        }
      }
      case MAX -> {
        for (int i = from; i < from + count; i++) {
          folded = Math.max(folded, x[i]);
        }
      }
      case MIN -> {
        for (int i = from; i < from + count; i++) {
          folded = Math.min(folded, x[i]);
        }
      }
    }
    return folded;
  }

  static void foldRows(
      Reduction how, long[] x, int from, int step, int rows, long[] y, int at, int count) {
    Arrays.fill(y, at, at + count, how.integralStart());
    for (int r = 0; r < rows; r++) {
      int row = from + r * step;
      for (int j = 0; j < count; j++) {
        y[at + j] = how.fold(y[at + j], x[row + j]);
      }
    }
  }
}
