package org.wengert.train.plot;

import java.awt.Graphics2D;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.wengert.tensor.OptionException;

/// Plots in rows and columns.
///
/// @param columns how many in a row, the last row perhaps less
record PlotGrid(int columns, List<Plot> plots) implements Plot {
  static PlotGrid of(int columns, List<? extends Plot> plots) {
    if (columns < 1 || plots.isEmpty()) {
      throw new OptionException(plots.size() + " plots in " + columns + " columns")
          .hint("give at least one plot and one column");
    }
    return new PlotGrid(Math.min(columns, plots.size()), List.copyOf(plots));
  }

  @Override
  public String title() {
    return plots.stream()
        .map(Plot::title)
        .filter(t -> !t.isEmpty())
        .collect(Collectors.joining("; "));
  }

  private int columnWidth(int column) {
    return IntStream.range(0, plots.size())
        .filter(i -> i % columns == column)
        .map(i -> plots.get(i).width())
        .max()
        .orElseThrow();
  }

  private int rowHeight(int row) {
    return plots.subList(row * columns, Math.min((row + 1) * columns, plots.size())).stream()
        .mapToInt(Plot::height)
        .max()
        .orElseThrow();
  }

  @Override
  public int width() {
    return IntStream.range(0, columns).map(this::columnWidth).sum();
  }

  @Override
  public int height() {
    return IntStream.range(0, Math.ceilDiv(plots.size(), columns)).map(this::rowHeight).sum();
  }

  @Override
  public void paint(Graphics2D graphics) {
    Pen.clear(graphics, width(), height());
    int top = 0;
    for (int row = 0; row * columns < plots.size(); row++) {
      int left = 0;
      for (int column = 0; column < columns && row * columns + column < plots.size(); column++) {
        graphics.translate(left, top);
        plots.get(row * columns + column).paint(graphics);
        graphics.translate(-left, -top);
        left += columnWidth(column);
      }
      top += rowHeight(row);
    }
  }
}
