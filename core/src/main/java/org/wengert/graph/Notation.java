package org.wengert.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.wengert.Op;

/// Writes operations and derivatives in the names, or the numbers, of a graph.
final class Notation {
  private Notation() {}

  static Formula formula(Graph graph, Vertex vertex) {
    return formula(graph, vertex, v -> Formula.name(v.label()));
  }

  static Formula derivative(Graph graph, Edge edge) {
    return derivative(graph, edge, v -> Formula.name(v.label()));
  }

  /// The operation of a vertex, its operands written by `word`.
  static Formula formula(Graph graph, Vertex vertex, Function<Vertex, Formula> word) {
    return switch (vertex) {
      case Vertex.Constant _, Vertex.Leaf _ -> Formula.name(vertex.label());
      case Vertex.Operation operation ->
          filled(operation.op().formula(), words(graph, operation, word));
      case Vertex.Group group ->
          Formula.call(Formula.name(group.kind()), List.copyOf(words(graph, group, word).values()));
    };
  }

  /// The local derivative along an edge, operands and result written by `word`.
  static Formula derivative(Graph graph, Edge edge, Function<Vertex, Formula> word) {
    Vertex to = graph.vertex(edge.to());
    String written =
        to instanceof Vertex.Operation operation
            ? operation.op().derivative(edge.input())
            : "∂" + to.label() + "/∂" + graph.vertex(edge.from()).label();
    Map<String, Formula> words =
        mentionsOperands(written) ? words(graph, to, word) : new LinkedHashMap<>();
    words.put("y", word.apply(to));
    return filled(written, words);
  }

  /// Whether operands are needed at all: to collect them for each of thousands takes its time.
  private static boolean mentionsOperands(String written) {
    return Formula.of(written).tokens().stream()
        .anyMatch(token -> token.text().matches("[xab…]|x[₀-₉]+"));
  }

  /// What the operands are called in an operation's formulas, and what they are here.
  private static Map<String, Formula> words(
      Graph graph, Vertex vertex, Function<Vertex, Formula> word) {
    Map<String, Formula> words = new LinkedHashMap<>();
    List<Edge> operands = vertex.operands();
    for (Edge operand : operands) {
      words.put(
          placeholder(vertex, operand.input(), operands.size()),
          word.apply(graph.vertex(operand.from())));
    }
    return words;
  }

  private static String placeholder(Vertex vertex, int input, int count) {
    if (vertex instanceof Vertex.Operation(var _, Op.Unary _, var _)) {
      return "x";
    }
    if (vertex instanceof Vertex.Operation(var _, Op.Binary _, var _)) {
      return input == 0 ? "a" : "b";
    }
    return count == 1 && !(vertex instanceof Vertex.Group) ? "x" : "x" + subscript(input + 1);
  }

  private static String subscript(int number) {
    return Integer.toString(number)
        .chars()
        .mapToObj(digit -> Character.toString(digit - '0' + '₀'))
        .collect(Collectors.joining());
  }

  private static Formula filled(String written, Map<String, Formula> words) {
    Formula formula = Formula.of(written);
    if (!words.containsKey("x₃")) {
      formula = formula.withoutTerm("x₃"); // an operand that may be missing
    }
    int all = written.indexOf('…');
    if (all < 0) {
      return formula.with(words);
    }
    List<Formula> operands = new ArrayList<>(words.values());
    return Formula.call(Formula.of(written.substring(0, all - 1)), operands);
  }
}
