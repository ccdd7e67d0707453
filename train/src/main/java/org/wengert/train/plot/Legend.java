package org.wengert.train.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.List;

/// The names of the curves below a chart, in as many rows as they need.
///
/// @param rows what stands beside each other
/// @param left out of those there are too many to name
record Legend(List<List<Curves.Layer>> rows, int left) {
  private static final int ROW = 24;
  private static final int SAMPLE = 26;
  private static final int GAP = 8;
  private static final int BETWEEN = 26;

  /// @param width room for a row
  /// @param most rows at most
  static Legend of(List<Curves.Layer> layers, int width, int most) {
    List<List<Curves.Layer>> rows = new ArrayList<>();
    double used = width;
    int left = 0;
    for (Curves.Layer layer : layers.stream().filter(l -> !l.name().isEmpty()).toList()) {
      double needed = width(layer, width);
      if (used + needed > width && rows.size() < most) {
        rows.add(new ArrayList<>());
        used = 0;
      }
      boolean fits = used + needed <= width && left == 0;
      left += fits ? 0 : 1;
      used += fits ? needed + BETWEEN : 0;
      if (fits) {
        rows.getLast().add(layer);
      }
    }
    return new Legend(rows, left);
  }

  private static double width(Curves.Layer layer, double room) {
    return SAMPLE + GAP + Pen.width(Pen.LABEL, name(layer, room));
  }

  private static String name(Curves.Layer layer, double room) {
    return Pen.fit(Pen.LABEL, layer.name(), room - SAMPLE - GAP);
  }

  int height() {
    return rows.isEmpty() ? 0 : (rows.size() + (left > 0 ? 1 : 0)) * ROW + GAP;
  }

  /// Paints it below `top`.
  void paint(Graphics2D graphics, int x, int top, int width) {
    graphics.setFont(Pen.LABEL);
    int line = top + ROW;
    for (List<Curves.Layer> row : rows) {
      double at = x;
      for (Curves.Layer layer : row) {
        sample(graphics, layer, (int) at, line - 6);
        graphics.setColor(Pen.INK);
        Pen.write(graphics, name(layer, width), at + SAMPLE + GAP, line, 0, width);
        at += width(layer, width) + BETWEEN;
      }
      line += ROW;
    }
    if (left > 0) {
      graphics.setColor(Pen.GREY);
      Pen.write(graphics, "… and " + left + " more", x, line, 0, width);
    }
  }

  private static void sample(Graphics2D graphics, Curves.Layer layer, int x, int y) {
    Color colour = Pen.colour(layer.colour());
    if (layer.style() == Curves.Style.BAND) {
      graphics.setColor(Pen.faint(colour, 0.22));
      graphics.fillRect(x, y - 7, SAMPLE, 14);
      return;
    }
    graphics.setColor(colour);
    if (layer.style() != Curves.Style.POINTS) {
      graphics.setStroke(new BasicStroke(2.4f));
      graphics.drawLine(x, y, x + SAMPLE, y);
    }
    if (layer.style() == Curves.Style.POINTS || layer.style() == Curves.Style.DOTTED_LINE) {
      graphics.fillOval(x + SAMPLE / 2 - 4, y - 4, 8, 8);
    }
  }
}
