package org.wengert.optim;

/// The optimizers once more, for one number, written from their papers in straight lines, sharing
/// nothing with the library: bias corrections by repeated multiplication, averages as they are
/// defined. The options are fixed, those of [OptimizerCatalogue]; only the learning rate is given.
abstract class ReferenceFormulas {
  int steps;
  double first;
  double second;
  double third;
  double beta1Power = 1;
  double beta2Power = 1;

  /// The number after one more step.
  final double step(double w, double g, double learningRate) {
    steps++;
    beta1Power *= 0.9;
    beta2Power *= 0.99;
    return next(w, g, learningRate);
  }

  abstract double next(double w, double g, double learningRate);

  /// Running averages with 0.9 and 0.99.
  final void average(double g) {
    first += (g - first) / 10;
    second += (g * g - second) / 100;
  }

  static final class Plain extends ReferenceFormulas {
    @Override
    double next(double w, double g, double learningRate) {
      return w - learningRate * (g + 0.1 * w);
    }
  }

  /// Momentum 0.9, dampening 0.5, to maximize.
  static final class Momentum extends ReferenceFormulas {
    @Override
    double next(double w, double g, double learningRate) {
      first = steps == 1 ? -g : 0.9 * first - 0.5 * g;
      return w - learningRate * first;
    }
  }

  /// Momentum 0.8, weight decay 0.1.
  static final class Nesterov extends ReferenceFormulas {
    @Override
    double next(double w, double gradient, double learningRate) {
      double g = gradient + 0.1 * w;
      first = 0.8 * first + g;
      return w - learningRate * (g + 0.8 * first);
    }
  }

  /// `ΔW_t = -η g + m ΔW_{t-1}` with momentum 0.9, as in lecture 4; dampening 0.5.
  static final class Textbook extends ReferenceFormulas {
    @Override
    double next(double w, double g, double learningRate) {
      first = -learningRate * g * (steps == 1 ? 1 : 0.5) + 0.9 * first;
      return w + first;
    }
  }

  /// The same, with a step ahead along the velocity to come.
  static final class TextbookNesterov extends ReferenceFormulas {
    @Override
    double next(double w, double g, double learningRate) {
      first = -learningRate * g + 0.9 * first;
      return w - learningRate * g + 0.9 * first;
    }
  }

  /// Weight decay 0.1.
  static class Adam extends ReferenceFormulas {
    @Override
    double next(double w, double gradient, double learningRate) {
      return adam(w, gradient + 0.1 * w, learningRate, false);
    }

    final double adam(double w, double g, double learningRate, boolean largest) {
      average(g);
      third = largest ? Math.max(third, second) : second;
      double mean = first / (1 - beta1Power);
      double deviation = Math.sqrt(third / (1 - beta2Power));
      return w - learningRate * mean / (deviation + 1e-8);
    }
  }

  /// To maximize.
  static final class AmsGrad extends Adam {
    @Override
    double next(double w, double g, double learningRate) {
      return adam(w, -g, learningRate, true);
    }
  }

  /// Weight decay 0.1.
  static final class AdamW extends Adam {
    @Override
    double next(double w, double g, double learningRate) {
      return adam(w - learningRate * 0.1 * w, g, learningRate, false);
    }
  }

  /// Weight decay 0.1; momentum decay 0.04.
  static class NAdam extends ReferenceFormulas {
    private double product = 1;

    @Override
    double next(double w, double gradient, double learningRate) {
      return nAdam(w, gradient + 0.1 * w, learningRate);
    }

    final double nAdam(double w, double g, double learningRate) {
      average(g);
      product *= mu(steps);
      double deviation = Math.sqrt(second / (1 - beta2Power)) + 1e-8;
      double gradientPart = (1 - mu(steps)) * g / (1 - product);
      double meanPart = mu(steps + 1) * first / (1 - product * mu(steps + 1));
      return w - learningRate * (gradientPart + meanPart) / deviation;
    }

    private static double mu(int step) {
      return 0.9 - 0.45 * Math.exp(step * 0.04 * Math.log(0.96));
    }
  }

