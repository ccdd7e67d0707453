package org.wengert.train.estimator;

import java.io.IOException;
import java.nio.file.Path;
import org.wengert.io.Safetensors;
import org.wengert.tensor.Stateful;
import org.wengert.tensor.Tensor;

/// What learns from `X` and `y`, and then says `y` for another `X`. Holds state: what it has
/// learned; not thread-safe while it learns.
///
/// An estimator first computes numbers, its [#outputs], and then decides: so that an [Ensemble] can
/// average the former.
///
/// Source: scikit-learn's estimators.
///
/// @param <Y> what is said of the samples: a list of labels, or a tensor of numbers
public interface Estimator<Y> extends Stateful {
  /// Learns from all these samples, and forgets what it has learned before, unless it is told to
  /// start from there.
  ///
  /// @param x of shape `(samples, features)`
  /// @param y as many as samples
  /// @return this
  /// @throws org.wengert.tensor.ShapeException if the shapes do not fit
  /// @throws org.wengert.tensor.OptionException if a number is not finite
  Estimator<Y> fit(Tensor x, Y y);

  /// The numbers by which [#predict] decides, a row for each sample.
  ///
  /// @throws org.wengert.StateException if this is not fitted
  /// @throws org.wengert.tensor.ShapeException if there are not as many features as in `fit`
  /// @throws org.wengert.tensor.OptionException if a number is not finite
  Tensor outputs(Tensor x);

  /// What such numbers mean.
  ///
  /// @throws org.wengert.StateException if this is not fitted
  Y decide(Tensor outputs);

  /// What it says of these samples.
  ///
  /// @throws org.wengert.StateException if this is not fitted
  /// @throws org.wengert.tensor.ShapeException if there are not as many features as in `fit`
  /// @throws org.wengert.tensor.OptionException if a number is not finite
  default Y predict(Tensor x) {
    return decide(outputs(x));
  }

  /// How good predictions are: the higher, the better.
  double agreement(Y predicted, Y y);

  /// How good predictions of `x` are: the higher, the better.
  default double score(Tensor x, Y y) {
    return agreement(predict(x), y);
  }

  /// One like this that has learned nothing. scikit-learn's `clone`.
  Estimator<Y> fresh();

  /// One like this that has learned nothing, with another seed.
  Estimator<Y> fresh(long randomState);

  /// Some of the samples of `y`.
  Y select(Y y, int... samples);

  /// A number for each sample: samples of the same one should be found in every part into which the
  /// samples are divided, in the same proportion.
  int[] strata(Y y);

  /// Learns from rows of numbers, as `FLOAT64`.
  default Estimator<Y> fit(double[][] x, Y y) {
    return fit(Tensor.of(x), y);
  }

  /// What it says of these rows.
  default Y predict(double[][] x) {
    return predict(Tensor.of(x));
  }

  /// How good predictions of these rows are.
  default double score(double[][] x, Y y) {
    return score(Tensor.of(x), y);
  }

  /// Saves what was learned as a safetensors file; [#load] of an estimator with the same options
  /// goes on from there.
  ///
  /// @throws IOException if the file cannot be written
  /// @throws org.wengert.StateException if this is not fitted
  default void save(Path file) throws IOException {
    Safetensors.write(file, stateDict());
  }

  /// Restores what [#save] wrote, labels with it: of the type they were saved with, which the
  /// compiler cannot know. A `Classifier<String>` that loads a file of `Integer` labels predicts
  /// integers, and the first use of one as a `String` is a `ClassCastException`.
  ///
  /// @throws IOException if the file cannot be read
  /// @throws org.wengert.io.FileFormatException if it is damaged
  /// @throws org.wengert.StateException if it is that of another estimator, or of other options
  default void load(Path file) throws IOException {
    loadStateDict(Safetensors.read(file));
  }
}
