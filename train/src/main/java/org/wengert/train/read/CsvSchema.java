package org.wengert.train.read;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.wengert.tensor.OptionException;

/// What is in a CSV file: which columns there are and what they mean, so that a file can be read
/// into numbers, or refused where it is something else.
///
/// ```
/// CsvSchema schema =
///     CsvSchema.of(Column.label("species"))
///         .with(Column.number("petal_length").orMean())
///         .with(Column.category("colour"));
/// CsvData iris = schema.read(Path.of("iris.csv"));
/// ```
///
/// The file is UTF-8, as it is or compressed by gzip, separated by commas, quoted by `"` (doubled
/// inside, as in RFC 4180), with a header; empty lines are passed over, blanks around a field do
/// not count. All rows have as many fields as the header. A field is missing if it is empty, `NA`,
/// `NaN`, `nan`, `null` or `?`, and no category or class that was declared is called so.
///
/// Immutable.
public final class CsvSchema {
  private final List<Column> columns;
  private final boolean others;
  private final Format format;

  private CsvSchema(List<Column> columns, boolean others, Format format) {
    this.columns = List.copyOf(columns);
    this.others = others;
    this.format = format;
    checkTargets();
    checkTwice();
  }

  /// How rows are written.
  ///
  /// @param missing what stands for a missing value, apart from nothing
  record Format(boolean header, char separator, char quote, List<String> missing) {}

  /// A schema of these columns, in this order; others in the file are passed over.
  ///
  /// @throws OptionException if there are two labels, labels and targets, or a column twice
  public static CsvSchema of(Column... columns) {
    Format format = new Format(true, ',', '"', List.of("NA", "NaN", "nan", "null", "?"));
    return new CsvSchema(List.of(columns), false, format);
  }

  /// With more columns.
  ///
  /// @throws OptionException if there are two labels, labels and targets, or a column twice
  public CsvSchema with(Column... more) {
    List<Column> all = new ArrayList<>(columns);
    all.addAll(Arrays.asList(more));
    return new CsvSchema(all, others, format);
  }

  /// With all columns of the file that are not declared, as numbers, in the order of the file;
  /// not those whose name in the header is empty, which are the numbers of rows that pandas writes.
  public CsvSchema withOtherNumbers() {
    return new CsvSchema(columns, true, format);
  }

  /// For files whose first line is a row; columns are given by position.
  ///
  /// @throws OptionException if a column was given by name
  public CsvSchema withoutHeader() {
    for (Column column : columns) {
      requireHeader(column, false);
    }
    Format without = new Format(false, format.separator, format.quote, format.missing);
    return new CsvSchema(columns, others, without);
  }

  /// With another separator, such as `;` or a tabulator.
  public CsvSchema separator(char separator) {
    checkControl(separator, format.quote);
    return new CsvSchema(
        columns, others, new Format(format.header, separator, format.quote, format.missing));
  }

  /// With another mark around fields that contain a separator or a line's end.
  public CsvSchema quote(char quote) {
    checkControl(format.separator, quote);
    return new CsvSchema(
        columns, others, new Format(format.header, format.separator, quote, format.missing));
  }

  /// With other marks of missing values; an empty field is always missing.
  public CsvSchema missing(String... marks) {
    return new CsvSchema(
        columns, others, new Format(format.header, format.separator, format.quote, List.of(marks)));
  }

  /// Walks a file once, and learns from it what was not declared: categories, classes, means. What
  /// it returns reads other files in the same way, such as those for the test.
  ///
  /// @throws IOException if the file cannot be read
  /// @throws org.wengert.io.FileFormatException if it does not fit this schema, or is damaged
  public CsvEncoding learn(Path file) throws IOException {
    return CsvLearner.learn(this, file);
  }

  /// The samples of a file, after learning from this file what was not declared.
  ///
  /// @throws IOException if the file cannot be read
  /// @throws org.wengert.io.FileFormatException if it does not fit this schema, or is damaged
  public CsvData read(Path file) throws IOException {
    return learn(file).read(file);
  }

  List<Column> columns() {
    return columns;
  }

  boolean others() {
    return others;
  }

  Format format() {
    return format;
  }

  private void checkTargets() {
    long labels = columns.stream().filter(c -> c.kind() == Column.Kind.LABEL).count();
    long targets = columns.stream().filter(c -> c.kind() == Column.Kind.TARGET).count();
    if (labels > 1 || labels > 0 && targets > 0) {
      throw new OptionException(labels + " labels and " + targets + " targets")
          .hint("take one label, for classes, or one target or more, for numbers");
    }
    columns.forEach(column -> requireHeader(column, format.header));
  }

  private static void requireHeader(Column column, boolean header) {
    if (!header && column.name() != null) {
      throw new OptionException(column + " by name, without a header")
          .hint("give its position, from 0");
    }
  }

  private void checkTwice() {
    Stream<String> shown = columns.stream().map(Column::shown);
    if (shown.distinct().count() < columns.size()) {
      throw new OptionException("a column is declared twice among " + columns)
          .hint("declare each once");
    }
  }

  private static void checkControl(char separator, char quote) {
    if (separator == quote || "\r\n".indexOf(separator) >= 0 || "\r\n".indexOf(quote) >= 0) {
      throw new OptionException("separator '" + separator + "', quote '" + quote + "'")
          .hint("take two different characters that do not end a line");
    }
  }
}
