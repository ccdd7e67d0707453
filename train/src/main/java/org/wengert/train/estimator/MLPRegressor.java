package org.wengert.train.estimator;

import java.util.Map;
import org.wengert.StateCheck;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// A multilayer perceptron that says numbers, without a loop to write:
///
/// ```
/// var line = new MLPRegressor(MLPRegressor.defaults().solver(Solver.LBFGS)).fit(x, y);
/// Tensor predicted = line.predict(unseen);
/// ```
///
/// Minimises half the mean squared error, plus `alpha/2 Σ w² / samples`, over batches. Outputs are
/// linear.
///
/// Holds state: network, generator, optimizer, progress; not thread-safe while it learns.
///
/// Source: scikit-learn's `MLPRegressor`; the guide's page on
/// estimators names each difference.
public final class MLPRegressor extends MLP<Tensor> implements Regressor {
  /// With scikit-learn's defaults.
  public MLPRegressor() {
    this(defaults());
  }

  /// With these options.
  public MLPRegressor(MLPOptions options) {
    super(options);
  }

  /// scikit-learn's defaults.
  public static MLPOptions defaults() {
    return MLPOptions.defaults();
  }

  @Override
  public MLPRegressor fit(Tensor x, Tensor y) {
    learn(x, y, false);
    return this;
  }

  @Override
  public MLPRegressor fit(double[][] x, Tensor y) {
    return fit(Tensor.of(x), y);
  }

  /// Learns one number for each row.
  public MLPRegressor fit(double[][] x, double[] y) {
    return fit(Tensor.of(x), Tensor.of(y));
  }

  /// One epoch over these samples, from where the last one ended.
  ///
  /// @return this
  /// @throws org.wengert.StateException if there was another number of columns before, or the
  ///     solver is [Solver#LBFGS]
  public MLPRegressor partialFit(Tensor x, Tensor y) {
    requireStochastic();
    learn(x, y, true);
    return this;
  }

  private void learn(Tensor x, Tensor y, boolean partial) {
    if (y.rank() < 1 || y.rank() > 2 || y.count() == 0) {
      throw new ShapeException("y has shape " + y.shape())
          .hint("give (samples) or (samples, outputs)");
    }
    Inputs.requireRows(x.rank() == 0 ? 0 : x.size(0), y.size(0));
    Task task = new Task.Numbers(y.count() / y.size(0));
    learn(x, task, Inputs.finite("y", y).toDoubleArray(), partial);
  }

  /// The numbers, `(samples)`, or `(samples, outputs)` if there are several of each.
  @Override
  public Tensor outputs(Tensor x) {
    Tensor numbers = logits(x);
    return numbers.size(1) == 1 ? numbers.reshape(numbers.size(0)) : numbers;
  }

  @Override
  public MLPRegressor fresh() {
    return new MLPRegressor(options());
  }

  @Override
  public MLPRegressor fresh(long randomState) {
    return new MLPRegressor(options().randomState(randomState));
  }

  @Override
  void putMeaning(Map<String, Tensor> state) {
    state.put("outputs", Tensor.of((long) fitted().task.outputs()));
  }

  @Override
  Task takeMeaning(Map<String, Tensor> state, StateCheck check) {
    check.expectCount("outputs");
    check.throwIfWrong(false);
    int outputs = (int) StateCheck.require(state, "outputs").longAt();
    state.remove("outputs");
    return new Task.Numbers(outputs);
  }
}
