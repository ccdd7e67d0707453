package org.wengert.graph;

import org.jspecify.annotations.Nullable;
import org.wengert.tensor.Tensor;

/// Where in a graph numbers cease to be finite: not what passes such numbers on, but what makes
/// them of finite ones.
final class Culprits {
  private final boolean[] hasFiniteValue;
  private final boolean[] hasFiniteGradient;

  Culprits(Graph graph) {
    int count = graph.vertices().size();
    hasFiniteValue = new boolean[count];
    hasFiniteGradient = new boolean[count];
    for (Vertex vertex : graph.vertices()) {
      hasFiniteValue[vertex.id()] = isFinite(vertex.value());
      hasFiniteGradient[vertex.id()] = isFinite(vertex.gradient());
    }
  }

  /// What happens at a vertex, in words; empty if nothing does.
  String words(Vertex vertex) {
    boolean arises = !hasFiniteValue[vertex.id()] && !vertex.operands().isEmpty();
    boolean makes = false;
    for (Edge edge : vertex.operands()) {
      arises &= hasFiniteValue[edge.from()];
      makes |= !hasFiniteGradient[edge.from()] && !isFinite(edge.contribution());
    }
    makes &= vertex.gradient() != null && hasFiniteGradient[vertex.id()];
    return arises
        ? "the first value here that is not finite"
        : makes ? "its derivative is the first that is not finite" : "";
  }

  static boolean isFinite(@Nullable Tensor x) {
    return x == null || x.count() == 0 || Statistics.of(x).nonFinite() == 0;
  }
}
