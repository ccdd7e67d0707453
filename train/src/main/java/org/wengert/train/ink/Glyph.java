package org.wengert.train.ink;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// A character as a pen writes it: a few strokes, each a smooth curve through some points.
///
/// Moving the points bends the curve but never breaks it, which is what makes them worth jittering.
///
/// @param strokes the points of each stroke, in writing order
public record Glyph(List<List<Point>> strokes) {

  /// A point that the pen passes; at a corner it stops and changes direction.
  public record Point(double x, double y, boolean corner) {

    /// The same kind of point elsewhere.
    public Point at(double newX, double newY) {
      return new Point(newX, newY, corner);
    }
  }

  private static final int PIECES = 5;

  public Glyph {
    strokes = strokes.stream().map(List::copyOf).toList();
  }

  /// Reads `x y` pairs in percent of the unit square, y downwards: `,` goes on to the next point,
  /// `!` marks a corner, `|` lifts the pen.
  public static Glyph of(String text) {
    List<List<Point>> strokes = new ArrayList<>();
    for (String stroke : text.split("\\|", -1)) {
      List<Point> points = new ArrayList<>();
      for (String point : stroke.split(",", -1)) {
        String[] pair = point.replace("!", "").strip().split(" +", -1);
        double x = Integer.parseInt(pair[0]) / 100.0;
        double y = Integer.parseInt(pair[1]) / 100.0;
        points.add(new Point(x, y, point.contains("!")));
      }
      strokes.add(points);
    }
    return new Glyph(strokes);
  }

  /// The glyph with every point moved by `motion`, asked once a point in writing order.
  public Glyph map(UnaryOperator<Point> motion) {
    List<List<Point>> moved = new ArrayList<>();
    for (List<Point> stroke : strokes) {
      List<Point> points = new ArrayList<>();
      for (Point point : stroke) {
        points.add(motion.apply(point));
      }
      moved.add(points);
    }
    return new Glyph(moved);
  }

  /// The strokes as polylines: Catmull-Rom curves, cut into short straight pieces.
  public List<List<Point>> polylines() {
    List<List<Point>> lines = new ArrayList<>();
    for (List<Point> stroke : strokes) {
      List<Point> line = new ArrayList<>();
      line.add(stroke.getFirst());
      for (int i = 1; i < stroke.size(); i++) {
        addCurve(stroke, i, line);
      }
      lines.add(line);
    }
    return lines;
  }

  /// The piece from point `i - 1` to point `i`. The direction at a point is that from its
  /// predecessor to its successor; a corner or an end has only one of them.
  private static void addCurve(List<Point> stroke, int i, List<Point> line) {
    Point a = stroke.get(i - 1);
    Point b = stroke.get(i);
    Point before = i == 1 || a.corner() ? a : stroke.get(i - 2);
    Point after = i == stroke.size() - 1 || b.corner() ? b : stroke.get(i + 1);
    for (int piece = 1; piece <= PIECES; piece++) {
      double t = (double) piece / PIECES;
      double s = 1 - t;
      double toB = t * t * (3 - 2 * t);
      double leaving = t * s * s / 2;
      double arriving = t * t * s / 2;
      double x = a.x() + toB * (b.x() - a.x());
      double y = a.y() + toB * (b.y() - a.y());
      x += leaving * (b.x() - before.x()) - arriving * (after.x() - a.x());
      y += leaving * (b.y() - before.y()) - arriving * (after.y() - a.y());
      line.add(new Point(x, y, false));
    }
  }
}
