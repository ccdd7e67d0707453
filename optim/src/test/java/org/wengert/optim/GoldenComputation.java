package org.wengert.optim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wengert.F;
import org.wengert.Normalized;
import org.wengert.Parameter;
import org.wengert.Variable;
import org.wengert.golden.Computation;
import org.wengert.golden.GoldenCase;
import org.wengert.golden.Interpreter;
import org.wengert.golden.OperatorTable;
import org.wengert.tensor.Tensor;

/// Replays the golden cases of optimizers, schedules and training with the classes of this module.
final class GoldenComputation implements Computation {
  private static final OperatorTable OPERATORS = OperatorTable.ofCore();
  private static final String ROSENBROCK =
      "torch.sum(100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2)";

  @Override
  public @Nullable List<Variable> outputs(GoldenCase golden, Map<String, Variable> inputs) {
    return switch (golden.file()) {
      case "lr_schedulers" -> GoldenSchedules.outputs(golden, inputs);
      case "training" ->
          golden.op().equals("batch_norm_running")
              ? runningStatistics(golden, inputs)
              : training(golden, inputs);
      case "optim" ->
          switch (golden.op()) {
            case "clip_grad_norm", "clip_grad_value" -> clipped(golden, inputs);
            case "LBFGS" -> rosenbrock(golden, inputs);
            default -> trajectory(golden, inputs);
          };
      default -> null;
    };
  }

  private static Variable evaluate(String expression, Map<String, Variable> variables) {
    return (Variable) Interpreter.run(expression, OPERATORS, variables);
  }

  private static Variable stacked(List<Variable> values) {
    return F.stack(values, 0);
  }

  /// Parameters `p0`, `p1`, .. with the gradients `g0[i]`, `g1[i]`, .. at step `i`.
  private static List<Variable> trajectory(GoldenCase golden, Map<String, Variable> inputs) {
    GoldenAttributes a = new GoldenAttributes(golden.attrs());
    List<Parameter> parameters = new ArrayList<>();
    List<List<Variable>> after = new ArrayList<>();
    for (int p = 0; inputs.containsKey("p" + p); p++) {
      parameters.add(new Parameter(inputs.get("p" + p).value()));
      after.add(new ArrayList<>());
    }
    Optimizer optimizer =
        golden.op().equals("param_groups")
            ? groups(parameters, a)
            : GoldenOptimizers.make(a.text("optimizer", golden.op()), parameters, a);
    for (int step = 0; step < inputs.get("g0").size(0); step++) {
      boolean missing = a.flag("gradient_missing_at_odd_steps") && step % 2 == 1;
      for (int p = 0; p < parameters.size(); p++) {
        parameters.get(p).setGrad(missing ? null : part(inputs.get("g" + p).value(), step));
      }
      if (!missing) {
        optimizer.step();
      }
      for (int p = 0; p < parameters.size(); p++) {
        after.get(p).add(Variable.constant(parameters.get(p).value().copy()));
      }
    }
    return after.stream().map(GoldenComputation::stacked).toList();
  }

  private static Tensor part(Tensor all, int i) {
    return all.slice(0, i, i + 1, 1).copy().reshape(all.shape().remove(0));
  }

  /// Both groups had momentum 0.9: libtorch's C++ groups inherit what they do not set, and the 0
  /// that the case gives for the second one counts as not set. Its numbers show it.
  private static Optimizer groups(List<Parameter> parameters, GoldenAttributes a) {
    SGD.Options first = GoldenOptimizers.sgd(a.ofGroup(0));
    SGD.Options second = GoldenOptimizers.sgd(a.ofGroup(1));
    SGD sgd = new SGD(parameters.subList(0, 1), first);
    double momentum = second.momentum() == 0 ? first.momentum() : second.momentum();
    sgd.addGroup(parameters.subList(1, 2), second.momentum(momentum));
    return sgd;
  }

