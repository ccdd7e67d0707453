package org.wengert.graph;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.wengert.graph.Sheet.Block;
import org.wengert.graph.Sheet.Maths;
import org.wengert.graph.Sheet.Side;

/// Writes a derivation as a LaTeX document with nothing but `amsmath`.
final class SheetLatex {
  private static final int WIDTH = 90;
  private static final int MOST_ROWS = 20;
  private static final String BEGIN =
      """
      \\documentclass[a4paper,11pt]{article}
      \\usepackage[utf8]{inputenc}
      \\usepackage[T1]{fontenc}
      \\usepackage{amsmath}
      \\usepackage[margin=2cm]{geometry}
      \\allowdisplaybreaks
      \\sloppy
      \\renewcommand{\\arraystretch}{1.25}
      \\begin{document}
      """;

  private SheetLatex() {}

  static String of(List<Block> blocks) {
    StringBuilder text = new StringBuilder();
    blocks.forEach(block -> text.append(written(block)).append('\n'));
    return BEGIN + Latex.plain(text.toString()) + "\\end{document}\n";
  }

  private static String written(Block block) {
    return switch (block) {
      case Block.Heading(int level, Maths maths, String words) ->
          "\\"
              + "sub".repeat(level - 1)
              + "section*{$"
              + maths.latex()
              + "$"
              + Latex.escaped(words)
              + "}";
      case Block.Prose(String words) -> Latex.escaped(words) + "\n";
      case Block.Equation equation -> aligned(List.of(equation));
      case Block.Definitions(var equations) -> aligned(equations);
      case Block.Table(List<String> header, var rows) -> table(header, rows);
    };
  }

  private static String aligned(List<Block.Equation> equations) {
    return equations.stream()
        .map(SheetLatex::equation)
        .collect(Collectors.joining(" \\\\\n", "\\begin{align*}\n", "\n\\end{align*}"));
  }

  private static String equation(Block.Equation equation) {
    StringBuilder lines = new StringBuilder();
    lines.append(equation.left().latex());
    boolean isFirst = true;
    for (Side side : equation.sides()) {
      lines.append(side.isBehind() ? " = " : isFirst ? " &= " : " \\\\\n &= ");
      append(lines, side);
      isFirst = false;
    }
    return lines.toString();
  }

  /// A long product goes on in the next line.
  private static void append(StringBuilder lines, Side side) {
    int column = 0;
    boolean isFirst = true;
    for (Maths factor : side.factors()) {
      boolean isFraction = factor.latex().startsWith("\\frac");
      int width = isFraction ? factor.text().length() / 2 + 2 : factor.text().length() + 3;
      if (!isFirst) {
        boolean isFull = column + width > WIDTH;
        lines.append(isFull ? " \\\\\n &\\quad {}\\cdot " : isFraction ? " \\, " : " \\cdot ");
        column = isFull ? 0 : column;
      }
      lines.append(width > WIDTH ? broken(factor.latex()) : factor.latex());
      column += width;
      isFirst = false;
    }
  }

  /// What consists of several statements goes on in the next line behind each.
  private static String broken(String latex) {
    StringBuilder lines = new StringBuilder();
    int depth = 0;
    for (int i = 0; i < latex.length(); i++) {
      char c = latex.charAt(i);
      depth += c == '(' || c == '{' ? 1 : c == ')' || c == '}' ? -1 : 0;
      lines.append(c);
      if (depth == 0 && latex.startsWith(", ", i) && !latex.startsWith("\\", i - 1)) {
        lines.append(" \\\\\n &\\quad ");
      }
    }
    return lines.toString();
  }

  /// Long tables go on in another one, which can be on the next page.
  private static String table(List<String> header, List<List<Maths>> rows) {
    StringBuilder tables = new StringBuilder();
    for (int start = 0; start < rows.size(); start += MOST_ROWS) {
      int end = Math.min(rows.size(), start + MOST_ROWS);
      tables.append(tabular(header, rows.subList(start, end)));
    }
    return tables.toString();
  }

  private static String tabular(List<String> header, List<List<Maths>> rows) {
    int columns = rows.isEmpty() ? header.size() : rows.getFirst().size();
    StringBuilder text = new StringBuilder("{\\small\\noindent\\begin{tabular}{");
    text.append(columns <= 3 || header.isEmpty() ? "l".repeat(columns) : paragraphs(header, rows));
    text.append("}\n");
    if (header.stream().anyMatch(title -> !title.isEmpty())) {
      String titles = header.stream().map(SheetLatex::title).collect(Collectors.joining(" & "));
      text.append(titles).append(" \\\\ \\hline\n");
    }
    for (List<Maths> row : rows) {
      text.append(row.stream().map(SheetLatex::cell).collect(Collectors.joining(" & ")));
      text.append(" \\\\\n");
    }
    return text.append("\\end{tabular}\\par}\n").toString();
  }

  /// Columns that share the line by how much is in them.
  private static String paragraphs(List<String> header, List<List<Maths>> rows) {
    int[] lengths = new int[header.size()];
    for (int i = 0; i < lengths.length; i++) {
      int column = i;
      int longest = rows.stream().mapToInt(row -> row.get(column).text().length()).max().orElse(0);
      lengths[i] = Math.clamp(longest, Math.max(10, header.get(i).length()), 40);
    }
    double each = (1 - 0.025 * lengths.length) / IntStream.of(lengths).sum();
    StringBuilder columns = new StringBuilder();
    for (int length : lengths) {
      String width = String.format(Locale.ROOT, "%.3f", length * each);
      columns.append("p{").append(width).append("\\linewidth}");
    }
    return columns.toString();
  }

  private static String title(String title) {
    return "\\textit{" + Latex.escaped(title) + "}";
  }

  /// Words as words, so that they are broken into lines; formulas in math mode.
  private static String cell(Maths maths) {
    String words = "\\text{" + Latex.escaped(maths.text()) + "}";
    return maths.latex().equals(words)
        ? Latex.escaped(maths.text())
        : "$" + maths.latex().replace("\\, ", "\\,\\allowbreak ") + "$";
  }
}
