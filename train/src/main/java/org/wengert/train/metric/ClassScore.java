package org.wengert.train.metric;

import org.wengert.tensor.OptionException;
import org.wengert.tensor.Tensor;

/// A score of single classes, computed from three counts, and its average. Holds state; not
/// thread-safe.
abstract class ClassScore extends Gathered {
  private final Average average;
  private final ConfusionMatrix matrix;

  ClassScore(Average average, int classes) {
    super(classes * classes);
    this.average = average;
    matrix = new ConfusionMatrix(classes);
    if (average == Average.BINARY && classes != 2) {
      throw new OptionException("a binary " + title() + " of " + classes + " classes")
          .hint("choose MACRO, MICRO or WEIGHTED for more than two");
    }
  }

  /// The score of a class.
  ///
  /// @param hits its samples that were found
  /// @param predicted samples said to be of it
  /// @param occurring samples that are
  abstract double score(long hits, long predicted, long occurring);

  abstract String title();

  /// The counts behind it, which this metric goes on changing.
  public final ConfusionMatrix confusionMatrix() {
    return matrix;
  }

  @Override
  public final String name() {
    return switch (average) {
      case BINARY -> title();
      case MACRO -> "macro " + title();
      case MICRO -> "micro " + title();
      case WEIGHTED -> "weighted " + title();
    };
  }

  @Override
  public final void add(Tensor output, Tensor target) {
    matrix.add(name(), output, target);
  }

  /// The score of each class. scikit-learn's `average=None`.
  public final double[] perClass() {
    double[] scores = new double[matrix.classes()];
    for (int c = 0; c < scores.length; c++) {
      scores[c] = score(matrix.count(c, c), matrix.predicted(c), matrix.occurring(c));
    }
    return scores;
  }

  /// The average; `NaN` of no samples.
  @Override
  public final double value() {
    return matrix.total() == 0
        ? Double.NaN
        : switch (average) {
          case BINARY -> perClass()[1];
          case MACRO -> mean(false);
          case MICRO -> matrix.value();
          case WEIGHTED -> mean(true);
        };
  }

  private double mean(boolean weighted) {
    double[] scores = perClass();
    double sum = 0;
    double weights = 0;
    for (int c = 0; c < scores.length; c++) {
      boolean occurs = matrix.occurring(c) + matrix.predicted(c) > 0;
      double weight = weighted ? matrix.occurring(c) : occurs ? 1 : 0;
      sum += weight * scores[c];
      weights += weight;
    }
    return sum / weights;
  }

  @Override
  final double[] gathered() {
    return matrix.gathered();
  }

  @Override
  final void gathered(double[] numbers) {
    matrix.gathered(numbers);
  }

  static double ratio(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
