package org.wengert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.wengert.OpCatalogue.Entry;
import org.wengert.graph.Formula;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// What every operation says of itself as a student writes it: there is something, it can be set,
/// and where it is a formula of numbers it is true.
class FormulaClaims {
  /// What is written in words, or by the function's own name only.
  private static final Set<String> PROSE =
      new TreeSet<>(
          List.of(
              "formula of atan2: atan2(a, b)",
              "formula of fmax: fmax(a, b)",
              "formula of fmin: fmin(a, b)",
              "formula of polygamma: polygamma(x)",
              "formula of sincDerivative: sincDerivative(x)",
              "derivative of polygamma: the polygamma function of the next order",
              "derivative of sincDerivative: the derivative of the next order"));

  @Test
  void everyOperationHasAFormulaAndDerivativesThatLatexCanSet() {
    for (Entry entry : OpCatalogue.entries()) {
      assertIsSet(entry, entry.op().formula());
      int operands = entry.shapes().getFirst().size();
      for (int input = 0; input < operands; input++) {
        String derivative = entry.op().derivative(input);
        String general = "∂" + entry.op().label() + "/∂" + (input + 1);
        assertNotEquals(general, derivative, () -> entry + " has no derivative of its own");
        assertIsSet(entry, derivative);
      }
    }
  }

  private static void assertIsSet(Entry entry, String formula) {
    assertFalse(formula.isBlank(), entry::toString);
    String latex = Formula.of(formula.replace("(…)", "(x)")).latex();
    assertTrue(latex.chars().allMatch(c -> c >= ' ' && c < 127), () -> entry + ": " + latex);
    assertEquals(
        latex.chars().filter(c -> c == '{').count(),
        latex.chars().filter(c -> c == '}').count(),
        latex);
  }

  @Test
  void formulasOfNumbersAreTrue() {
    Set<String> prose = new TreeSet<>();
    int compared = 0;
    for (Entry entry : OpCatalogue.entries()) {
      boolean isPointwise =
          entry.op() instanceof Op.Pointwise || entry.op() instanceof Op.Pointwise2;
      if (isPointwise) {
        compared += compare(entry, prose);
      }
    }
    assertEquals(PROSE, prose);
    assertTrue(compared > 1_000, "compared " + compared);
  }

  private static int compare(Entry entry, Set<String> prose) {
    int compared = 0;
    for (List<Shape> shapes : entry.shapes()) {
      List<double[]> samples =
          entry.sample(shapes, new Rng(11)).stream().map(Tensor::toDoubleArray).toList();
      int count = samples.stream().mapToInt(sample -> sample.length).min().orElse(0);
      for (int i = 0; i < count; i++) {
        int at = i;
        compared += compareAt(entry, samples.stream().map(x -> Variable.of(x[at])).toList(), prose);
      }
    }
    return compared;
  }

  private static int compareAt(Entry entry, List<Leaf> xs, Set<String> prose) {
    Variable y = entry.apply(xs);
    Map<String, Double> names = new LinkedHashMap<>();
    List<String> operands = xs.size() == 1 ? List.of("x") : List.of("a", "b");
    for (int i = 0; i < xs.size(); i++) {
      names.put(operands.get(i), xs.get(i).item());
    }
    int compared = compare("formula of " + entry, entry.op().formula(), names, y.item(), prose);
    names.put("y", y.item());
    List<Variable> gradients =
        entry.op().isDifferentiable() && y.requiresGrad() ? Autograd.grad(y, xs) : List.of();
    for (int i = 0; i < gradients.size(); i++) {
      double expected = gradients.get(i) == null ? 0 : gradients.get(i).item();
      String what = "derivative of " + entry;
      compared += compare(what, entry.op().derivative(i), names, expected, prose);
    }
    return compared;
  }

  private static int compare(
      String what, String formula, Map<String, Double> names, double expected, Set<String> prose) {
    double actual;
    try {
      actual = Written.value(formula, names);
    } catch (IllegalArgumentException e) {
      prose.add(what + ": " + formula);
      return 0;
    }
    assertEquals(
        expected,
        actual,
        1e-9 * Math.max(1, Math.abs(expected)),
        () -> what + ", " + formula + ", at " + names);
    return 1;
  }
}
