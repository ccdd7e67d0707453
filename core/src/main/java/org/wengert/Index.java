package org.wengert;

import org.wengert.tensor.DType;
import org.wengert.tensor.Tensor;

/// What stands between the brackets of Python's `x[..]`, for one axis or several; import the
/// factories statically.
///
/// ```
/// x.get(at(1), from(1), every(2))        x[1, 1:, ::2]
/// x.get(newAxis(), ellipsis(), range(1, 3))   x[None, ..., 1:3]
/// x.get(all(), index(j))                 x[:, j]
/// x.get(mask(m))                         x[m]
/// ```
///
/// Axes that no index names are taken whole. Integers and ranges give views. Several index tensors
/// broadcast and are read together; their axes stand where the first of them stood, or in front if
/// a range lies between them, as in PyTorch. Immutable.
public sealed interface Index {
  /// One place of an axis, which disappears. Negative ones count from the end.
  static Index at(int place) {
    return new At(place);
  }

  /// The places from `from` up to, not including, `to`. Negative ends count from the end; ends
  /// beyond the axis stop at its border.
  static Index range(int from, int to) {
    return new Range(from, to, 1);
  }

  /// The places `from`, `from + step`, ... below `to`.
  ///
  /// @param step at least 1
  static Index range(int from, int to, int step) {
    return new Range(from, to, step);
  }

  /// The places from `from` to the end: `x[from:]`.
  static Index from(int from) {
    return new Range(from, Integer.MAX_VALUE, 1);
  }

  /// The places before `to`: `x[:to]`.
  static Index upTo(int to) {
    return new Range(0, to, 1);
  }

  /// Every `step`-th place: `x[::step]`.
  static Index every(int step) {
    return new Range(0, Integer.MAX_VALUE, step);
  }

  /// The whole axis: `x[:]`.
  static Index all() {
    return new Range(0, Integer.MAX_VALUE, 1);
  }

  /// As many whole axes as the other indices leave: `x[..., 0]`.
  static Index ellipsis() {
    return new Ellipsis();
  }

  /// A new axis of size 1: `x[None]`.
  static Index newAxis() {
    return new NewAxis();
  }

  /// The places where a `BOOL` tensor is true; it takes as many axes as it has, and leaves one. A
  /// scalar takes none: the axis it leaves has size 1 if it is true, else 0.
  static Index mask(Tensor mask) {
    return new Mask(mask);
  }

  /// [#mask(Tensor)] of a variable's numbers.
  static Index mask(Variable mask) {
    return new Mask(mask.value());
  }

  /// The places that a tensor of integers names, in its shape; negative ones count from the end. A
  /// `BOOL` tensor is a mask.
  static Index index(Tensor places) {
    return places.dtype() == DType.BOOL ? new Mask(places) : new Places(places);
  }

  /// [#index(Tensor)] of a variable's numbers.
  static Index index(Variable places) {
    return index(places.value());
  }

  /// These places, in this order.
  static Index index(int... places) {
    return new Places(Tensor.of(places));
  }

  /// One place.
  record At(int place) implements Index {}

  /// Places at equal distances.
  record Range(int from, int to, int step) implements Index {
    boolean isWhole(int size) {
      return from == 0 && to >= size && step == 1;
    }
  }

  /// All axes that are left.
  record Ellipsis() implements Index {}

  /// A new axis.
  record NewAxis() implements Index {}

  /// The true places of a mask.
  record Mask(Tensor mask) implements Index {}

  /// Any places.
  record Places(Tensor places) implements Index {}
}
