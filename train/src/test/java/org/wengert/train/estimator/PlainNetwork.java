package org.wengert.train.estimator;

import java.util.List;
import org.wengert.Parameter;
import org.wengert.tensor.Tensor;

/// A network with one hidden layer of tanh on plain arrays, with its derivatives written by hand
/// and scikit-learn's solvers: an independent computation of what estimators do.
final class PlainNetwork {
  private static final int W1 = 0;
  private static final int B1 = 1;
  private static final int W2 = 2;
  private static final int B2 = 3;

  private final double[][][] p = new double[4][][]; // weights by output and input; biases: one row
  private final double[][][] v = new double[4][][];
  private final double[][][] u = new double[4][][];
  private final MLPOptions options;
  private final Task task;
  private double rate;
  private int steps;
  private int seen;

  PlainNetwork(MLPOptions options, Task task, List<Parameter> start) {
    this.options = options;
    this.task = task;
    rate = options.learningRateInit();
    for (int i = 0; i < 4; i++) {
      Tensor value = start.get(i).value();
      p[i] =
          value.rank() == 2
              ? value.toArray(double[][].class)
              : new double[][] {value.toDoubleArray()};
      v[i] = new double[p[i].length][p[i][0].length];
      u[i] = new double[p[i].length][p[i][0].length];
    }
  }

  /// One epoch in order; the mean loss.
  double epoch(double[][] x, double[][] y) {
    double sum = 0;
    for (int from = 0; from < x.length; from += options.batchSize()) {
      int to = Math.min(x.length, from + options.batchSize());
      sum += step(x, y, from, to) * (to - from);
    }
    seen += x.length;
    if (options.learningRate() == LearningRate.INVSCALING) {
      rate = options.learningRateInit() / Math.pow(seen + 1, options.powerT());
    }
    return sum / x.length;
  }

  private double step(double[][] x, double[][] y, int from, int to) {
    double[][][] g = new double[4][][];
    for (int i = 0; i < 4; i++) {
      g[i] = new double[p[i].length][p[i][0].length];
    }
    int n = to - from;
    double loss = 0;
    for (int s = from; s < to; s++) {
      loss += sample(x[s], y[s], g) / n;
    }
    for (int i = 0; i < 4; i++) {
      boolean weights = i == W1 || i == W2;
      for (int r = 0; r < g[i].length; r++) {
        for (int c = 0; c < g[i][r].length; c++) {
          double w = weights ? p[i][r][c] : 0;
          loss += options.alpha() * w * w / 2 / n;
          g[i][r][c] = (g[i][r][c] + options.alpha() * w) / n;
        }
      }
    }
    steps++;
    for (int i = 0; i < 4; i++) {
      for (int r = 0; r < g[i].length; r++) {
        for (int c = 0; c < g[i][r].length; c++) {
          move(i, r, c, g[i][r][c]);
        }
      }
    }
    return loss;
  }

  /// Adds the derivatives of a sample's loss, and returns that.
  private double sample(double[] x, double[] y, double[][][] g) {
    double[] h = affine(W1, x);
    for (int j = 0; j < h.length; j++) {
      h[j] = Math.tanh(h[j]);
    }
    double[] z = affine(W2, h);
    double[] delta = new double[z.length];
    double loss = output(z, y, delta);
    double[] back = new double[h.length];
    for (int k = 0; k < z.length; k++) {
      g[B2][0][k] += delta[k];
      for (int j = 0; j < h.length; j++) {
        g[W2][k][j] += delta[k] * h[j];
        back[j] += delta[k] * p[W2][k][j] * (1 - h[j] * h[j]);
      }
    }
    for (int j = 0; j < h.length; j++) {
      g[B1][0][j] += back[j];
      for (int i = 0; i < x.length; i++) {
        g[W1][j][i] += back[j] * x[i];
      }
    }
    return loss;
  }

  private double[] affine(int layer, double[] x) {
    double[] z = p[layer + 1][0].clone();
    for (int j = 0; j < z.length; j++) {
      for (int i = 0; i < x.length; i++) {
        z[j] += p[layer][j][i] * x[i];
      }
    }
    return z;
  }

  /// The loss; `delta` becomes output minus target, for all three kinds of outputs.
  private double output(double[] z, double[] y, double[] delta) {
    double loss = 0;
    double sum = 0;
    for (double logit : z) {
      sum += Math.exp(logit);
    }
    for (int k = 0; k < z.length; k++) {
      double out =
          switch (task) {
            case Task.TwoClasses _ -> 1 / (1 + Math.exp(-z[k]));
            case Task.Classes _ -> Math.exp(z[k]) / sum;
            case Task.Numbers _ -> z[k];
          };
      delta[k] = out - y[k];
      loss +=
          switch (task) {
            case Task.TwoClasses _ -> -(y[k] * Math.log(out) + (1 - y[k]) * Math.log(1 - out));
            case Task.Classes _ -> -y[k] * Math.log(out);
            case Task.Numbers _ -> delta[k] * delta[k] / 2 / z.length;
          };
    }
    return loss;
  }

  private void move(int i, int r, int c, double g) {
    if (options.solver() == Solver.ADAM) {
      v[i][r][c] = options.beta1() * v[i][r][c] + (1 - options.beta1()) * g;
      u[i][r][c] = options.beta2() * u[i][r][c] + (1 - options.beta2()) * g * g;
      double now =
          options.learningRateInit()
              * Math.sqrt(1 - Math.pow(options.beta2(), steps))
              / (1 - Math.pow(options.beta1(), steps));
      p[i][r][c] -= now * v[i][r][c] / (Math.sqrt(u[i][r][c]) + options.epsilon());
      return;
    }
    double m = options.momentum();
    v[i][r][c] = m * v[i][r][c] - rate * g;
    p[i][r][c] += options.nesterovsMomentum() ? m * v[i][r][c] - rate * g : v[i][r][c];
  }
}
