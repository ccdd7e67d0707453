package org.wengert.train.estimator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Tensor;

/// Several estimators that differ in their seed alone: their mean is steadier than each of them,
/// and where they deviate from it, they do not know.
///
/// ```
/// var ensemble = new Ensemble<>(new MLPRegressor(options), 10, 1).fit(x, y);
/// Ensemble.Spread spread = ensemble.spread(unseen);
/// ```
///
/// The mean is that of the numbers: of regressors what they say, of classifiers the probabilities,
/// which are thus the [#outputs] of an ensemble of classifiers.
/// Holds state, that of its members; not thread-safe while it learns.
///
/// Source: Hansen, Salamon, Neural network ensembles (1990); Lakshminarayanan et al., Simple and
/// scalable predictive uncertainty estimation using deep ensembles (2017).
///
/// @param <Y> what the estimators say
public final class Ensemble<Y> implements Estimator<Y> {
  private final List<Estimator<Y>> members;
  private final long randomState;

  /// Estimators like this one, whose seeds are drawn by `randomState`: another one gives an
  /// ensemble none of whose members is the same.
  ///
  /// @throws OptionException if there are fewer than 2
  public Ensemble(Estimator<Y> like, int size, long randomState) {
    if (size < 2) {
      throw new OptionException("an ensemble of " + size)
          .hint("at least 2 can deviate from each other; 5 to 10 are usual");
    }
    this.randomState = randomState;
    List<Estimator<Y>> fresh = new ArrayList<>();
    Rng seeds = new Rng(randomState);
    for (int i = 0; i < size; i++) {
      fresh.add(like.fresh(seeds.nextLong()));
    }
    members = List.copyOf(fresh);
  }

  /// What the members say, each on average and by how much they differ.
  ///
  /// @param mean their mean
  /// @param deviation their standard deviation, `√(1/(M-1) Σ (y - mean)²)` of `M` members
  public record Spread(Tensor mean, Tensor deviation) {}

  /// The members.
  public List<Estimator<Y>> members() {
    return members;
  }

  @Override
  public Ensemble<Y> fit(Tensor x, Y y) {
    members.forEach(member -> member.fit(x, y));
    return this;
  }

  @Override
  public Ensemble<Y> fit(double[][] x, Y y) {
    return fit(Tensor.of(x), y);
  }

  /// Mean and deviation of the members' outputs.
  ///
  /// @throws org.wengert.StateException if this is not fitted
  /// @throws org.wengert.tensor.ShapeException if there are not as many features as in `fit`
  /// @throws OptionException if a number is not finite
  public Spread spread(Tensor x) {
    List<Tensor> outputs = members.stream().map(member -> member.outputs(x)).toList();
    Tensor first = outputs.getFirst();
    double[] mean = new double[first.count()];
    double[] squares = new double[first.count()];
    for (int n = 1; n <= outputs.size(); n++) {
      double[] values = outputs.get(n - 1).toDoubleArray();
      for (int i = 0; i < values.length; i++) {
        double before = values[i] - mean[i];
        mean[i] += before / n;
        squares[i] += before * (values[i] - mean[i]);
      }
    }
    for (int i = 0; i < squares.length; i++) {
      squares[i] = Math.sqrt(squares[i] / (members.size() - 1));
    }
    return new Spread(like(first, mean), like(first, squares));
  }

  private static Tensor like(Tensor model, double[] values) {
    return Tensor.of(values).reshape(model.shape()).to(model.dtype());
  }

  @Override
  public Tensor outputs(Tensor x) {
    return spread(x).mean();
  }

  @Override
  public Y decide(Tensor outputs) {
    return members.getFirst().decide(outputs);
  }

  @Override
  public double agreement(Y predicted, Y y) {
    return members.getFirst().agreement(predicted, y);
  }

  @Override
  public Ensemble<Y> fresh() {
    return fresh(randomState);
  }

  @Override
  public Ensemble<Y> fresh(long randomState) {
    return new Ensemble<>(members.getFirst(), members.size(), randomState);
  }

  @Override
  public Y select(Y y, int... samples) {
    return members.getFirst().select(y, samples);
  }

  @Override
  public int[] strata(Y y) {
    return members.getFirst().strata(y);
  }

  @Override
  public SequencedMap<String, Tensor> stateDict() {
    SequencedMap<String, Tensor> state = new LinkedHashMap<>();
    for (int i = 0; i < members.size(); i++) {
      Saved.put(state, Integer.toString(i), members.get(i));
    }
    return state;
  }

  @Override
  public void loadStateDict(Map<String, Tensor> saved) {
    SequencedMap<String, Saved.Part> parts = new LinkedHashMap<>();
    for (int i = 0; i < members.size(); i++) {
      Estimator<Y> member = members.get(i);
      parts.put(Integer.toString(i), new Saved.Part(member, member.fresh()));
    }
    Saved.load(this, saved, parts);
  }

  @Override
  public String toString() {
    return "Ensemble[" + members.size() + " of " + members.getFirst() + "]";
  }
}
