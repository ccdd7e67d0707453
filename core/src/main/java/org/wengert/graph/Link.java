package org.wengert.graph;

import java.util.ArrayList;
import java.util.List;

/// What leads from one value to another in one factor of a chain: an edge, or several in series.
///
/// @param from the id of the operand
/// @param to the id of the result
/// @param edges from the result's side
record Link(int from, int to, List<Edge> edges) {
  Link(Edge edge) {
    this(edge.from(), edge.to(), List.of(edge));
  }

  /// This link and the one before it.
  Link after(Link before) {
    List<Edge> both = new ArrayList<>(edges);
    both.addAll(before.edges);
    return new Link(before.from, to, List.copyOf(both));
  }
}
