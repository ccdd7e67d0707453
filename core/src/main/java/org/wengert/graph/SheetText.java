package org.wengert.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.wengert.graph.Sheet.Block;
import org.wengert.graph.Sheet.Maths;
import org.wengert.graph.Sheet.Side;

/// Writes a derivation as text.
final class SheetText {
  private static final int WIDTH = 96;

  private final StringBuilder text = new StringBuilder();

  private SheetText() {}

  static String of(List<Block> blocks) {
    SheetText writer = new SheetText();
    blocks.forEach(writer::write);
    return writer.text.toString();
  }

  private void write(Block block) {
    switch (block) {
      case Block.Heading(int level, Maths maths, String words) -> {
        String title = maths.text() + words;
        boolean isApart = text.length() < 2 || text.charAt(text.length() - 2) == '\n';
        text.append(isApart ? "" : "\n").append(title).append('\n');
        if (level == 1) {
          text.append("=".repeat(Math.min(WIDTH, title.length()))).append("\n\n");
        }
      }
      case Block.Prose(String words) -> text.append(words).append('\n');
      case Block.Equation equation -> text.append(equation(equation));
      case Block.Definitions(var equations) -> text.append(lines(equations));
      case Block.Table(List<String> header, var rows) -> text.append(table(header, rows));
    }
  }

  static String lines(List<Block.Equation> equations) {
    return equations.stream().map(SheetText::equation).collect(Collectors.joining());
  }

  /// The sides below each other, equal signs aligned.
  static String equation(Block.Equation equation) {
    StringBuilder lines = new StringBuilder(equation.left().text());
    String indent = " ".repeat(Math.min(30, equation.left().text().length()));
    boolean isFirst = true;
    for (Side side : equation.sides()) {
      lines.append(isFirst || side.isBehind() ? "" : "\n" + indent).append(" = ");
      lines.append(wrapped(side, indent + "   "));
      isFirst = false;
    }
    return lines.append('\n').toString();
  }

  private static String wrapped(Side side, String indent) {
    StringBuilder lines = new StringBuilder();
    int column = indent.length();
    for (Maths factor : side.factors()) {
      String word = (lines.isEmpty() ? "" : " · ") + factor.text();
      if (column + word.length() > WIDTH && !lines.isEmpty()) {
        lines.append('\n').append(indent.substring(2));
        column = indent.length() - 2;
      }
      lines.append(word);
      column += word.length();
    }
    return lines.toString();
  }

  /// Columns as wide as their widest cell.
  private static String table(List<String> header, List<List<Maths>> rows) {
    List<List<String>> cells = new ArrayList<>();
    if (header.stream().anyMatch(title -> !title.isEmpty())) {
      cells.add(header);
    }
    rows.forEach(row -> cells.add(row.stream().map(Maths::text).toList()));
    int columns = cells.stream().mapToInt(List::size).max().orElse(0);
    int[] widths = new int[columns];
    for (List<String> row : cells) {
      for (int i = 0; i < row.size(); i++) {
        widths[i] = Math.max(widths[i], Math.min(WIDTH, row.get(i).length()));
      }
    }
    StringBuilder lines = new StringBuilder();
    for (List<String> row : cells) {
      StringBuilder line = new StringBuilder(" ");
      for (int i = 0; i < row.size(); i++) {
        String cell = row.get(i);
        line.append(' ').append(cell);
        line.append(" ".repeat(Math.max(0, widths[i] - cell.length()) + 1));
      }
      lines.append(line.toString().stripTrailing()).append('\n');
    }
    return lines.toString();
  }
}
