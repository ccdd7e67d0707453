package org.wengert.train.log;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.wengert.tensor.OptionException;
import org.wengert.train.Callback;
import org.wengert.train.EpochReport;
import org.wengert.train.Plan;

/// A CSV file with a row for each epoch, for spreadsheets and pandas. Its columns are `epoch`,
/// `step`, `loss`, the metrics, `validation loss` and the validation's metrics if there are any,
/// `learning rate` and `seconds`. Numbers that are not finite are `NaN`, `Infinity` and
/// `-Infinity`, which pandas reads as such. A file that is there already goes on, if its columns
/// are the same; a fit that goes on from a checkpoint first takes away the last rows if they are of
/// steps after it, so that no epoch is written twice. Holds state, whether the file has a head; not
/// thread-safe.
public final class CsvLog implements Callback.BeforeFit, Callback.AfterEpoch {
  private final LineFile file;
  private String head = "";

  /// A log in this file, which is made with the first epoch.
  public CsvLog(Path file) {
    this.file = new LineFile(file);
  }

  /// Takes away what a fit that goes on will write again.
  ///
  /// @throws java.io.UncheckedIOException if the file cannot be written
  @Override
  public void beforeFit(Plan plan) {
    head = "";
    if (plan.step() > 0) {
      file.mend();
      file.removeLast(row -> step(row) > plan.step());
    }
  }

  private static long step(String row) {
    String[] cells = row.split(",", 3);
    return cells.length == 3 && cells[1].matches("[0-9]{1,18}") ? Long.parseLong(cells[1]) : 0;
  }

  /// Writes a row.
  ///
  /// @throws OptionException if the file has other columns
  /// @throws java.io.UncheckedIOException if it cannot be written
  @Override
  public void afterEpoch(EpochReport epoch) {
    String wanted = row(Columns.names(epoch));
    if (head.isEmpty()) {
      file.mend();
      head = file.first();
      if (head.isEmpty()) {
        head = wanted;
        file.add(wanted);
      }
    }
    if (!wanted.equals(head)) {
      throw new OptionException(file.path() + " has the columns " + head + ", not " + wanted)
          .hint("log to another file when metrics change");
    }
    List<Double> values = Columns.values(epoch);
    file.add(
        row(
            IntStream.range(0, values.size())
                .mapToObj(
                    i -> i < Columns.COUNTED ? "" + values.get(i).longValue() : "" + values.get(i))
                .toList()));
  }

  private static String row(List<String> cells) {
    StringWriter row = new StringWriter();
    CsvWriter.CsvWriterBuilder builder = CsvWriter.builder().lineDelimiter(LineDelimiter.LF);
    try (CsvWriter writer = builder.build(row)) {
      writer.writeRecord(cells.stream().map(Plain::line).toList());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write into memory", e);
    }
    return row.toString().stripTrailing();
  }
}
