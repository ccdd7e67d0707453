package org.wengert.train.estimator;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Tensor;
import org.wengert.train.data.Split;

/// How good an estimator is on samples it has not seen, from all samples: they are divided into
/// `folds` parts, and each part tests an estimator that has learned from the others.
///
/// ```
/// double[] scores = CrossValidation.defaults().scores(model, x, species);
/// ```
///
/// Each part has its share of every class. Immutable.
///
/// Source: Stone, Cross-validatory choice and assessment of statistical predictions (1974);
/// scikit-learn's `cross_val_score` with `StratifiedKFold` or `KFold`.
///
/// @param folds the number of parts
/// @param randomState the seed by which samples come into parts; null takes them in order
public record CrossValidation(int folds, @Nullable Long randomState) {
  /// Checks the number of parts.
  ///
  /// @throws OptionException if there are fewer than 2
  public CrossValidation {
    if (folds < 2) {
      throw new OptionException(folds + " folds").hint("take at least 2");
    }
  }

  /// Five parts, in order, as in scikit-learn.
  public static CrossValidation defaults() {
    return new CrossValidation(5, null);
  }

  /// With other parts.
  public CrossValidation folds(int folds) {
    return new CrossValidation(folds, randomState);
  }

  /// With samples shuffled by a seed.
  public CrossValidation shuffled(long randomState) {
    return new CrossValidation(folds, randomState);
  }

  /// The score of each part. The estimator itself learns nothing.
  ///
  /// @throws OptionException if there are fewer samples than folds
  /// @throws org.wengert.tensor.ShapeException if the shapes do not fit
  public <Y> double[] scores(Estimator<Y> estimator, Tensor x, Y y) {
    int[] strata = estimator.strata(y);
    Inputs.requireRows(x.rank() == 0 ? 0 : x.size(0), strata.length);
    Tensor classes = Tensor.of(strata);
    List<Split> parts =
        randomState == null
            ? Split.stratifiedKFold(classes, folds)
            : Split.stratifiedKFold(classes, folds, randomState);
    double[] scores = new double[folds];
    for (int fold = 0; fold < folds; fold++) {
      Split part = parts.get(fold);
      scores[fold] =
          estimator
              .fresh()
              .fit(part.train(x), estimator.select(y, part.train()))
              .score(part.test(x), estimator.select(y, part.test()));
    }
    return scores;
  }

  /// The score of each part, of rows.
  ///
  /// @throws OptionException if there are fewer samples than folds
  /// @throws org.wengert.tensor.ShapeException if the shapes do not fit
  public <Y> double[] scores(Estimator<Y> estimator, double[][] x, Y y) {
    return scores(estimator, Tensor.of(x), y);
  }
}
