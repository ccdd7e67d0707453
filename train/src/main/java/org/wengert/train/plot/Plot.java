package org.wengert.train.plot;

import java.awt.Graphics2D;
import java.nio.file.Path;
import java.util.List;

/// A picture that can be saved, shown in a page or put beside others. The same data give the same
/// bytes, on the same machine with the same fonts. What is made here is immutable and thread-safe.
public interface Plot {
  /// What it shows, for those who cannot see it: SVG has it as its title. May be empty.
  String title();

  /// Its width in pixels.
  int width();

  /// Its height in pixels.
  int height();

  /// Paints it from `(0, 0)` to `(width, height)`, background included.
  void paint(Graphics2D graphics);

  /// Writes it as PNG or as SVG, by the ending of the file's name; makes the folder if there is
  /// none.
  ///
  /// @throws org.wengert.tensor.OptionException if the name ends otherwise
  /// @throws org.wengert.StateException if the machine has no fonts to write with
  /// @throws java.io.UncheckedIOException if the file cannot be written
  default void save(Path file) {
    PlotFile.save(this, file);
  }

  /// Its bytes as PNG, for instance for a log that takes images.
  ///
  /// @throws org.wengert.StateException if the machine has no fonts to write with
  default byte[] png() {
    return PlotFile.png(this);
  }

  /// Its text as SVG without an XML declaration, fit for an HTML page.
  ///
  /// @throws org.wengert.StateException if the machine has no fonts to write with
  default String svg() {
    return PlotFile.svg(this);
  }

  /// Plots side by side, as many as `columns` in a row, each as large as it is.
  ///
  /// @throws org.wengert.tensor.OptionException if there are no columns or no plots
  static Plot grid(int columns, List<? extends Plot> plots) {
    return PlotGrid.of(columns, plots);
  }

  /// Plots side by side in one row.
  static Plot row(Plot... plots) {
    return grid(plots.length, List.of(plots));
  }

  /// Plots one below the other.
  static Plot column(Plot... plots) {
    return grid(1, List.of(plots));
  }
}
