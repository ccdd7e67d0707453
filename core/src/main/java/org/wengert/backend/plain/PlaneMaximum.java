package org.wengert.backend.plain;

import java.util.List;
import org.wengert.backend.Window;

/// The largest element of each window of one plane, and where it is: the first of equals; a `NaN`
/// beats what came before it, and every number that comes after it.
@FunctionalInterface
public interface PlaneMaximum {
  /// Computes the maxima. Arrays are `float[]` or `double[]`.
  ///
  /// @param windows one for each of three axes; every window sees an element
  /// @param at where the plane begins in `x`
  /// @param index gets the place of each maximum in the plane
  /// @param yAt where the maxima begin in `y`, and their places in `index`
  void run(List<Window> windows, Object x, int at, Object y, int[] index, int yAt);
}
