package org.wengert.optim;

import java.util.Arrays;

/// The optimizers once more, written from their papers in straight lines over plain arrays, sharing
/// nothing with the library: bias corrections by repeated multiplication, velocity and averages as
/// they are defined.
final class ReferenceFormulas {
  /// A method with fixed options; only the learning rate is given at each step.
  enum Method {
    SGD,
    MOMENTUM,
    NESTEROV,
    ADAM,
    AMSGRAD,
    ADAMW,
    RMSPROP
  }

  private final Method method;
  private final double[] w;
  private final double[] first;
  private final double[] second;
  private final double[] third;
  private int steps;
  private double beta1Power = 1;
  private double beta2Power = 1;

  ReferenceFormulas(Method method, double[] start) {
    this.method = method;
    this.w = start.clone();
    this.first = new double[start.length];
    this.second = new double[start.length];
    this.third = new double[start.length];
  }

  double[] value() {
    return Arrays.copyOf(w, w.length);
  }

  void step(double[] gradient, double learningRate) {
    steps++;
    beta1Power *= 0.9;
    beta2Power *= 0.99;
    for (int i = 0; i < w.length; i++) {
      switch (method) {
        case SGD -> w[i] -= learningRate * (gradient[i] + 0.1 * w[i]);
        case MOMENTUM -> momentum(i, gradient[i], learningRate);
        case NESTEROV -> nesterov(i, gradient[i], learningRate);
        case ADAM -> adam(i, gradient[i] + 0.1 * w[i], learningRate, false);
        case AMSGRAD -> adam(i, gradient[i], learningRate, true);
        case ADAMW -> {
          w[i] -= learningRate * 0.1 * w[i];
          adam(i, gradient[i], learningRate, false);
        }
        case RMSPROP -> rmsProp(i, gradient[i], learningRate);
      }
    }
  }

  /// Momentum 0.9, dampening 0.5, to maximize.
  private void momentum(int i, double g, double learningRate) {
    first[i] = steps == 1 ? -g : 0.9 * first[i] - 0.5 * g;
    w[i] -= learningRate * first[i];
  }

  /// Momentum 0.8, weight decay 0.1.
  private void nesterov(int i, double gradient, double learningRate) {
    double g = gradient + 0.1 * w[i];
    first[i] = 0.8 * first[i] + g;
    w[i] -= learningRate * (g + 0.8 * first[i]);
  }

  /// Decays 0.9 and 0.99.
  private void adam(int i, double g, double learningRate, boolean largest) {
    first[i] += (g - first[i]) / 10;
    second[i] += (g * g - second[i]) / 100;
    third[i] = largest ? Math.max(third[i], second[i]) : second[i];
    double mean = first[i] / (1 - beta1Power);
    double deviation = Math.sqrt(third[i] / (1 - beta2Power));
    w[i] -= learningRate * mean / (deviation + 1e-8);
  }

  /// Alpha 0.9, centered, momentum 0.5, eps 0.001, weight decay 0.1.
  private void rmsProp(int i, double gradient, double learningRate) {
    double g = gradient + 0.1 * w[i];
    first[i] += (g * g - first[i]) / 10;
    second[i] += (g - second[i]) / 10;
    third[i] = 0.5 * third[i] + g / (Math.sqrt(first[i] - second[i] * second[i]) + 1e-3);
    w[i] -= learningRate * third[i];
  }
}
