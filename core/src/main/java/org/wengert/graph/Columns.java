package org.wengert.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Puts the things in a box into columns, so that lines lead to the right, and orders each column
/// so that few lines cross. What is given stands just before its first use. A line that passes
/// columns has a place in each of them, as far as there are not too many. Depends on nothing but
/// the graph.
final class Columns {
  private static final int PASSAGES = 600; // in one box
  private static final int SWEEPS = 12;

  private final Box box;
  private final Lines lines;
  private final Map<Slot, Integer> columnOf = new LinkedHashMap<>();
  private final List<List<Slot>> columns = new ArrayList<>();
  private final List<Map<Slot, List<Slot>>> next = new ArrayList<>(); // lines to the next column

  /// Lines from one slot to later columns, with a passage in those between.
  private record Way(Slot from, int column, int last, Slot passage, Collection<Slot> to) {
    int length() {
      return last - column;
    }
  }

  private Columns(Box box, Lines lines) {
    this.box = box;
    this.lines = lines;
  }

  /// Fills the columns of all boxes.
  static void arrange(Graph graph, List<Box> boxes, Box[] around) {
    List<Lines> lines = Lines.of(graph, boxes, around);
    for (Box box : boxes) {
      box.arrange(new Columns(box, lines.get(box.id)).arranged());
    }
  }

  private List<List<Slot>> arranged() {
    assign();
    for (Slot slot : box.items) {
      int column = columnOf.getOrDefault(slot, 0);
      while (columns.size() <= column) {
        columns.add(new ArrayList<>());
        next.add(new LinkedHashMap<>());
      }
      columns.get(column).add(slot);
    }
    connect();
    order();
    return columns;
  }

  /// The longest path to each thing; what has no path to it stands before the first use.
  private void assign() {
    Map<Slot, Integer> position = new LinkedHashMap<>();
    for (Slot slot : box.items) {
      position.put(slot, position.size());
      columnOf.put(slot, 0);
    }
    Map<Slot, Boolean> isReached = new LinkedHashMap<>();
    lines.fromOutside().values().forEach(all -> all.forEach(to -> isReached.put(to, true)));
    for (Slot from : box.items) {
      for (Slot to : lines.from(from)) {
        if (at(position, to) > at(position, from)) { // not in a circle of boxes
          columnOf.merge(to, at(columnOf, from) + 1, Math::max);
          isReached.put(to, true);
        }
      }
    }
    for (Slot from : box.items) {
      if (!isReached.containsKey(from)) {
        lines.from(from).stream()
            .mapToInt(columnOf::get)
            .min()
            .ifPresent(first -> columnOf.put(from, Math.max(0, first - 1)));
      }
    }
  }

  private void connect() {
    List<Way> ways = new ArrayList<>();
    for (Slot from : box.items) {
      int column = at(columnOf, from);
      int last = lines.leave(from) ? columns.size() : column;
      for (Slot to : lines.from(from)) {
        last = Math.max(last, at(columnOf, to));
      }
      ways.add(new Way(from, column, last, from.passage(), lines.from(from)));
    }
    lines
        .fromOutside()
        .forEach(
            (vertex, to) -> {
              int last = to.stream().mapToInt(columnOf::get).max().orElse(0);
              Slot slot = new Slot(Slot.Kind.FROM_OUTSIDE, vertex);
              ways.add(new Way(slot, -1, last, slot, to));
            });
    ways.sort(Comparator.comparingInt(Way::length)); // keeps the order of equal ones
    int passages = 0;
    for (Way way : ways) {
      passages += Math.max(0, way.length() - 1);
      if (passages <= PASSAGES) {
        pass(way);
      }
    }
  }

  private void pass(Way way) {
    for (int column = way.column + 1; column < way.last; column++) {
      columns.get(column).add(way.passage);
    }
    for (int column = Math.max(0, way.column); column + 1 < way.last; column++) {
      link(column, column == way.column ? way.from : way.passage, way.passage);
    }
    for (Slot to : way.to) {
      int before = at(columnOf, to) - 1;
      if (before >= Math.max(0, way.column)) {
        link(before, before == way.column ? way.from : way.passage, to);
      }
    }
  }

  private void link(int column, Slot from, Slot to) {
    next.get(column).computeIfAbsent(from, _ -> new ArrayList<>()).add(to);
  }

  /// Sorts columns by the mean position of neighbours, to the right and back, and keeps the best.
  private void order() {
    List<List<Slot>> best = copy();
    long fewest = Long.MAX_VALUE;
    for (int sweep = 0; sweep < SWEEPS && fewest > 0; sweep++) {
      boolean toTheRight = sweep % 2 == 0;
      for (int i = 1; i < columns.size(); i++) {
        int column = toTheRight ? i : columns.size() - 1 - i;
        sort(column, toTheRight ? column - 1 : column + 1);
      }
      long crossings = crossings();
      if (crossings < fewest) {
        fewest = crossings;
        best = copy();
      }
    }
    columns.clear();
    columns.addAll(best);
  }

  private List<List<Slot>> copy() {
    List<List<Slot>> copy = new ArrayList<>();
    columns.forEach(column -> copy.add(new ArrayList<>(column)));
    return copy;
  }

  private static Map<Slot, Integer> positions(List<Slot> column) {
    Map<Slot, Integer> positions = new LinkedHashMap<>();
    column.forEach(slot -> positions.put(slot, positions.size()));
    return positions;
  }

  private static int at(Map<Slot, Integer> places, Slot slot) {
    return Objects.requireNonNull(places.get(slot));
  }

  private void sort(int column, int by) {
    Map<Slot, Integer> positions = positions(columns.get(by));
    Map<Slot, Integer> own = positions(columns.get(column));
    Map<Slot, double[]> sums = new LinkedHashMap<>();
    next.get(Math.min(column, by))
        .forEach(
            (from, all) -> {
              for (Slot to : all) {
                Slot here = column < by ? from : to;
                Integer there = positions.get(column < by ? to : from);
                if (there != null) {
                  double[] sum = sums.computeIfAbsent(here, _ -> new double[2]);
                  sum[0] += there;
                  sum[1]++;
                }
              }
            });
    double scale = (double) positions.size() / Math.max(1, own.size());
    columns
        .get(column)
        .sort(
            Comparator.comparingDouble(
                slot -> {
                  double[] sum = sums.get(slot);
                  return sum == null ? at(own, slot) * scale : sum[0] / sum[1];
                }));
  }

  /// How many pairs of lines cross between neighbouring columns.
  private long crossings() {
    long crossings = 0;
    for (int column = 0; column + 1 < columns.size(); column++) {
      Map<Slot, Integer> right = positions(columns.get(column + 1));
      int[] ends = new int[right.size()]; // lines so far by where they end, as a Fenwick tree
      int drawn = 0;
      for (Slot from : columns.get(column)) {
        int[] targets =
            next.get(column).getOrDefault(from, List.of()).stream()
                .mapToInt(to -> right.getOrDefault(to, 0))
                .toArray();
        for (int target : targets) {
          crossings += drawn - upTo(ends, target);
        }
        Arrays.stream(targets).forEach(target -> add(ends, target));
        drawn += targets.length;
      }
    }
    return crossings;
  }

  private static int upTo(int[] tree, int position) {
    int sum = 0;
    for (int i = position + 1; i > 0; i -= i & -i) {
      sum += tree[i - 1];
    }
    return sum;
  }

  private static void add(int[] tree, int position) {
    for (int i = position + 1; i <= tree.length; i += i & -i) {
      tree[i - 1]++;
    }
  }
}
