package org.wengert.train.metric;

import org.wengert.tensor.OptionException;
import org.wengert.tensor.Tensor;

/// The share of samples whose class is among the `k` with the highest scores: for many classes, of
/// which several may be right.
///
/// Of equal scores that of the higher class number counts as higher, as in scikit-learn. A single
/// score speaks for class 1 if it is above 0, as in [Accuracy]. `NaN` of no samples. Forms of
/// outputs: see the package. Holds state; not thread-safe.
///
/// Source: scikit-learn's `top_k_accuracy_score`.
public final class TopK extends Gathered {
  private final int k;
  private long hits;
  private long all;

  /// Among the `k` highest.
  ///
  /// @throws OptionException if `k` is below 1
  public TopK(int k) {
    super(2);
    if (k < 1) {
      throw new OptionException("the " + k + " highest scores").hint("take at least 1 for k");
    }
    this.k = k;
  }

  @Override
  public String name() {
    return "top-" + k;
  }

  @Override
  public void add(Tensor output, Tensor target) {
    Scored batch = Scored.of(name(), output, target, 0, Scored.IGNORED).requireScores(name());
    for (int i = 0; i < batch.size(); i++) {
      hits += batch.counts(i) && above(batch, i) < k ? 1 : 0;
    }
    all += batch.counted();
  }

  /// How many classes are ahead of the right one.
  private static int above(Scored batch, int sample) {
    int right = batch.targets()[sample];
    double own = batch.score(sample, right);
    int above = 0;
    for (int c = 0; c < Math.max(2, batch.columns()); c++) {
      double other = batch.score(sample, c);
      boolean ahead = batch.columns() == 1 ? c < right : c > right; // of equals
      above += other > own || (other == own && ahead) ? 1 : 0;
    }
    return above;
  }

  @Override
  public double value() {
    return (double) hits / all;
  }

  @Override
  double[] gathered() {
    return new double[] {hits, all};
  }

  @Override
  void gathered(double[] numbers) {
    hits = (long) numbers[0];
    all = (long) numbers[1];
  }
}
