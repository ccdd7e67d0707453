package org.wengert.graph;

import java.util.Collections;
import java.util.List;
import org.wengert.graph.Sheet.Block;
import org.wengert.graph.Sheet.Maths;

/// Writes a derivation as Markdown: formulas in code blocks, so that no name means anything else.
final class SheetMarkdown {
  private static final String SPECIAL = "\\`*_{}[]#|<>&~$^@";

  private SheetMarkdown() {}

  static String of(List<Block> blocks) {
    StringBuilder text = new StringBuilder();
    blocks.forEach(block -> text.append(written(block)));
    return text.toString();
  }

  private static String written(Block block) {
    return switch (block) {
      case Block.Heading(int level, Maths maths, String words) ->
          "#".repeat(level) + " " + escaped(maths.text() + words) + "\n\n";
      case Block.Prose(String words) -> escaped(words) + "\n\n";
      case Block.Equation equation -> code(SheetText.equation(equation));
      case Block.Definitions(var equations) -> code(SheetText.lines(equations));
      case Block.Table(List<String> header, var rows) -> table(header, rows);
    };
  }

  /// A code block whose fence is longer than any that a name brings along.
  private static String code(String lines) {
    int longest = 2;
    int run = 0;
    for (int i = 0; i < lines.length(); i++) {
      run = lines.charAt(i) == '`' ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    String fence = "`".repeat(longest + 1);
    return fence + "text\n" + lines + fence + "\n\n";
  }

  private static String table(List<String> header, List<List<Maths>> rows) {
    int columns = rows.isEmpty() ? header.size() : rows.getFirst().size();
    List<String> titles = header.isEmpty() ? Collections.nCopies(columns, "") : header;
    StringBuilder text = new StringBuilder(row(titles));
    text.append("|").append(" --- |".repeat(columns)).append('\n');
    rows.forEach(row -> text.append(row(row.stream().map(Maths::text).toList())));
    return text.append('\n').toString();
  }

  /// A line of a table.
  static String row(List<String> cells) {
    StringBuilder row = new StringBuilder("|");
    cells.forEach(cell -> row.append(' ').append(escaped(cell)).append(" |"));
    return row.append('\n').toString();
  }

  /// Text in which no character is markup. A backslash is only put before what needs it: a sign at
  /// the beginning would be a list or a line, a colon an address.
  static String escaped(String text) {
    StringBuilder safe = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean isFirst = i == 0 && "+-=".indexOf(c) >= 0 && !isDigit(text, 1);
      boolean isAddress = c == ':' && text.startsWith("//", i + 1);
      boolean isMarkup = SPECIAL.indexOf(c) >= 0 || isFirst || isAddress;
      safe.append(isMarkup ? "\\" : "").append(c);
    }
    return safe.toString();
  }

  private static boolean isDigit(String text, int i) {
    return i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9';
  }
}
