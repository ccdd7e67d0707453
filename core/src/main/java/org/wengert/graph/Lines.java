package org.wengert.graph;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The lines that are drawn in each box: between two things in it, from a thing in it to the
/// outside, and from a vertex outside to a thing in it. Several edges between the same two things
/// are one line.
///
/// Holds state while it is filled.
final class Lines {
  private final Map<Slot, Set<Slot>> inside = new LinkedHashMap<>();
  private final Map<Integer, Set<Slot>> fromOutside = new LinkedHashMap<>();
  private final Set<Slot> toOutside = new LinkedHashSet<>();

  private Lines() {}

  /// The lines in each box, by its id.
  static List<Lines> of(Graph graph, List<Box> boxes, Box[] around) {
    List<Lines> lines = boxes.stream().map(_ -> new Lines()).toList();
    for (Edge edge : graph.edges()) {
      Box common = Boxes.common(around[edge.from()], around[edge.to()]);
      Slot from = Slot.vertex(edge.from());
      for (Box at = around[edge.from()]; at != common; at = at.around()) {
        lines.get(at.id).toOutside.add(from);
        from = Slot.box(at);
      }
      Slot to = Slot.vertex(edge.to());
      for (Box at = around[edge.to()]; at != common; at = at.around()) {
        Map<Integer, Set<Slot>> entering = lines.get(at.id).fromOutside;
        entering.computeIfAbsent(edge.from(), _ -> new LinkedHashSet<>()).add(to);
        to = Slot.box(at);
      }
      lines.get(common.id).inside.computeIfAbsent(from, _ -> new LinkedHashSet<>()).add(to);
    }
    return lines;
  }

  /// Where the lines from a thing lead inside the box.
  Set<Slot> from(Slot slot) {
    return inside.getOrDefault(slot, Set.of());
  }

  /// Where the lines from each vertex outside lead.
  Map<Integer, Set<Slot>> fromOutside() {
    return fromOutside;
  }

  /// Whether a line leads from a thing to the outside.
  boolean leave(Slot slot) {
    return toOutside.contains(slot);
  }
}
