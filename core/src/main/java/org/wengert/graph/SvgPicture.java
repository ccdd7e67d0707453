package org.wengert.graph;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.wengert.tensor.OptionException;

/// Writes a layout as SVG: a picture on white ground that needs neither fonts nor Graphviz where it
/// is made. Holds state: the picture so far.
final class SvgPicture {
  private static final Map<String, String> COLOURS =
      Map.of(
          "parameter", "fill='#ffe9c7' stroke='#a65e00'",
          "leaf", "fill='#ffe9c7' stroke='#a65e00'",
          "constant", "fill='#f0f0f0' stroke='#8a8a8a'",
          "operation", "fill='#e2eefb' stroke='#2a6db0'",
          "group", "fill='#ffffff' stroke='#555555'",
          "box", "fill='#ffffff' stroke='#555555'");

  private final Coordinates drawing;
  private final StringBuilder out = new StringBuilder();

  private SvgPicture(Coordinates drawing) {
    this.drawing = drawing;
  }

  static String of(Graph graph, int width) {
    if (width <= 0) {
      throw new OptionException("a picture of width " + width)
          .hint("give the width in pixels: svg(1000)");
    }
    Layout layout = Layout.of(graph);
    SvgPicture picture = new SvgPicture(Coordinates.of(layout, layout.openAtFirst(), width));
    picture.write(graph, layout);
    return picture.out.append("</svg>\n").toString();
  }

  private void write(Graph graph, Layout layout) {
    double[] whole = drawing.frame(layout.boxes().getFirst());
    add(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %1$.0f %2$.0f' width='%1$.0f'"
            + " height='%2$.0f' font-family='Helvetica, Arial, DejaVu Sans, sans-serif'"
            + " font-size='13' fill='#1a1a1a'>",
        whole[2], whole[3]);
    add("<title>%s</title>", escaped(graph.toString()));
    add("<defs><pattern id='missing' width='6' height='6' patternUnits='userSpaceOnUse'>");
    add("<path d='M0 6L6 0' stroke='#9a9a9a'/></pattern>");
    add("<marker id='end' viewBox='0 0 8 8' refX='7' refY='4' markerWidth='7' markerHeight='7'");
    add("orient='auto'><path d='M0 0L8 4L0 8z' fill='#666666'/></marker></defs>");
    add("<rect width='100%%' height='100%%' fill='white'/>");
    drawing.openBoxes().forEach(this::frame);
    drawing.routes().forEach(this::line);
    List<Slot> outputs = graph.outputs().stream().map(y -> Slot.vertex(y.id())).toList();
    for (Box box : layout.boxes()) {
      for (Slot slot : box.items) {
        Card card = drawing.cards().get(slot);
        if (card != null) {
          double[] frame = drawing.frame(new Route.Stop(box, box.column(slot), slot));
          card(card, frame, outputs.contains(slot) ? 3 : 1.2);
        }
      }
    }
  }

  private void frame(Box box) {
    double[] f = drawing.frame(box);
    add(
        "<rect x='%.1f' y='%.1f' width='%.1f' height='%.1f' rx='8' fill='#000000'"
            + " fill-opacity='0.035' stroke='#888888'/>",
        f[0], f[1], f[2], f[3]);
    text(f[0] + 10, f[1] + 18, "font-weight='bold'", Card.clipped(box.title));
    text(f[0] + f[2] - 10, f[1] + 18, "text-anchor='end' fill='#555555'", box.kind());
  }

  private void line(Route route) {
    StringBuilder path = new StringBuilder();
    double[] from = new double[2];
    for (int i = 0; i < route.stops().size(); i++) {
      Route.Stop stop = route.stops().get(i);
      double[] f = drawing.frame(stop);
      double[] to = {f[0], f[1] + f[3] / 2};
      double[] end = {f[0] + f[2], to[1]};
      if (i == 0) {
        path.append(format("M%.1f %.1f", end[0], end[1]));
      } else {
        List<double[]> around = drawing.wayAround(route.stops().get(i - 1), stop, from, to);
        path.append(around.isEmpty() ? curve(from, to) : rounded(around));
        if (stop.slot().isPassage()) {
          path.append(format("H%.1f", end[0]));
        }
      }
      from = end;
    }
    add(
        "<path d='%s' fill='none' stroke='#666666' stroke-width='1.2' marker-end='url(#end)'/>",
        path);
  }

