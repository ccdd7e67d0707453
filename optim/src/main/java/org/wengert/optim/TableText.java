package org.wengert.optim;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tables of numbers in text, whatever their columns are called.
final class TableText {
  private static final int LONGEST = 40;

  private TableText() {}

  /// Columns aligned at the right, two blanks between them.
  static String plain(List<String> columns, List<List<@Nullable Double>> rows) {
    List<List<String>> cells = new ArrayList<>();
    cells.add(columns.stream().map(TableText::oneLine).toList());
    rows.forEach(row -> cells.add(row.stream().map(TableText::shown).toList()));
    int[] widths = new int[columns.size()];
    for (List<String> line : cells) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], length(line.get(i)));
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> line : cells) {
      for (int i = 0; i < widths.length; i++) {
        text.append(i == 0 ? "" : "  ");
        text.repeat(' ', widths[i] - length(line.get(i))).append(line.get(i));
      }
      text.append('\n');
    }
    return text.toString();
  }

  static String markdown(List<String> columns, List<List<@Nullable Double>> rows) {
    StringBuilder text = new StringBuilder("|");
    columns.forEach(name -> text.append(' ').append(escaped(oneLine(name))).append(" |"));
    text.append("\n|").repeat("---:|", columns.size()).append('\n');
    for (List<@Nullable Double> row : rows) {
      text.append('|');
      row.forEach(number -> text.append(' ').append(shown(number)).append(" |"));
      text.append('\n');
    }
    return text.toString();
  }

  static String csv(List<String> columns, List<List<@Nullable Double>> rows) {
    StringBuilder text = new StringBuilder();
    text.append(String.join(",", columns.stream().map(TableText::quoted).toList()));
    for (List<@Nullable Double> row : rows) {
      text.append("\r\n");
      for (int i = 0; i < row.size(); i++) {
        Double number = row.get(i);
        text.append(i == 0 ? "" : ",").append(number == null ? "" : exact(number));
      }
    }
    return text.append("\r\n").toString();
  }

  private static String shown(@Nullable Double number) {
    return number == null ? "-" : Figures.six(number);
  }

  private static String exact(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e7
        ? Long.toString((long) number)
        : Double.toString(number);
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /// A name without line breaks, and not wider than a column may be.
  private static String oneLine(String name) {
    int[] points =
        name.codePoints()
            .limit(LONGEST + 1)
            .map(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029 ? ' ' : c)
            .toArray();
    return points.length <= LONGEST
        ? new String(points, 0, points.length)
        : new String(points, 0, LONGEST - 1) + "…";
  }

  private static String escaped(String name) {
    StringBuilder text = new StringBuilder();
    name.codePoints()
        .forEach(
            c -> {
              if ("\\`*_[]|<>&~#".indexOf(c) >= 0) {
                text.append('\\');
              }
              text.appendCodePoint(c);
            });
    return text.toString();
  }

  private static String quoted(String name) {
    boolean isPlain = name.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return isPlain ? name : '"' + name.replace("\"", "\"\"") + '"';
  }
}
