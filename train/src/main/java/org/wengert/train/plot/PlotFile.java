package org.wengert.train.plot;

import de.erichseifert.vectorgraphics2d.Processors;
import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.AWTError;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.wengert.StateException;
import org.wengert.tensor.OptionException;

/// Turns plots into files.
final class PlotFile {
  private PlotFile() {}

  static void save(Plot plot, Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    byte[] bytes;
    if (name.endsWith(".png")) {
      bytes = png(plot);
    } else if (name.endsWith(".svg")) {
      bytes = svg(plot).getBytes(StandardCharsets.UTF_8);
    } else {
      throw new OptionException("a plot cannot become " + file.getFileName())
          .hint("let the name end in .png or .svg");
    }
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  static byte[] png(Plot plot) {
    try {
      return png(image(plot));
    } catch (InternalError | NoClassDefFoundError | AWTError | UnsatisfiedLinkError e) {
      throw withoutFonts(e);
    }
  }

  static byte[] png(BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.setUseCache(false); // no temporary files
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write into memory", e);
    }
    return bytes.toByteArray();
  }

  private static BufferedImage image(Plot plot) {
    BufferedImage image =
        new BufferedImage(plot.width(), plot.height(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      plot.paint(graphics);
    } finally {
      graphics.dispose();
    }
    return image;
  }

  static String svg(Plot plot) {
    try {
      VectorGraphics2D graphics = new VectorGraphics2D();
      plot.paint(graphics);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      Processors.get("svg")
          .getDocument(graphics.getCommands(), new PageSize(plot.width(), plot.height()))
          .writeTo(bytes);
      String text = bytes.toString(StandardCharsets.UTF_8);
      int begin = text.indexOf("<svg"); // readers would fetch the address in the DOCTYPE before it
      int inside = text.indexOf('>', begin) + 1;
      return text.substring(begin, inside) + titled(plot) + text.substring(inside);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write into memory", e);
    } catch (InternalError | NoClassDefFoundError | AWTError | UnsatisfiedLinkError e) {
      throw withoutFonts(e);
    }
  }

  private static String titled(Plot plot) {
    String plain = Pen.plain(plot.title(), 1_000);
    return "<title>"
        + plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        + "</title>";
  }

  private static StateException withoutFonts(Error e) {
    return new StateException("this machine cannot draw letters: " + e.getMessage())
        .hint("install fontconfig and a font, such as the packages fontconfig and fonts-dejavu");
  }
}
