package org.wengert.graph;

import java.util.List;
import java.util.Locale;
import java.util.Map;

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

  static String of(Graph graph) {
    Layout layout = Layout.of(graph);
    SvgPicture picture = new SvgPicture(Coordinates.of(layout, layout.openAtFirst()));
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
    double fromX = 0;
    double fromY = 0;
    for (int i = 0; i < route.stops().size(); i++) {
      double[] f = drawing.frame(route.stops().get(i));
      double y = f[1] + f[3] / 2;
      if (i == 0) {
        path.append(format("M%.1f %.1f", f[0] + f[2], y));
      } else {
        double bend = Math.max(16, (f[0] - fromX) / 2);
        path.append(
            format("C%.1f %.1f %.1f %.1f %.1f %.1f", fromX + bend, fromY, f[0] - bend, y, f[0], y));
        if (route.stops().get(i).slot().isPassage()) {
          path.append(format("H%.1f", f[0] + f[2]));
        }
      }
      fromX = f[0] + f[2];
      fromY = y;
    }
    add(
        "<path d='%s' fill='none' stroke='#666666' stroke-width='1.2' marker-end='url(#end)'/>",
        path);
  }

  private void card(Card card, double[] f, double stroke) {
    String colour = card.isFinite() ? COLOURS.get(card.kind()) : "fill='#ffd9d6' stroke='#c00000'";
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
