package org.wengert.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/// The paths between two values, found in a loop.
final class Paths {
  private final Graph graph;
  private final Vertex from;
  private final Vertex to;
  private final boolean[] onPath;

  Paths(Graph graph, Vertex from, Vertex to) {
    this.graph = graph;
    this.from = graph.own(from);
    this.to = graph.own(to);
    this.onPath = marked();
  }

  /// Which values lie on a path, both ends included.
  boolean[] onPath() {
    return onPath.clone();
  }

  private boolean[] marked() {
    boolean[] after = new boolean[graph.vertices().size()];
    after[from.id()] = true;
    for (int id = from.id() + 1; id <= to.id(); id++) {
      for (Edge edge : graph.vertex(id).operands()) {
        after[id] |= after[edge.from()];
      }
    }
    boolean[] marked = new boolean[after.length];
    marked[to.id()] = after[to.id()];
    for (int id = to.id(); id > from.id(); id--) {
      if (marked[id]) {
        graph.vertex(id).operands().forEach(e -> marked[e.from()] |= after[e.from()]);
      }
    }
    return marked;
  }

  /// The first paths in lexical order, each from the operand's side.
  List<List<Edge>> first(int limit) {
    List<List<Edge>> found = new ArrayList<>();
    List<Edge> path = new ArrayList<>();
    Deque<Iterator<Edge>> open = new ArrayDeque<>();
    open.push(next(from));
    while (!open.isEmpty() && found.size() < limit) {
      if (isEnd(path)) {
        found.add(List.copyOf(path));
        back(open, path);
      } else if (open.element().hasNext()) {
        Edge edge = open.element().next();
        path.add(edge);
        open.push(next(graph.vertex(edge.to())));
      } else {
        back(open, path);
      }
    }
    return found;
  }

  private boolean isEnd(List<Edge> path) {
    return onPath[to.id()] && (path.isEmpty() ? from.id() : path.getLast().to()) == to.id();
  }

  private static void back(Deque<Iterator<Edge>> open, List<Edge> path) {
    open.pop();
    if (!path.isEmpty()) {
      path.removeLast();
    }
  }

  private Iterator<Edge> next(Vertex vertex) {
    return graph.uses(vertex).stream().filter(edge -> onPath[edge.to()]).iterator();
  }
}
