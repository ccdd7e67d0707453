package org.wengert.golden;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wengert.Leaf;
import org.wengert.Variable;
import org.wengert.tensor.DType;
import org.wengert.tensor.Tensor;
import org.wengert.tensor.WengertException;

/// Computes one golden case and compares every number. Holds what it found.
final class Replay {
  private static final int SHOWN = 3;

  private final GoldenCase golden;
  private final OperatorTable operators;
  private final Computation computation;
  private final Map<String, Variable> inputs = new LinkedHashMap<>();
  private final List<String> differences = new ArrayList<>();
  private Agreement values = Agreement.NONE;
  private Agreement gradients = Agreement.NONE;

  private Replay(GoldenCase golden, OperatorTable operators, Computation computation) {
    this.golden = golden;
    this.operators = operators;
    this.computation = computation;
  }

  /// Runs the expression and compares; see [#of(GoldenCase, OperatorTable, Computation)].
  static Outcome of(GoldenCase golden, OperatorTable operators) {
    return of(golden, operators, (same, inputs) -> null);
  }

  /// Computes and compares. Whatever goes wrong on the way is a difference, except an operator that
  /// is missing.
  static Outcome of(GoldenCase golden, OperatorTable operators, Computation computation) {
    String reason = Exclusions.reason(golden);
    if (reason != null) {
      return new Outcome.NotApplicable(reason);
    }
    Replay replay = new Replay(golden, operators, computation);
    try {
      replay.run();
    } catch (MissingOperatorException e) {
      throw e;
    } catch (RuntimeException e) {
      replay.differences.add("threw " + oneLine(e.toString()));
    }
    return replay.differences.isEmpty()
        ? new Outcome.Passed(replay.values, replay.gradients)
        : new Outcome.Failed(replay.differences);
  }

  private void run() {
    golden.inputs().forEach(input -> inputs.put(input.name(), input.variable()));
    if (golden.error() != null) {
      expectError();
      return;
    }
    List<Variable> outputs = outputs();
    if (outputs.size() != golden.outputs().size()) {
      differences.add(outputs.size() + " outputs, expected " + golden.outputs().size());
      return;
    }
    for (int i = 0; i < outputs.size(); i++) {
      String what = "output " + i;
      Tensor value = outputs.get(i).value();
      GoldenTensor expected = golden.outputs().get(i);
      compare(what, value, expected, Tolerance.ofOutput(golden, i));
      values = values.and(agreement(value, expected));
    }
    if (!golden.gradOutputs().isEmpty()) {
      goBack(outputs);
      golden.grads().forEach(this::compareGradient);
    }
  }

  private void expectError() {
    try {
      List<Variable> outputs = outputs();
      differences.add(
          "got " + oneLine(outputs.toString()) + ", expected an error like: " + golden.error());
    } catch (WengertException expected) {
      if (expected.getMessage().isBlank()) {
        differences.add("an error without a message");
      }
    }
  }

  private List<Variable> outputs() {
    List<Variable> computed = computation.outputs(golden, inputs);
    if (computed != null) {
      return computed;
    }
    if (golden.file().equals("higher_order")) {
      return HigherOrder.outputs(golden, operators, inputs);
    }
    List<Variable> flat = new ArrayList<>();
    flatten(Interpreter.run(golden.expr(), operators, inputs), flat);
    return flat;
  }

  private static void flatten(@Nullable Object result, List<Variable> into) {
    switch (result) {
      case Variable variable -> into.add(variable);
      case List<?> list -> list.forEach(item -> flatten(item, into));
      case null, default -> throw new IllegalStateException("the result is " + result);
    }
  }

  private void goBack(List<Variable> outputs) {
    for (int i = 0; i < outputs.size(); i++) {
      GoldenTensor seed = golden.gradOutputs().get(i);
      boolean recorded = outputs.get(i).requiresGrad();
      if (seed != null && recorded) {
        outputs.get(i).backward(seed.value());
      }
      if (seed == null && recorded && outputs.size() == 1) {
        differences.add("output " + i + " has a gradient, expected none");
      }
    }
  }

  private void compareGradient(GoldenTensor expected) {
    Variable input = inputs.get(expected.name());
    Tensor gradient = input instanceof Leaf leaf ? leaf.grad() : null;
    String what = "gradient of " + expected.name();
    if (expected.data() == null || gradient == null) {
      if (expected.data() != null || gradient != null) {
        String wanted = expected.data() == null ? "none" : expected.data().toString();
        differences.add(
            what + ": got " + oneLine(String.valueOf(gradient)) + ", expected " + wanted);
      }
      return;
    }
    compare(what, gradient, expected, Tolerance.ofGradient(golden, expected));
    gradients = gradients.and(agreement(gradient, expected));
  }

  private static Agreement agreement(Tensor value, GoldenTensor expected) {
    boolean comparable = value.dtype() == DType.FLOAT64 && expected.dtype().equals("float64");
    return comparable && value.shape().equals(expected.shape())
        ? Agreement.of(value.toDoubleArray(), expected)
        : Agreement.NONE;
  }

  private void compare(String what, Tensor value, GoldenTensor expected, Tolerance tolerance) {
    String type = GoldenTensor.name(value.dtype());
    if (!type.equals(expected.dtype()) || !value.shape().equals(expected.shape())) {
      differences.add(
          what
              + (": got " + type + value.shape())
              + (", expected " + expected.dtype() + expected.shape()));
      return;
    }
    if (value.dtype().isIntegral()) {
      compareIntegers(what, value.toLongArray(), expected);
      return;
    }
    double[] numbers = value.toDoubleArray();
    int wrong = 0;
    for (int i = 0; i < numbers.length; i++) {
      double wanted = expected.number(i);
      if (!tolerance.accepts(numbers[i], wanted) && ++wrong <= SHOWN) {
        differ(what, i, Double.toString(numbers[i]), Double.toString(wanted));
      }
    }
    more(what, wrong);
  }

  private void compareIntegers(String what, long[] numbers, GoldenTensor expected) {
    int wrong = 0;
    for (int i = 0; i < numbers.length; i++) {
      long wanted = expected.data().get(i).getAsLong();
      if (numbers[i] != wanted && ++wrong <= SHOWN) {
        differ(what, i, Long.toString(numbers[i]), Long.toString(wanted));
      }
    }
    more(what, wrong);
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s*\\n\\s*", " / ");
  }

  private void differ(String what, int element, String got, String expected) {
    differences.add(what + ", element " + element + ": got " + got + ", expected " + expected);
  }

  private void more(String what, int wrong) {
    if (wrong > SHOWN) {
      differences.add(what + ": " + (wrong - SHOWN) + " more elements differ");
    }
  }
}
