package org.wengert.backend.vector;

import org.wengert.backend.Folds;

/// The inner loops of reductions in the Vector API. Stateless and thread-safe.
final class VectorFolds extends Folds {
  @Override
  public float sum(float[] x, int from, int count) {
    return FloatFolds.sum(x, from, count);
  }

  @Override
  public double sum(double[] x, int from, int count) {
    return DoubleFolds.sum(x, from, count);
  }

  @Override
  public float joined(float[] lanes) {
    return FloatFolds.joined(lanes);
  }

  @Override
  public float extreme(float[] x, int from, int count, int sign) {
    return FloatFolds.extreme(x, from, count, sign);
  }

  @Override
  public double extreme(double[] x, int from, int count, int sign) {
    return DoubleFolds.extreme(x, from, count, sign);
  }

  @Override
  public void addRows(float[] x, int from, int step, int rows, float[] y, int at, int count) {
    FloatFolds.addRows(x, from, step, rows, y, at, count);
  }

  @Override
  public void addRows(double[] x, int from, int step, int rows, double[] y, int at, int count) {
    DoubleFolds.addRows(x, from, step, rows, y, at, count);
  }

  @Override
  public void extremeRows(
      float[] x, int from, int step, int rows, float[] y, int at, int count, int sign) {
    FloatFolds.extremeRows(x, from, step, rows, y, at, count, sign);
  }

  @Override
  public void extremeRows(
      double[] x, int from, int step, int rows, double[] y, int at, int count, int sign) {
    DoubleFolds.extremeRows(x, from, step, rows, y, at, count, sign);
  }
}
