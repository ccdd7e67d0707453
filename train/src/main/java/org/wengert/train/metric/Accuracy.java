package org.wengert.train.metric;

import org.wengert.tensor.Tensor;

/// The share of samples whose class was found: the first number one asks for, and a misleading one
/// if classes are of very different sizes.
///
/// ```
/// accuracy = right / all
/// ```
///
/// `NaN` of no samples. Forms of outputs: see the package. Holds state; not thread-safe.
///
/// Source: scikit-learn's `accuracy_score`.
public final class Accuracy extends Gathered {
  private final double threshold;
  private long right;
  private long all;

  /// A single score speaks for class 1 if it is above 0, as logits do.
  public Accuracy() {
    this(0);
  }

  /// A single score speaks for class 1 if it is above `threshold`: 0.5 for probabilities.
  public Accuracy(double threshold) {
    super(2);
    this.threshold = threshold;
  }

  @Override
  public String name() {
    return "accuracy";
  }

  @Override
  public void add(Tensor output, Tensor target) {
    Scored batch = Scored.of(name(), output, target, 0, Scored.IGNORED);
    for (int i = 0; i < batch.size(); i++) {
      right += batch.predicted(i, threshold) == batch.targets()[i] ? 1 : 0;
    }
    all += batch.counted();
  }

  @Override
  public double value() {
    return (double) right / all;
  }

  @Override
  double[] gathered() {
    return new double[] {right, all};
  }

  @Override
  void gathered(double[] numbers) {
    right = (long) numbers[0];
    all = (long) numbers[1];
  }
}
