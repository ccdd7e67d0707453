package org.wengert.graph;

import java.util.ArrayList;
import java.util.List;
import org.wengert.Op;

/// The links from which the paths between two values are made. Where something in between is named,
/// a value without a name is put into the links around it, unless several paths both join and part
/// there: the number of paths stays the same, and each still passes the same edges.
final class Links {
  private static final int MOST_EDGES = 8;
  private static final int MOST_DERIVATIVES = 3;

  private final Graph graph;
  private final List<List<Link>> into = new ArrayList<>();
  private final List<List<Link>> outOf = new ArrayList<>();

  private Links(Graph graph, boolean[] onPath) {
    this.graph = graph;
    for (int id = 0; id < onPath.length; id++) {
      into.add(new ArrayList<>());
      outOf.add(new ArrayList<>());
    }
    for (Edge edge : graph.edges()) {
      if (onPath[edge.from()] && onPath[edge.to()]) {
        add(new Link(edge));
      }
    }
  }

  /// The links in the order of their results.
  static List<Link> between(Graph graph, Vertex x, Vertex y, boolean everyStep) {
    boolean[] onPath = new Paths(graph, x, y).onPath();
    Links links = new Links(graph, onPath);
    if (!everyStep && links.hasNames(onPath, x, y)) {
      for (int id = x.id() + 1; id < y.id(); id++) {
        if (onPath[id] && graph.vertex(id).name().isEmpty() && links.isPassage(id)) {
          links.leaveOut(id);
        }
      }
    }
    return links.into.stream().flatMap(List::stream).toList();
  }

  private boolean hasNames(boolean[] onPath, Vertex x, Vertex y) {
    for (int id = x.id() + 1; id < y.id(); id++) {
      if (onPath[id] && !graph.vertex(id).name().isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private void add(Link link) {
    into.get(link.to()).add(link);
    outOf.get(link.from()).add(link);
  }

  private boolean isPassage(int id) {
    List<Link> before = into.get(id);
    List<Link> after = outOf.get(id);
    if (before.size() > 1 && after.size() > 1) {
      return false;
    }
    for (Link first : before) {
      for (Link second : after) {
        if (!isShort(second.after(first))) {
          return false;
        }
      }
    }
    return true;
  }

  /// Whether its derivative is read at a glance.
  private boolean isShort(Link link) {
    int derivatives = 0;
    int products = 0;
    for (Edge edge : link.edges()) {
      if (graph.vertex(edge.to()) instanceof Vertex.Operation operation) {
        boolean isOne = operation.op().derivative(edge.input()).matches("-?1");
        boolean isPointwise =
            operation.op() instanceof Op.Pointwise || operation.op() instanceof Op.Pointwise2;
        derivatives += isOne ? 0 : 1;
        products += isOne || isPointwise ? 0 : 1;
      }
    }
    return link.edges().size() <= MOST_EDGES && derivatives <= MOST_DERIVATIVES && products <= 1;
  }

  private void leaveOut(int id) {
    List<Link> before = List.copyOf(into.get(id));
    List<Link> after = List.copyOf(outOf.get(id));
    before.forEach(link -> outOf.get(link.from()).remove(link));
    after.forEach(link -> into.get(link.to()).remove(link));
    into.get(id).clear();
    outOf.get(id).clear();
    for (Link second : after) {
      before.forEach(first -> add(second.after(first)));
    }
  }
}
