package org.wengert.graph;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.wengert.graph.Formula.Token;

/// The words of a derivation: values between the links are called by their labels, and what has no
/// name is written out where that is short.
final class Wording {
  private static final int LONGEST_VALUE = 40;
  private static final int LONGEST_LINK = 100;

  private final Graph graph;
  private final Formula[] words;

  /// Words for a derivation with these links.
  Wording(Graph graph, List<Link> links) {
    this.graph = graph;
    this.words = new Formula[graph.vertices().size()];
    boolean[] ends = new boolean[words.length];
    boolean isMerged = false;
    for (Link link : links) {
      ends[link.from()] = true;
      ends[link.to()] = true;
      isMerged |= link.edges().size() > 1;
    }
    for (Vertex vertex : graph.vertices()) {
      words[vertex.id()] = isMerged && !ends[vertex.id()] ? writtenOut(vertex) : label(vertex);
    }
  }

  private Formula writtenOut(Vertex vertex) {
    if (vertex.name().isEmpty() && vertex instanceof Vertex.Operation) {
      Formula formula = Notation.formula(graph, vertex, this::word);
      return formula.toString().length() <= LONGEST_VALUE ? formula : label(vertex);
    }
    return label(vertex);
  }

  private Formula word(Vertex vertex) {
    return words[vertex.id()];
  }

  /// The label, of a constant without a name its number.
  static Formula label(Vertex vertex) {
    boolean isNumber =
        vertex instanceof Vertex.Constant && vertex.name().isEmpty() && vertex.value().count() == 1;
    return isNumber ? Formula.number(vertex.value().item()) : Formula.name(TextTree.name(vertex));
  }

  /// The derivative of a link's result with respect to its operand.
  Formula derivative(Link link) {
    Formula written = product(link, this::word);
    return written.toString().length() <= LONGEST_LINK ? written : product(link, Wording::label);
  }

  private Formula product(Link link, Function<Vertex, Formula> word) {
    List<Formula> factors = new ArrayList<>();
    link.edges().forEach(edge -> factors.add(Notation.derivative(graph, edge, word)));
    return Product.of(factors);
  }

  /// How each value without a name that these formulas speak of was computed, and what those were.
  List<Vertex> unnamed(List<Formula> formulas, int limit) {
    Map<String, Vertex> byLabel = new LinkedHashMap<>();
    for (Vertex vertex : graph.vertices()) {
      if (vertex.name().isEmpty() && vertex instanceof Vertex.Operation) {
        byLabel.put(vertex.label(), vertex);
      }
    }
    List<Vertex> found = new ArrayList<>();
    List<Formula> open = new ArrayList<>(formulas);
    for (int i = 0; i < open.size() && found.size() < limit; i++) {
      for (Token token : open.get(i).tokens()) {
        Vertex vertex = byLabel.remove(token.text());
        if (vertex != null) {
          found.add(vertex);
          open.add(formula(vertex));
        }
      }
    }
    found.sort(Comparator.comparingInt(Vertex::id));
    return found;
  }

  /// How a value was computed, in labels.
  Formula formula(Vertex vertex) {
    return Notation.formula(graph, vertex, Wording::label);
  }
}
