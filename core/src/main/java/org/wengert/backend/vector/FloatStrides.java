package org.wengert.backend.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// Every second element of a range, and two ranges element by element, on `float`.
///
/// Elements that two vectors hold at even and at odd places are first brought into one vector, for
/// a blend costs less than to rearrange both.
final class FloatStrides {
  private static final VectorSpecies<Float> SPECIES = Width.floats();
  private static final int LANES = SPECIES.length();
  private static final VectorMask<Float> ODD =
      VectorMask.fromLong(SPECIES, 0xAAAA_AAAA_AAAA_AAAAL & (1L << LANES) - 1);
  private static final VectorShuffle<Float> EVEN_THEN_ODD =
      VectorShuffle.fromOp(SPECIES, lane -> 2 * lane % LANES + 2 * lane / LANES);
  private static final VectorShuffle<Float> LOW = VectorShuffle.fromOp(SPECIES, lane -> lane / 2);
  private static final VectorShuffle<Float> HIGH =
      VectorShuffle.fromOp(SPECIES, lane -> (LANES + lane) / 2);

  private FloatStrides() {}

  /// `to[toAt + r toStep + i] = from[at + r step + i]`, for at least one vector of `i`. One loop
  /// for all rows: they are short, and a call for each of them would wait for each.
  static void copyRows(
      float[] from, int at, int step, float[] to, int toAt, int toStep, int rows, int count) {
    for (int r = 0; r < rows; r++) {
      int source = at + r * step;
      int target = toAt + r * toStep;
      for (int i = 0; i < count - LANES; i += LANES) {
        FloatVector.fromArray(SPECIES, from, source + i).intoArray(to, target + i);
      }
      int last = count - LANES;
      FloatVector.fromArray(SPECIES, from, source + last).intoArray(to, target + last);
    }
  }

  /// `to[toAt + i] = from[at + 2 i]`.
  static void everySecond(float[] from, int at, float[] to, int toAt, int count) {
    int i = 0;
    for (; i + LANES <= count; i += LANES) {
      pick(from, at + 2 * i, to, toAt + i);
    }
    if (i < count && count >= LANES) {
      pick(from, at + 2 * (count - LANES), to, toAt + count - LANES);
    } else {
      for (; i < count; i++) {
        to[toAt + i] = from[at + 2 * i];
      }
    }
  }

  private static void pick(float[] from, int at, float[] to, int toAt) {
    FloatVector first = FloatVector.fromArray(SPECIES, from, at);
    FloatVector second = FloatVector.fromArray(SPECIES, from, at + LANES - 1);
    first.blend(second, ODD).rearrange(EVEN_THEN_ODD).intoArray(to, toAt);
  }

  /// `to[toAt + i] = from[at + 2 i]` and `to[otherAt + i] = from[at + 2 i + 1]`.
  static void split(float[] from, int at, float[] to, int toAt, int otherAt, int count) {
    int i = 0;
    for (; i + LANES <= count; i += LANES) {
      pickBoth(from, at + 2 * i, to, toAt + i, otherAt + i);
    }
    if (i < count && count >= LANES) {
      int last = count - LANES;
      pickBoth(from, at + 2 * last, to, toAt + last, otherAt + last);
    } else {
      for (; i < count; i++) {
        to[toAt + i] = from[at + 2 * i];
        to[otherAt + i] = from[at + 2 * i + 1];
      }
    }
  }

  private static void pickBoth(float[] from, int at, float[] to, int toAt, int otherAt) {
    pick(from, at, to, toAt);
    FloatVector first = FloatVector.fromArray(SPECIES, from, at + 1);
    FloatVector second = FloatVector.fromArray(SPECIES, from, at + LANES);
    first.blend(second, ODD).rearrange(EVEN_THEN_ODD).intoArray(to, otherAt);
  }

  /// `to[toAt + 2 i] = from[at + i]` and `to[toAt + 2 i + 1] = from[otherAt + i]`.
  static void interleave(float[] from, int at, int otherAt, float[] to, int toAt, int count) {
    int i = 0;
    for (; i + LANES <= count; i += LANES) {
      zip(from, at + i, otherAt + i, to, toAt + 2 * i);
    }
    if (i < count && count >= LANES) {
      int last = count - LANES;
      zip(from, at + last, otherAt + last, to, toAt + 2 * last);
    } else {
      for (; i < count; i++) {
        to[toAt + 2 * i] = from[at + i];
        to[toAt + 2 * i + 1] = from[otherAt + i];
      }
    }
  }

  private static void zip(float[] from, int at, int otherAt, float[] to, int toAt) {
    FloatVector even = FloatVector.fromArray(SPECIES, from, at);
    FloatVector odd = FloatVector.fromArray(SPECIES, from, otherAt);
    even.rearrange(LOW).blend(odd.rearrange(LOW), ODD).intoArray(to, toAt);
    even.rearrange(HIGH).blend(odd.rearrange(HIGH), ODD).intoArray(to, toAt + LANES);
  }
}
