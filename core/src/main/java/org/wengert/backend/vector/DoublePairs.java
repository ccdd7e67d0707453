package org.wengert.backend.vector;

import java.util.List;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;
import org.wengert.backend.PlaneMaximum;
import org.wengert.backend.Window;

/// [PlaneMaximum] on `double` for windows two by two side by side: what [FloatPairs] does.
record DoublePairs(PlaneMaximum plain) implements PlaneMaximum {
  private static final VectorSpecies<Double> SPECIES = Width.doubles();
  private static final int LANES = SPECIES.length();
  private static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, VectorShape.forBitSize(LANES * Integer.SIZE));
  private static final VectorShuffle<Double> EVEN =
      VectorShuffle.fromOp(SPECIES, lane -> 2 * lane % LANES);
  private static final VectorShuffle<Double> ODD =
      VectorShuffle.fromOp(SPECIES, lane -> (2 * lane + 1) % LANES);
  private static final VectorMask<Double> BACK =
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
    for (int row = 0; row < height.outputs(); row++) {
      for (int column = 0; column < columns; column += LANES) {
        int place = 2 * row * width.size() + 2 * column;
        int target = yAt + row * columns + column;
        maxima(
            (double[]) x, at, place, width.size(), (double[]) y, index, target, columns - column);
      }
    }
  }

  private static void maxima(
      double[] x, int at, int place, int step, double[] y, int[] index, int yAt, int count) {
    VectorMask<Double> front = SPECIES.indexInRange(0, 2 * count);
    VectorMask<Double> rest = SPECIES.indexInRange(LANES, 2 * count);
    DoubleVector a = DoubleVector.fromArray(SPECIES, x, at + place, front);
    DoubleVector b = DoubleVector.fromArray(SPECIES, x, at + place + LANES, rest);
    DoubleVector most = a.rearrange(EVEN).blend(b.rearrange(EVEN), BACK);
    DoubleVector next = a.rearrange(ODD).blend(b.rearrange(ODD), BACK);
    VectorMask<Double> more = next.compare(VectorOperators.GT, most);
    more = more.or(next.compare(VectorOperators.NE, next));
    most = most.blend(next, more);
    IntVector first = TWICE.add(place);
    IntVector found = first.blend(first.add(1), more.cast(INTS));
    a = DoubleVector.fromArray(SPECIES, x, at + place + step, front);
    b = DoubleVector.fromArray(SPECIES, x, at + place + step + LANES, rest);
    next = a.rearrange(EVEN).blend(b.rearrange(EVEN), BACK);
    more = next.compare(VectorOperators.GT, most).or(next.compare(VectorOperators.NE, next));
    most = most.blend(next, more);
    found = found.blend(first.add(step), more.cast(INTS));
    next = a.rearrange(ODD).blend(b.rearrange(ODD), BACK);
    more = next.compare(VectorOperators.GT, most).or(next.compare(VectorOperators.NE, next));
    VectorMask<Double> used = SPECIES.indexInRange(0, count);
    most.blend(next, more).intoArray(y, yAt, used);
    found.blend(first.add(step + 1), more.cast(INTS)).intoArray(index, yAt, used.cast(INTS));
  }
}
