package org.wengert.backend;

/// A [Loop] on `float`. With few arrays it is called without wrapping them.
public interface FloatLoop {
  /// Computes `n` elements.
  ///
  /// @param arrays those of the outputs, then those of the inputs
  /// @param at where each range starts
  void run(int n, Object[] arrays, int[] at, double[] scalars);

  /// Computes `n` elements of a loop with one output and one input.
  default void run(int n, float[] y, int yAt, float[] a, int aAt, double[] scalars) {
    run(n, new Object[] {y, a}, new int[] {yAt, aAt}, scalars);
  }

  /// Computes `n` elements of a loop with one output and two inputs.
  default void run(
      int n, float[] y, int yAt, float[] a, int aAt, float[] b, int bAt, double[] scalars) {
    run(n, new Object[] {y, a, b}, new int[] {yAt, aAt, bAt}, scalars);
  }

  /// Computes `n` elements of a loop with one output and three inputs.
  default void run(
      int n,
      float[] y,
      int yAt,
      float[] a,
      int aAt,
      float[] b,
      int bAt,
      float[] c,
      int cAt,
      double[] scalars) {
    run(n, new Object[] {y, a, b, c}, new int[] {yAt, aAt, bAt, cAt}, scalars);
  }
}
