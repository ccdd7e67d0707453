package org.wengert.golden;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wengert.Autograd;
import org.wengert.F;
import org.wengert.Variable;

/// The golden cases whose outputs are themselves derivatives. Each kind is described in words in
/// the data; `attrs` has the function.
final class HigherOrder {
  private final GoldenCase golden;
  private final OperatorTable operators;
  private final Map<String, Variable> inputs;

  private HigherOrder(GoldenCase golden, OperatorTable operators, Map<String, Variable> inputs) {
    this.golden = golden;
    this.operators = operators;
    this.inputs = inputs;
  }

  /// The outputs of a case of `higher_order`.
  static List<Variable> outputs(
      GoldenCase golden, OperatorTable operators, Map<String, Variable> inputs) {
    HigherOrder kind = new HigherOrder(golden, operators, inputs);
    return switch (golden.op()) {
      case "grad_grad" -> kind.gradients();
      case "hessian" -> kind.hessian();
      case "hvp" -> List.of(kind.hessianTimesVector());
      case "jacobian" -> kind.jacobian();
      case "gradient_penalty" -> kind.gradientPenalty();
      case "r1_penalty" -> List.of(kind.squaredGradient());
      case "inner_step" -> kind.innerStep();
      case "nth_derivative" -> List.of(kind.repeatedDerivative());
      default -> throw new IllegalArgumentException("no kind " + golden.op());
    };
  }

  private Variable first() {
    return inputs.values().iterator().next();
  }

  private Variable evaluate(String source, Map<String, Variable> more) {
    Map<String, Variable> all = new LinkedHashMap<>(inputs);
    all.putAll(more);
    return (Variable) Interpreter.run(source, operators, all);
  }

  private Variable function() {
    return evaluate(golden.attribute("function"), new LinkedHashMap<>());
  }

  /// `vᵀ ∂y/∂x`, zeros where there is no dependence, as libtorch's functional interface gives.
  private static Variable gradient(Variable y, Variable x, Variable v) {
    if (!y.requiresGrad()) {
      return F.zerosLike(x);
    }
    Variable gradient = Autograd.grad(y, List.of(x), v).getFirst();
    return gradient == null ? F.zerosLike(x) : gradient;
  }

  private static Variable gradient(Variable y, Variable x) {
    return gradient(y, x, F.onesLike(y));
  }

  /// The function with another value in the place of its first input.
  private Variable functionOf(Variable x) {
    return evaluate(golden.attribute("function"), named(inputs.keySet().iterator().next(), x));
  }

  /// As a matrix of one row for each output and one column for each number of the first input.
  private Variable matrix(Variable derivatives) {
    return derivatives.reshape(-1, first().value().count());
  }

  private List<Variable> gradients() {
    Variable y = function();
    List<Variable> wanted =
        inputs.entrySet().stream()
            .filter(input -> !input.getKey().equals("v") && input.getValue().requiresGrad())
            .map(Map.Entry::getValue)
            .toList();
    List<Variable> outputs = new ArrayList<>(List.of(y));
    for (@Nullable Variable gradient : Autograd.grad(y, wanted, inputs.get("v"))) {
      outputs.add(gradient);
    }
    return outputs;
  }

  private List<Variable> hessian() {
    Variable y = function();
    Variable hessian = Autograd.hessian(this::functionOf, first());
    return List.of(y, gradient(y, first()), matrix(hessian));
  }

  private Variable hessianTimesVector() {
    return Autograd.hvp(this::functionOf, first(), inputs.get("v"));
  }

  private List<Variable> jacobian() {
    return List.of(function(), matrix(Autograd.jacobian(this::functionOf, first())));
  }

  private Variable criticGradient(Variable critic) {
    return gradient(critic, inputs.get("x"));
  }

  private List<Variable> gradientPenalty() {
    Variable critic = evaluate(golden.attribute("critic"), new LinkedHashMap<>());
    String norm = "torch.norm(torch.flatten(g, 1), 2.0, [1], False)";
    String penalty =
        "%s * torch.mean((%s - %s) ** 2)"
            .formatted(golden.attribute("lambda"), norm, golden.attribute("target_norm"));
    return List.of(critic, evaluate(penalty, named("g", criticGradient(critic))));
  }

  private Variable squaredGradient() {
    Variable critic = evaluate(golden.attribute("critic"), new LinkedHashMap<>());
    return evaluate(
        "torch.mean(torch.sum(torch.flatten(g, 1) ** 2, [1], False))",
        named("g", criticGradient(critic)));
  }

  private List<Variable> innerStep() {
    String loss = "torch.mean((torch.tanh(torch.matmul(%s, w)) - %s) ** 2)";
    Variable w = inputs.get("w");
    Variable inner = evaluate(loss.formatted("x1", "y1"), new LinkedHashMap<>());
    double rate = golden.attrs().get("inner_lr").getAsDouble();
    Variable adapted = w.sub(gradient(inner, w).mul(rate));
    return List.of(adapted, evaluate(loss.formatted("x2", "y2"), named("w", adapted)));
  }

  private Variable repeatedDerivative() {
    Variable y = function();
    for (int order = golden.attrs().get("order").getAsInt(); order > 0; order--) {
      y = gradient(y, first());
    }
    return y;
  }

  private static Map<String, Variable> named(String name, Variable variable) {
    Map<String, Variable> one = new LinkedHashMap<>();
    one.put(name, variable);
    return one;
  }
}
