package org.wengert.train.estimator;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.wengert.tensor.Tensor;

/// Small data to learn from.
final class Samples {
  static final List<String> NAMES = List.of("ant", "bee", "cat");

  private Samples() {}

  /// Points around three corners, and the corner's name.
  static Tensor corners(int samples) {
    Random random = new Random(1);
    double[][] x = new double[samples][];
    for (int i = 0; i < samples; i++) {
      double[] corner = {i % 3 == 1 ? 3 : 0, i % 3 == 2 ? 3 : 0};
      x[i] =
          new double[] {
            corner[0] + random.nextGaussian() / 2, corner[1] + random.nextGaussian() / 2
          };
    }
    return Tensor.of(x);
  }

  static List<String> names(int samples, int classes) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < samples; i++) {
      names.add(NAMES.get(i % 3 % classes));
    }
    return names;
  }

  /// `sin(x₁) + x₂` at those points.
  static Tensor numbers(Tensor x) {
    double[][] rows = x.toArray(double[][].class);
    double[] y = new double[rows.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = Math.sin(rows[i][0]) + rows[i][1];
    }
    return Tensor.of(y);
  }
}
