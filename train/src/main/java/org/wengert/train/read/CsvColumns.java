package org.wengert.train.read;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.wengert.io.FileFormatException;

/// Where the columns of a schema are in one file, and their fields' meanings.
final class CsvColumns {
  private static final String DIGITS = "0123456789+-.eE";
  private static final int SHOWN = 40;

  private final List<Column> columns;
  private final int[] positions;
  private final CsvSchema.Format format;
  private final CsvLines lines;
  private final List<Map<String, Integer>> numbers = new ArrayList<>(); // are asked, never walked

  private CsvColumns(
      List<Column> columns, int[] positions, CsvSchema.Format format, CsvLines lines) {
    this.columns = columns;
    this.positions = positions;
    this.format = format;
    this.lines = lines;
    for (Column column : columns) {
      Map<String, Integer> known = new HashMap<>();
      column.values().forEach(value -> known.put(value, known.size()));
      numbers.add(known);
    }
  }

  /// The columns of a schema for the files that are like this one.
  static List<Column> declared(CsvSchema schema, CsvLines lines) {
    List<Column> columns = new ArrayList<>(schema.columns());
    if (schema.others()) {
      int[] known = positions(schema.columns(), lines);
      for (int at = 0; at < lines.width(); at++) {
        int position = at;
        if (IntStream.of(known).noneMatch(p -> p == position)) {
          addNumber(columns, schema.format().header(), lines.firstFields().get(at), at);
        }
      }
    }
    return columns;
  }

  /// Adds a column that was not declared. One without a name, as pandas writes for the numbers of
  /// rows, is none.
  private static void addNumber(List<Column> columns, boolean header, String name, int position) {
    if (!header) {
      columns.add(Column.number(position));
    } else if (!name.isEmpty()) {
      columns.add(Column.number(name));
    }
  }

  /// Finds columns in a file.
  ///
  /// @throws FileFormatException if one is not there, or several are called so
  static CsvColumns find(List<Column> columns, CsvSchema.Format format, CsvLines lines) {
    return new CsvColumns(columns, positions(columns, lines), format, lines);
  }

  private static int[] positions(List<Column> columns, CsvLines lines) {
    int[] positions = columns.stream().mapToInt(column -> position(column, lines)).toArray();
    Map<Integer, Column> taken = new HashMap<>();
    for (int i = 0; i < positions.length; i++) {
      Column before = taken.put(positions[i], columns.get(i));
      if (before != null) {
        throw lines
            .error("position " + positions[i], before + " and " + columns.get(i), "one of them")
            .hint("declare each column once, by its name or by its position");
      }
    }
    return positions;
  }

  private static int position(Column column, CsvLines lines) {
    String name = column.name();
    if (name == null) {
      if (column.position() >= lines.width()) {
        throw lines.error("line 1", lines.width() + " fields", column + ", counted from 0");
      }
      return column.position();
    }
    List<String> header = lines.firstFields();
    int position = header.indexOf(name);
    if (position < 0) {
      throw lines
          .error(
              "header", "the columns " + shown(String.join(", ", header), 200), column.toString())
          .hint(
              "names must be the same letter by letter; a line in one piece has another separator:"
                  + " separator(';')");
    }
    if (Collections.frequency(header, name) > 1) {
      throw lines.error("header", "\"" + shown(name, SHOWN) + "\" more than once", "it once");
    }
    return position;
  }

  boolean isMissing(CsvRecord row, int column) {
    String field = row.getField(positions[column]);
    boolean mark = field.isEmpty() || format.missing().contains(field);
    return mark && !numbers.get(column).containsKey(field); // `NA` may be a country
  }

  /// The field, or what is read instead of it if it is missing.
  ///
  /// @throws FileFormatException if it is missing, and nothing is read instead
  String text(CsvRecord row, int column) {
    if (!isMissing(row, column)) {
      return row.getField(positions[column]);
    }
    String instead = columns.get(column).instead();
    if (instead == null) {
      Column declared = columns.get(column);
      String field = row.getField(positions[column]);
      throw error(row, column, field.isEmpty() ? "nothing" : "\"" + field + "\"", "a value")
          .hint(
              declared.kind().isInput()
                  ? "if values may be missing, say what is read instead: or(..), orMean()"
                  : "remove the row: without what should come out it teaches nothing");
    }
    return instead;
  }

  /// The number in a field.
  ///
  /// @throws FileFormatException if it is none, or too large for `float`
  double number(CsvRecord row, int column) {
    String text = text(row, column);
    double number = parsed(text);
    if (!Double.isFinite((float) number)) {
      boolean tooLarge = !Double.isNaN(number);
      throw error(
              row,
              column,
              "\"" + shown(text, SHOWN) + "\"",
              tooLarge ? "a number below 3.4e38" : "a number")
          .hint("numbers are written as 12.5 or 1e-3; texts are categories: Column.category");
    }
    return number;
  }

  /// The number of the category or class in a field.
  ///
  /// @throws FileFormatException if it is none of them
  int category(CsvRecord row, int column) {
    String text = text(row, column);
    Map<String, Integer> known = numbers.get(column);
    Column declared = columns.get(column);
    Integer number =
        known.get(known.containsKey(text) || !declared.takesOthers() ? text : declared.instead());
    if (number == null) {
      String values = shown(String.join(", ", declared.values()), 200);
      throw error(row, column, "\"" + shown(text, SHOWN) + "\"", "one of " + values)
          .hint(
              declared.kind() == Column.Kind.CATEGORY
                  ? "if there may be others, say which category they are: orOther(..)"
                  : "learn from a file with all classes, or declare them");
    }
    return number;
  }

  FileFormatException error(CsvRecord row, int column, String found, String expected) {
    Column declared = columns.get(column);
    boolean named = declared.name() == null && format.header();
    String also = named ? " (position " + declared.position() + ")" : "";
    return lines.error(row, declared.shown() + also, found, expected);
  }

  /// Java would read `1d`, `0x1p3` and `Infinity`, too.
  private static double parsed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (DIGITS.indexOf(text.charAt(i)) < 0) {
        return Double.NaN;
      }
    }
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private static String shown(String text, int most) {
    return text.length() > most ? text.substring(0, most) + "..." : text;
  }
}
