package org.wengert.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.wengert.Leaf;
import org.wengert.Variable;
import org.wengert.tensor.Tensor;

/// A function and its gradients, which are not used: nothing moves.
final class Gradients implements Workload {
  private final String name;
  private final List<Leaf> leaves;
  private final Supplier<Variable> function;
  private final List<Tensor> data;

  /// @param leaves whose gradients are wanted
  /// @param data what `function` reads besides
  Gradients(String name, List<Leaf> leaves, Supplier<Variable> function, Tensor... data) {
    this.name = name;
    this.leaves = leaves;
    this.function = function;
    this.data = List.of(data);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public double step() {
    for (Leaf leaf : leaves) {
      leaf.zeroGrad();
    }
    Variable y = function.get();
    y.backward();
    return y.item();
  }

  @Override
  public double squares() {
    List<Tensor> gradients = new ArrayList<>();
    for (Leaf leaf : leaves) {
      gradients.add(Objects.requireNonNull(leaf.grad()));
    }
    return Workload.squares(gradients);
  }

  @Override
  public List<Tensor> tensors() {
    List<Tensor> all = new ArrayList<>();
    for (Leaf leaf : leaves) {
      all.add(leaf.value());
    }
    all.addAll(data);
    return all;
  }
}
