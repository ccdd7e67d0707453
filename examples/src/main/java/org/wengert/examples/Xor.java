package org.wengert.examples;

import static org.wengert.examples.Text.say;

import java.util.random.RandomGenerator;
import org.wengert.Variable;
import org.wengert.nn.BCEWithLogitsLoss;
import org.wengert.nn.Linear;
import org.wengert.nn.Sequential;
import org.wengert.nn.Tanh;
import org.wengert.optim.Adam;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;

/// Lecture 4: exclusive or. One perceptron draws one line, and no line separates the ones from the
/// zeros; two hidden neurons or more draw enough of them.
public final class Xor {
  static final double[][] X = {{1, 1}, {1, 0}, {0, 1}, {0, 0}};
  static final double[][] Y = {{0}, {1}, {1}, {0}};

  private Xor() {}

  /// How many of the four a perceptron gets right at best, in so many rounds of its learning rule:
  /// `w ← w + (target - output) x`, with the hard limit as output.
  static int perceptron(int rounds) {
    double[] w = new double[3];
    int best = 0;
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < 4; i++) {
        double miss = Y[i][0] - hardLimit(w, X[i]);
        w[0] += miss * X[i][0];
        w[1] += miss * X[i][1];
        w[2] += miss;
        best = Math.max(best, right(w));
      }
    }
    return best;
  }

  private static double hardLimit(double[] w, double[] x) {
    return w[0] * x[0] + w[1] * x[1] + w[2] > 0 ? 1 : 0;
  }

  private static int right(double[] w) {
    int right = 0;
    for (int i = 0; i < 4; i++) {
      right += hardLimit(w, X[i]) == Y[i][0] ? 1 : 0;
    }
    return right;
  }

  /// A network with four hidden neurons, trained for so many steps.
  static Sequential learned(int steps, RandomGenerator random) {
    Sequential model =
        new Sequential(new Linear(2, 4, random), new Tanh(), new Linear(4, 1, random));
    Variable inputs = Variable.constant(X).to(DType.FLOAT32);
    Variable targets = Variable.constant(Y).to(DType.FLOAT32);
    var criterion = new BCEWithLogitsLoss();
    var optimizer = new Adam(model.parameters(), 0.05);
    for (int step = 0; step < steps; step++) {
      optimizer.zeroGrad();
      criterion.forward(model.call(inputs), targets).backward();
      optimizer.step();
    }
    return model;
  }

  /// The probability of a one that a network sees in each row of [#X].
  static double[] probabilities(Sequential model) {
    return model.call(Variable.constant(X).to(DType.FLOAT32)).sigmoid().value().toDoubleArray();
  }

  /// The class by lecture 4's two lines, `y1 = x1 + x2 - 1.5` and `y2 = x1 + x2 - 0.5`: between
  /// them, where `y1 < 0` and `y2 > 0`, is class 1.
  static int byTwoLines(double[] x) {
    return x[0] + x[1] - 1.5 < 0 && x[0] + x[1] - 0.5 > 0 ? 1 : 2;
  }

  /// Shows what a perceptron, two lines and a network make of exclusive or.
  public static void main(String[] args) {
    say(
        "A perceptron gets at most %d of 4 right in 1,000 rounds: one line is not enough.%n",
        perceptron(1_000));
    double[] p = probabilities(learned(200, new Rng(1)));
    say("x1 x2  xor   y1 = x1+x2-1.5   y2 = x1+x2-0.5   class by both   network 2-4-1");
    int right = 0;
    for (int i = 0; i < 4; i++) {
      double sum = X[i][0] + X[i][1];
      say(
          " %.0f  %.0f    %.0f %16.1f %16.1f %15d %15.4f",
          X[i][0], X[i][1], Y[i][0], sum - 1.5, sum - 0.5, byTwoLines(X[i]), p[i]);
      right += Math.round(p[i]) == Y[i][0] ? 1 : 0;
    }
    say("%nThe network gets %d of 4 right after 200 steps.", right);
  }
}
