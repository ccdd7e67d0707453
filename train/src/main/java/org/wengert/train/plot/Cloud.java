package org.wengert.train.plot;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/// Very many points as one image: as shapes they would make files that no viewer opens.
///
/// @param image twice as fine as the picture
record Cloud(BufferedImage image, Rectangle area) {
  /// The number of points from which they are an image.
  static final int LEAST = 5_000;

  private static final int FINE = 2;
  private static final int DOT = 7;

  static Cloud of(Points points, Frame frame, Color colour) {
    Rectangle area = frame.area();
    BufferedImage dot = dot(colour);
    BufferedImage image =
        new BufferedImage(FINE * area.width, FINE * area.height, BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = image.createGraphics();
    for (int i = 0; i < points.xs().length; i++) {
      double x = frame.x().share(points.xs()[i]) * image.getWidth();
      double y = (1 - frame.y().share(points.ys()[i])) * image.getHeight();
      if (Math.abs(x) < 1e6 && Math.abs(y) < 1e6) {
        graphics.drawImage(
            dot, (int) Math.round(x - DOT / 2.0), (int) Math.round(y - DOT / 2.0), null);
      }
    }
    graphics.dispose();
    return new Cloud(image, area);
  }

  private static BufferedImage dot(Color colour) {
    BufferedImage dot = new BufferedImage(DOT, DOT, BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = dot.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setColor(Pen.faint(colour, 0.8));
    graphics.fillOval(0, 0, DOT, DOT);
    graphics.dispose();
    return dot;
  }

  /// Paints it from `(0, 0)`.
  void paint(Graphics2D graphics) {
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(image, 0, 0, area.width, area.height, null);
  }
}
