package org.wengert.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.wengert.Parameter;
import org.wengert.Variable;
import org.wengert.nn.Module; // a single-type import, because there is a java.lang.Module
import org.wengert.optim.Optimizer;
import org.wengert.tensor.Tensor;

/// A step of a model: its parameters move.
final class Training implements Workload {
  private final String name;
  private final Module model;
  private final Optimizer optimizer;
  private final Supplier<Variable> loss;
  private final List<Tensor> data;

  /// @param data what `loss` reads besides the parameters
  Training(
      String name, Module model, Optimizer optimizer, Supplier<Variable> loss, Tensor... data) {
    this.name = name;
    this.model = model;
    this.optimizer = optimizer;
    this.loss = loss;
    this.data = List.of(data);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public double step() {
    optimizer.zeroGrad();
    Variable y = loss.get();
    y.backward();
    optimizer.step();
    return y.item();
  }

  @Override
  public double squares() {
    return Workload.squares(parameters());
  }

  @Override
  public List<Tensor> tensors() {
    List<Tensor> all = parameters();
    all.addAll(data);
    return all;
  }

  private List<Tensor> parameters() {
    List<Tensor> values = new ArrayList<>();
    for (Parameter parameter : model.parameters()) {
      values.add(parameter.value());
    }
    return values;
  }
}
