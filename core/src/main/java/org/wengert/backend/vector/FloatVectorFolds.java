package org.wengert.backend.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;
import org.wengert.backend.FloatFolds;
import org.wengert.backend.Folds;

/// The loops of [Folds] on `float` arrays in the Vector API.
///
/// Where the 32 lanes are two registers, one walk fills both; with narrower ones a walk fills the
/// lanes `j` and `j + 16` of one register each.
interface FloatVectorFolds extends FloatFolds {
  VectorSpecies<Float> SPECIES = Width.floats();
  int WIDTH = SPECIES.length();
  int LANES = Folds.LANES;
  int HALF = LANES / 2;
  VectorShuffle<Float> BY_8 = Width.rotation(SPECIES, 8);
  VectorShuffle<Float> BY_4 = Width.rotation(SPECIES, 4);
  VectorShuffle<Float> BY_2 = Width.rotation(SPECIES, 2);
  VectorShuffle<Float> BY_1 = Width.rotation(SPECIES, 1);

  @Override
  default float sum(float[] x, int from, int count) {
    if (WIDTH != HALF) { // decided once: a constant
      return narrowSum(x, from, count);
    }
    return joined(walk(x, from, count, 0));
  }

  /// The sum of a register that has half of the lanes.
  static float joined(FloatVector v) {
    FloatVector w = v.add(v.rearrange(BY_8));
    w = w.add(w.rearrange(BY_4));
    w = w.add(w.rearrange(BY_2));
    return w.add(w.rearrange(BY_1)).lane(0);
  }

  @Override
  default float joined(float[] lanes) {
    if (WIDTH != HALF) {
      return tree(lanes, LANES);
    }
    FloatVector a = FloatVector.fromArray(SPECIES, lanes, 0);
    return joined(a.add(FloatVector.fromArray(SPECIES, lanes, WIDTH)));
  }

  private static float narrowSum(float[] x, int from, int count) {
    float[] lanes = new float[HALF];
    for (int j = 0; j < HALF; j += WIDTH) {
      walk(x, from, count, j).intoArray(lanes, j);
    }
    return tree(lanes, HALF);
  }

  /// The sum of so many lanes, which are used up.
  static float tree(float[] lanes, int count) {
    for (int half = count / 2; half > 0; half /= 2) {
      for (int lane = 0; lane < half; lane++) {
        lanes[lane] += lanes[lane + half];
      }
    }
    return lanes[0];
  }

  private static FloatVector walk(float[] x, int from, int count, int j) {
    FloatVector a = FloatVector.zero(SPECIES);
    FloatVector b = a;
    for (int part = 0; part < count; part += Folds.PART) {
      FloatVector c = FloatVector.zero(SPECIES);
      FloatVector d = c;
      int end = Math.min(part + Folds.PART, count);
      int i = part + j;
      for (; i <= end - HALF - WIDTH; i += LANES) {
        c = c.add(FloatVector.fromArray(SPECIES, x, from + i));
        d = d.add(FloatVector.fromArray(SPECIES, x, from + i + HALF));
      }
      if (i < end) {
        VectorMask<Float> first = SPECIES.indexInRange(i, end);
        VectorMask<Float> second = SPECIES.indexInRange(i + HALF, end);
        c = c.add(FloatVector.fromArray(SPECIES, x, from + i, first));
        d = d.add(FloatVector.fromArray(SPECIES, x, from + i + HALF, second));
      }
      a = a.add(c);
      b = b.add(d);
    }
    return a.add(b);
  }

  @Override
  default float extreme(float[] x, int from, int count, int sign) {
    FloatVector a = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    int i = 0;
    for (; i <= count - 4 * WIDTH; i += 4 * WIDTH) {
      a = a.max(FloatVector.fromArray(SPECIES, x, from + i).mul(sign));
      b = b.max(FloatVector.fromArray(SPECIES, x, from + i + WIDTH).mul(sign));
      c = c.max(FloatVector.fromArray(SPECIES, x, from + i + 2 * WIDTH).mul(sign));
      d = d.max(FloatVector.fromArray(SPECIES, x, from + i + 3 * WIDTH).mul(sign));
    }
    for (; i < count; i += WIDTH) {
      VectorMask<Float> mask = SPECIES.indexInRange(i, count);
      FloatVector v = FloatVector.fromArray(SPECIES, x, from + i, mask).mul(sign);
      a = a.lanewise(VectorOperators.MAX, v, mask);
    }
    return sign * a.max(b).max(c.max(d)).reduceLanes(VectorOperators.MAX);
  }

  @Override
  default void addRows(float[] x, int from, int step, int rows, float[] y, int at, int count) {
    int r = 0;
    for (; r <= rows - 4; r += 4) {
      addFour(x, from + r * step, step, y, at, count);
    }
    for (; r < rows; r++) {
      addOne(x, from + r * step, y, at, count);
    }
  }

  private static void addFour(float[] x, int row0, int step, float[] y, int at, int count) {
    int row1 = row0 + step;
    int row2 = row1 + step;
    int row3 = row2 + step;
    int j = 0;
    for (; j <= count - WIDTH; j += WIDTH) {
      FloatVector.fromArray(SPECIES, y, at + j)
          .add(FloatVector.fromArray(SPECIES, x, row0 + j))
          .add(FloatVector.fromArray(SPECIES, x, row1 + j))
          .add(FloatVector.fromArray(SPECIES, x, row2 + j))
          .add(FloatVector.fromArray(SPECIES, x, row3 + j))
          .intoArray(y, at + j);
    }
    if (j < count) {
      VectorMask<Float> mask = SPECIES.indexInRange(j, count);
      FloatVector.fromArray(SPECIES, y, at + j, mask)
          .add(FloatVector.fromArray(SPECIES, x, row0 + j, mask))
          .add(FloatVector.fromArray(SPECIES, x, row1 + j, mask))
          .add(FloatVector.fromArray(SPECIES, x, row2 + j, mask))
          .add(FloatVector.fromArray(SPECIES, x, row3 + j, mask))
          .intoArray(y, at + j, mask);
    }
  }

  private static void addOne(float[] x, int row, float[] y, int at, int count) {
    int j = 0;
    for (; j <= count - WIDTH; j += WIDTH) {
      FloatVector.fromArray(SPECIES, y, at + j)
          .add(FloatVector.fromArray(SPECIES, x, row + j))
          .intoArray(y, at + j);
    }
    if (j < count) {
      VectorMask<Float> mask = SPECIES.indexInRange(j, count);
      FloatVector.fromArray(SPECIES, y, at + j, mask)
          .add(FloatVector.fromArray(SPECIES, x, row + j, mask))
          .intoArray(y, at + j, mask);
    }
  }

  @Override
  default void extremeRows(
      float[] x, int from, int step, int rows, float[] y, int at, int count, int sign) {
    for (int r = 0; r < rows; r++) {
      int row = from + r * step;
      int j = 0;
      for (; j <= count - WIDTH; j += WIDTH) {
        FloatVector.fromArray(SPECIES, y, at + j)
            .mul(sign)
            .max(FloatVector.fromArray(SPECIES, x, row + j).mul(sign))
            .mul(sign)
            .intoArray(y, at + j);
      }
      for (; j < count; j++) {
        y[at + j] = sign * Math.max(sign * y[at + j], sign * x[row + j]);
      }
    }
  }
}
