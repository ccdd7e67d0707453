package org.wengert.backend.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.wengert.backend.Folds;

/// The loops of [Folds] on `double` arrays.
///
/// Each walk fills the lanes `j` and `j + 16` of one register each.
final class DoubleFolds {
  private static final VectorSpecies<Double> SPECIES = Width.doubles();
  private static final int WIDTH = SPECIES.length();
  private static final int LANES = Folds.LANES;
  private static final int HALF = LANES / 2;

  private DoubleFolds() {}

  static double sum(double[] x, int from, int count) {
    double[] lanes = new double[HALF];
    for (int j = 0; j < HALF; j += WIDTH) {
      walk(x, from, count, j).intoArray(lanes, j);
    }
    for (int half = HALF / 2; half > 0; half /= 2) {
      for (int lane = 0; lane < half; lane++) {
        lanes[lane] += lanes[lane + half];
      }
    }
    return lanes[0];
  }

  private static DoubleVector walk(double[] x, int from, int count, int j) {
    DoubleVector a = DoubleVector.zero(SPECIES);
    DoubleVector b = a;
    for (int part = 0; part < count; part += Folds.PART) {
      DoubleVector c = DoubleVector.zero(SPECIES);
      DoubleVector d = c;
      int end = Math.min(part + Folds.PART, count);
      int i = part + j;
      for (; i <= end - HALF - WIDTH; i += LANES) {
        c = c.add(DoubleVector.fromArray(SPECIES, x, from + i));
        d = d.add(DoubleVector.fromArray(SPECIES, x, from + i + HALF));
      }
      if (i < end) {
        VectorMask<Double> first = SPECIES.indexInRange(i, end);
        VectorMask<Double> second = SPECIES.indexInRange(i + HALF, end);
        c = c.add(DoubleVector.fromArray(SPECIES, x, from + i, first));
        d = d.add(DoubleVector.fromArray(SPECIES, x, from + i + HALF, second));
      }
      a = a.add(c);
      b = b.add(d);
    }
    return a.add(b);
  }

  static double extreme(double[] x, int from, int count, int sign) {
    DoubleVector a = DoubleVector.broadcast(SPECIES, Double.NEGATIVE_INFINITY);
    DoubleVector b = a;
    DoubleVector c = a;
    DoubleVector d = a;
    int i = 0;
    for (; i <= count - 4 * WIDTH; i += 4 * WIDTH) {
      a = a.max(DoubleVector.fromArray(SPECIES, x, from + i).mul(sign));
      b = b.max(DoubleVector.fromArray(SPECIES, x, from + i + WIDTH).mul(sign));
      c = c.max(DoubleVector.fromArray(SPECIES, x, from + i + 2 * WIDTH).mul(sign));
      d = d.max(DoubleVector.fromArray(SPECIES, x, from + i + 3 * WIDTH).mul(sign));
    }
    for (; i < count; i += WIDTH) {
      VectorMask<Double> mask = SPECIES.indexInRange(i, count);
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, from + i, mask).mul(sign);
      a = a.lanewise(VectorOperators.MAX, v, mask);
    }
    return sign * a.max(b).max(c.max(d)).reduceLanes(VectorOperators.MAX);
  }

  static void addRows(double[] x, int from, int step, int rows, double[] y, int at, int count) {
    int r = 0;
    for (; r <= rows - 4; r += 4) {
      addFour(x, from + r * step, step, y, at, count);
    }
    for (; r < rows; r++) {
      addOne(x, from + r * step, y, at, count);
    }
  }

  private static void addFour(double[] x, int row0, int step, double[] y, int at, int count) {
    int row1 = row0 + step;
    int row2 = row1 + step;
    int row3 = row2 + step;
    int j = 0;
    for (; j <= count - WIDTH; j += WIDTH) {
      DoubleVector.fromArray(SPECIES, y, at + j)
          .add(DoubleVector.fromArray(SPECIES, x, row0 + j))
          .add(DoubleVector.fromArray(SPECIES, x, row1 + j))
          .add(DoubleVector.fromArray(SPECIES, x, row2 + j))
          .add(DoubleVector.fromArray(SPECIES, x, row3 + j))
          .intoArray(y, at + j);
    }
    if (j < count) {
      VectorMask<Double> mask = SPECIES.indexInRange(j, count);
      DoubleVector.fromArray(SPECIES, y, at + j, mask)
          .add(DoubleVector.fromArray(SPECIES, x, row0 + j, mask))
          .add(DoubleVector.fromArray(SPECIES, x, row1 + j, mask))
          .add(DoubleVector.fromArray(SPECIES, x, row2 + j, mask))
          .add(DoubleVector.fromArray(SPECIES, x, row3 + j, mask))
          .intoArray(y, at + j, mask);
    }
  }

  private static void addOne(double[] x, int row, double[] y, int at, int count) {
    int j = 0;
    for (; j <= count - WIDTH; j += WIDTH) {
      DoubleVector.fromArray(SPECIES, y, at + j)
          .add(DoubleVector.fromArray(SPECIES, x, row + j))
          .intoArray(y, at + j);
    }
    if (j < count) {
      VectorMask<Double> mask = SPECIES.indexInRange(j, count);
      DoubleVector.fromArray(SPECIES, y, at + j, mask)
          .add(DoubleVector.fromArray(SPECIES, x, row + j, mask))
          .intoArray(y, at + j, mask);
    }
  }

  static void extremeRows(
      double[] x, int from, int step, int rows, double[] y, int at, int count, int sign) {
    for (int r = 0; r < rows; r++) {
      int row = from + r * step;
      int j = 0;
      for (; j <= count - WIDTH; j += WIDTH) {
        DoubleVector.fromArray(SPECIES, y, at + j)
            .mul(sign)
            .max(DoubleVector.fromArray(SPECIES, x, row + j).mul(sign))
            .mul(sign)
            .intoArray(y, at + j);
      }
      for (; j < count; j++) {
        y[at + j] = sign * Math.max(sign * y[at + j], sign * x[row + j]);
      }
    }
  }
}
