package org.wengert.train.metric;

import org.wengert.tensor.DType;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Tensor;

/// The sum of `log p` of the right classes, sample by sample. Holds state; not thread-safe.
abstract class LogLikelihood extends Gathered {
  private final String name;
  private final long ignored;
  private final boolean probabilities;
  private double sum;
  private long count;

  LogLikelihood(String name, long ignored, boolean probabilities) {
    super(2);
    this.name = name;
    this.ignored = ignored;
    this.probabilities = probabilities;
  }

  @Override
  public final String name() {
    return name;
  }

  /// Takes in one batch.
  ///
  /// @throws org.wengert.tensor.ShapeException if the two do not fit together
  /// @throws OptionException if a class does not exist, an output is `NaN`, or what should be
  ///     probabilities are none
  @Override
  public final void add(Tensor output, Tensor target) {
    Scored batch = Scored.of(name, output, target, 0, ignored).requireScores(name);
    double precision = output.dtype() == DType.FLOAT32 ? Math.ulp(1f) : Math.ulp(1.0);
    if (probabilities) {
      requireProbabilities(batch, Math.sqrt(precision));
    }
    for (int i = 0; i < batch.size(); i++) {
      int right = batch.targets()[i];
      if (batch.counts(i)) {
        sum += probabilities ? logOf(batch, i, right, precision) : logSoftmax(batch, i, right);
        count++;
      }
    }
  }

  private static double logOf(Scored batch, int sample, int right, double precision) {
    double score = batch.score(sample, batch.columns() == 1 ? 1 : right);
    double p = batch.columns() == 1 && right == 0 ? 1 - score : score;
    return StrictMath.log(Math.clamp(p, precision, 1 - precision));
  }

  /// With a single logit `x`, the logits of the two classes are 0 and `x`.
  private static double logSoftmax(Scored batch, int sample, int right) {
    int classes = Math.max(2, batch.columns());
    double largest = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < classes; c++) {
      largest = Math.max(largest, batch.score(sample, c));
    }
    double all = 0;
    for (int c = 0; c < classes; c++) {
      all += StrictMath.exp(batch.score(sample, c) - largest);
    }
    return batch.score(sample, right) - largest - StrictMath.log(all);
  }

  private void requireProbabilities(Scored batch, double tolerance) {
    for (int i = 0; i < batch.size(); i++) {
      double total = 0;
      for (int c = 0; c < batch.columns(); c++) {
        double p = batch.scores()[i * batch.columns() + c];
        boolean one = p >= 0 && p <= 1;
        total += one ? p : Double.NaN;
      }
      if (Double.isNaN(total) || (batch.columns() > 1 && Math.abs(total - 1) > tolerance)) {
        String found = Double.isNaN(total) ? "are not all between 0 and 1" : "sum to " + total;
        throw (OptionException)
            new OptionException("the probabilities of sample " + i + " " + found)
                .hint("for logits take new LogLoss()")
                .during(name);
      }
    }
  }

  final double mean() {
    return sum / count;
  }

  @Override
  final double[] gathered() {
    return new double[] {sum, count};
  }

  @Override
  final void gathered(double[] numbers) {
    sum = numbers[0];
    count = (long) numbers[1];
  }
}
