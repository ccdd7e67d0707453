package org.wengert.graph;

import java.util.List;

/// What of a drawing does not depend on sizes: boxes in boxes, their columns, and the order in
/// these. Coordinates follow from it and from which boxes are open, here for a picture and in the
/// page's script for the page.
///
/// Immutable.
final class Layout {
  private static final int AT_FIRST = 60;
  private static final int COLUMNS_AT_FIRST = 20;

  private final Graph graph;
  private final List<Box> boxes;
  private final Box[] around;
  private final int[] counts;

  private Layout(Graph graph) {
    this.graph = graph;
    this.around = new Box[graph.vertices().size()];
    this.boxes = Boxes.of(graph, around);
    Columns.arrange(graph, boxes, around);
    this.counts = new int[boxes.size()];
    for (Box box : around) {
      for (Box at = box; at != null; at = at.parent) {
        counts[at.id]++;
      }
    }
  }

  static Layout of(Graph graph) {
    return new Layout(graph);
  }

  Graph graph() {
    return graph;
  }

  /// All boxes, outer ones first; the first is the whole.
  List<Box> boxes() {
    return boxes;
  }

  /// The innermost box around a vertex.
  Box around(int vertex) {
    return around[vertex];
  }

  /// How many vertices are in a box.
  int count(int box) {
    return counts[box];
  }

  /// Which boxes are open before anybody has folded: one level after the other, as long as that
  /// shows no more than about sixty things in twenty columns.
  boolean[] openAtFirst() {
    boolean[] open = new boolean[boxes.size()];
    int deepest = boxes.getLast().depth;
    for (int depth = 0; depth <= deepest; depth++) {
      boolean[] more = open.clone();
      for (Box box : boxes) {
        more[box.id] |= box.depth == depth;
      }
      if (depth > 0 && (shown(more) > AT_FIRST || width(more) > COLUMNS_AT_FIRST)) {
        return open;
      }
      open = more;
    }
    return open;
  }

  private int shown(boolean[] open) {
    int shown = 1;
    for (Box box : boxes) {
      shown += open[box.id] ? box.items.size() - 1 : 0;
    }
    return shown;
  }

  /// The number of columns, those of open boxes inside of others counted.
  private int width(boolean[] open) {
    int[] widths = new int[boxes.size()];
    for (Box box : boxes.reversed()) {
      for (List<Slot> column : box.columns) {
        int widest = 1;
        for (Slot slot : column) {
          boolean isOpen = slot.kind() == Slot.Kind.BOX && open[slot.id()];
          widest = Math.max(widest, isOpen ? widths[slot.id()] : 1);
        }
        widths[box.id] += widest;
      }
    }
    return widths[0];
  }

  /// The boxes for the page's script.
  String json() {
    boolean[] open = openAtFirst();
    JsonWriter json = new JsonWriter().open('{').key("boxes").open('[');
    for (Box box : boxes) {
      json.line().open('{').key("title").text(box.title).key("kind").text(box.kind());
      if (box.parent != null) {
        json.key("parent").number((long) box.parent.id);
      }
      if (open[box.id]) {
        json.key("open").number(1L);
      }
      json.key("columns").open('[');
      for (List<Slot> column : box.columns) {
        json.open('[');
        column.forEach(slot -> json.text(slot.toString()));
        json.close(']');
      }
      json.close(']').close('}');
    }
    return json.close(']').close('}').toString();
  }
}
