package org.wengert.train.metric;

import org.wengert.tensor.OptionException;
import org.wengert.tensor.Tensor;

/// The area under the receiver operating characteristic of two classes: the probability that a
/// random sample of class 1 has a higher score than one of class 0, whatever the threshold.
///
/// ```
/// AUC = (pairs in the right order + ½ pairs with equal scores) / all pairs
/// ```
///
/// Exact, which is why all scores are kept: 8 bytes a sample. Equal scores share their mean rank.
/// `NaN` unless both classes occur. Outputs are one score a sample, or two, whose difference
/// counts. Holds state; not thread-safe.
///
/// Source: Mann, Whitney, On a test of whether one of two random variables is stochastically larger
/// than the other (1947); scikit-learn's `roc_auc_score`.
public final class RocAuc extends Gathered {
  private final Doubles positive = new Doubles();
  private final Doubles negative = new Doubles();

  /// Without samples.
  public RocAuc() {
    super(1);
  }

  @Override
  public String name() {
    return "ROC-AUC";
  }

  @Override
  public void add(Tensor output, Tensor target) {
    Scored batch = Scored.of(name(), output, target, 2, Scored.IGNORED).requireScores(name());
    double[] scores = new double[batch.size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = batch.score(i, 1) - batch.score(i, 0);
      if (Double.isNaN(scores[i])) {
        throw (OptionException)
            new OptionException("the difference of two infinite scores, sample " + i)
                .hint("look for the first infinity with Autograd.debug")
                .during(name());
      }
    }
    for (int i = 0; i < scores.length; i++) {
      if (batch.counts(i)) {
        (batch.targets()[i] == 1 ? positive : negative).add(scores[i]);
      }
    }
  }

  @Override
  public double value() {
    double[] low = negative.sorted();
    long halves = 0; // of pairs
    int below = 0;
    int upTo = 0;
    for (double score : positive.sorted()) {
      while (below < low.length && low[below] < score) {
        below++;
      }
      while (upTo < low.length && low[upTo] <= score) {
        upTo++;
      }
      halves += below + upTo;
    }
    return halves / (2.0 * positive.size() * negative.size());
  }

  /// The number of positive scores, they, and the negative ones.
  @Override
  double[] gathered() {
    double[] numbers = new double[1 + positive.size() + negative.size()];
    numbers[0] = positive.size();
    System.arraycopy(positive.sorted(), 0, numbers, 1, positive.size());
    System.arraycopy(negative.sorted(), 0, numbers, 1 + positive.size(), negative.size());
    return numbers;
  }

  @Override
  void gathered(double[] numbers) {
    positive.clear();
    negative.clear();
    for (int i = 1; i < numbers.length; i++) {
      (i <= numbers[0] ? positive : negative).add(numbers[i]);
    }
  }

  @Override
  boolean isGathered(double[] numbers) {
    return numbers.length > 0 && numbers[0] >= 0 && numbers[0] < numbers.length;
  }
}
