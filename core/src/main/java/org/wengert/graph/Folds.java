package org.wengert.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Makes smaller graphs of a graph: of some of its vertices, or with parts as single vertices.
final class Folds {
  private final int[] ids; // new ids of old vertices
  private final List<Vertex> made = new ArrayList<>();

  private Folds(Graph graph) {
    this.ids = new int[graph.vertices().size()];
    Arrays.fill(ids, -1);
  }

  /// The vertices that are kept, with the edges between them.
  static Graph restricted(Graph graph, boolean[] kept, Vertex output) {
    Folds folds = new Folds(graph);
    for (Vertex vertex : graph.vertices()) {
      if (kept[vertex.id()]) {
        folds.keep(vertex);
      }
    }
    return new Graph(folds.made, List.of(folds.ids[output.id()]));
  }

  /// The graph with one vertex for each of these parts, in the place of its last member.
  static Graph folded(Graph graph, List<Part> parts) {
    Folds folds = new Folds(graph);
    IdentityHashMap<Part, List<Vertex>> members = new IdentityHashMap<>();
    for (Vertex vertex : graph.vertices()) {
      Part around = outermost(vertex.facts().part(), parts);
      if (around != null) {
        members.computeIfAbsent(around, _ -> new ArrayList<>()).add(vertex);
      }
    }
    for (Vertex vertex : graph.vertices()) {
      Part around = outermost(vertex.facts().part(), parts);
      if (around == null) {
        folds.keep(vertex);
      } else {
        List<Vertex> inside = Objects.requireNonNull(members.get(around));
        if (inside.getLast() == vertex) {
          folds.fold(around, inside);
        }
      }
    }
    return new Graph(folds.made, graph.outputs().stream().map(y -> folds.ids[y.id()]).toList());
  }

  private static @Nullable Part outermost(Part part, List<Part> parts) {
    Part found = null;
    for (Part at = part; at != null; at = at.parent()) {
      found = parts.contains(at) ? at : found;
    }
    return found;
  }

  private void keep(Vertex vertex) {
    int id = made.size();
    ids[vertex.id()] = id;
    Vertex.Facts facts = numbered(vertex.facts(), id);
    made.add(
        switch (vertex) {
          case Vertex.Constant _ -> new Vertex.Constant(facts);
          case Vertex.Leaf leaf -> new Vertex.Leaf(facts, leaf.grad(), leaf.isParameter());
          case Vertex.Operation op -> new Vertex.Operation(facts, op.op(), edges(op, id));
          case Vertex.Group group ->
              new Vertex.Group(facts, group.folded(), group.members(), edges(group, id));
        });
  }

  private static Vertex.Facts numbered(Vertex.Facts f, int id) {
    return new Vertex.Facts(
        id, f.number(), f.name(), f.label(), f.value(), f.gradient(), f.part(), f.line());
  }

  private List<Edge> edges(Vertex vertex, int to) {
    List<Edge> edges = new ArrayList<>();
    for (Edge edge : vertex.operands()) {
      if (ids[edge.from()] >= 0) {
        edges.add(new Edge(ids[edge.from()], to, edge.input(), edge.contribution(), edge.local()));
      }
    }
    return edges;
  }

  /// One vertex for several: the edges that come in are one for each source.
  private void fold(Part part, List<Vertex> members) {
    int id = made.size();
    Map<Integer, Edge> incoming = new TreeMap<>();
    for (Vertex member : members) {
      ids[member.id()] = id;
      for (Edge edge : member.operands()) {
        int from = ids[edge.from()];
        if (from != id) {
          incoming.putIfAbsent(from, new Edge(from, id, incoming.size(), null, null));
        }
      }
    }
    Vertex last = members.getLast();
    Vertex.Facts facts = numbered(last.facts(), id);
    Part around = part.parent() == null ? part : part.parent();
    made.add(
        new Vertex.Group(
            new Vertex.Facts(
                id,
                facts.number(),
                facts.name(),
                facts.label(),
                facts.value(),
                facts.gradient(),
                around,
                facts.line()),
            part,
            members,
            List.copyOf(incoming.values())));
  }
}
