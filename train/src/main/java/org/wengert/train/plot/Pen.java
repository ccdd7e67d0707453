package org.wengert.train.plot;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.geom.AffineTransform;
import java.util.Locale;

/// How texts and colours look in every plot.
final class Pen {
  static final Color INK = new Color(0x20, 0x20, 0x20);
  static final Color GREY = new Color(0x70, 0x70, 0x70);
  static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 20);
  static final Font LABEL = new Font(Font.SANS_SERIF, Font.PLAIN, 16);
  static final Font SMALL = new Font(Font.SANS_SERIF, Font.PLAIN, 14);

  /// Colours that people with any colour vision tell apart (Okabe and Ito, 2008).
  private static final int[] COLOURS = {
    0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0xE69F00, 0x56B4E9, 0x6A3D9A, 0x7F7F7F, 0x8C510A,
    0x000000
  };

  private static final int LONGEST = 90;

  private Pen() {}

  /// The colour of the series or class with this number; they repeat after ten.
  static Color colour(int number) {
    return new Color(COLOURS[number % COLOURS.length]);
  }

  /// As short as it can be said: `0.5`, `20`, `1e-6`.
  static String number(double value) {
    double size = Math.abs(value);
    if (size != 0 && (size < 1e-3 || size >= 1e6)) {
      String text = String.format(Locale.ROOT, "%.2e", value);
      return text.replaceFirst("\\.?0+e", "e").replaceFirst("e\\+?(-?)0*", "e$1");
    }
    String text = String.format(Locale.ROOT, "%.4f", value).replaceFirst("\\.?0+$", "");
    return text.equals("-0") ? "0" : text;
  }

  /// A mixture: `share` of the second colour.
  static Color mix(Color first, Color second, double share) {
    return new Color(
        mix(first.getRed(), second.getRed(), share),
        mix(first.getGreen(), second.getGreen(), share),
        mix(first.getBlue(), second.getBlue(), share));
  }

  private static int mix(int first, int second, double share) {
    return (int) Math.round(first + share * (second - first));
  }

  /// A colour that lets `share` of itself be seen.
  static Color faint(Color colour, double share) {
    int alpha = (int) Math.round(255 * share);
    return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), alpha);
  }

  /// What a text looks like in a plot: one line, of what XML and fonts can show, not too long.
  static String plain(String text) {
    return plain(text, LONGEST);
  }

  static String plain(String text, int longest) {
    StringBuilder plain = new StringBuilder();
    text.codePoints()
        .limit(longest + 1)
        .map(c -> Character.isWhitespace(c) ? ' ' : shown(c) ? c : '\uFFFD')
        .forEach(plain::appendCodePoint);
    if (plain.codePointCount(0, plain.length()) > longest) {
      plain.setLength(plain.offsetByCodePoints(0, longest - 1));
      plain.append('…');
    }
    return plain.toString();
  }

  /// No control characters, no halves of pairs, nothing that turns the direction of writing.
  private static boolean shown(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.SURROGATE, Character.FORMAT, Character.UNASSIGNED -> false;
      default -> true;
    };
  }

  /// A white background, and smooth lines from now on.
  static void clear(Graphics2D graphics, int width, int height) {
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, height);
  }

  /// Writes a text whose line stands at `y`, shortened to `room` pixels.
  ///
  /// @param align where `x` is in the text: 0 at its left end, 0.5 in its middle, 1 at its right
  ///     end
  static void write(
      Graphics2D graphics, String text, double x, double y, double align, double room) {
    String shown = fit(graphics.getFont(), text, room);
    int width = graphics.getFontMetrics().stringWidth(shown);
    graphics.drawString(shown, (float) (x - align * width), (float) y);
  }

  /// Writes a text from below to above, as [#write] does from left to right.
  static void writeUpwards(
      Graphics2D graphics, String text, double x, double y, double align, double room) {
    AffineTransform before = graphics.getTransform();
    graphics.rotate(-Math.PI / 2, x, y);
    write(graphics, text, x, y, align, room);
    graphics.setTransform(before);
  }

  /// How wide a text is that [#plain] leaves as it is.
  static double width(Font font, String text) {
    return font.getStringBounds(text, new FontRenderContext(null, true, true)).getWidth();
  }

  /// As much of a text as fits into `room` pixels.
  static String fit(Font font, String text, double room) {
    String plain = plain(text);
    int end = plain.codePointCount(0, plain.length());
    String shown = plain;
    while (end > 1 && width(font, shown) > room) {
      end--;
      shown = plain.substring(0, plain.offsetByCodePoints(0, end)) + "…";
    }
    return shown;
  }
}