  /// Decoupled weight decay 0.1, to maximize.
  static final class NAdamDecoupled extends NAdam {
    @Override
    double next(double w, double g, double learningRate) {
      return nAdam(w - learningRate * 0.1 * w, -g, learningRate);
    }
  }

  /// Weight decay 0.1.
  static class RAdam extends ReferenceFormulas {
    @Override
    double next(double w, double gradient, double learningRate) {
      return rAdam(w, gradient + 0.1 * w, learningRate);
    }

    final double rAdam(double w, double g, double learningRate) {
      average(g);
      double mean = first / (1 - beta1Power);
      double rho = 199 - 2 * steps * beta2Power / (1 - beta2Power);
      if (rho <= 5) {
        return w - learningRate * mean;
      }
      double rectified = Math.sqrt((rho - 4) * (rho - 2) * 199 / (195 * 197 * rho));
      double divisor = (Math.sqrt(second) + 1e-8) / Math.sqrt(1 - beta2Power);
      return w - learningRate * rectified * mean / divisor;
    }
  }

  /// Decoupled weight decay 0.1, to maximize.
  static final class RAdamDecoupled extends RAdam {
    @Override
    double next(double w, double g, double learningRate) {
      return rAdam(w - learningRate * 0.1 * w, -g, learningRate);
    }
  }

  /// Weight decay 0.1, to maximize.
  static final class Adamax extends ReferenceFormulas {
    @Override
    double next(double w, double gradient, double learningRate) {
      double g = 0.1 * w - gradient;
      average(g);
      third = Math.max(0.99 * third, Math.abs(g) + 1e-8);
      return w - learningRate * first / ((1 - beta1Power) * third);
    }
  }

  /// Decay of the rate 0.1, weight decay 0.1, first sum 0.2, to maximize.
  static final class Adagrad extends ReferenceFormulas {
    @Override
    double next(double w, double gradient, double learningRate) {
      double g = 0.1 * w - gradient;
      first += g * g;
      double rate = learningRate / (1 + 0.1 * (steps - 1));
      return w - rate * g / (Math.sqrt(0.2 + first) + 1e-10);
    }
  }

  /// Rho 0.8, eps 0.01, weight decay 0.1, to maximize.
  static final class Adadelta extends ReferenceFormulas {
    @Override
    double next(double w, double gradient, double learningRate) {
      double g = 0.1 * w - gradient;
      first = 0.8 * first + 0.2 * g * g;
      double move = g * Math.sqrt((second + 0.01) / (first + 0.01));
      second = 0.8 * second + 0.2 * move * move;
      return w - learningRate * move;
    }
  }

  /// Alpha 0.9, centered, momentum 0.5, eps 0.001, weight decay 0.1.
  static final class RmsProp extends ReferenceFormulas {
    @Override
    double next(double w, double gradient, double learningRate) {
      double g = gradient + 0.1 * w;
      first += (g * g - first) / 10;
      second += (g - second) / 10;
      third = 0.5 * third + g / (Math.sqrt(first - second * second) + 1e-3);
      return w - learningRate * third;
    }
  }

  /// Alpha 0.9, to maximize.
  static final class PlainRmsProp extends ReferenceFormulas {
    @Override
    double next(double w, double g, double learningRate) {
      first += (g * g - first) / 10;
      return w + learningRate * g / (Math.sqrt(first) + 1e-8);
    }
  }

  /// Factors 0.6 and 1.3, steps from 0.02 to 0.2, to maximize.
  static final class Rprop extends ReferenceFormulas {
    @Override
    double next(double w, double g, double learningRate) {
      double size = steps == 1 ? learningRate : first;
      double before = second;
      boolean turned = g * before < 0;
      size = turned ? 0.6 * size : before == 0 ? size : 1.3 * size;
      first = Math.clamp(size, 0.02, 0.2);
      second = turned ? 0 : g;
      return w + (turned ? 0 : g > 0 ? first : -first);
    }
  }

  /// Weight decay 0.1, to maximize.
  static final class Lion extends ReferenceFormulas {
    @Override
    double next(double w, double g, double learningRate) {
      double direction = 0.9 * first - 0.1 * g > 0 ? 1 : -1;
      first = 0.99 * first - 0.01 * g;
      return w - learningRate * (direction + 0.1 * w);
    }
  }
}
