package org.wengert.backend;

/// The compiled loop of a [Kernel] for one width. Writes every element of the outputs' ranges; an
/// output may be the same range as an input, but not overlap one otherwise. Stateless.
public abstract class Loop {
  /// For the generated classes.
  protected Loop() {}

  /// Computes `n` elements.
  ///
  /// @param arrays those of the outputs, then those of the inputs
  /// @param at where each range starts
  public abstract void run(int n, Object[] arrays, int[] at, double[] scalars);

  /// Computes `n` elements of a loop with one output and one input.
  public void run(int n, float[] y, int yAt, float[] a, int aAt, double[] scalars) {
    run(n, new Object[] {y, a}, new int[] {yAt, aAt}, scalars);
  }

  /// Computes `n` elements of a loop with one output and two inputs.
  public void run(
      int n, float[] y, int yAt, float[] a, int aAt, float[] b, int bAt, double[] scalars) {
    run(n, new Object[] {y, a, b}, new int[] {yAt, aAt, bAt}, scalars);
  }

  /// Computes `n` elements of a loop with one output and three inputs.
  public void run(
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

  /// Computes `n` elements of a loop with one output and one input.
  public void run(int n, double[] y, int yAt, double[] a, int aAt, double[] scalars) {
    run(n, new Object[] {y, a}, new int[] {yAt, aAt}, scalars);
  }

  /// Computes `n` elements of a loop with one output and two inputs.
  public void run(
      int n, double[] y, int yAt, double[] a, int aAt, double[] b, int bAt, double[] scalars) {
    run(n, new Object[] {y, a, b}, new int[] {yAt, aAt, bAt}, scalars);
  }

  /// Computes `n` elements of a loop with one output and three inputs.
  public void run(
      int n,
      double[] y,
      int yAt,
      double[] a,
      int aAt,
      double[] b,
      int bAt,
      double[] c,
      int cAt,
      double[] scalars) {
    run(n, new Object[] {y, a, b, c}, new int[] {yAt, aAt, bAt, cAt}, scalars);
  }
}
