package org.wengert.train.read;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.wengert.io.FileFormatException;

/// Walks a CSV file and gathers what a schema does not say: categories, classes and means. Holds
/// what it has seen of one column.
final class CsvLearner {
  private static final int MOST_VALUES = 10_000;

  private final Column column;
  private final int position;
  private final SortedSet<String> values = new TreeSet<>();
  private double sum;
  private long count;

  private CsvLearner(Column column, int position) {
    this.column = column;
    this.position = position;
  }

  static CsvEncoding learn(CsvSchema schema, Path file) throws IOException {
    try (CsvLines lines = CsvLines.open(file, schema.format())) {
      List<Column> columns = CsvColumns.declared(schema, lines);
      CsvColumns found = CsvColumns.find(columns, schema.format(), lines);
      List<CsvLearner> learners = new ArrayList<>();
      for (int i = 0; i < columns.size(); i++) {
        learners.add(new CsvLearner(columns.get(i), i));
      }
      for (CsvRecord row = lines.next(); row != null; row = lines.next()) {
        for (CsvLearner learner : learners) {
          learner.see(found, row);
        }
      }
      List<Column> learned = new ArrayList<>();
      double[] means = new double[columns.size()];
      for (CsvLearner learner : learners) {
        learned.add(learner.column(lines));
        means[learner.position] = learner.mean(lines);
      }
      return new CsvEncoding(learned, means, schema.format());
    }
  }

  private void see(CsvColumns columns, CsvRecord row) {
    if (column.mean() && !columns.isMissing(row, position)) {
      sum += columns.number(row, position);
      count++;
    } else if (!column.kind().isNumeric() && column.values().isEmpty()) {
      values.add(columns.text(row, position));
      if (values.size() > MOST_VALUES) {
        throw columns
            .error(row, position, "one more value after " + MOST_VALUES + " others", "fewer")
            .hint("if it is a number, declare it so: Column.number");
      }
    }
  }

  private Column column(CsvLines lines) {
    if (column.kind().isNumeric() || !column.values().isEmpty()) {
      return column;
    }
    if (values.isEmpty()) {
      throw noValues(lines);
    }
    List<String> sorted = new ArrayList<>(values);
    String instead = column.instead();
    sorted.remove(instead);
    if (sorted.stream().allMatch(value -> value.matches("-?\\d{1,18}"))) {
      sorted.sort(Comparator.comparingLong(Long::parseLong));
    }
    if (instead != null) {
      sorted.add(instead);
    }
    return column.withValues(sorted);
  }

  private double mean(CsvLines lines) {
    if (column.mean() && count == 0) {
      throw noValues(lines);
    }
    return sum / count;
  }

  private FileFormatException noValues(CsvLines lines) {
    return lines.error(column.shown(), "no value in the whole file", "one or more, to learn from");
  }
}
