package org.wengert.graph;

import java.util.ArrayList;
import java.util.List;
import org.wengert.graph.Sheet.Block;
import org.wengert.graph.Sheet.Maths;

/// The part of a derivation that stands for paths that are too many: each value with its gradient,
/// which is the sum of what comes back from each of its uses.
final class NodeTable {
  private static final int MOST_ROWS = 200;

  private NodeTable() {}

  static List<Block> of(Explanation explanation) {
    Graph graph = explanation.graph();
    List<List<Maths>> rows = new ArrayList<>();
    explanation.ids().stream()
        .limit(MOST_ROWS)
        .forEach(id -> rows.add(row(explanation, graph.vertex(id))));
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Heading(2, Maths.words("Value by value"), ""));
    blocks.add(
        new Block.Prose(
            "The gradient of a value is the sum of what comes back from each of its uses."));
    List<String> header = List.of("value", "formula", "number", "gradient", "from each use");
    blocks.add(new Block.Table(header, rows));
    return blocks;
  }

  private static List<Maths> row(Explanation explanation, Vertex vertex) {
    Graph graph = explanation.graph();
    List<String> uses = new ArrayList<>();
    for (Edge edge : graph.uses(vertex)) {
      if (edge.contribution() != null) {
        String to = TextTree.name(graph.vertex(edge.to()));
        uses.add(TextTree.brief(edge.contribution()) + " from " + to);
      }
    }
    Formula formula =
        vertex.operands().isEmpty() ? Formula.name("given") : explanation.wording().formula(vertex);
    return List.of(
        Maths.name(TextTree.name(vertex)),
        Maths.of(formula),
        Sheet.value(vertex.value()),
        Maths.words(TextTree.brief(vertex.gradient())),
        Maths.words(String.join(", ", uses)));
  }
}
