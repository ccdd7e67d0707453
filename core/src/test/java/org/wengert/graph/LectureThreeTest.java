package org.wengert.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.wengert.F;
import org.wengert.Leaf;
import org.wengert.Variable;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Lecture 3's equations: the gradient of every layer as a product.
class LectureThreeTest {
  /// A network with `sizes.length - 1` layers, `z = W a + b` and `a = σ(z)`, of loss `Σ (a - y)²`.
  private static final class Network {
    final List<Leaf> w = new ArrayList<>();
    final List<Leaf> b = new ArrayList<>();
    final Variable loss;

    Network(boolean isScalar, int... sizes) {
      Rng random = new Rng(5);
      Variable a = random(random, isScalar, sizes[0], 1).named("a^(0)");
      for (int layer = 1; layer < sizes.length; layer++) {
        w.add(random(random, isScalar, sizes[layer], sizes[layer - 1]).named("w^(" + layer + ")"));
        b.add(random(random, isScalar, sizes[layer], 1).named("b^(" + layer + ")"));
        Variable wa = isScalar ? w.getLast().mul(a) : w.getLast().matMul(a);
        a = wa.add(b.getLast()).named("z^(" + layer + ")").sigmoid().named("a^(" + layer + ")");
      }
      Variable squares = a.sub(Variable.constant(0.25).named("y")).square();
      loss = (isScalar ? squares : squares.sum()).named("L");
    }

    private static Leaf random(Rng random, boolean isScalar, int rows, int columns) {
      Shape shape = isScalar ? Shape.of() : Shape.of(rows, columns);
      return Variable.of(Tensor.randn(shape, DType.FLOAT64, random));
    }
  }

  private static String symbols(Explanation explanation) {
    assertEquals(1, explanation.paths().size());
    return explanation.paths().getFirst().factors().stream()
        .map(Factor::symbol)
        .collect(Collectors.joining(" "))
        .replace("^(", "")
        .replace(")", "");
  }

  /// Equations 19 and 62: the last layer.
  private static String last(String parameter, int layer) {
    return ("∂L/∂aN ∂aN/∂zN ∂zN/∂" + parameter + "N").replace("N", "" + layer);
  }

  /// Equations 32 and 57: one layer further back.
  private static String expected(String parameter, int layer, int layers) {
    StringBuilder product = new StringBuilder();
    for (int at = layers; at > layer; at--) {
      String of = at == layers ? "L" : "z" + (at + 1);
      product.append("∂%s/∂a%d ∂a%d/∂z%d ".formatted(of, at, at, at));
    }
    String of = layer == layers ? "L" : "z" + (layer + 1);
    return product
        + "∂%s/∂a%d ∂a%d/∂z%d ∂z%d/∂%s%d"
            .formatted(of, layer, layer, layer, layer, parameter, layer);
  }

  @Test
  void everyLayersGradientIsTheProductOfTheTextbook() {
    for (int[] sizes : new int[][] {{3, 4, 2}, {3, 4, 3, 2}}) {
      for (boolean isScalar : new boolean[] {true, false}) {
        Network network = new Network(isScalar, sizes);
        int layers = sizes.length - 1;
        assertEquals(last("w", layers), expected("w", layers, layers));
        for (int layer = 1; layer <= layers; layer++) {
          Explanation w = ChainRule.explain(network.loss, network.w.get(layer - 1));
          assertEquals(expected("w", layer, layers), symbols(w));
          assertEquals(0, w.difference(), 1e-15);
          Explanation b = ChainRule.explain(network.loss, network.b.get(layer - 1));
          assertEquals(expected("b", layer, layers), symbols(b));
          assertEquals(0, b.difference(), 1e-15);
        }
      }
    }
  }

  /// Equations 23 and 24, with `σ'(z)` as `a (1 - a)`, and 64.
  @Test
  void derivativesAreWrittenAsInTheTextbook() {
    Network network = new Network(true, 1, 1, 1, 1);
    String last = ChainRule.explain(network.loss, network.w.get(2)).text();
    assertTrue(last.contains("= 2 (a^(3) - y) · a^(3) (1 - a^(3)) · a^(2)"), last);
    String bias = ChainRule.explain(network.loss, network.b.get(2)).text();
    assertTrue(bias.contains("= 2 (a^(3) - y) · a^(3) (1 - a^(3)) · 1"), bias);
    String latex = ChainRule.explain(network.loss, network.w.get(0)).latex();
    String product =
        "\\frac{\\partial L}{\\partial {a^{(3)}}} \\, \\frac{\\partial {a^{(3)}}}{\\partial {z^{(3)}}}"
            + " \\, \\frac{\\partial {z^{(3)}}}{\\partial {a^{(2)}}}"
            + " \\, \\frac{\\partial {a^{(2)}}}{\\partial {z^{(2)}}}"
            + " \\, \\frac{\\partial {z^{(2)}}}{\\partial {a^{(1)}}}"
            + " \\, \\frac{\\partial {a^{(1)}}}{\\partial {z^{(1)}}}"
            + " \\, \\frac{\\partial {z^{(1)}}}{\\partial {w^{(1)}}}";
    assertTrue(latex.contains(product), latex);
  }

  @Test
  void layersOfTensorsAreProductsOfMatrices() {
    Network network = new Network(false, 3, 4, 2);
    Explanation explanation = ChainRule.explain(network.loss, network.w.get(0));
    assertTrue(explanation.text().contains("= 2 (a^(2) - y) · a^(2) (1 - a^(2)) · w^(2)ᵀ"));
    assertTrue(explanation.text().contains("= [1 × 2] · [2 × 2] · [2 × 4] · [4 × 4]"));
    assertTrue(explanation.text().contains("[4 × 12]"), explanation.text());
    assertEquals(
        List.of("row", "diagonal", "dense", "diagonal", "I4 ⊗ W, W of 1 × 3"),
        explanation.paths().getFirst().factors().stream()
            .map(factor -> factor.jacobian() == null ? "" : factor.jacobian().structure())
            .toList());
  }

  @Test
  void layersWithoutNamesAreShownStepByStep() {
    Leaf w = Variable.of(new double[][] {{1, -1}}).named("w");
    Variable x = Variable.constant(new double[][] {{1, 2}}).named("x");
    Variable loss = F.linear(x, w, null).sigmoid().sum().named("L");
    assertEquals("∂L/∂v3 ∂v3/∂v2 ∂v2/∂w", symbols(ChainRule.explain(loss, w)));
  }
}
