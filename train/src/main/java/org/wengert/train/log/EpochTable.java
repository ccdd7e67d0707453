package org.wengert.train.log;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.wengert.train.Callback;
import org.wengert.train.EpochReport;
import org.wengert.train.History;

/// A table with a row for each epoch, written as they end: losses, metrics, learning rate, seconds.
/// Holds state, whether it has a head; not thread-safe.
///
/// ```
///       epoch       step       loss   accuracy  validation loss  ...  learning rate    seconds
///           1         63     0.9071     0.7183           0.3124  ...        0.01000        1.2
/// ```
public final class EpochTable implements Callback.AfterEpoch {
  private final PrintStream out;
  private List<String> head = List.of();

  /// On the standard output stream.
  public EpochTable() {
    this(System.out);
  }

  /// On some stream.
  public EpochTable(PrintStream out) {
    this.out = out;
  }

  /// The table of a fit that is over.
  public static String of(History history) {
    StringBuilder table = new StringBuilder();
    List<String> head = List.of();
    for (EpochReport epoch : history.epochs()) {
      List<String> names = Columns.names(epoch);
      if (!names.equals(head)) {
        head = names;
        table.append(line(head, head)).append('\n');
      }
      table.append(line(head, cells(epoch))).append('\n');
    }
    return table.toString();
  }

  @Override
  public void afterEpoch(EpochReport epoch) {
    List<String> names = Columns.names(epoch);
    if (!names.equals(head)) {
      head = names;
      out.println(line(head, head));
    }
    out.println(line(head, cells(epoch)));
  }

  private static List<String> cells(EpochReport epoch) {
    List<String> cells = new ArrayList<>();
    List<Double> values = Columns.values(epoch);
    for (int i = 0; i < values.size(); i++) {
      double value = values.get(i);
      boolean counted = i < Columns.COUNTED;
      boolean seconds = i == values.size() - 1;
      cells.add(
          counted
              ? "" + (long) value
              : String.format(Locale.ROOT, seconds ? "%.1f" : "%.4g", value));
    }
    return cells;
  }

  private static String line(List<String> head, List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      int width = Math.max(Plain.line(head.get(i)).length(), 9);
      line.append("  ").append(String.format("%" + width + "s", Plain.line(cells.get(i))));
    }
    return line.toString();
  }
}