  private static List<Variable> clipped(GoldenCase golden, Map<String, Variable> inputs) {
    GoldenAttributes a = new GoldenAttributes(golden.attrs());
    List<Parameter> parameters = new ArrayList<>();
    for (Variable gradient : inputs.values()) {
      Parameter parameter = new Parameter(gradient.value());
      parameter.setGrad(gradient.value());
      parameters.add(parameter);
    }
    List<Variable> outputs = new ArrayList<>();
    if (golden.op().equals("clip_grad_value")) {
      GradientClipping.clipByValue(parameters, a.number("clip_value", 1));
    } else {
      double p = a.number("norm_type", 2);
      double norm = GradientClipping.clipByNorm(parameters, a.number("max_norm", 1), p, true);
      outputs.add(Variable.constant(norm));
    }
    parameters.reversed().forEach(p -> outputs.addFirst(Variable.constant(p.grad())));
    return outputs;
  }

  private static List<Variable> rosenbrock(GoldenCase golden, Map<String, Variable> inputs) {
    GoldenAttributes a = new GoldenAttributes(golden.attrs());
    Parameter x = new Parameter(inputs.get("x").value());
    Optimizer optimizer = GoldenOptimizers.make("LBFGS", List.of(x), a);
    List<Variable> after = new ArrayList<>();
    List<Variable> losses = new ArrayList<>();
    for (int i = 0; i < a.count("outer_steps", 10); i++) {
      losses.add(optimizer.step(() -> evaluate(ROSENBROCK, Map.of("x", x))).detach());
      after.add(Variable.constant(x.value().copy()));
    }
    return List.of(stacked(after), stacked(losses));
  }

  private static List<Variable> training(GoldenCase golden, Map<String, Variable> inputs) {
    GoldenAttributes a = new GoldenAttributes(golden.attrs());
    Map<String, Variable> variables = new LinkedHashMap<>(inputs);
    List<Parameter> parameters = new ArrayList<>();
    for (var output : golden.outputs()) {
      String name = output.name().replace("_after_the_last_step", "");
      if (inputs.containsKey(name)) {
        parameters.add(new Parameter(inputs.get(name).value()));
        variables.put(name, parameters.getLast());
      }
    }
    Optimizer optimizer = GoldenOptimizers.make(a.text("optimizer", ""), parameters, a);
    List<Variable> losses = new ArrayList<>();
    for (int i = 0; i < a.count("steps", 10); i++) {
      optimizer.zeroGrad();
      Variable loss = evaluate(a.text("loss", ""), variables);
      loss.backward();
      double most = a.number("clip_norm", Double.POSITIVE_INFINITY);
      GradientClipping.clipByNorm(parameters, most);
      optimizer.step();
      losses.add(loss.detach());
    }
    List<Variable> outputs = new ArrayList<>(List.of(stacked(losses)));
    parameters.forEach(p -> outputs.add(Variable.constant(p.value())));
    return outputs;
  }

  /// Three batches through a batch norm in training, then one in evaluation.
  private static List<Variable> runningStatistics(GoldenCase golden, Map<String, Variable> inputs) {
    GoldenAttributes a = new GoldenAttributes(golden.attrs());
    double eps = a.number("eps", 1e-5);
    double share = a.number("momentum", 0.1);
    Variable weight = inputs.get("weight");
    Variable bias = inputs.get("bias");
    Tensor mean = Tensor.zeros(weight.shape(), weight.dtype());
    Tensor variance = Tensor.full(weight.shape(), 1, weight.dtype());
    List<Variable> outputs = new ArrayList<>();
    for (String name : List.of("x1", "x2", "x3")) {
      Normalized batch = F.batchNorm(inputs.get(name), mean, variance, weight, bias, share, eps);
      outputs.add(batch.y());
      mean = batch.runningMean();
      variance = batch.runningVar();
    }
    Variable m = Variable.constant(mean);
    Variable v = Variable.constant(variance);
    outputs.add(F.batchNorm(inputs.get("x_eval"), m, v, weight, bias, eps));
    outputs.add(m);
    outputs.add(v);
    return outputs;
  }
}
