package org.wengert.train;

import org.wengert.tensor.Tensor;

/// What the units of a rectifier did. Holds state: which were alive.
final class Units {
  private boolean[] alive = new boolean[0];
  private int samples;

  /// Takes in what they gave.
  ///
  /// @param channels whether units are counted by axis 1 also if there are three axes, which may be
  ///     those of channels and positions or of positions and features
  void see(Tensor y, boolean channels) {
    int axis = y.rank() == 3 && !channels ? 2 : 1;
    int units = y.size(axis);
    if (alive.length != units) {
      alive = new boolean[units];
      samples = 0;
    }
    double[] values = y.toDoubleArray();
    int inner = 1;
    for (int i = axis + 1; i < y.rank(); i++) {
      inner *= y.size(i);
    }
    for (int i = 0; i < values.length; i++) {
      alive[i / inner % units] |= values[i] > 0;
    }
    samples += y.size(0);
  }

  /// How many there are.
  int all() {
    return alive.length;
  }

  /// Of so many samples.
  int samples() {
    return samples;
  }

  /// How many gave 0 for all of them.
  int dead() {
    int dead = 0;
    for (boolean one : alive) {
      dead += one ? 0 : 1;
    }
    return dead;
  }
}
