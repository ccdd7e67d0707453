package org.wengert.graph;

import java.util.List;
import java.util.stream.Collectors;
import org.wengert.graph.Sheet.Block;
import org.wengert.graph.Sheet.Maths;
import org.wengert.graph.Sheet.Side;

/// Writes a derivation as an HTML page without scripts.
final class SheetHtml {
  private static final String BEGIN =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>""";

  private static final String AFTER_TITLE =
      """
      </title>
      <style>
      :root { color-scheme: light dark; }
      body { font: 1.1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem;
        padding: 0 1rem; }
      .equation, table { font-family: ui-monospace, "DejaVu Sans Mono", monospace; }
      .equation { border-collapse: collapse; margin: 0.7rem 0; }
      .equation td { border: 0; padding: 0.1rem 0.3rem; vertical-align: top; }
      table { border-collapse: collapse; margin: 0.7rem 0; font-size: 1rem; }
      th, td { text-align: left; padding: 0.2rem 0.8rem; vertical-align: top;
        overflow-wrap: anywhere; }
      th { font-weight: 600; border-bottom: 2px solid; }
      .rows td { border-bottom: 1px solid color-mix(in srgb, currentColor 25%, transparent); }
      h1, h2, h3 { font-weight: 600; line-height: 1.25; overflow-wrap: anywhere; }
      </style>
      </head>
      <body>
      """;

  private SheetHtml() {}

  static String of(List<Block> blocks) {
    StringBuilder text = new StringBuilder();
    String title =
        blocks.getFirst() instanceof Block.Heading(int _, Maths maths, String words)
            ? maths.text() + words
            : "";
    text.append(BEGIN).append(escaped(title)).append(AFTER_TITLE);
    blocks.forEach(block -> text.append(written(block)).append('\n'));
    return text.append("</body>\n</html>\n").toString();
  }

  private static String written(Block block) {
    return switch (block) {
      case Block.Heading(int level, Maths maths, String words) -> heading(level, maths, words);
      case Block.Prose(String words) -> "<p>" + escaped(words) + "</p>";
      case Block.Equation equation -> equations(List.of(equation));
      case Block.Definitions(var equations) -> equations(equations);
      case Block.Table(List<String> header, var rows) -> table(header, rows);
    };
  }

  private static String heading(int level, Maths maths, String words) {
    return "<h" + level + ">" + escaped(maths.text() + words) + "</h" + level + ">";
  }

  private static String equations(List<Block.Equation> equations) {
    return equations.stream()
        .map(SheetHtml::rows)
        .collect(Collectors.joining("\n", "<table class=\"equation\">\n", "\n</table>"));
  }

  private static String rows(Block.Equation equation) {
    StringBuilder text = new StringBuilder("<tr><td>");
    text.append(escaped(equation.left().text())).append("</td>");
    boolean isFirst = true;
    for (Side side : equation.sides()) {
      String before =
          side.isBehind() ? " = " : (isFirst ? "" : "</td></tr>\n<tr><td></td>") + "<td>=</td><td>";
      text.append(before);
      text.append(
          side.factors().stream()
              .map(Maths::text)
              .map(SheetHtml::escaped)
              .collect(Collectors.joining(" · ")));
      isFirst = false;
    }
    return text.append("</td></tr>").toString();
  }

  private static String table(List<String> header, List<List<Maths>> rows) {
    StringBuilder text = new StringBuilder("<table class=\"rows\">\n");
    if (header.stream().anyMatch(title -> !title.isEmpty())) {
      text.append("<tr>");
      header.forEach(title -> text.append("<th>").append(escaped(title)).append("</th>"));
      text.append("</tr>\n");
    }
    for (List<Maths> row : rows) {
      text.append("<tr>");
      row.forEach(cell -> text.append("<td>").append(escaped(cell.text())).append("</td>"));
      text.append("</tr>\n");
    }
    return text.append("</table>").toString();
  }

  /// Text that is text, whatever is in it; half a surrogate pair is nothing.
  private static String escaped(String text) {
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
                default -> safe.appendCodePoint(isText(c) ? c : '?');
              }
            });
    return safe.toString();
  }

  private static boolean isText(int c) {
    return c == '\n' || c >= 32 && !(c >= 0xD800 && c <= 0xDFFF) && !Character.isISOControl(c);
  }
}
