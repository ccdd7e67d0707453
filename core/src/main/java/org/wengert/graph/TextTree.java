package org.wengert.graph;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wengert.tensor.Tensor;

/// Writes a graph as a tree, the output first, each value below what was computed from it. What was
/// there before is not written again, and what is too deep becomes a tree of its own, so that the
/// text is as long as the graph, not as its square.
final class TextTree {
  private static final int DEEPEST = 30;
  private static final int LONGEST = 80;

  private final Graph graph;
  private final Culprits culprits;
  private final boolean[] written;
  private final StringBuilder text = new StringBuilder();
  private final Deque<Branch> ahead = new ArrayDeque<>();
  private final Deque<Integer> deeper = new ArrayDeque<>();

  /// A vertex to write, and the lines before it.
  private record Branch(int id, String before, String below, int depth) {}

  private TextTree(Graph graph) {
    this.graph = graph;
    this.culprits = new Culprits(graph);
    this.written = new boolean[graph.vertices().size()];
  }

  static String of(Graph graph) {
    TextTree tree = new TextTree(graph);
    graph.outputs().forEach(output -> tree.deeper.add(output.id()));
    while (!tree.deeper.isEmpty()) {
      tree.ahead.push(new Branch(tree.deeper.remove(), "", "", 0));
      while (!tree.ahead.isEmpty()) {
        tree.append(tree.ahead.pop());
      }
    }
    return tree.text.toString();
  }

  private void append(Branch branch) {
    Vertex vertex = graph.vertex(branch.id);
    boolean isLeaf = vertex.operands().isEmpty();
    boolean isKnown = !isLeaf && written[branch.id];
    boolean isTooDeep = !isLeaf && !isKnown && branch.depth == DEEPEST;
    text.append(branch.before).append(isKnown || isTooDeep ? label(vertex) : line(vertex));
    text.append(isKnown ? " (above)\n" : isTooDeep ? " (below)\n" : "\n");
    if (isTooDeep && !deeper.contains(branch.id)) {
      deeper.add(branch.id);
    }
    if (isKnown || isTooDeep) {
      return;
    }
    written[branch.id] = true;
    List<Edge> operands = vertex.operands();
    for (int i = operands.size() - 1; i >= 0; i--) {
      boolean isLast = i == operands.size() - 1;
      ahead.push(
          new Branch(
              operands.get(i).from(),
              branch.below + (isLast ? "└─ " : "├─ "),
              branch.below + (isLast ? "   " : "│  "),
              branch.depth + 1));
    }
  }

  private String line(Vertex vertex) {
    StringBuilder line = new StringBuilder(label(vertex));
    if (!vertex.operands().isEmpty()) {
      line.append(" = ").append(graph.formula(vertex));
    }
    if (vertex.value().count() != 1 || !label(vertex).equals(brief(vertex.value()))) {
      line.append(" = ").append(brief(vertex.value()));
    }
    Tensor gradient = vertex.gradient();
    if (gradient != null) {
      line.append("   gradient ").append(brief(gradient));
    }
    if (!vertex.module().isEmpty()) {
      line.append("   in ").append(oneLine(vertex.facts().part().toString()));
    }
    if (!vertex.facts().line().isEmpty()) {
      line.append("   at ").append(vertex.facts().line());
    }
    return oneLine(line.append(mark(vertex)).toString());
  }

  private String mark(Vertex vertex) {
    String culprit = culprits.words(vertex);
    return culprit.isEmpty() ? "" : "   ← " + culprit;
  }

  private static String label(Vertex vertex) {
    return oneLine(vertex.label());
  }

  /// A single number as it is, of others the shape and the norm.
  static String brief(@Nullable Tensor x) {
    if (x == null) {
      return "not computed";
    }
    if (x.count() == 1) {
      return Numbers.brief(x.item());
    }
    if (x.count() == 0) {
      return x.shape() + ", empty";
    }
    double squares = 0;
    for (double element : x.toDoubleArray()) {
      squares += element * element;
    }
    return x.shape() + " of norm " + Numbers.brief(Math.sqrt(squares));
  }

  /// What a value is called where formulas speak of it.
  static String name(Vertex vertex) {
    return clipped(vertex.label(), LONGEST);
  }

  /// One line of at most so many characters.
  static String clipped(String text, int most) {
    String line = oneLine(text);
    boolean isShort = line.codePointCount(0, line.length()) <= most;
    return isShort ? line : line.substring(0, line.offsetByCodePoints(0, most - 1)) + "…";
  }

  /// A name is one line, whatever is in it.
  static String oneLine(String name) {
    StringBuilder line = new StringBuilder();
    name.codePoints()
        .forEach(c -> line.appendCodePoint(Character.isISOControl(c) || c == 0x2028 ? ' ' : c));
    return line.toString();
  }
}
