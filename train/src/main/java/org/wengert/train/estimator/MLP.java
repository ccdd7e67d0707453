package org.wengert.train.estimator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.wengert.StateCheck;
import org.wengert.StateException;
import org.wengert.nn.Sequential;
import org.wengert.tensor.DType;
import org.wengert.tensor.Tensor;

/// What the two kinds of networks share: all but the meaning of their outputs. Holds state; not
/// thread-safe while it learns.
abstract class MLP<Y> implements Estimator<Y> {
  private final MLPOptions options;
  private @Nullable Training training;

  MLP(MLPOptions options) {
    this.options = options;
  }

  /// The options.
  public final MLPOptions options() {
    return options;
  }

  final Training fitted() {
    Training now = training;
    if (now == null) {
      throw Inputs.notFitted(this);
    }
    return now;
  }

  final boolean isFitted() {
    return training != null;
  }

  /// Whether the next `fit` starts from what was learned.
  final boolean goesOn() {
    return options.warmStart() && isFitted();
  }

  /// Learns; if it fails on the first samples, it is as if it had not been asked.
  ///
  /// @param numbers the targets
  /// @param partial whether for one epoch only
  final void learn(Tensor x, Task task, double[] numbers, boolean partial) {
    Training before = partial || options.warmStart() ? training : null;
    Tensor samples = before == null ? Inputs.samples(x) : samples(x, before);
    Training next =
        before == null ? new Training(options, task, samples.size(1), samples.dtype()) : before;
    if (!next.task.equals(task)) {
      throw new StateException("fitted for " + next.task + ", now to learn " + task)
          .hint("y is of the same kind as before; else take a new estimator");
    }
    Tensor y = task.targets(numbers, next.type);
    if (partial) {
      next.partialFit(samples, y);
    } else {
      next.fit(samples, y);
    }
    training = next;
  }

  private Tensor samples(Tensor x, Training now) {
    return Inputs.samples(getClass().getSimpleName(), x, now.features()).to(now.type);
  }

  /// What the network says before it becomes probabilities or numbers.
  final Tensor logits(Tensor x) {
    Training now = fitted();
    return now.outputs(samples(x, now));
  }

  final void requireStochastic() {
    if (options.solver() == Solver.LBFGS) {
      throw new StateException("partialFit needs batches, and LBFGS takes all samples at once")
          .hint("take solver(Solver.ADAM) or solver(Solver.SGD)");
    }
  }

  /// The network itself, which goes on learning with this estimator. Its outputs are logits, or
  /// numbers: probabilities are made of them by this estimator.
  ///
  /// @throws StateException if this is not fitted
  public final Sequential model() {
    return fitted().network;
  }

  /// The mean loss of each epoch, each sample's before the step that learned from it, penalty
  /// included; with [Solver#LBFGS] the loss at the end of each fit alone. Without weights, these
  /// numbers are what scikit-learn calls `loss_curve_`.
  ///
  /// @throws StateException if this is not fitted
  public final List<Double> lossCurve() {
    return List.copyOf(fitted().progress.losses);
  }

  /// The last loss.
  ///
  /// @throws StateException if this is not fitted
  public final double loss() {
    return fitted().progress.losses.getLast();
  }

  /// The lowest loss; `NaN` with early stopping, which does not look at it.
  ///
  /// @throws StateException if this is not fitted
  public final double bestLoss() {
    double best = fitted().progress.bestLoss;
    return Double.isInfinite(best) ? Double.NaN : best;
  }

  /// The score of the validation samples after each epoch; empty without early stopping.
  ///
  /// @throws StateException if this is not fitted
  public final List<Double> validationScores() {
    return List.copyOf(fitted().progress.scores);
  }

  /// The best of these, whose weights were kept, also if it is that of an earlier warm start; `NaN`
  /// without early stopping.
  ///
  /// @throws StateException if this is not fitted
  public final double bestValidationScore() {
    double best = fitted().progress.bestScore;
    return Double.isInfinite(best) ? Double.NaN : best;
  }

  /// Epochs done since the weights were random, or iterations of L-BFGS.
  ///
  /// @throws StateException if this is not fitted
  public final int nIter() {
    return (int) fitted().progress.iterations;
  }

  /// Whether the last fit ended because it did not get better, and not by `maxIter`, or with L-BFGS
  /// by `maxFun`. scikit-learn warns instead.
  ///
  /// @throws StateException if this is not fitted
  public final boolean converged() {
    return fitted().progress.converged;
  }

  /// The number of features.
  ///
  /// @throws StateException if this is not fitted
  public final int nFeaturesIn() {
    return fitted().features();
  }

  /// Adds what the network's outputs mean.
  abstract void putMeaning(Map<String, Tensor> state);

  /// Takes out of `state` what the network's outputs mean.
  abstract Task takeMeaning(Map<String, Tensor> state, StateCheck check);

  private String settings() {
    String function = options.activation().name().toLowerCase(Locale.ROOT);
    return getClass().getSimpleName() + " " + function + " " + options.hiddenLayerSizes();
  }

  @Override
  public final SequencedMap<String, Tensor> stateDict() {
    Training now = fitted();
    SequencedMap<String, Tensor> state = new LinkedHashMap<>();
    state.put("settings", Saved.text(settings()));
    putMeaning(state);
    Saved.put(state, "network", now.network);
    now.best.forEach((key, weight) -> state.put("best." + key, weight.copy()));
    Saved.put(state, "random", now.random);
    Saved.put(state, "progress", now.progress);
    if (options.solver() != Solver.LBFGS) {
      Saved.put(state, "optimizer", now.optimizer());
    }
    return state;
  }

  @Override
  public final void loadStateDict(Map<String, Tensor> saved) {
    Map<String, Tensor> state = new LinkedHashMap<>(saved);
    StateCheck check = Saved.check(this, state);
    Tensor settings = state.get("settings");
    if (settings == null || !Saved.text(settings).equals(settings())) {
      String found = settings == null ? "nothing" : Saved.text(settings);
      check.report("different", "settings", found + " instead of " + settings());
    }
    Tensor first = state.get("network.0.weight");
    if (first == null || first.rank() != 2) {
      check.report("missing", "network.0.weight", "a matrix");
    }
    check.throwIfWrong(false);
    state.remove("settings");
    boolean wide = first == null || first.dtype() != DType.FLOAT32;
    Task task = takeMeaning(state, check);
    Training next =
        new Training(
            options, task, first == null ? 1 : first.size(1), wide ? DType.FLOAT64 : DType.FLOAT32);
    next.best = Saved.take(state, "best");
    if (!next.best.isEmpty()) {
      next.network.loadStateDict(next.best); // refuses what does not fit
    }
    next.network.loadStateDict(Saved.take(state, "network"));
    next.random.loadStateDict(Saved.take(state, "random"));
    next.progress.loadStateDict(Saved.take(state, "progress"));
    if (options.solver() != Solver.LBFGS) {
      next.optimizer().loadStateDict(Saved.take(state, "optimizer"));
    }
    state.keySet().forEach(key -> check.report("unexpected", key, "unknown"));
    check.throwIfWrong(false);
    training = next;
  }

  @Override
  public final String toString() {
    String state = isFitted() ? "fitted, " + nIter() + " iterations" : "not fitted";
    return getClass().getSimpleName() + "[" + state + ", " + options + "]";
  }
}
