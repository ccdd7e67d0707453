package org.wengert.graph;

import org.wengert.tensor.Tensor;

/// What is said of the numbers of a tensor where they are too many to show. Those that are not
/// finite are counted and left out of the rest.
///
/// @param min the smallest, `NaN` if there is none
/// @param max the largest, `NaN` if there is none
/// @param mean the mean, `NaN` if there is none
/// @param norm the square root of the sum of squares
/// @param nonFinite how many are infinite or not a number
record Statistics(double min, double max, double mean, double norm, int nonFinite) {
  static Statistics of(Tensor x) {
    return of(x.toDoubleArray());
  }

  private static Statistics of(double[] all) {
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    double sum = 0;
    int nonFinite = 0;
    for (double x : all) {
      if (Double.isFinite(x)) {
        min = Math.min(min, x);
        max = Math.max(max, x);
        sum += x;
      } else {
        nonFinite++;
      }
    }
    int count = all.length - nonFinite;
    double largest = count == 0 ? 0 : Math.max(-min, max);
    return new Statistics(
        count == 0 ? Double.NaN : min,
        count == 0 ? Double.NaN : max,
        sum / count,
        largest * Math.sqrt(squares(all, largest)),
        nonFinite);
  }

  /// The sum of squares in units of the largest, which does not overflow.
  private static double squares(double[] all, double largest) {
    double sum = 0;
    for (double x : all) {
      if (Double.isFinite(x) && x != 0) {
        sum += x / largest * (x / largest);
      }
    }
    return sum;
  }
}
