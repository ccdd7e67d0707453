package org.wengert.backend.vector;

import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;
import org.wengert.backend.Window;
import org.wengert.backend.plain.PlaneMaximum;

/// [PlaneMaximum] on `float` for the usual windows, two by two side by side: a register of even and
/// one of odd columns of each row. Other windows are left to the plain loop.
record FloatPairs(PlaneMaximum plain) implements PlaneMaximum {
  private static final VectorSpecies<Float> SPECIES = Width.floats();
  private static final int LANES = SPECIES.length();
  private static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, VectorShape.forBitSize(LANES * Integer.SIZE));
  private static final VectorShuffle<Float> EVEN =
      VectorShuffle.fromOp(SPECIES, lane -> 2 * lane % LANES);
  private static final VectorShuffle<Float> ODD =
      VectorShuffle.fromOp(SPECIES, lane -> (2 * lane + 1) % LANES);
  private static final VectorMask<Float> BACK =
      VectorMask.fromLong(SPECIES, (1L << LANES) - (1L << LANES / 2));
  private static final IntVector TWICE = IntVector.zero(INTS).addIndex(2);

  @Override
  public void run(List<Window> windows, Object x, int at, Object y, int[] index, int yAt) {
    Window height = windows.get(1);
    Window width = windows.get(2);
    if (!windows.get(0).isSingle() || !height.isPairs() || !width.isPairs()) {
      plain.run(windows, x, at, y, index, yAt);
      return;
    }
    int columns = width.outputs();
    for (int column = 0; column < columns; column += LANES) {
      int count = columns - column;
      int rows = height.outputs();
      maxima(
          (float[]) x,
          at,
          2 * column,
          width.size(),
          (float[]) y,
          index,
          yAt + column,
          columns,
          rows,
          count);
    }
  }

  /// The windows of up to a register of columns, row by row.
  private static void maxima(
      float[] x,
      int at,
      int from,
      int step,
      float[] y,
      int[] index,
      int to,
      int columns,
      int rows,
      int count) {
    VectorMask<Float> front = SPECIES.indexInRange(0, 2 * count);
    VectorMask<Float> rest = SPECIES.indexInRange(LANES, 2 * count);
    VectorMask<Float> used = SPECIES.indexInRange(0, count);
    VectorMask<Integer> usedInts = INTS.indexInRange(0, count);
    for (int row = 0; row < rows; row++) {
      int place = from + 2 * row * step;
      int yAt = to + row * columns;
      FloatVector a = FloatVector.fromArray(SPECIES, x, at + place, front);
      FloatVector b = FloatVector.fromArray(SPECIES, x, at + place + LANES, rest);
      FloatVector most = a.rearrange(EVEN).blend(b.rearrange(EVEN), BACK);
      FloatVector next = a.rearrange(ODD).blend(b.rearrange(ODD), BACK);
      VectorMask<Float> more = next.compare(VectorOperators.GT, most);
      more = more.or(next.compare(VectorOperators.NE, next));
      most = most.blend(next, more);
      IntVector first = TWICE.add(place);
      IntVector found = first.blend(first.add(1), more.cast(INTS));
      a = FloatVector.fromArray(SPECIES, x, at + place + step, front);
      b = FloatVector.fromArray(SPECIES, x, at + place + step + LANES, rest);
      next = a.rearrange(EVEN).blend(b.rearrange(EVEN), BACK);
      more = next.compare(VectorOperators.GT, most).or(next.compare(VectorOperators.NE, next));
      most = most.blend(next, more);
      found = found.blend(first.add(step), more.cast(INTS));
      next = a.rearrange(ODD).blend(b.rearrange(ODD), BACK);
      more = next.compare(VectorOperators.GT, most).or(next.compare(VectorOperators.NE, next));
      most.blend(next, more).intoArray(y, yAt, used);
      found.blend(first.add(step + 1), more.cast(INTS)).intoArray(index, yAt, usedInts);
    }
  }
}
