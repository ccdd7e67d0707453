package org.wengert.graph;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/// Writes a graph in languages that draw it: DOT for Graphviz, Mermaid for Markdown pages. Parts
/// become boxes around their vertices.
final class Drawing {
  private static final int LONGEST = 60;

  private final Graph graph;
  private final StringBuilder text = new StringBuilder();

  private Drawing(Graph graph) {
    this.graph = graph;
  }

  /// What the two languages write differently.
  private enum Language {
    DOT,
    MERMAID
  }

  static String dot(Graph graph) {
    Drawing drawing = new Drawing(graph);
    drawing.text.append("digraph {\n  rankdir=LR;\n  node [fontname=\"sans-serif\"];\n");
    drawing.boxes(Language.DOT);
    for (Edge edge : graph.edges()) {
      drawing.text.append("  v").append(edge.from()).append(" -> v").append(edge.to());
      drawing.text.append(" [label=\"").append(drawing.derivative(edge)).append("\"];\n");
    }
    return drawing.text.append("}\n").toString();
  }

  static String mermaid(Graph graph) {
    Drawing drawing = new Drawing(graph);
    drawing.text.append("flowchart LR\n");
    drawing.boxes(Language.MERMAID);
    for (Edge edge : graph.edges()) {
      drawing.text.append("  v").append(edge.from()).append(" -->|\"");
      drawing.text.append(drawing.derivative(edge)).append("\"| v").append(edge.to()).append('\n');
    }
    return drawing.text.toString();
  }

  private String derivative(Edge edge) {
    return safe(graph.derivative(edge).toString());
  }

  /// The vertices, inside boxes for their parts: entered and left as in a walk through the tree.
  private void boxes(Language language) {
    IdentityHashMap<Part, List<Vertex>> own = new IdentityHashMap<>();
    IdentityHashMap<Part, List<Part>> inside = new IdentityHashMap<>();
    IdentityHashMap<Part, Integer> ids = new IdentityHashMap<>();
    graph.parts().forEach(p -> ids.put(p, ids.size()));
    Part whole = Parts.whole(graph.vertices().getFirst().facts().part());
    graph
        .vertices()
        .forEach(v -> own.computeIfAbsent(v.facts().part(), _ -> new ArrayList<>()).add(v));
    graph.parts().forEach(p -> inside.computeIfAbsent(p.parent(), _ -> new ArrayList<>()).add(p));
    List<Part> around = new ArrayList<>();
    for (Part part : inOrder(whole, inside)) {
      while (!around.isEmpty() && around.getLast() != part.parent()) {
        leave(language, around);
      }
      if (part != whole) {
        enter(language, part, ids.getOrDefault(part, 0), around.size());
      }
      around.add(part);
      own.getOrDefault(part, List.of()).forEach(v -> vertex(language, v, around.size()));
    }
    while (!around.isEmpty()) {
      leave(language, around);
    }
  }

  private void leave(Language language, List<Part> around) {
    if (around.removeLast().parent() != null) {
      text.append("  ".repeat(around.size())).append(language == Language.DOT ? "}\n" : "end\n");
    }
  }

  private static List<Part> inOrder(Part whole, IdentityHashMap<Part, List<Part>> inside) {
    List<Part> order = new ArrayList<>();
    List<Part> ahead = new ArrayList<>(List.of(whole));
    while (!ahead.isEmpty()) {
      Part part = ahead.removeLast();
      order.add(part);
      ahead.addAll(inside.getOrDefault(part, List.of()).reversed());
    }
    return order;
  }

  private void enter(Language language, Part part, int id, int depth) {
    String title = safe(part + (part.kind().isEmpty() ? "" : ": " + part.kind()));
    text.append("  ".repeat(depth));
    if (language == Language.DOT) {
      text.append("subgraph cluster_").append(id).append(" { label=\"").append(title);
      text.append("\";\n");
    } else {
      text.append("subgraph p").append(id).append("[\"").append(title).append("\"]\n");
    }
  }

  private void vertex(Language language, Vertex vertex, int depth) {
    String shown = safe(vertex.label());
    if (!vertex.operands().isEmpty()) {
      shown += language == Language.DOT ? "\\n" : "<br/>";
      shown += safe("= " + graph.formula(vertex));
    }
    if (!shown.equals(safe(TextTree.brief(vertex.value())))) {
      shown += language == Language.DOT ? "\\n" : "<br/>";
      shown += safe("= " + TextTree.brief(vertex.value()));
    }
    text.append("  ".repeat(depth)).append('v').append(vertex.id());
    if (language == Language.DOT) {
      String shape = vertex.operands().isEmpty() ? "box" : "ellipse";
      text.append(" [shape=").append(shape).append(", label=\"").append(shown).append("\"];\n");
    } else {
      boolean isGiven = vertex.operands().isEmpty();
      text.append(isGiven ? "[\"" : "([\"").append(shown).append(isGiven ? "\"]\n" : "\"])\n");
    }
  }

  /// Text in which nothing means anything to either language: what could is written as a number,
  /// which both read as HTML does. Shortened if it is too long to be read in a box.
  private static String safe(String name) {
    StringBuilder safe = new StringBuilder();
    String line = TextTree.oneLine(name);
    int end = line.offsetByCodePoints(0, Math.min(LONGEST, line.codePointCount(0, line.length())));
    line.substring(0, end).codePoints().forEach(c -> append(safe, c));
    return end < line.length() ? safe + "…" : safe.toString();
  }

  private static void append(StringBuilder safe, int c) {
    boolean isPlain =
        Character.isLetterOrDigit(c) || " .,:=+·∂√²³⁴⁻¹ᵀ₀₁₂₃₄₅₆₇₈₉()^/|…_'-∞Σ".indexOf(c) >= 0;
    boolean isHalf = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    if (isPlain && !isHalf) {
      safe.appendCodePoint(c);
    } else {
      safe.append("&#").append(isHalf ? 0xFFFD : c).append(';');
    }
  }
}
