package org.wengert.optim;

/// How a rate goes from one value to another.
public enum Annealing {
  /// Along a straight line.
  LINEAR {
    @Override
    public double between(double from, double to, double share) {
      return share == 1 ? to : from + (to - from) * share; // the sum need not be `to`
    }
  },

  /// Along half a cosine: slowly at both ends.
  COSINE {
    @Override
    public double between(double from, double to, double share) {
      return share == 0 ? from : to + (from - to) / 2 * (1 + StrictMath.cos(Math.PI * share));
    }
  };

  /// The value after a share of the way: exactly `from` at 0, exactly `to` at 1.
  public abstract double between(double from, double to, double share);
}
