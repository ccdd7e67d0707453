package org.wengert;

import java.util.Arrays;
import org.wengert.tensor.Tensor;

/// What a tensor has that is not finite.
///
/// @param nans the number of elements that are `NaN`
/// @param infinities the number of elements that are infinite
/// @param first the place of the first of either, -1 if there is none
/// @param value the first of either
/// @param x the tensor
record Finding(int nans, int infinities, int first, double value, Tensor x) {
  static final Finding NOTHING = new Finding(0, 0, -1, 0, Tensor.of(0));

  static Finding in(Tensor x) {
    if (!x.dtype().isFloating()) {
      return NOTHING;
    }
    double[] elements = x.toDoubleArray();
    int nans = 0;
    int infinities = 0;
    int first = -1;
    for (int i = 0; i < elements.length; i++) {
      if (!Double.isFinite(elements[i])) {
        first = first < 0 ? i : first;
        nans += Double.isNaN(elements[i]) ? 1 : 0;
        infinities += Double.isNaN(elements[i]) ? 0 : 1;
      }
    }
    return new Finding(nans, infinities, first, first < 0 ? 0 : elements[first], x);
  }

  boolean hasNan() {
    return nans > 0;
  }

  /// Whether it arose here: `NaN` from operands without, or infinity from finite ones.
  boolean isNew(Variable... xs) {
    if (first < 0) {
      return false;
    }
    boolean anyNan = false;
    boolean anyInfinity = false;
    for (Variable x : xs) {
      Finding given = in(x.value);
      anyNan |= given.nans > 0;
      anyInfinity |= given.infinities > 0;
    }
    return !anyNan && (nans > 0 || !anyInfinity);
  }

  /// Such as `NaN in 3 of 12 elements, the first at (0, 2)`.
  @Override
  public String toString() {
    String kinds = nans > 0 && infinities > 0 ? "NaN and infinity" : Double.toString(value);
    if (x.rank() == 0) {
      return kinds;
    }
    return kinds
        + (" in " + (nans + infinities) + " of " + x.count())
        + (" elements, the first at " + place());
  }

  private String place() {
    int[] index = new int[x.rank()];
    int rest = first;
    for (int axis = x.rank() - 1; axis >= 0; axis--) {
      index[axis] = rest % x.size(axis);
      rest /= x.size(axis);
    }
    return Arrays.toString(index).replace('[', '(').replace(']', ')');
  }

  /// Such as `(32, 10) from -4.2 to 3.1`.
  static String described(Tensor x) {
    if (x.count() == 0 || !x.dtype().isFloating()) {
      return x.shape().toString();
    }
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    for (double element : x.toDoubleArray()) {
      least = Math.min(least, element);
      greatest = Math.max(greatest, element);
    }
    return x.rank() == 0 ? "() " + least : x.shape() + " from " + least + " to " + greatest;
  }
}
