package org.wengert.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Rows of a picture: what is wider than there is room goes on below, like lines of text, since a
/// page is not as wide as a network is deep. Lines from one row to the next run around in the
/// margins. The page's script does the same in its `page-wrap.js`.
///
/// Holds state: the rows of the boxes that were broken.
final class Rows {
  private static final double PADDING = Coordinates.PADDING;
  private static final double MARGIN = 34;
  private static final double LANE = 6;
  private static final int LANES = 5;
  private static final double AROUND = 2 * PADDING + 2 * MARGIN + LANE * LANES;

  private final double room;
  private final Map<Box, List<Row>> broken = new LinkedHashMap<>();

  /// Columns `first` to `end` of a box, `end` excluded.
  private static final class Row {
    final int first;
    final double left;
    int end;
    double right;
    double bottom;
    final Map<Route.Stop, Integer> lanes = new LinkedHashMap<>();

    Row(int first, double left) {
      this.first = first;
      this.left = left;
    }
  }

  Rows(double room) {
    this.room = room;
  }

  /// Breaks the columns of a box into rows if they are too wide, and returns the width.
  ///
  /// @param columns the frames in each column
  double breakUp(Box box, List<List<double[]>> columns, double width) {
    double inner = room - (box.depth + 1) * AROUND;
    if (width <= inner + AROUND) {
      return width;
    }
    List<Row> rows = balanced(columns, inner);
    double y = 0;
    double right = 0;
    for (Row row : rows) {
      List<double[]> frames =
          columns.subList(row.first, row.end).stream().flatMap(List::stream).toList();
      double top = frames.stream().mapToDouble(f -> f[1]).min().orElse(0);
      double bottom = frames.stream().mapToDouble(f -> f[1] + f[3]).max().orElse(0);
      for (double[] frame : frames) {
        frame[0] += PADDING + MARGIN - row.left;
        frame[1] += y - top;
        right = Math.max(right, frame[0] + frame[2]);
      }
      row.bottom = y + bottom - top;
      y = row.bottom + MARGIN + LANE * LANES;
    }
    for (Row row : rows) {
      row.right = right;
    }
    broken.put(box, rows);
    return right + MARGIN + LANE * LANES;
  }

  /// As few rows as there is room for, about equally wide.
  private static List<Row> balanced(List<List<double[]>> columns, double room) {
    List<Row> fewest = rows(columns, room);
    double limit = (right(columns.getLast()) - left(columns.getFirst())) / fewest.size();
    while (limit < room) {
      List<Row> rows = rows(columns, limit);
      if (rows.size() == fewest.size()) {
        return rows;
      }
      limit *= 1.04;
    }
    return fewest;
  }

  private static List<Row> rows(List<List<double[]>> columns, double limit) {
    List<Row> rows = new ArrayList<>();
    for (int c = 0; c < columns.size(); c++) {
      if (rows.isEmpty() || right(columns.get(c)) - rows.getLast().left > limit) {
        rows.add(new Row(c, left(columns.get(c))));
      }
      rows.getLast().end = c + 1;
    }
    return rows;
  }

  private static double left(List<double[]> column) {
    return column.stream().mapToDouble(f -> f[0]).min().orElse(0);
  }

  private static double right(List<double[]> column) {
    return column.stream().mapToDouble(f -> f[0] + f[2]).max().orElse(0);
  }

  /// The rows of a box have moved down.
  void shift(Box box, double down) {
    broken.getOrDefault(box, List.of()).forEach(row -> row.bottom += down);
  }

  /// The corners on the way from one row to another; none if both places are in one row.
  ///
  /// @param from where the way begins, `x` and `y`
  /// @param to where it ends
  /// @param drawing knows where boxes are
  List<double[]> way(
      Route.Stop stop, Route.Stop next, double[] from, double[] to, Coordinates drawing) {
    Box box = Boxes.common(stop.box(), next.box());
    List<Row> rows = broken.getOrDefault(box, List.of());
    int column = column(box, stop);
    int nextColumn = column(box, next);
    for (Row row : rows) {
      boolean isHere = row.first <= column && column < row.end;
      if (isHere && (nextColumn < row.first || nextColumn >= row.end)) {
        // what comes from one place stays together
        double lane = LANE * row.lanes.computeIfAbsent(stop, _ -> row.lanes.size() % LANES);
        double[] corner = drawing.frame(box);
        double right = corner[0] + row.right + 10 + lane;
        double below = corner[1] + row.bottom + 12 + lane;
        double left = corner[0] + PADDING + 4 + lane;
        return List.of(
            from,
            new double[] {right, from[1]},
            new double[] {right, below},
            new double[] {left, below},
            new double[] {left, to[1]},
            to);
      }
    }
    return List.of();
  }

  /// The column of what contains a place, in a box around it.
  private static int column(Box box, Route.Stop stop) {
    int column = stop.column();
    for (Box at = stop.box(); at != box; at = at.around()) {
      column = at.around().column(Slot.box(at));
    }
    return column;
  }
}
