package org.wengert.optim;

import java.util.List;
import java.util.Map;
import org.wengert.StateCheck;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// What [LBFGS] remembers of earlier moves, saved under PyTorch's names. Holds state; the vectors
/// themselves are never changed, so that a copy is cheap.
final class LbfgsMemory {
  long moves;
  long evaluations;
  double[] direction;
  double distance;
  double[] gradientBefore;
  double lossBefore;
  CurvatureHistory history = new CurvatureHistory();

  /// Nothing yet.
  LbfgsMemory(int size) {
    direction = new double[size];
    gradientBefore = new double[size];
  }

  /// The same, to go back to.
  LbfgsMemory copy() {
    LbfgsMemory copy = new LbfgsMemory(0);
    copy.moves = moves;
    copy.evaluations = evaluations;
    copy.direction = direction;
    copy.distance = distance;
    copy.gradientBefore = gradientBefore;
    copy.lossBefore = lossBefore;
    copy.history = new CurvatureHistory(history.moves(), history.changes(), history.scale());
    return copy;
  }

  /// Adds copies of all to `state`.
  void save(Map<String, Tensor> state) {
    state.put("nIter", Tensor.of(moves));
    state.put("funcEvals", Tensor.of(evaluations));
    state.put("t", Tensor.of(distance));
    state.put("prevLoss", Tensor.of(lossBefore));
    state.put("hDiag", Tensor.of(history.scale()));
    state.put("d", Tensor.of(direction.clone()));
    state.put("prevFlatGrad", Tensor.of(gradientBefore.clone()));
    state.put("oldDirs", Flat.rows(history.changes(), direction.length));
    state.put("oldStps", Flat.rows(history.moves(), direction.length));
  }

  /// Looks at what [#load] will read.
  void expect(StateCheck check, Map<String, Tensor> state, int historySize) {
    Tensor rows = state.get("oldDirs");
    int found = rows == null || rows.rank() == 0 ? 0 : rows.shape().size(0);
    int remembered = Math.min(found, historySize);
    check.expectCount("nIter");
    check.expectCount("funcEvals");
    for (String number : List.of("t", "prevLoss", "hDiag")) {
      check.expect(number, DType.FLOAT64, Shape.SCALAR);
    }
    for (String vector : List.of("d", "prevFlatGrad")) {
      check.expect(vector, DType.FLOAT64, Shape.of(direction.length));
    }
    for (String matrix : List.of("oldDirs", "oldStps")) {
      check.expect(matrix, DType.FLOAT64, Shape.of(remembered, direction.length));
    }
  }

  /// What [#save] wrote, as copies.
  static LbfgsMemory load(Map<String, Tensor> state) {
    LbfgsMemory memory = new LbfgsMemory(0);
    memory.moves = StateCheck.require(state, "nIter").longAt();
    memory.evaluations = StateCheck.require(state, "funcEvals").longAt();
    memory.distance = StateCheck.require(state, "t").item();
    memory.lossBefore = StateCheck.require(state, "prevLoss").item();
    memory.direction = StateCheck.require(state, "d").toDoubleArray();
    memory.gradientBefore = StateCheck.require(state, "prevFlatGrad").toDoubleArray();
    List<double[]> moved = Flat.rows(StateCheck.require(state, "oldStps"));
    List<double[]> changed = Flat.rows(StateCheck.require(state, "oldDirs"));
    memory.history =
        new CurvatureHistory(moved, changed, StateCheck.require(state, "hDiag").item());
    return memory;
  }
}
