package org.wengert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// A [Plan] run by the library.
final class Recording {
  final List<Leaf> leaves = new ArrayList<>();
  private final Variable[] values;

  private Recording(Plan plan, List<double[]> numbers) {
    values = new Variable[plan.leaves.size() + plan.calls.size()];
    for (int i = 0; i < numbers.size(); i++) {
      Shape shape = Shape.of(plan.shapes.get(i));
      leaves.add(Variable.of(Tensor.of(numbers.get(i)).reshape(shape)));
      values[i] = leaves.get(i);
    }
  }

  /// The program in its own order.
  static Recording of(Plan plan) {
    Recording run = new Recording(plan, plan.leaves);
    IntStream.range(0, plan.calls.size()).forEach(i -> run.perform(plan, i));
    return run;
  }

  /// The program in some other order in which operands come before results.
  static Recording shuffled(Plan plan, SplittableRandom random) {
    Recording run = new Recording(plan, plan.leaves);
    List<Integer> open = new ArrayList<>(IntStream.range(0, plan.calls.size()).boxed().toList());
    while (!open.isEmpty()) {
      List<Integer> ready =
          open.stream()
              .filter(i -> plan.calls.get(i).operands().stream().allMatch(run::isDone))
              .toList();
      Integer next = ready.get(random.nextInt(ready.size()));
      run.perform(plan, next);
      open.remove(next);
    }
    return run;
  }

  /// The program at other numbers, `x + s d`, with every detached value as this recording has it.
  Recording moved(Plan plan, List<double[]> directions, double s) {
    List<double[]> numbers = new ArrayList<>();
    for (int i = 0; i < directions.size(); i++) {
      double[] moved = plan.leaves.get(i).clone();
      for (int j = 0; j < moved.length; j++) {
        moved[j] += s * directions.get(i)[j];
      }
      numbers.add(moved);
    }
    Recording run = new Recording(plan, numbers);
    for (int i = 0; i < plan.calls.size(); i++) {
      if (plan.calls.get(i) instanceof Call.Detach) {
        run.values[leaves.size() + i] = values[leaves.size() + i];
      } else {
        run.perform(plan, i);
      }
    }
    return run;
  }

  private boolean isDone(int i) {
    return values[i] != null;
  }

  private void perform(Plan plan, int i) {
    Call call = plan.calls.get(i);
    values[leaves.size() + i] = call.record(call.operands().stream().map(x -> values[x]).toList());
  }

  List<Variable> values() {
    return Arrays.asList(values);
  }

  /// What the program computes: a scalar.
  Variable loss() {
    return values[values.length - 1];
  }

  /// `Σ ⟨∂loss/∂leaf, direction⟩`, recorded; a missing gradient counts as 0.
  Variable along(List<double[]> directions) {
    Variable sum = Variable.constant(0);
    List<Variable> gradients = Autograd.grad(loss(), leaves);
    for (int i = 0; i < leaves.size(); i++) {
      if (gradients.get(i) != null) {
        Tensor direction = Tensor.of(directions.get(i)).reshape(leaves.get(i).shape());
        sum = sum.add(gradients.get(i).mul(Variable.constant(direction)).sum());
      }
    }
    return sum;
  }

  /// The Hessian times a direction, for each leaf; zeros where nothing depends on it.
  List<double[]> hessianTimes(List<double[]> directions) {
    Variable slope = along(directions);
    List<double[]> products = new ArrayList<>();
    List<Variable> gradients = slope.requiresGrad() ? Autograd.grad(slope, leaves) : List.of();
    for (int i = 0; i < leaves.size(); i++) {
      Variable gradient = gradients.isEmpty() ? null : gradients.get(i);
      products.add(
          gradient == null
              ? new double[leaves.get(i).value().count()]
              : gradient.value().toDoubleArray());
    }
    return products;
  }
}
