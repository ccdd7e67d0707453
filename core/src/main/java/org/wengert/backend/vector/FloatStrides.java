package org.wengert.backend.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// Every second element of a range, and two ranges element by element, on `float`.
final class FloatStrides {
  private static final VectorSpecies<Float> SPECIES = Width.floats();
  private static final int LANES = SPECIES.length();
  private static final VectorMask<Float> BACK =
      VectorMask.fromLong(SPECIES, (1L << LANES) - (1L << LANES / 2));
  private static final VectorMask<Float> ODD =
      VectorMask.fromLong(SPECIES, 0xAAAA_AAAA_AAAA_AAAAL & (1L << LANES) - 1);
  // the second vector begins one element early, so that nothing behind the last one is read
  private static final VectorShuffle<Float> FIRST =
      VectorShuffle.fromOp(SPECIES, lane -> 2 * lane % LANES);
  private static final VectorShuffle<Float> SECOND =
      VectorShuffle.fromOp(SPECIES, lane -> (2 * lane + 1) % LANES);
  private static final VectorShuffle<Float> LOW = VectorShuffle.fromOp(SPECIES, lane -> lane / 2);
  private static final VectorShuffle<Float> HIGH =
      VectorShuffle.fromOp(SPECIES, lane -> (LANES + lane) / 2);

  private FloatStrides() {}

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
    first.rearrange(FIRST).blend(second.rearrange(SECOND), BACK).intoArray(to, toAt);
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
