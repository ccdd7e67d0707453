package org.wengert.train.estimator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.wengert.tensor.Tensor;

/// Transformers and the estimator behind them as one estimator: what they learn, they learn from
/// the samples of `fit` alone, also in cross-validation.
///
/// ```
/// var model = Pipeline.of(new StandardScaler(), new MLPClassifier<String>());
/// double accuracy = model.fit(x, species).score(unseen, their);
/// ```
///
/// The [#outputs] of a pipeline with a classifier are its probabilities, `last().classes()` their
/// columns.
///
/// Holds state, that of its parts; not thread-safe while it learns.
///
/// Source: scikit-learn's `Pipeline`.
///
/// @param <Y> what the estimator says
/// @param <E> the estimator
public final class Pipeline<Y, E extends Estimator<Y>> implements Estimator<Y> {
  private final List<Transformer> transformers;
  private final E last;

  private Pipeline(List<Transformer> transformers, E last) {
    this.transformers = List.copyOf(transformers);
    this.last = last;
  }

  /// A transformer before an estimator.
  public static <Y, E extends Estimator<Y>> Pipeline<Y, E> of(Transformer first, E last) {
    return of(List.of(first), last);
  }

  /// Transformers, in this order, before an estimator.
  public static <Y, E extends Estimator<Y>> Pipeline<Y, E> of(
      List<? extends Transformer> transformers, E last) {
    return new Pipeline<>(List.copyOf(transformers), last);
  }

  /// The transformers.
  public List<Transformer> transformers() {
    return transformers;
  }

  /// The estimator, which expects transformed samples.
  public E last() {
    return last;
  }

  /// The samples as the estimator sees them.
  ///
  /// @throws org.wengert.StateException if this is not fitted
  public Tensor transform(Tensor x) {
    Tensor now = x;
    for (Transformer transformer : transformers) {
      now = transformer.transform(now);
    }
    return now;
  }

  @Override
  public Pipeline<Y, E> fit(Tensor x, Y y) {
    Tensor now = x;
    for (Transformer transformer : transformers) {
      now = transformer.fitTransform(now);
    }
    last.fit(now, y);
    return this;
  }

  @Override
  public Pipeline<Y, E> fit(double[][] x, Y y) {
    return fit(Tensor.of(x), y);
  }

  @Override
  public Tensor outputs(Tensor x) {
    return last.outputs(transform(x));
  }

  @Override
  public Y decide(Tensor outputs) {
    return last.decide(outputs);
  }

  @Override
  public double agreement(Y predicted, Y y) {
    return last.agreement(predicted, y);
  }

  @Override
  public Pipeline<Y, E> fresh() {
    return with(last.fresh());
  }

  @Override
  public Pipeline<Y, E> fresh(long randomState) {
    return with(last.fresh(randomState));
  }

  @SuppressWarnings("unchecked") // a fresh estimator is of the same class
  private Pipeline<Y, E> with(Estimator<Y> fresh) {
    return new Pipeline<>(transformers.stream().map(Transformer::fresh).toList(), (E) fresh);
  }

  @Override
  public Y select(Y y, int... samples) {
    return last.select(y, samples);
  }

  @Override
  public int[] strata(Y y) {
    return last.strata(y);
  }

  @Override
  public SequencedMap<String, Tensor> stateDict() {
    SequencedMap<String, Tensor> state = new LinkedHashMap<>();
    for (int i = 0; i < transformers.size(); i++) {
      Saved.put(state, Integer.toString(i), transformers.get(i));
    }
    Saved.put(state, "last", last);
    return state;
  }

  @Override
  public void loadStateDict(Map<String, Tensor> saved) {
    SequencedMap<String, Saved.Part> parts = new LinkedHashMap<>();
    for (int i = 0; i < transformers.size(); i++) {
      Transformer part = transformers.get(i);
      parts.put(Integer.toString(i), new Saved.Part(part, part.fresh()));
    }
    parts.put("last", new Saved.Part(last, last.fresh()));
    Saved.load(this, saved, parts);
  }

  @Override
  public String toString() {
    return "Pipeline[" + transformers.size() + " transformers, " + last + "]";
  }
}
