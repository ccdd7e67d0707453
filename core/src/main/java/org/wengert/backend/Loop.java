package org.wengert.backend;

/// The compiled loop of a [Kernel] for one width. Writes every element of the outputs' ranges; an
/// output may be the same range as an input, but not overlap one otherwise. Stateless.
public abstract class Loop implements FloatLoop, DoubleLoop {
  /// For the generated classes.
  protected Loop() {}

  @Override
  public abstract void run(int n, Object[] arrays, int[] at, double[] scalars);
}
