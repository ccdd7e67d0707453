package org.wengert.train.read;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Storage;
import org.wengert.tensor.Tensor;
import org.wengert.train.data.Sample;

/// A [CsvSchema] of which everything is known, so that files become numbers in the same way: what
/// was learned from the file for training is used on the one for the test.
///
/// A sample's input is `FLOAT32`, `(features)`: numbers as they are, categories as zeros and a one,
/// in the order in which the columns were declared. Its target is the number of the class, an
/// `INT64` scalar; or the numbers that were declared as targets, `FLOAT32`, `(targets)`.
///
/// Immutable.
public final class CsvEncoding {
  private static final int MOST = Integer.MAX_VALUE - 8; // elements of an array

  private final List<Column> columns;
  private final double[] means;
  private final CsvSchema.Format format;
  private final List<Integer> inputs;
  private final List<Integer> targets;
  private final int width;

  CsvEncoding(List<Column> columns, double[] means, CsvSchema.Format format) {
    this.columns = List.copyOf(columns);
    this.means = means;
    this.format = format;
    this.inputs = positions(true);
    this.targets = positions(false);
    this.width = inputs.stream().mapToInt(i -> columns.get(i).features()).sum();
    if (inputs.isEmpty()) {
      throw new OptionException("no column that goes into the model")
          .hint("declare numbers or categories, or take withOtherNumbers()");
    }
  }

  private List<Integer> positions(boolean input) {
    return IntStream.range(0, columns.size())
        .filter(i -> columns.get(i).kind().isInput() == input)
        .boxed()
        .toList();
  }

  /// The names of the features: of columns, and `column=category`.
  public List<String> features() {
    List<String> names = new ArrayList<>();
    for (int i : inputs) {
      Column column = columns.get(i);
      String name = column.name() == null ? "column " + column.position() : column.name();
      if (column.kind() == Column.Kind.NUMBER) {
        names.add(name);
      } else {
        column.values().forEach(value -> names.add(name + "=" + value));
      }
    }
    return names;
  }

  /// The names of the classes, in the order of their numbers; none without a label.
  public List<String> classes() {
    return isLabelled() ? columns.get(targets.getFirst()).values() : List.of();
  }

  /// Whether targets are classes.
  private boolean isLabelled() {
    return targets.size() == 1 && columns.get(targets.getFirst()).kind() == Column.Kind.LABEL;
  }

  /// The same for files without labels and targets: a sample's target is `FLOAT32`, `(0)`.
  public CsvEncoding withoutTargets() {
    return new CsvEncoding(
        inputs.stream().map(columns::get).toList(),
        inputs.stream().mapToDouble(i -> means[i]).toArray(),
        format);
  }

  /// The samples of a file, one at a time.
  ///
  /// @throws IOException if the file cannot be opened
  /// @throws org.wengert.io.FileFormatException now or while they are walked, if it does not fit
  public Rows<Sample> rows(Path file) throws IOException {
    CsvLines lines = CsvLines.open(file, format);
    try {
      return new Rows<>(new Samples(lines, CsvColumns.find(columns, format, lines)));
    } catch (RuntimeException e) {
      lines.close();
      throw e;
    }
  }

  /// All samples of a file, in memory: four bytes for each column that is used of each row.
  ///
  /// @throws IOException if the file cannot be read
  /// @throws org.wengert.io.FileFormatException if it does not fit
  public CsvData read(Path file) throws IOException {
    float[] values = new float[1 << 8];
    int count = 0;
    try (CsvLines lines = CsvLines.open(file, format)) {
      CsvColumns found = CsvColumns.find(columns, format, lines);
      for (CsvRecord row = lines.next(); row != null; row = lines.next()) {
        if ((count + 1L) * columns.size() > values.length) {
          values = Arrays.copyOf(values, grown(lines, row, values.length));
        }
        encode(found, row, values, count * columns.size());
        count++;
      }
      if (count == 0) {
        throw lines.error("whole file", "no row", "one or more");
      }
    }
    return new CsvData(this, Arrays.copyOf(values, count * columns.size()), count);
  }

  private int grown(CsvLines lines, CsvRecord row, int length) {
    long more = Math.min(2L * length + columns.size(), MOST);
    if (more < (long) length + columns.size()) {
      throw lines
          .error(row, "all columns", "more than " + MOST + " values up to here", "fewer")
          .hint("walk the rows instead: rows(file)");
    }
    return (int) more;
  }

  /// A number for each column: itself, or the number of its category or class.
  private void encode(CsvColumns found, CsvRecord row, float[] to, int at) {
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      if (column.mean() && found.isMissing(row, i)) {
        to[at + i] = (float) means[i];
      } else {
        boolean numeric = column.kind().isNumeric();
        to[at + i] = numeric ? (float) found.number(row, i) : found.category(row, i);
      }
    }
  }

  /// How many numbers [#encode] gives.
  int columns() {
    return columns.size();
  }

  int width() {
    return width;
  }

  /// Writes the features of an encoded row to `to`, from `begin` on.
  void expand(float[] row, int at, float[] to, int begin) {
    int next = begin;
    for (int i : inputs) {
      Column column = columns.get(i);
      if (column.kind() == Column.Kind.NUMBER) {
        to[next] = row[at + i];
      } else {
        to[next + (int) row[at + i]] = 1;
      }
      next += column.features();
    }
  }

  /// The targets of encoded rows; with the axis of rows, or without.
  Tensor targets(float[] rows, int from, int count, boolean axis) {
    if (isLabelled()) {
      long[] numbers = new long[count];
      for (int i = 0; i < count; i++) {
        numbers[i] = (long) rows[from + i * columns.size() + targets.getFirst()];
      }
      return axis ? Tensor.of(numbers) : Tensor.of(numbers[0]);
    }
    float[] numbers = new float[count * targets.size()];
    for (int i = 0; i < numbers.length; i++) {
      int row = i / targets.size();
      numbers[i] = rows[from + row * columns.size() + targets.get(i % targets.size())];
    }
    Shape shape = axis ? Shape.of(count, targets.size()) : Shape.of(targets.size());
    return Tensor.over(new Storage.Floats(numbers), shape);
  }

  /// The sample of an encoded row.
  Sample sample(float[] rows, int from) {
    float[] features = new float[width];
    expand(rows, from, features, 0);
    return new Sample(
        Tensor.over(new Storage.Floats(features), Shape.of(width)), targets(rows, from, 1, false));
  }

  private final class Samples implements Rows.Source<Sample> {
    private final CsvLines lines;
    private final CsvColumns found;
    private final float[] row = new float[columns.size()];

    Samples(CsvLines lines, CsvColumns found) {
      this.lines = lines;
      this.found = found;
    }

    @Override
    public @Nullable Sample next() throws IOException {
      CsvRecord next = lines.next();
      if (next == null) {
        return null;
      }
      encode(found, next, row, 0);
      return sample(row, 0);
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }

  @Override
  public String toString() {
    return columns.toString();
  }
}
