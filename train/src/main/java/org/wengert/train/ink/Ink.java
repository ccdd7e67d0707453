package org.wengert.train.ink;

import java.util.Arrays;
import java.util.List;

/// A mutable raster that knows how far each pixel is from the nearest stroke drawn so far.
///
/// The distance, rather than a colour, is what makes edges smooth at any thickness.
public final class Ink {
  private final int width;
  private final int height;
  private final double reach;
  private final double[] squares;

  /// A clean raster; distances beyond `reach` pixels count as infinite, which saves time.
  public Ink(int width, int height, double reach) {
    this.width = width;
    this.height = height;
    this.reach = reach;
    this.squares = new double[width * height];
    Arrays.fill(squares, Double.POSITIVE_INFINITY);
  }

  /// Draws polylines given in pixels; the centre of the first pixel is at (0.5, 0.5).
  public void draw(List<List<Glyph.Point>> polylines) {
    for (List<Glyph.Point> line : polylines) {
      for (int i = 1; i < line.size(); i++) {
        Glyph.Point a = line.get(i - 1);
        Glyph.Point b = line.get(i);
        segment(a.x() - 0.5, a.y() - 0.5, b.x() - 0.5, b.y() - 0.5);
      }
    }
  }

  private void segment(double ax, double ay, double bx, double by) {
    double dx = bx - ax;
    double dy = by - ay;
    double length = dx * dx + dy * dy;
    double scale = length > 0 ? 1 / length : 0;
    int left = Math.max(0, (int) Math.ceil(Math.min(ax, bx) - reach));
    int right = Math.min(width - 1, (int) Math.floor(Math.max(ax, bx) + reach));
    int top = Math.max(0, (int) Math.ceil(Math.min(ay, by) - reach));
    int bottom = Math.min(height - 1, (int) Math.floor(Math.max(ay, by) + reach));
    for (int y = top; y <= bottom; y++) {
      for (int x = left; x <= right; x++) {
        double along = Math.clamp(((x - ax) * dx + (y - ay) * dy) * scale, 0.0, 1.0);
        double missX = ax + along * dx - x;
        double missY = ay + along * dy - y;
        int place = y * width + x;
        squares[place] = Math.min(squares[place], missX * missX + missY * missY);
      }
    }
  }

  /// How much of pixel `place` (row-major) is inked, 0 to 1, by a pen of this radius whose edge
  /// fades over `softness` pixels.
  public double darkness(int place, double radius, double softness) {
    double inside = (radius - Math.sqrt(squares[place])) / softness + 0.5;
    double t = Math.clamp(inside, 0.0, 1.0);
    return t * t * (3 - 2 * t);
  }
}
