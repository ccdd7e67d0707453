package org.wengert.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a line is drawn between two things that are shown: through which places of which open boxes.
///
/// @param from the vertex or closed box where it begins
/// @param to the vertex or closed box where it ends
/// @param stops the places on the way, both ends included
/// @param edges the edges that are this line
record Route(Slot from, Slot to, List<Stop> stops, List<Edge> edges) {
  /// A place on the way.
  record Stop(Box box, int column, Slot slot) {}

  /// The lines between all things that are shown.
  static List<Route> all(Layout layout, boolean[] open) {
    Map<List<Slot>, Route> routes = new LinkedHashMap<>();
    for (Edge edge : layout.graph().edges()) {
      Box around = layout.around(edge.from());
      Box aroundTo = layout.around(edge.to());
      Slot from = shown(Slot.vertex(edge.from()), around, open);
      Slot to = shown(Slot.vertex(edge.to()), aroundTo, open);
      if (!from.equals(to)) {
        routes
            .computeIfAbsent(
                List.of(from, to),
                _ -> new Route(from, to, stops(layout, edge, open), new ArrayList<>()))
            .edges
            .add(edge);
      }
    }
    return List.copyOf(routes.values());
  }

  /// The outermost closed box around a vertex, or the vertex itself.
  private static Slot shown(Slot vertex, Box around, boolean[] open) {
    Slot shown = vertex;
    for (Box at = around; at != null; at = at.parent) {
      shown = open[at.id] ? shown : Slot.box(at);
    }
    return shown;
  }

  private static List<Stop> stops(Layout layout, Edge edge, boolean[] open) {
    Box common = Boxes.common(layout.around(edge.from()), layout.around(edge.to()));
    List<Stop> stops = new ArrayList<>();
    Slot from = Slot.vertex(edge.from());
    for (Box at = layout.around(edge.from()); at != common; at = at.around()) {
      if (isVisible(at, open)) {
        between(stops, at, from, null);
      }
      from = Slot.box(at);
    }
    List<Stop> behind = new ArrayList<>();
    Slot to = Slot.vertex(edge.to());
    Slot outside = new Slot(Slot.Kind.FROM_OUTSIDE, edge.from());
    for (Box at = layout.around(edge.to()); at != common; at = at.around()) {
      if (isVisible(at, open)) {
        List<Stop> entered = new ArrayList<>();
        passages(entered, at, outside, 0, at.column(to));
        entered.add(new Stop(at, at.column(to), to));
        behind.addAll(0, entered);
      }
      to = Slot.box(at);
    }
    between(stops, common, from, to);
    stops.addAll(behind);
    stops.removeIf(stop -> stop.slot.kind() == Slot.Kind.BOX && open[stop.slot.id()]);
    return stops;
  }

  private static boolean isVisible(Box box, boolean[] open) {
    boolean visible = true;
    for (Box at = box; at != null; at = at.parent) {
      visible &= open[at.id];
    }
    return visible;
  }

  /// From a thing in a box to another, or to the outside if that is null.
  private static void between(List<Stop> stops, Box box, Slot from, @Nullable Slot to) {
    stops.add(new Stop(box, box.column(from), from));
    int last = to == null ? box.columns.size() : box.column(to);
    passages(stops, box, from.passage(), box.column(from) + 1, last);
    if (to != null) {
      stops.add(new Stop(box, last, to));
    }
  }

  private static void passages(List<Stop> stops, Box box, Slot passage, int from, int to) {
    if (box.has(passage)) {
      for (int column = from; column < to; column++) {
        stops.add(new Stop(box, column, passage));
      }
    }
  }
}
