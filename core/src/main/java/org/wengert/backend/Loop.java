package org.wengert.backend;

/// The compiled loop of a [Kernel] for one width. Writes every element of the outputs' ranges; an
/// output may be the same range as an input, but not overlap one otherwise. Stateless.
public abstract class Loop {
  /// How many elements of a range a vector loop gets that is not compiled yet.
  static final int SLICE = 256;

  /// From so many tries on, or when one was fast, a vector loop gets all.
  static final int TRIES = 1 << 15;

  /// For the generated classes.
  protected Loop() {}

  /// How many tries a vector loop has made.
  ///
  /// @param tries without this one
  /// @param start when it started
  /// @param elements how many it computed
  /// @param operations how many operations on registers it took
  protected static int tried(int tries, long start, int elements, int operations) {
    // Compiled, an operation takes half a nanosecond; interpreted, or compiled in haste, over 50.
    boolean isFast = System.nanoTime() - start < 500 + 2L * operations;
    return elements == SLICE && isFast ? TRIES : tries + 1;
  }

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
