package org.wengert.train.read;

import java.awt.Rectangle;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;
import org.wengert.io.FileFormatException;

/// The numbers of an image, 0 to 1, plane after plane.
///
/// @param planes red, green, blue; or grey alone
@SuppressWarnings("ArrayRecordComponent") // handed over, not compared
record Picture(float[][] planes, int height, int width) {
  private static final List<String> FORMATS = List.of("png", "jpeg", "bmp", "gif");

  /// More pixels are not worth the time that unpacking takes.
  private static final long MOST_PIXELS = 1 << 26;

  private static final long MOST_BYTES = 1 << 28;

  /// Of images with more pixels, every second or third row and column is read, and so on.
  private static final long MOST_HELD = 1 << 22;

  /// Reads an image.
  ///
  /// @throws IOException if the file cannot be read
  /// @throws FileFormatException if it is no image, cut off, damaged or enormous
  static Picture read(Path file, boolean grey) throws IOException {
    if (Files.size(file) > MOST_BYTES) {
      throw error(file, Files.size(file) + " bytes", "at most " + MOST_BYTES, null);
    }
    byte[] bytes = Files.readAllBytes(file);
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      ImageReader reader = reader(in);
      if (reader == null) {
        throw error(file, "something else", "an image in PNG, JPEG, BMP or GIF", null);
      }
      try {
        reader.setInput(in, true, true);
        return planes(decoded(file, reader), grey);
      } finally {
        reader.dispose();
      }
    } catch (FileFormatException e) {
      throw e;
    } catch (IOException | RuntimeException e) { // from memory: all that decoders throw is damage
      throw error(file, "damaged data (" + e + ")", "a whole image", e);
    }
  }

  private static @Nullable ImageReader reader(ImageInputStream in) throws IOException {
    Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      if (FORMATS.contains(reader.getFormatName().toLowerCase(Locale.ROOT))) {
        return reader;
      }
    }
    return null;
  }

  private static BufferedImage decoded(Path file, ImageReader reader) throws IOException {
    long width = reader.getWidth(0);
    long height = reader.getHeight(0);
    if (width < 1 || height < 1 || width * height > MOST_PIXELS) {
      throw error(file, width + " x " + height + " pixels", "1 to " + MOST_PIXELS, null);
    }
    int step = 1;
    while (Math.ceilDiv(width, step) * Math.ceilDiv(height, step) > MOST_HELD) {
      step++;
    }
    ImageReadParam parameters = reader.getDefaultReadParam();
    parameters.setSourceSubsampling(step, step, 0, 0);
    reader.addIIOReadWarningListener((_, warning) -> refuseIfDamaged(file, warning));
    parameters.setSourceRegion(new Rectangle((int) width, (int) height));
    return reader.read(0, parameters);
  }

  /// The decoder of JPEG goes on where data is missing, and only warns.
  private static void refuseIfDamaged(Path file, String warning) {
    if (warning.contains("Premature") || warning.contains("Corrupt")) {
      throw error(file, "damaged data (" + warning + ")", "a whole image", null);
    }
  }

  private static FileFormatException error(
      Path file, String found, String expected, @Nullable Throwable cause) {
    FileFormatException error =
        new FileFormatException(file, "image", found, expected)
            .hint("remove it from the folder, or fetch it again");
    if (cause != null) {
      error.addSuppressed(cause);
    }
    return error;
  }

  private static Picture planes(BufferedImage image, boolean grey) {
    int height = image.getHeight();
    int width = image.getWidth();
    float[][] planes = new float[grey ? 1 : 3][height * width];
    if (image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY) {
      takeGrey(image, planes[0]);
      Arrays.fill(planes, planes[0]);
      return new Picture(planes, height, width);
    }
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int x = 0; x < width; x++) {
        takeColour(row[x], planes, y * width + x);
      }
    }
    return new Picture(planes, height, width);
  }

  private static void takeColour(int colour, float[][] planes, int at) {
    int red = colour >> 16 & 0xff;
    int green = colour >> 8 & 0xff;
    int blue = colour & 0xff;
    if (planes.length == 1) {
      planes[0][at] = (299 * red + 587 * green + 114 * blue) / 255_000f;
    } else {
      planes[0][at] = red / 255f;
      planes[1][at] = green / 255f;
      planes[2][at] = blue / 255f;
    }
  }

  /// Takes grey as it stands in the file: `getRGB` would brighten it, since Java's grey is linear.
  private static void takeGrey(BufferedImage image, float[] plane) {
    Raster raster = image.getRaster();
    float most = (1 << image.getColorModel().getComponentSize(0)) - 1;
    int width = image.getWidth();
    int[] row = new int[width];
    for (int y = 0; y < image.getHeight(); y++) {
      raster.getSamples(0, y, width, 1, 0, row);
      for (int x = 0; x < width; x++) {
        plane[y * width + x] = row[x] / most;
      }
    }
  }

  /// The same image in another size. Each new pixel is a mean of the old ones around its place,
  /// weighted by a triangle as wide as two new pixels, or two old ones where it becomes larger.
  Picture resized(int toHeight, int toWidth) {
    if (toHeight == height && toWidth == width) {
      return this;
    }
    float[][] resized = new float[planes.length][];
    for (int plane = 0; plane < planes.length; plane++) {
      float[] narrow = alongRows(planes[plane], height, width, toWidth);
      float[] turned = transposed(narrow, height, toWidth);
      float[] low = alongRows(turned, toWidth, height, toHeight);
      resized[plane] = transposed(low, toWidth, toHeight);
    }
    return new Picture(resized, toHeight, toWidth);
  }

  private static float[] alongRows(float[] from, int height, int width, int toWidth) {
    float[] to = new float[height * toWidth];
    double scale = (double) width / toWidth;
    double reach = Math.max(1, scale);
    for (int x = 0; x < toWidth; x++) {
      double centre = (x + 0.5) * scale;
      int first = Math.max(0, (int) Math.ceil(centre - reach - 0.5));
      int last = Math.min(width - 1, (int) Math.floor(centre + reach - 0.5));
      double[] weights = new double[last - first + 1];
      double sum = 0;
      for (int i = 0; i < weights.length; i++) {
        weights[i] = Math.max(0, 1 - Math.abs(first + i + 0.5 - centre) / reach);
        sum += weights[i];
      }
      for (int y = 0; y < height; y++) {
        double mean = 0;
        for (int i = 0; i < weights.length; i++) {
          mean += weights[i] * from[y * width + first + i];
        }
        to[y * toWidth + x] = (float) (mean / sum);
      }
    }
    return to;
  }

  private static float[] transposed(float[] from, int height, int width) {
    float[] to = new float[from.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        to[x * height + y] = from[y * width + x];
      }
    }
    return to;
  }

  /// The middle of the image; where an odd number of pixels goes, one more at the end than at the
  /// beginning.
  Picture cropped(int toHeight, int toWidth) {
    int top = (height - toHeight) / 2;
    int left = (width - toWidth) / 2;
    float[][] cropped = new float[planes.length][toHeight * toWidth];
    for (int plane = 0; plane < planes.length; plane++) {
      for (int y = 0; y < toHeight; y++) {
        System.arraycopy(
            planes[plane], (top + y) * width + left, cropped[plane], y * toWidth, toWidth);
      }
    }
    return new Picture(cropped, toHeight, toWidth);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public String toString() {
    return height + " x " + width + " pixels";
  }
}
