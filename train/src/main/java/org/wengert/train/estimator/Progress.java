package org.wengert.train.estimator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.wengert.StateCheck;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Stateful;
import org.wengert.tensor.Tensor;

/// How a training goes, and whether it still gets better. Holds state; not thread-safe.
final class Progress implements Stateful {
  final List<Double> losses = new ArrayList<>();
  final List<Double> scores = new ArrayList<>();
  double bestLoss = Double.POSITIVE_INFINITY;
  double bestScore = Double.NEGATIVE_INFINITY;

  /// Epochs in a row without improvement.
  int stale;

  /// Iterations, and samples seen.
  long iterations;

  long samples;
  boolean converged;

  /// By which the samples were drawn that the score is of; 0 as long as none were.
  long splitSeed;

  Progress() {}

  /// Whether there are more epochs in a row without improvement than are borne.
  boolean isStuck(MLPOptions options) {
    return stale > options.nIterNoChange();
  }

  void epoch(double loss, int count) {
    losses.add(loss);
    iterations++;
    samples += count;
  }

  /// Judges by the last loss.
  void judge(double tol) {
    stale = losses.getLast() > bestLoss - tol ? stale + 1 : 0;
    bestLoss = Math.min(bestLoss, losses.getLast());
  }

  /// Judges by a score, and says whether it is the best so far.
  boolean judge(double score, double tol) {
    scores.add(score);
    stale = score < bestScore + tol ? stale + 1 : 0;
    boolean best = score > bestScore;
    bestScore = Math.max(bestScore, score);
    return best;
  }

  @Override
  public SequencedMap<String, Tensor> stateDict() {
    SequencedMap<String, Tensor> state = new LinkedHashMap<>();
    state.put("losses", vector(losses));
    state.put("scores", vector(scores));
    state.put("best", Tensor.of(bestLoss, bestScore));
    state.put("counts", Tensor.of(stale, iterations, samples, converged ? 1L : 0L, splitSeed));
    return state;
  }

  private static Tensor vector(List<Double> list) {
    return Tensor.of(list.stream().mapToDouble(x -> x).toArray());
  }

  @Override
  public void loadStateDict(Map<String, Tensor> state) {
    StateCheck check = new StateCheck("Progress.loadStateDict", state, "load what save wrote");
    for (String key : List.of("losses", "scores")) {
      Tensor found = state.get(key);
      check.expect(key, DType.FLOAT64, Shape.of(found == null ? 0 : found.count()));
    }
    check.expect("best", DType.FLOAT64, Shape.of(2));
    check.expect("counts", DType.INT64, Shape.of(5));
    check.throwIfWrong(true);
    fill(losses, StateCheck.require(state, "losses"));
    fill(scores, StateCheck.require(state, "scores"));
    bestLoss = StateCheck.require(state, "best").at(0);
    bestScore = StateCheck.require(state, "best").at(1);
    long[] counts = StateCheck.require(state, "counts").toLongArray();
    stale = (int) counts[0];
    iterations = counts[1];
    samples = counts[2];
    converged = counts[3] != 0;
    splitSeed = counts[4];
  }

  private static void fill(List<Double> list, Tensor numbers) {
    list.clear();
    for (double number : numbers.toDoubleArray()) {
      list.add(number);
    }
  }
}
