package org.wengert.check;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.wengert.Variable;
import org.wengert.tensor.Tensor;

/// Writes gradients as products of two matrices, if they are: `gy · bᵀ`.
///
/// @param trials the inputs
/// @param operand whose gradient is written
record Products(List<Trial> trials, int operand) {
  /// Gy or an input, transposed or not.
  private record Matrix(String name, int place, boolean isTurned) {
    Tensor of(Trial trial) {
      Tensor x = place < 0 ? trial.gy() : trial.xs().get(place);
      return isTurned ? turned(x) : x;
    }
  }

  static Tensor turned(Tensor x) {
    return Variable.constant(x).mT().value();
  }

  /// What the rule computes, and what it should compute; null unless both are such products.
  @Nullable String difference() {
    String given = written(trial -> trial.given().get(operand));
    String right = written(trial -> trial.right().get(operand));
    return given == null || right == null ? null : "is " + given + ", should be " + right;
  }

  private @Nullable String written(Function<Trial, @Nullable Tensor> gradient) {
    List<Matrix> matrices = matrices();
    for (Matrix left : matrices) {
      for (Matrix right : matrices) {
        if (left.place != right.place
            && trials.stream().allMatch(trial -> isProduct(gradient, trial, left, right))) {
          return left.name + " · " + right.name;
        }
      }
    }
    return null;
  }

  private List<Matrix> matrices() {
    List<Matrix> matrices = new ArrayList<>();
    List<Tensor> xs = trials.getFirst().xs();
    for (int place = -1; place < xs.size(); place++) {
      String name = place < 0 ? "gy" : Diagnosis.name(place, xs.size());
      if (place < 0 || xs.get(place).rank() == 2) {
        matrices.add(new Matrix(name, place, false));
        matrices.add(new Matrix(name + "ᵀ", place, true));
      }
    }
    return matrices;
  }

  private static boolean isProduct(
      Function<Trial, @Nullable Tensor> gradient, Trial trial, Matrix left, Matrix right) {
    Tensor found = gradient.apply(trial);
    Tensor a = left.of(trial);
    Tensor b = right.of(trial);
    return found != null
        && a.size(1) == b.size(0)
        && Trial.isClose(found, Variable.constant(a).matMul(Variable.constant(b)).value());
  }
}
