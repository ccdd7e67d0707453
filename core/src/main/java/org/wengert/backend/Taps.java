package org.wengert.backend;

import java.util.Arrays;

/// A sparse matrix that maps the elements along one axis to others: element `i` of the result is
/// the sum of a few elements, each times a weight. Pooling by averages and interpolation are such
/// maps, one axis after the other.
///
/// Immutable and safe to share. Two are equal if they have the same weights in the same order.
public final class Taps {
  private final int size;
  private final int[][] positions;
  private final double[][] weights;

  private Taps(int size, int[][] positions, double[][] weights) {
    this.size = size;
    this.positions = positions;
    this.weights = weights;
  }

  /// Element `i` of the result is `Σ weights[i][k] x[positions[i][k]]`; a position may come twice.
  ///
  /// @param size the length of the axis of `x`
  public static Taps of(int size, int[][] positions, double[][] weights) {
    int[][] places = new int[positions.length][];
    double[][] factors = new double[positions.length][];
    for (int i = 0; i < positions.length; i++) {
      places[i] = positions[i].clone();
      factors[i] = Arrays.copyOf(weights[i], positions[i].length);
      for (int place : places[i]) {
        if (place < 0 || place >= size) {
          throw new IllegalArgumentException("position " + place + " on an axis of " + size);
        }
      }
    }
    return new Taps(size, places, factors);
  }

  /// The sums over the windows; padding counts as 0.
  public static Taps sums(Window window) {
    int[][] positions = new int[window.outputs()][];
    double[][] weights = new double[window.outputs()][];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = new int[window.count(i)];
      weights[i] = new double[positions[i].length];
      Arrays.fill(weights[i], 1);
      int next = 0;
      for (int tap = 0; tap < window.kernel(); tap++) {
        if (window.position(i, tap) >= 0) {
          positions[i][next++] = window.position(i, tap);
        }
      }
    }
    return new Taps(window.size(), positions, weights);
  }

  /// The length of the axis that is mapped.
  public int size() {
    return size;
  }

  /// The length of the axis of the result.
  public int outputs() {
    return positions.length;
  }

  /// Which elements enter element `output` of the result. Shared: read it only.
  public int[] positions(int output) {
    return positions[output];
  }

  /// By which weights they enter. Shared: read it only.
  public double[] weights(int output) {
    return weights[output];
  }

  /// The transposed matrix: each element goes back to where it came from, with the same weight.
  public Taps transposed() {
    int[] counts = new int[size];
    for (int[] row : positions) {
      for (int place : row) {
        counts[place]++;
      }
    }
    int[][] places = new int[size][];
    double[][] factors = new double[size][];
    for (int i = 0; i < size; i++) {
      places[i] = new int[counts[i]];
      factors[i] = new double[counts[i]];
    }
    int[] next = new int[size];
    for (int i = 0; i < positions.length; i++) {
      for (int k = 0; k < positions[i].length; k++) {
        int row = positions[i][k];
        places[row][next[row]] = i;
        factors[row][next[row]++] = weights[i][k];
      }
    }
    return new Taps(positions.length, places, factors);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Taps t
        && size == t.size
        && Arrays.deepEquals(positions, t.positions)
        && Arrays.deepEquals(weights, t.weights);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * size + Arrays.deepHashCode(positions)) + Arrays.deepHashCode(weights);
  }

  @Override
  public String toString() {
    return outputs() + " of " + size;
  }
}
