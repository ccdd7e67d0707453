package org.wengert.benchmarks;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Loops over stretches of arrays, written by hand: as simple as they can be, of lengths that fill
/// the registers, without a contract about bits. What [Floor] is made of.
final class Loops {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int WIDTH = SPECIES.length();

  private Loops() {}

  private static FloatVector at(float[] x, int i) {
    return FloatVector.fromArray(SPECIES, x, i);
  }

  /// `y = a b`.
  static void multiply(float[] y, float[] a, float[] b, int from, int to) {
    for (int i = from; i < to; i += WIDTH) {
      at(a, i).mul(at(b, i)).intoArray(y, i);
    }
  }

  /// `y = a + b`.
  static void add(float[] y, float[] a, float[] b, int from, int to) {
    for (int i = from; i < to; i += WIDTH) {
      at(a, i).add(at(b, i)).intoArray(y, i);
    }
  }

  /// `y = tanh x`, by a quotient of polynomials that is good for a few units in the last place.
  @SuppressWarnings("FloatingPointLiteralPrecision") // coefficients as published
  static void tanh(float[] y, float[] x, int from, int to) {
    for (int i = from; i < to; i += WIDTH) {
      FloatVector t = at(x, i).max(-7.9f).min(7.9f);
      FloatVector s = t.mul(t);
      FloatVector p = s.mul(-2.76076847742355e-16f).add(2.00018790482477e-13f);
      p = p.fma(s, s.broadcast(-8.60467152213735e-11f));
      p = p.fma(s, s.broadcast(5.12229709037114e-08f));
      p = p.fma(s, s.broadcast(1.48572235717979e-05f));
      p = p.fma(s, s.broadcast(6.37261928875436e-04f));
      p = p.fma(s, s.broadcast(4.89352455891786e-03f));
      FloatVector q = s.mul(1.19825839466702e-06f).add(1.18534705686654e-04f);
      q = q.fma(s, s.broadcast(2.26843463243900e-03f));
      q = q.fma(s, s.broadcast(4.89352518554385e-03f));
      t.mul(p).div(q).intoArray(y, i);
    }
  }

  /// `Σ x`.
  static float sum(float[] x, int from, int to) {
    FloatVector a = FloatVector.zero(SPECIES);
    FloatVector b = a;
    int i = from;
    for (; i + WIDTH < to; i += 2 * WIDTH) {
      a = a.add(at(x, i));
      b = b.add(at(x, i + WIDTH));
    }
    for (; i < to; i += WIDTH) {
      a = a.add(at(x, i));
    }
    return a.add(b).reduceLanes(VectorOperators.ADD);
  }

  /// `Σ (x - mean)²`.
  static float squares(float[] x, float mean, int from, int to) {
    FloatVector a = FloatVector.zero(SPECIES);
    FloatVector b = a;
    int i = from;
    for (; i + WIDTH < to; i += 2 * WIDTH) {
      FloatVector d = at(x, i).sub(mean);
      FloatVector e = at(x, i + WIDTH).sub(mean);
      a = d.fma(d, a);
      b = e.fma(e, b);
    }
    for (; i < to; i += WIDTH) {
      FloatVector d = at(x, i).sub(mean);
      a = d.fma(d, a);
    }
    return a.add(b).reduceLanes(VectorOperators.ADD);
  }

  /// `Σ g (x - mean)`.
  static float product(float[] g, float[] x, float mean, int from, int to) {
    FloatVector a = FloatVector.zero(SPECIES);
    for (int i = from; i < to; i += WIDTH) {
      a = at(g, i).fma(at(x, i).sub(mean), a);
    }
    return a.reduceLanes(VectorOperators.ADD);
  }

  /// `y = a x + b`.
  static void affine(float[] y, float[] x, float a, float b, int from, int to) {
    FloatVector scale = FloatVector.broadcast(SPECIES, a);
    FloatVector shift = FloatVector.broadcast(SPECIES, b);
    for (int i = from; i < to; i += WIDTH) {
      at(x, i).fma(scale, shift).intoArray(y, i);
    }
  }

  /// `y = a g + b x + c`.
  static void slope(float[] y, float[] g, float[] x, float[] abc, int from, int to) {
    FloatVector a = FloatVector.broadcast(SPECIES, abc[0]);
    FloatVector b = FloatVector.broadcast(SPECIES, abc[1]);
    FloatVector c = FloatVector.broadcast(SPECIES, abc[2]);
    for (int i = from; i < to; i += WIDTH) {
      at(g, i).fma(a, at(x, i).fma(b, c)).intoArray(y, i);
    }
  }

  /// `g = 1 - y²`.
  static void tanhSlope(float[] g, float[] y, int from, int to) {
    FloatVector one = FloatVector.broadcast(SPECIES, 1);
    for (int i = from; i < to; i += WIDTH) {
      FloatVector t = at(y, i);
      t.neg().fma(t, one).intoArray(g, i);
    }
  }

  /// `a = g w` and `b = g x`.
  static void products(float[] a, float[] b, float[] g, float[] w, float[] x, int from, int to) {
    for (int i = from; i < to; i += WIDTH) {
      FloatVector t = at(g, i);
      t.mul(at(w, i)).intoArray(a, i);
      t.mul(at(x, i)).intoArray(b, i);
    }
  }

  /// `y = (x - mean) scale w + b` for a row; `w` and `b` are a row.
  static void row(float[] y, float[] x, int at, float[] w, float[] b, float mean, float scale) {
    for (int j = 0; j < w.length; j += WIDTH) {
      at(x, at + j).sub(mean).mul(scale).fma(at(w, j), at(b, j)).intoArray(y, at + j);
    }
  }

  /// `y += scale (x - mean)` for a row.
  static void addDeviation(float[] y, float[] x, int at, float mean, float scale) {
    FloatVector s = FloatVector.broadcast(SPECIES, scale);
    for (int j = 0; j < y.length; j += WIDTH) {
      at(x, at + j).sub(mean).fma(s, at(y, j)).intoArray(y, j);
    }
  }

  /// `Σ w (x - mean)` for a row.
  static float weighted(float[] w, float[] x, int at, float mean) {
    FloatVector a = FloatVector.zero(SPECIES);
    for (int j = 0; j < w.length; j += WIDTH) {
      a = at(w, j).fma(at(x, at + j).sub(mean), a);
    }
    return a.reduceLanes(VectorOperators.ADD);
  }

  /// `y = (w - a - b (x - mean)) scale` for a row.
  static void rowSlope(float[] y, float[] x, int at, float[] w, float[] meanScaleAB) {
    float mean = meanScaleAB[0];
    float scale = meanScaleAB[1];
    float a = meanScaleAB[2];
    float b = meanScaleAB[3];
    for (int j = 0; j < w.length; j += WIDTH) {
      FloatVector d = at(x, at + j).sub(mean).mul(b);
      at(w, j).sub(a).sub(d).mul(scale).intoArray(y, at + j);
    }
  }

  /// `y[to ..] += x[from ..]`.
  static void addRow(float[] y, int to, float[] x, int from, int count) {
    for (int j = 0; j < count; j += WIDTH) {
      at(y, to + j).add(at(x, from + j)).intoArray(y, to + j);
    }
  }
}
