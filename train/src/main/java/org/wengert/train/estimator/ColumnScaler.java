package org.wengert.train.estimator;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.wengert.StateCheck;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// A transformer that keeps two numbers for each feature, computed sample by sample in `double`,
/// and makes `scale x + shift` of it. Holds state; not thread-safe while it learns.
abstract class ColumnScaler implements Transformer {
  private long count;
  private double[] first = {};
  private double[] second = {};

  ColumnScaler() {}

  /// Takes in sample number `n`, from 1, of feature `c`.
  abstract void add(double[] first, double[] second, int c, double x, long n);

  /// By what feature `c` is to be multiplied.
  abstract double scale(double[] first, double[] second, int c, long n);

  /// What is then to be added.
  abstract double shift(double[] first, double[] second, int c, long n);

  /// A result that is kept, or moved into bounds.
  double bounded(double y) {
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
    Tensor samples = Inputs.samples(getClass().getSimpleName(), x, first.length);
    double[] values = samples.toDoubleArray();
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

  /// The factor of each feature.
  ///
  /// @throws org.wengert.StateException if this is not fitted
  final double[] scales() {
    requireFitted();
    double[] scales = new double[first.length];
    for (int c = 0; c < scales.length; c++) {
      scales[c] = scale(first, second, c, count);
    }
    return scales;
  }

  final double[] shifts() {
    requireFitted();
    double[] shifts = new double[first.length];
    for (int c = 0; c < shifts.length; c++) {
      shifts[c] = shift(first, second, c, count);
    }
    return shifts;
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
    double[] scales = scales();
    double[] shifts = shifts();
    return mapped(x, (c, value) -> bounded(value * scales[c] + shifts[c]));
  }

  @Override
  public final Tensor inverseTransform(Tensor x) {
    double[] scales = scales();
    double[] shifts = shifts();
    return mapped(x, (c, value) -> (value - shifts[c]) / scales[c]);
  }

  /// A number of a feature made into another.
  private interface Change {
    double apply(int feature, double value);
  }

  private Tensor mapped(Tensor x, Change change) {
    Tensor samples = Inputs.samples(getClass().getSimpleName(), x, first.length);
    double[] values = samples.toDoubleArray();
    for (int i = 0; i < values.length; i++) {
      values[i] = change.apply(i % first.length, values[i]);
    }
    return Tensor.of(values).reshape(samples.shape()).to(samples.dtype());
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
