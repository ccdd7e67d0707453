package org.wengert.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A frame of the drawing with what is in it: a part, some consecutive steps of a long computation,
/// or the whole. Boxes form a tree; which of them are open is for the reader to choose.
///
/// Holds state while [Boxes] and [Columns] fill it, and does not change afterwards.
final class Box {
  final @Nullable Part part;
  @Nullable Box parent;
  int id;
  int depth;
  int last; // the last vertex inside
  String title = "";
  List<Slot> items = new ArrayList<>(); // in the order of their last vertices
  List<Box> inner = new ArrayList<>();
  List<List<Slot>> columns = List.of(); // with passages
  private final Map<Slot, Integer> columnOf = new LinkedHashMap<>(); // the first, for passages

  Box(@Nullable Part part) {
    this.part = part;
  }

  /// The box around this one, which is not the whole.
  Box around() {
    return Objects.requireNonNull(parent);
  }

  /// Takes over what [Columns] has found.
  void arrange(List<List<Slot>> arranged) {
    columns = arranged;
    for (int column = 0; column < arranged.size(); column++) {
      for (Slot slot : arranged.get(column)) {
        columnOf.putIfAbsent(slot, column);
      }
    }
  }

  /// The column of a thing in this box.
  int column(Slot slot) {
    return columnOf.getOrDefault(slot, 0);
  }

  /// Whether there is a place for this.
  boolean has(Slot slot) {
    return columnOf.containsKey(slot);
  }

  /// What kind of part it is; empty if that is not known, or the title already says it.
  String kind() {
    return part == null || part.path().equals(part.kind()) ? "" : part.kind();
  }
}
