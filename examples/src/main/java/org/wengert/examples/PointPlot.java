package org.wengert.examples;

import org.wengert.examples.drawing.Svg;
import org.wengert.tensor.Tensor;

/// Clouds of points side by side, each over the same true ones, as SVG. Holds state: the picture
/// so far.
final class PointPlot {
  private static final int SIDE = 300;
  private static final int GAP = 20;
  private static final int HEAD = 70;
  private static final String TRUE = "#0072B2";
  private static final String MADE = "#D55E00";

  private final Svg svg;
  private final Tensor truth;
  private final double reach;
  private int left = GAP;

  /// An empty picture.
  ///
  /// @param clouds how many clouds will be added
  /// @param truth true points, `(count, 2)`
  /// @param reach how far from the origin there is something to see
  PointPlot(int clouds, Tensor truth, double reach) {
    this.svg = new Svg(GAP + clouds * (SIDE + GAP), HEAD + SIDE + GAP);
    this.truth = truth;
    this.reach = reach;
    legend(GAP, "true points", TRUE);
    legend(GAP + 130, "points made by the generator", MADE);
  }

  private void legend(int x, String text, String colour) {
    svg.dot(x + 4, 26, colour);
    svg.text(x + 16, 30, "start", "", text);
  }

  /// Adds a cloud to the right of the others.
  void add(Tensor points, String caption) {
    svg.text(left, HEAD - 12, "start", "", caption);
    svg.add(
        "<svg x='%d' y='%d' width='%d' height='%3$d' viewBox='%.3f %4$.3f %.3f %5$.3f'>",
        left, HEAD, SIDE, -reach, 2 * reach);
    svg.add("<rect x='%.3f' y='%1$.3f' width='100%%' height='100%%' fill='#f4f4f4'/>", -reach);
    cloud(truth, TRUE);
    cloud(points, MADE);
    svg.add("</svg>");
    left += SIDE + GAP;
  }

  private void cloud(Tensor points, String colour) {
    double radius = reach / 120;
    svg.add("<g fill='%s' fill-opacity='0.5'>", colour);
    for (int i = 0; i < points.size(0); i++) {
      double x = points.at(i, 0);
      double y = -points.at(i, 1); // the plane points up, a picture down
      if (Double.isFinite(x) && Double.isFinite(y)) {
        svg.add("<circle cx='%.3f' cy='%.3f' r='%.3f'/>", x, y, radius);
      }
    }
    svg.add("</g>");
  }

  Svg svg() {
    return svg;
  }
}
