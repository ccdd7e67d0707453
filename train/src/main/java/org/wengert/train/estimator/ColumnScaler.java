package org.wengert.train.estimator;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.wengert.StateCheck;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;
import org.wengert.train.data.Normalize;

/// A transformer that keeps two numbers for each feature, computed sample by sample in `double`,
/// and makes a [Normalize] of them. Holds state; not thread-safe while it learns.
abstract class ColumnScaler implements Transformer {
  private long count;
  private double[] first = {};
  private double[] second = {};

  ColumnScaler() {}

  /// Takes in sample number `n`, from 1, of feature `c`.
  abstract void add(double[] first, double[] second, int c, double x, long n);

  /// What becomes of numbers, after `n` samples.
  abstract Normalize normalize(Tensor first, Tensor second, long n);

  /// A result that is kept, or moved into bounds.
  Tensor bounded(Tensor y) {
    return y;
  }

  @Override
  public ColumnScaler fit(Tensor x) {
    Tensor samples = Inputs.samples(x);
    count = 0;
    first = new double[samples.size(1)];
    second = new double[samples.size(1)];
    return partialFit(samples);
  }

  /// Learns from more samples: batch by batch, the same bits as all at once.
  ///
  /// @return this
  /// @throws org.wengert.tensor.ShapeException if there are not as many features as before
  /// @throws org.wengert.tensor.OptionException if a number is not finite
  public ColumnScaler partialFit(Tensor x) {
    if (first.length == 0) {
      return fit(x);
    }
    double[] values = samples(x).toDoubleArray();
    for (int i = 0; i < values.length; i++) {
      int c = i % first.length;
      count += c == 0 ? 1 : 0;
      add(first, second, c, values[i], count);
    }
    return this;
  }

  /// Refuses to answer before `fit`.
  final void requireFitted() {
    if (first.length == 0) {
      throw Inputs.notFitted(this);
    }
  }

  final Normalize normalize() {
    requireFitted();
    return normalize(Tensor.of(first), Tensor.of(second), count);
  }

  final double[] first() {
    requireFitted();
    return first.clone();
  }

  final double[] second() {
    requireFitted();
    return second.clone();
  }

  @Override
  public final Tensor transform(Tensor x) {
    return bounded(normalize().apply(samples(x)));
  }

  @Override
  public final Tensor inverseTransform(Tensor x) {
    return normalize().inverse(samples(x));
  }

  private Tensor samples(Tensor x) {
    requireFitted();
    return Inputs.samples(getClass().getSimpleName(), x, first.length);
  }

  @Override
  public final SequencedMap<String, Tensor> stateDict() {
    requireFitted();
    SequencedMap<String, Tensor> state = new LinkedHashMap<>();
    state.put("count", Tensor.of(count));
    state.put("first", Tensor.of(first));
    state.put("second", Tensor.of(second));
    return state;
  }

  @Override
  public final void loadStateDict(Map<String, Tensor> state) {
    StateCheck check = Saved.check(this, state);
    check.expectCount("count");
    Tensor found = state.get("first");
    Shape shape = Shape.of(found == null ? 1 : Math.max(1, found.count()));
    check.expect("first", DType.FLOAT64, shape);
    check.expect("second", DType.FLOAT64, shape);
    check.throwIfWrong(true);
    count = StateCheck.require(state, "count").longAt();
    first = StateCheck.require(state, "first").toDoubleArray();
    second = StateCheck.require(state, "second").toDoubleArray();
  }
}
