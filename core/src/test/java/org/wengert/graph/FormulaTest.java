package org.wengert.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.wengert.F;
import org.wengert.Leaf;
import org.wengert.Variable;

/// Formulas of operations and their derivatives.
class FormulaTest {
  private static String with(String formula, String name, String by) {
    return Formula.of(formula).with(Map.of(name, Formula.of(by))).toString();
  }

  @Test
  void parenthesesStandWhereTheyAreNeeded() {
    assertEquals("1 - (a + b)²", with("1 - y²", "y", "a + b"));
    assertEquals("1 - net_o1²", with("1 - y²", "y", "net_o1"));
    assertEquals("exp(a + b)", with("exp(y)", "y", "a + b"));
    assertEquals("max(a + b, 0)", with("max(x, 0)", "x", "a + b"));
    assertEquals("1 - σ(z)²", with("1 - y²", "y", "σ(z)"));
    assertEquals("2 (-3)", with("2 x", "x", "-3"));
    assertEquals("exp(x)", with("exp(x)", "exp", "no"));
  }

  @Test
  void productsEncloseSums() {
    Formula sum = Formula.of("1 - y²");
    assertEquals(
        "(1 - y²) · w5 · (-2)",
        Formula.product(List.of(sum, Formula.name("w5"), Formula.number(-2))).toString());
  }

  @Test
  void graphsWriteTheirOperations() {
    Leaf w = Variable.of(0.5).named("w5");
    Leaf b = Variable.of(2.0).named("b3");
    Variable net = w.mul(3.0).add(b).named("net_o1");
    Graph graph = Graph.of(net.sigmoid().named("out_o1"));
    assertEquals("w5 · 3", graph.formula(graph.vertex(3)).toString());
    assertEquals("v3 + b3", graph.formula(graph.find("net_o1")).toString());
    assertEquals("σ(net_o1)", graph.formula(graph.output()).toString());
    assertEquals(
        "out_o1 (1 - out_o1)", graph.derivative(graph.output().operands().getFirst()).toString());
  }

  @Test
  void operationsOnSeveralOperandsListThem() {
    Leaf x = Variable.of(new double[][] {{1, 2}}).named("x");
    Leaf w = Variable.of(new double[][] {{1, 2}}).named("w");
    Graph plain = Graph.of(F.linear(x, w, null).named("y"));
    assertEquals("x wᵀ", plain.formula(plain.output()).toString());
    Graph joined = Graph.of(F.cat(List.of(x, w), 0).named("y"));
    assertEquals("cat(x, w)", joined.formula(joined.output()).toString());
  }

  @Test
  void latexHasIndicesRootsAndGreekLetters() {
    assertEquals(
        "\\mathit{out}_{\\mathit{o1}} (1 - \\mathit{out}_{\\mathit{o1}})",
        Formula.of("out_o1 (1 - out_o1)").latex());
    assertEquals("w_{5} \\cdot  \\sigma (x)", Formula.of("w5 · σ(x)").latex());
    assertEquals("1/\\sqrt{1 - x^{2}}", Formula.of("1/√(1 - x²)").latex());
    assertEquals("a^{b - 1}", Formula.of("a^(b - 1)").latex());
  }

  @Test
  void namesCannotBecomeCommands() {
    String latex = Formula.name("\\input{x} $ ^ # </script>").latex();
    assertEquals(
        "\\text{\\textbackslash{}input\\{x\\} \\$ \\textasciicircum{} \\# </script>}", latex);
  }
}
