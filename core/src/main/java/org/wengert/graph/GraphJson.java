package org.wengert.graph;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.wengert.tensor.Tensor;

/// Writes a graph as JSON, as [Graph#json] documents it.
final class GraphJson {
  static final int FULL = 64;
  static final int FIRST = 16;

  private final Graph graph;
  private final Culprits culprits;
  private final Map<Part, Integer> parts = new LinkedHashMap<>();
  private final JsonWriter json = new JsonWriter();

  private GraphJson(Graph graph) {
    this.graph = graph;
    this.culprits = new Culprits(graph);
    for (Part part : graph.parts()) {
      parts.put(part, parts.size());
    }
  }

  static String of(Graph graph) {
    GraphJson writer = new GraphJson(graph);
    writer.write();
    return writer.json.toString();
  }

  private void write() {
    json.open('{').key("format").text("wengert graph").key("version").number(1L);
    json.key("outputs").open('[');
    graph.outputs().forEach(y -> json.number((long) y.id()));
    json.close(']');
    if (!graph.finding().isEmpty()) {
      json.key("finding").text(graph.finding());
    }
    json.key("parts").open('[');
    for (Part part : parts.keySet()) {
      json.line().open('{').key("path").text(part.path());
      json.key("kind").text(part.kind()).key("call").number((long) part.call());
      if (part.parent() != null && parts.containsKey(part.parent())) {
        json.key("parent").number((long) parts.get(part.parent()));
      }
      json.close('}');
    }
    json.close(']').key("vertices").open('[');
    graph.vertices().forEach(this::vertex);
    json.close(']').close('}');
  }

  private void vertex(Vertex vertex) {
    json.line().open('{').key("id").number((long) vertex.id()).key("kind").text(kind(vertex));
    if (!vertex.name().isEmpty()) {
      json.key("name").text(vertex.name());
    }
    json.key("label").text(vertex.label());
    Integer part = parts.get(vertex.facts().part());
    if (part != null) {
      json.key("part").number((long) part);
    }
    json.key("shape").open('[');
    for (int size : vertex.shape().toArray()) {
      json.number((long) size);
    }
    json.close(']').key("dtype").text(vertex.dtype().name().toLowerCase(Locale.ROOT));
    tensor("value", vertex.value());
    tensor("gradient", vertex.gradient());
    if (!vertex.facts().line().isEmpty()) {
      json.key("line").text(vertex.facts().line());
    }
    String culprit = culprits.words(vertex);
    if (!culprit.isEmpty()) {
      json.key("culprit").text(culprit);
    }
    switch (vertex) {
      case Vertex.Constant _ -> {}
      case Vertex.Leaf leaf -> tensor("grad", leaf.grad());
      case Vertex.Operation operation -> operation(operation);
      case Vertex.Group group -> group(group);
    }
    json.close('}');
  }

  static String kind(Vertex vertex) {
    return switch (vertex) {
      case Vertex.Constant _ -> "constant";
      case Vertex.Leaf leaf -> leaf.isParameter() ? "parameter" : "leaf";
      case Vertex.Operation _ -> "operation";
      case Vertex.Group _ -> "group";
    };
  }

  private void operation(Vertex.Operation operation) {
    json.key("op").text(operation.op().label());
    Map<String, String> attributes = Attributes.of(operation.op());
    if (!attributes.isEmpty()) {
      json.key("attributes").open('{');
      attributes.forEach((name, value) -> json.key(name).text(value));
      json.close('}');
    }
    formulas(operation);
  }

  private void group(Vertex.Group group) {
    json.key("op").text(group.kind());
    json.key("members").number((long) group.members().size());
    formulas(group);
  }

  private void formulas(Vertex vertex) {
    boolean single = all(vertex, GraphJson::isSingle);
    json.key("formula").text(graph.formula(vertex).toString());
    if (single) {
      json.key("numbers").text(multiplied(Notation.formula(graph, vertex, GraphJson::number)));
    }
    json.key("operands").open('[');
    for (Edge edge : vertex.operands()) {
      json.open('{').key("from").number((long) edge.from());
      json.key("derivative").text(graph.derivative(edge).toString());
      if (single && isSingle(vertex)) {
        Formula numbers = Notation.derivative(graph, edge, GraphJson::number);
        json.key("numbers").text(multiplied(numbers));
      }
      if (edge.local() != null) {
        json.key("local").number(edge.local());
      }
      tensor("contribution", edge.contribution());
      json.close('}');
    }
    json.close(']');
  }

  private boolean all(Vertex vertex, Predicate<Vertex> matches) {
    List<Edge> operands = vertex.operands();
    return operands.stream().allMatch(edge -> matches.test(graph.vertex(edge.from())));
  }

  private static boolean isSingle(Vertex vertex) {
    return vertex.value().count() == 1;
  }

  /// Beside each other, two numbers need the dot that names do without: `2 · 0.5` for `2 x`.
  private static String multiplied(Formula numbers) {
    return numbers.toString().replaceAll("(?<=[0-9]) (?=[0-9])", " · ");
  }

  private static Formula number(Vertex vertex) {
    return Formula.number(vertex.value().item());
  }

  /// A number for a scalar, an object for what has axes, nothing for nothing.
  private void tensor(String key, @Nullable Tensor x) {
    if (x == null) {
      return;
    }
    json.key(key);
    if (x.rank() == 0) {
      elements(x, 1);
      return;
    }
    boolean isFull = x.count() <= FULL;
    json.open('{').key(isFull ? "data" : "first").open('[');
    elements(x, isFull ? x.count() : FIRST);
    json.close(']');
    if (x.count() > 0) {
      Statistics all = Statistics.of(x);
      json.key("min").number(all.min()).key("max").number(all.max());
      json.key("mean").number(all.mean()).key("norm").number(all.norm());
      if (all.nonFinite() > 0) {
        json.key("nonFinite").number((long) all.nonFinite());
      }
    }
    json.close('}');
  }

  private void elements(Tensor x, int count) {
    Tensor first = x.count() <= FULL ? x : x.contiguous().reshape(x.count()).slice(0, 0, count, 1);
    switch (first.dtype()) {
      case FLOAT64 -> {
        for (double element : first.toDoubleArray()) {
          json.number(element);
        }
      }
      case FLOAT32 -> {
        for (float element : first.toFloatArray()) {
          json.number(element);
        }
      }
      default -> {
        for (long element : first.toLongArray()) {
          json.number(element);
        }
      }
    }
  }
}
