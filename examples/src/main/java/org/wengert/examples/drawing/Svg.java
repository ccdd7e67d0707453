package org.wengert.examples.drawing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// A picture as SVG text, on a white ground, to which shapes are added one after the other.
///
/// Its text is drawn by whoever views it: a machine without fonts can write it. Holds state: the
/// picture so far.
public final class Svg {
  private final StringBuilder elements = new StringBuilder();

  /// An empty picture of so many pixels.
  public Svg(int width, int height) {
    add(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' width='%1$d' height='%2$d'"
            + " font-family='Helvetica, Arial, DejaVu Sans, sans-serif' font-size='13'"
            + " fill='#333'>",
        width, height);
    add("<rect width='100%%' height='100%%' fill='white'/>");
  }

  /// Adds an element, formatted the same way in every country.
  @SuppressWarnings("AnnotateFormatMethod") // would need a dependency
  public void add(String format, Object... values) {
    elements.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  /// Adds a disc with a white rim.
  public void dot(double x, double y, String colour) {
    add("<circle cx='%.1f' cy='%.1f' r='4' fill='%s' stroke='white'/>", x, y, colour);
  }

  /// Adds a line of text, whatever characters it has.
  ///
  /// @param anchor which part of it is at `x`: start, middle or end
  /// @param style more attributes, or nothing
  public void text(double x, double y, String anchor, String style, String text) {
    String safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    add("<text x='%.1f' y='%.1f' text-anchor='%s' %s>%s</text>", x, y, anchor, style, safe);
  }

  /// Writes the picture, making the folder if there is none.
  ///
  /// @throws UncheckedIOException if that fails
  public void write(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, toString());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /// The picture so far.
  @Override
  public String toString() {
    return elements + "</svg>\n";
  }
}
