package org.wengert.train.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.geom.Rectangle2D;
import java.util.List;

/// What is around curves: title, grid, ticks, the names of axes and curves. Plots of the same width
/// have their curves in the same columns, so that those below one another stand in line.
final class Frame {
  private static final Color GRID = new Color(0xE2, 0xE2, 0xE2);
  private static final int LEFT = 104;
  private static final int RIGHT = 24;
  private static final int GAP = 8;
  private static final int LINE = 26;
  private static final int MOST_TICKS = 8;

  private final Curves.Axes axes;
  private final Legend legend;
  private final Rectangle area;
  private final Axis x;
  private final Axis y;

  private Frame(Curves.Axes axes, Legend legend, Rectangle area, Axis x, Axis y) {
    this.axes = axes;
    this.legend = legend;
    this.area = area;
    this.x = x;
    this.y = y;
  }

  /// A frame around curves whose numbers are within a box; of a logarithmic axis the box has the
  /// decimal logarithms. The box is open where nothing is known.
  static Frame of(Curves.Axes axes, List<Curves.Layer> layers, Curves.Box box) {
    int width = axes.width() - LEFT - RIGHT;
    Legend legend = Legend.of(layers, width, Math.max(1, axes.height() / 2 / LINE));
    Axis x = across(box, width);
    boolean named = !axes.x().isEmpty() || !x.base().isEmpty();
    int below = (named ? 2 : 1) * LINE + legend.height() + GAP;
    int top = axes.title().isEmpty() ? LINE : 2 * LINE;
    int most = Math.clamp((axes.height() - top - below) / 50, 2, MOST_TICKS);
    Axis y = upwards(axes.logarithmic(), box, most);
    top += y.base().isEmpty() ? 0 : LINE;
    int height = Math.max(1, axes.height() - top - below);
    return new Frame(axes, legend, new Rectangle(LEFT, top, width, height), x, y);
  }

  private static Axis upwards(boolean logarithmic, Curves.Box box, int most) {
    if (box.equals(Curves.Box.OPEN)) {
      return Axis.unknown();
    }
    return logarithmic
        ? Axis.logarithmic(box.bottom(), box.top(), most)
        : Axis.linear(box.bottom(), box.top(), most);
  }

  /// As many ticks as have room for their labels.
  private static Axis across(Curves.Box box, int width) {
    if (box.equals(Curves.Box.OPEN)) {
      return Axis.unknown();
    }
    for (int most = MOST_TICKS; most > 1; most--) {
      Axis axis = Axis.linear(box.left(), box.right(), most);
      double widest = axis.labels().mapToDouble(l -> Pen.width(Pen.LABEL, l)).max().orElse(0);
      if ((widest + 2 * GAP) * axis.ticks().size() <= width) {
        return axis;
      }
    }
    return Axis.linear(box.left(), box.right(), 1);
  }

  /// Where the curves are.
  Rectangle area() {
    return area;
  }

  Axis x() {
    return x;
  }

  Axis y() {
    return y;
  }

  private double atX(double value) {
    return area.x + x.share(value) * area.width;
  }

  private double atY(double value) {
    return area.y + (1 - y.share(value)) * area.height;
  }

  /// Lines at the ticks, which curves are painted over.
  void paintGrid(Graphics2D graphics) {
    graphics.setStroke(new BasicStroke(1));
    graphics.setColor(GRID);
    for (Axis.Tick tick : x.ticks()) {
      int at = (int) Math.round(atX(tick.at()));
      graphics.drawLine(at, area.y, at, area.y + area.height);
    }
    for (Axis.Tick tick : y.ticks()) {
      int at = (int) Math.round(atY(tick.at()));
      graphics.drawLine(area.x, at, area.x + area.width, at);
    }
  }

  /// All that is outside of the curves' rectangle, and its border.
  void paint(Graphics2D graphics) {
    graphics.setStroke(new BasicStroke(1));
    graphics.setColor(Pen.GREY);
    graphics.drawRect(area.x, area.y, area.width, area.height);
    graphics.setColor(Pen.INK);
    graphics.setFont(Pen.TITLE);
    double room = axes.width() - 2.0 * GAP;
    Pen.write(graphics, axes.title(), axes.width() / 2.0, 34, 0.5, room);
    graphics.setFont(Pen.LABEL);
    int bottom = area.y + area.height;
    paintTicks(graphics, bottom);
    double middle = area.y + area.height / 2.0;
    Pen.writeUpwards(graphics, axes.y(), 22, middle, 0.5, area.height);
    int line = bottom + 2 * LINE;
    double name = area.width - (x.base().isEmpty() ? 0 : 30 + Pen.width(Pen.LABEL, x.base()));
    Pen.write(graphics, axes.x(), area.x + name / 2, line - 2, 0.5, name);
    boolean named = !axes.x().isEmpty() || !x.base().isEmpty();
    legend.paint(graphics, area.x, named ? line : line - LINE, area.width);
  }

  private void paintTicks(Graphics2D graphics, int bottom) {
    for (Axis.Tick tick : x.ticks()) {
      Rectangle2D box = box(tick);
      Pen.write(graphics, tick.label(), box.getX(), bottom + 22, 0, axes.width());
    }
    for (Axis.Tick tick : y.ticks()) {
      Pen.write(graphics, tick.label(), area.x - GAP, atY(tick.at()) + 6, 1, LEFT);
    }
    if (!y.base().isEmpty()) {
      Pen.write(graphics, y.base() + " +", GAP, area.y - LINE / 2.0, 0, axes.width());
    }
    if (!x.base().isEmpty()) {
      Pen.write(
          graphics, x.base() + " +", axes.width() - GAP, bottom + 2 * LINE - 2, 1, area.width);
    }
  }

  /// The room of a label below the curves, within the picture also at its ends.
  private Rectangle2D box(Axis.Tick tick) {
    double width = Pen.width(Pen.LABEL, tick.label());
    double left = Math.min(atX(tick.at()) - width / 2, axes.width() - width - 2);
    return new Rectangle2D.Double(left, area.y + area.height, width, LINE);
  }

  /// The room of all labels below the curves.
  List<Rectangle2D> boxes() {
    return x.ticks().stream().map(this::box).toList();
  }
}