  private static String curve(double[] from, double[] to) {
    double bend = Math.max(16, (to[0] - from[0]) / 2);
    return format(
        "C%.1f %.1f %.1f %.1f %.1f %.1f",
        from[0] + bend, from[1], to[0] - bend, to[1], to[0], to[1]);
  }

  /// Straight lines with round corners, from where the path already is.
  private static String rounded(List<double[]> points) {
    StringBuilder path = new StringBuilder();
    for (int i = 1; i < points.size() - 1; i++) {
      double[] at = points.get(i);
      double[] before = towards(points.get(i - 1), at);
      double[] after = towards(points.get(i + 1), at);
      path.append(format("L%.1f %.1fQ%.1f %.1f ", before[0], before[1], at[0], at[1]));
      path.append(format("%.1f %.1f", after[0], after[1]));
    }
    double[] last = points.getLast();
    return path.append(format("L%.1f %.1f", last[0], last[1])).toString();
  }

  /// Eight before a corner on the way from another one.
  private static double[] towards(double[] other, double[] corner) {
    double dx = other[0] - corner[0];
    double dy = other[1] - corner[1];
    double radius = Math.min(8, (Math.abs(dx) + Math.abs(dy)) / 2); // one of them is 0
    return new double[] {
      corner[0] + Math.signum(dx) * radius, corner[1] + Math.signum(dy) * radius
    };
  }

  private void card(Card card, double[] f, double stroke) {
    String colour =
        card.isFinite()
            ? Objects.requireNonNull(COLOURS.get(card.kind()))
            : "fill='#ffd9d6' stroke='#c00000'";
    add(
        "<rect x='%.1f' y='%.1f' width='%.1f' height='%.1f' rx='6' %s stroke-width='%.1f'/>",
        f[0], f[1], f[2], f[3], colour, stroke);
    double y = f[1] + 18;
    text(f[0] + 8, y, "font-weight='bold'", card.title());
    text(f[0] + f[2] - 8, y, "text-anchor='end' fill='#555555' font-style='italic'", card.note());
    for (String line : card.lines()) {
      y += Card.ROW;
      boolean isMissing = line.equals("not computed");
      if (isMissing) {
        add(
            "<rect x='%.1f' y='%.1f' width='%.1f' height='16' fill='url(#missing)'/>",
            f[0] + 4, y - 13, f[2] - 8);
      }
      boolean isGradient = line.equals(card.gradient());
      text(f[0] + 8, y, isGradient && !isMissing ? "fill='#8c3a00'" : "", line);
    }
  }

  private void text(double x, double y, String style, String text) {
    if (!text.isEmpty()) {
      add("<text x='%.1f' y='%.1f' %s>%s</text>", x, y, style, escaped(text));
    }
  }

  @SuppressWarnings("AnnotateFormatMethod") // would need a dependency
  private void add(String format, Object... values) {
    out.append(format(format, values)).append('\n');
  }

  @SuppressWarnings("AnnotateFormatMethod")
  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /// XML knows no control characters and no halves of surrogate pairs.
  static String escaped(String text) {
    StringBuilder safe = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.appendCodePoint(isAllowed(c) ? c : 0xFFFD);
              }
            });
    return safe.toString();
  }

  private static boolean isAllowed(int c) {
    boolean isControl = c < ' ' && c != '\t' && c != '\n';
    return !isControl && !(c >= 0xD800 && c <= 0xDFFF) && c != 0xFFFE && c != 0xFFFF;
  }
}
