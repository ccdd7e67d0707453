package org.wengert.graph;

import java.util.ArrayList;
import java.util.List;

/// Writes a forward computation as equations.
final class Equations {
  private Equations() {}

  static String latex(Graph graph) {
    List<String> lines = new ArrayList<>();
    for (Vertex vertex : graph.vertices()) {
      if (!isOwnLabel(vertex)) {
        lines.add("  " + line(graph, vertex));
      }
    }
    String equations = Latex.plain(String.join(" \\\\\n", lines));
    return "{\\allowdisplaybreaks\n\\begin{align*}\n" + equations + "\n\\end{align*}}\n";
  }

  /// Whether it is a number that stands for itself in formulas.
  private static boolean isOwnLabel(Vertex vertex) {
    return vertex instanceof Vertex.Constant
        && vertex.name().isEmpty()
        && vertex.value().count() == 1;
  }

  private static String line(Graph graph, Vertex vertex) {
    StringBuilder line = new StringBuilder(Latex.name(vertex.label())).append(" &= ");
    if (!vertex.operands().isEmpty()) {
      line.append(graph.formula(vertex).latex()).append(" = ");
    }
    return line.append(value(vertex)).toString();
  }

  private static String value(Vertex vertex) {
    return vertex.value().count() == 1
        ? Formula.number(vertex.value().item()).latex()
        : "\\text{" + Latex.escaped(vertex.shape().toString()) + "}";
  }
}
