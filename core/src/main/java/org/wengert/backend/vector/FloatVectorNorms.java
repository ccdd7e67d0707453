package org.wengert.backend.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import org.wengert.backend.FloatNorms;
import org.wengert.backend.Folds;

/// The loops of norms on `float` arrays in the Vector API. A sum walks through its stretch as
/// [FloatVectorFolds] does: the lanes `j` and those 16 further on, a register of each.
interface FloatVectorNorms extends FloatVectorFolds, FloatNorms {
  @Override
  default float squares(float[] x, int from, int count, float mean) {
    if (WIDTH == HALF) { // decided once: a constant
      return FloatVectorFolds.joined(squares(x, from, count, mean, 0));
    }
    float[] lanes = new float[HALF];
    for (int j = 0; j < HALF; j += WIDTH) {
      squares(x, from, count, mean, j).intoArray(lanes, j);
    }
    return FloatVectorFolds.tree(lanes, HALF);
  }

  private static FloatVector squares(float[] x, int from, int count, float mean, int j) {
    FloatVector a = FloatVector.zero(SPECIES);
    FloatVector b = a;
    for (int part = 0; part < count; part += Folds.PART) {
      FloatVector c = FloatVector.zero(SPECIES);
      FloatVector d = c;
      int end = Math.min(part + Folds.PART, count);
      int i = part + j;
      for (; i <= end - HALF - WIDTH; i += LANES) {
        FloatVector v = FloatVector.fromArray(SPECIES, x, from + i).sub(mean);
        FloatVector w = FloatVector.fromArray(SPECIES, x, from + i + HALF).sub(mean);
        c = c.add(v.mul(v));
        d = d.add(w.mul(w));
      }
      if (i < end) {
        VectorMask<Float> first = SPECIES.indexInRange(i, end);
        VectorMask<Float> second = SPECIES.indexInRange(i + HALF, end);
        FloatVector v = FloatVector.fromArray(SPECIES, x, from + i, first).sub(mean, first);
        FloatVector w = FloatVector.fromArray(SPECIES, x, from + i + HALF, second);
        w = w.sub(mean, second);
        c = c.add(v.mul(v));
        d = d.add(w.mul(w));
      }
      a = a.add(c);
      b = b.add(d);
    }
    return a.add(b);
  }

  @Override
  default void affine(
      float[] y, int at, float[] x, int from, int count, float mean, float scale, float shift) {
    FloatVector a = FloatVector.broadcast(SPECIES, scale);
    FloatVector b = FloatVector.broadcast(SPECIES, shift);
    int i = 0;
    for (; i <= count - WIDTH; i += WIDTH) {
      FloatVector.fromArray(SPECIES, x, from + i).sub(mean).fma(a, b).intoArray(y, at + i);
    }
    if (i < count) {
      VectorMask<Float> mask = SPECIES.indexInRange(i, count);
      FloatVector v = FloatVector.fromArray(SPECIES, x, from + i, mask);
      v.sub(mean).fma(a, b).intoArray(y, at + i, mask);
    }
  }

