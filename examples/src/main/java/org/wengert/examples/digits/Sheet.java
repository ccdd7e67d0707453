package org.wengert.examples.digits;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.wengert.train.ink.Glyph;
import org.wengert.train.ink.Handwriting;
import org.wengert.train.ink.Ink;

/// A mutable white sheet on which images are enlarged and captions written, saved as PNG.
///
/// Captions are strokes of [Handwriting]: AWT can draw no text on a machine without fonts.
final class Sheet {
  private static final int WHITE = 0xFFFFFF;

  private final int width;
  private final int height;
  private final int[] colours;

  Sheet(int width, int height) {
    this.width = width;
    this.height = height;
    this.colours = new int[width * height];
    Arrays.fill(colours, WHITE);
  }

  /// Shows an image as dark ink on light paper with a thin frame, each pixel a square of `zoom`.
  void show(DigitImages images, int image, int left, int top, int zoom) {
    int side = DigitImages.SIDE * zoom;
    for (int y = -1; y <= side; y++) {
      for (int x = -1; x <= side; x++) {
        boolean frame = x < 0 || y < 0 || x == side || y == side;
        float ink = frame ? 0.3f : images.pixel(image, y / zoom, x / zoom);
        colours[(top + y) * width + left + x] = mix(WHITE, 0x101018, ink);
      }
    }
  }

  /// Writes a caption, whose letters are `size` pixels high, and returns where the next one goes.
  int write(String caption, int left, int top, int size, int colour) {
    int advance = size * 3 / 4;
    int box = caption.length() * advance;
    double radius = size / 16.0 + 0.4;
    Ink ink = new Ink(box, 2 * size, radius + 1);
    for (int i = 0; i < caption.length(); i++) {
      int start = i * advance;
      Glyph sign = Handwriting.sign(caption.charAt(i));
      ink.draw(sign.map(p -> p.at(start + advance * p.x(), size * (0.2 + p.y()))).polylines());
    }
    for (int place = 0; place < box * 2 * size; place++) {
      int pixel = (top + place / box) * width + left + place % box;
      colours[pixel] = mix(colours[pixel], colour, (float) ink.darkness(place, radius, 1));
    }
    return left + box;
  }

  private static int mix(int paper, int ink, float share) {
    int mixed = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int from = paper >> shift & 0xFF;
      int to = ink >> shift & 0xFF;
      mixed |= Math.round(from + share * (to - from)) << shift;
    }
    return mixed;
  }

  /// Writes the sheet as PNG, making the folder if there is none.
  void save(Path file) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, width, height, colours, 0, width);
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      ImageIO.write(image, "png", file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