  @Override
  default void affineRow(
      float[] y,
      int at,
      float[] x,
      int from,
      float[] w,
      float[] b,
      int count,
      float mean,
      float scale) {
    int i = 0;
    for (; i <= count - WIDTH; i += WIDTH) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, from + i).sub(mean).mul(scale);
      FloatVector a = FloatVector.fromArray(SPECIES, w, i);
      v.fma(a, FloatVector.fromArray(SPECIES, b, i)).intoArray(y, at + i);
    }
    if (i < count) {
      VectorMask<Float> mask = SPECIES.indexInRange(i, count);
      FloatVector v = FloatVector.fromArray(SPECIES, x, from + i, mask).sub(mean).mul(scale);
      FloatVector a = FloatVector.fromArray(SPECIES, w, i, mask);
      v.fma(a, FloatVector.fromArray(SPECIES, b, i, mask)).intoArray(y, at + i, mask);
    }
  }

  @Override
  default void slopeSums(
      float[] gy, int at, float[] x, int from, float[] w, int count, float mean, float[] room) {
    for (int part = 0; part == 0 || part < count; part += Folds.PART) {
      int end = Math.min(part + Folds.PART, count);
      int whole = end - (end - part) % LANES;
      for (int j = 0; j < HALF; j += WIDTH) {
        slopeRounds(gy, at, x, from, w, part + j, whole, mean, room, j);
      }
      for (int i = whole; i < end; i += WIDTH) {
        slopeRest(gy, at, x, from, w, i, end, mean, room, i - whole);
      }
      if (count > Folds.PART) {
        addUp(room, part == 0);
      }
    }
    int lanes = count > Folds.PART ? 2 * LANES : 0;
    float first = joined(room, lanes);
    room[1] = joined(room, lanes + LANES);
    room[0] = first;
  }

  /// Whole rounds through 32 lanes, of which the lanes from `j` on are a register, and from
  /// `j + 16` on.
  private static void slopeRounds(
      float[] gy,
      int at,
      float[] x,
      int from,
      float[] w,
      int begin,
      int end,
      float mean,
      float[] room,
      int j) {
    FloatVector a = FloatVector.zero(SPECIES);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    for (int i = begin; i < end; i += LANES) {
      FloatVector g = FloatVector.fromArray(SPECIES, gy, at + i);
      g = g.mul(FloatVector.fromArray(SPECIES, w, i));
      a = a.add(g);
      c = c.add(g.mul(FloatVector.fromArray(SPECIES, x, from + i).sub(mean)));
      FloatVector h = FloatVector.fromArray(SPECIES, gy, at + i + HALF);
      h = h.mul(FloatVector.fromArray(SPECIES, w, i + HALF));
      b = b.add(h);
      d = d.add(h.mul(FloatVector.fromArray(SPECIES, x, from + i + HALF).sub(mean)));
    }
    a.intoArray(room, j);
    b.intoArray(room, HALF + j);
    c.intoArray(room, LANES + j);
    d.intoArray(room, LANES + HALF + j);
  }

  private static void slopeRest(
      float[] gy,
      int at,
      float[] x,
      int from,
      float[] w,
      int i,
      int end,
      float mean,
      float[] room,
      int lane) {
    VectorMask<Float> mask = SPECIES.indexInRange(i, end);
    FloatVector g = FloatVector.fromArray(SPECIES, gy, at + i, mask);
    g = g.mul(FloatVector.fromArray(SPECIES, w, i, mask));
    FloatVector deviation = FloatVector.fromArray(SPECIES, x, from + i, mask).sub(mean, mask);
    FloatVector.fromArray(SPECIES, room, lane).add(g).intoArray(room, lane);
    int second = LANES + lane;
    FloatVector sum = FloatVector.fromArray(SPECIES, room, second);
    sum.add(g.mul(deviation)).intoArray(room, second);
  }

  /// Adds the first lanes of a room to the last ones.
  private static void addUp(float[] room, boolean first) {
    for (int i = 0; i < 2 * LANES; i++) {
      room[2 * LANES + i] = room[i] + (first ? 0 : room[2 * LANES + i]);
    }
  }

  /// The sum of 32 lanes, which may be used up.
  private static float joined(float[] room, int at) {
    if (WIDTH == HALF) {
      FloatVector a = FloatVector.fromArray(SPECIES, room, at);
      return FloatVectorFolds.joined(a.add(FloatVector.fromArray(SPECIES, room, at + WIDTH)));
    }
    for (int half = HALF; half > 0; half /= 2) {
      for (int lane = at; lane < at + half; lane++) {
        room[lane] += room[lane + half];
      }
    }
    return room[at];
  }

  @Override
  default void slope(
      float[] y, int to, float[] g, int at, float[] x, int from, int count, float[] abc) {
    float mean = abc[0];
    FloatVector b = FloatVector.broadcast(SPECIES, abc[2]);
    FloatVector c = FloatVector.broadcast(SPECIES, abc[3]);
    int i = 0;
    for (; i <= count - WIDTH; i += WIDTH) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, from + i).sub(mean).fma(b, c);
      FloatVector.fromArray(SPECIES, g, at + i).mul(abc[1]).sub(v).intoArray(y, to + i);
    }
    if (i < count) {
      VectorMask<Float> mask = SPECIES.indexInRange(i, count);
      FloatVector v = FloatVector.fromArray(SPECIES, x, from + i, mask).sub(mean).fma(b, c);
      FloatVector w = FloatVector.fromArray(SPECIES, g, at + i, mask).mul(abc[1]);
      w.sub(v).intoArray(y, to + i, mask);
    }
  }

  @Override
  default void addSlopes(
      float[] gw,
      float[] gb,
      int to,
      float[] gy,
      int at,
      int step,
      float[] x,
      int from,
      int count,
      int rows,
      float[] meansAndScales) {
    float[] ms = meansAndScales;
    int whole = count - count % WIDTH;
    int r = 0;
    for (; r <= rows - 4; r += 4) {
      addFour(gw, gb, to, gy, at + r * step, step, x, from + r * count, count, ms, 2 * r, whole);
      for (int k = r; whole < count && k < r + 4; k++) {
        addOne(gw, gb, to, gy, at + k * step, x, from + k * count, whole, count, ms, 2 * k);
      }
    }
    for (; r < rows; r++) {
      addOne(gw, gb, to, gy, at + r * step, x, from + r * count, 0, count, ms, 2 * r);
    }
  }

  /// The first `end` elements of four rows, whole registers.
  private static void addFour(
      float[] gw,
      float[] gb,
      int to,
      float[] gy,
      int at,
      int step,
      float[] x,
      int from,
      int next,
      float[] ms,
      int k,
      int end) {
    for (int i = 0; i < end; i += WIDTH) {
      FloatVector g = FloatVector.fromArray(SPECIES, gy, at + i);
      FloatVector v = FloatVector.fromArray(SPECIES, x, from + i).sub(ms[k]).mul(ms[k + 1]);
      FloatVector slope = g.fma(v, FloatVector.fromArray(SPECIES, gw, to + i));
      FloatVector sum = FloatVector.fromArray(SPECIES, gb, to + i).add(g);
      g = FloatVector.fromArray(SPECIES, gy, at + step + i);
      v = FloatVector.fromArray(SPECIES, x, from + next + i).sub(ms[k + 2]).mul(ms[k + 3]);
      slope = g.fma(v, slope);
      sum = sum.add(g);
      g = FloatVector.fromArray(SPECIES, gy, at + 2 * step + i);
      v = FloatVector.fromArray(SPECIES, x, from + 2 * next + i).sub(ms[k + 4]).mul(ms[k + 5]);
      slope = g.fma(v, slope);
      sum = sum.add(g);
      g = FloatVector.fromArray(SPECIES, gy, at + 3 * step + i);
      v = FloatVector.fromArray(SPECIES, x, from + 3 * next + i).sub(ms[k + 6]).mul(ms[k + 7]);
      g.fma(v, slope).intoArray(gw, to + i);
      sum.add(g).intoArray(gb, to + i);
    }
  }

  private static void addOne(
      float[] gw,
      float[] gb,
      int to,
      float[] gy,
      int at,
      float[] x,
      int from,
      int begin,
      int end,
      float[] ms,
      int k) {
    for (int i = begin; i < end; i += WIDTH) {
      VectorMask<Float> mask = SPECIES.indexInRange(i, end);
      FloatVector g = FloatVector.fromArray(SPECIES, gy, at + i, mask);
      FloatVector v = FloatVector.fromArray(SPECIES, x, from + i, mask).sub(ms[k]).mul(ms[k + 1]);
      g.fma(v, FloatVector.fromArray(SPECIES, gw, to + i, mask)).intoArray(gw, to + i, mask);
      FloatVector.fromArray(SPECIES, gb, to + i, mask).add(g).intoArray(gb, to + i, mask);
    }
  }

  @Override
  default void slopeRow(
      float[] y,
      int to,
      float[] gy,
      int at,
      float[] x,
      int from,
      float[] w,
      int count,
      float[] abc) {
    float mean = abc[0];
    FloatVector b = FloatVector.broadcast(SPECIES, -abc[3]);
    int i = 0;
    for (; i <= count - WIDTH; i += WIDTH) {
      FloatVector g = FloatVector.fromArray(SPECIES, gy, at + i);
      g = g.mul(FloatVector.fromArray(SPECIES, w, i)).sub(abc[2]);
      FloatVector v = FloatVector.fromArray(SPECIES, x, from + i).sub(mean);
      v.fma(b, g).mul(abc[1]).intoArray(y, to + i);
    }
    if (i < count) {
      VectorMask<Float> mask = SPECIES.indexInRange(i, count);
      FloatVector g = FloatVector.fromArray(SPECIES, gy, at + i, mask);
      g = g.mul(FloatVector.fromArray(SPECIES, w, i, mask)).sub(abc[2]);
      FloatVector v = FloatVector.fromArray(SPECIES, x, from + i, mask).sub(mean);
      v.fma(b, g).mul(abc[1]).intoArray(y, to + i, mask);
    }
  }
}
