package org.wengert.train.data;

import org.wengert.tensor.DType;
import org.wengert.tensor.Elements;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Storage;
import org.wengert.tensor.Tensor;

/// An image whose pixels are fetched from elsewhere in it, row by row and in all channels alike.
/// What is outside is 0. The result's type is the image's if that is floating, else `FLOAT32`.
/// Immutable.
final class Picture {
  private final Tensor image;
  private final Shape shape;
  private final DType type;
  private final int rows;
  private final int columns;
  private final int channels;

  Picture(Tensor image) {
    if (image.rank() < 2 || image.rank() > 3) {
      throw new ShapeException("an image of shape " + image.shape())
          .hint("images are (height, width) or (channels, height, width)");
    }
    this.image = image.contiguous();
    this.shape = image.shape();
    this.type = type(image);
    this.rows = image.size(-2);
    this.columns = image.size(-1);
    this.channels = image.rank() == 2 ? 1 : image.size(0);
  }

  /// The type of a changed image.
  static DType type(Tensor image) {
    return image.dtype().isFloating() ? image.dtype() : DType.FLOAT32;
  }

  /// The part of this size whose corner is at `(top, left)`, be it inside or not.
  Tensor window(int height, int width, int top, int left) {
    int rank = shape.rank();
    Tensor result = Tensor.zeros(shape.with(rank - 2, height).with(rank - 1, width), type);
    int from = Math.max(0, -left);
    int count = Math.min(width, columns - left) - from;
    for (int c = 0; c < channels && count > 0; c++) {
      for (int y = Math.max(0, -top); y < Math.min(height, rows - top); y++) {
        int to = (c * height + y) * width + from;
        Elements.copy(
            image.storage(), at(c, y + top, from + left), 1, result.storage(), to, 1, count);
      }
    }
    return result;
  }

  /// Where a pixel is in the storage.
  private int at(int channel, int y, int x) {
    return image.offset() + (channel * rows + y) * columns + x;
  }

  /// The image with left and right exchanged.
  Tensor mirrored() {
    Tensor result = Tensor.empty(shape, type);
    for (int line = 0; line < channels * rows; line++) {
      int last = at(0, line, columns - 1);
      Elements.copy(image.storage(), last, -1, result.storage(), line * columns, 1, columns);
    }
    return result;
  }

  /// The image turned around its centre, with linear interpolation between four pixels.
  Tensor turned(double angle) {
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    double middleY = (rows - 1) / 2.0;
    double middleX = (columns - 1) / 2.0;
    Framed framed = new Framed();
    double[] result = new double[channels * rows * columns];
    for (int y = 0; y < rows; y++) {
      double down = y - middleY;
      framed.aim(
          middleY + cos * down - sin * middleX, sin, middleX - sin * down - cos * middleX, cos);
      for (int c = 0; c < channels; c++) {
        framed.fetch(c, result, (c * rows + y) * columns);
      }
    }
    return Tensor.over(new Storage.Doubles(result), shape).to(type);
  }

  /// The pixels with a frame of 0 around each channel, so that each place in the image or less than
  /// a pixel beside it has four neighbours; and the places from which a line of the result is
  /// fetched, which are the same in all channels. Holds state: these places.
  private final class Framed {
    private final int width = columns + 2;
    private final double[] pixels = new double[channels * (rows + 2) * width];
    private final int[] corner = new int[columns];
    private final double[] below = new double[columns]; // how far, as a share of a pixel
    private final double[] beside = new double[columns];
    private int first;
    private int end;

    Framed() {
      Storage.Doubles to = new Storage.Doubles(pixels);
      for (int c = 0; c < channels; c++) {
        for (int y = 0; y < rows; y++) {
          int line = (c * (rows + 2) + y + 1) * width + 1;
          Elements.copy(image.storage(), at(c, y, 0), 1, to, line, 1, columns);
        }
      }
    }

    /// Places that begin at `(y, x)`, and move by `(dy, dx)` from pixel to pixel of the line.
    void aim(double y, double dy, double x, double dx) {
      first = 0;
      end = columns;
      while (first < end && !isInside(y + first * dy, x + first * dx)) {
        first++;
      }
      while (first < end && !isInside(y + (end - 1) * dy, x + (end - 1) * dx)) {
        end--;
      }
      for (int i = first; i < end; i++) {
        double framedY = y + i * dy + 1;
        double framedX = x + i * dx + 1;
        int top = (int) framedY;
        int left = (int) framedX;
        corner[i] = top * width + left;
        below[i] = framedY - top;
        beside[i] = framedX - left;
      }
    }

    /// Whether four neighbours are inside the frame. Both coordinates change in one direction along
    /// a line, so those inside are one run.
    private boolean isInside(double y, double x) {
      return y >= -1 && x >= -1 && y + 1 < rows + 1 && x + 1 < columns + 1;
    }

    /// Fetches the line of one channel.
    void fetch(int channel, double[] result, int place) {
      int plane = channel * (rows + 2) * width;
      for (int i = first; i < end; i++) {
        int at = plane + corner[i];
        double upper = pixels[at] + beside[i] * (pixels[at + 1] - pixels[at]);
        double lower =
            pixels[at + width] + beside[i] * (pixels[at + width + 1] - pixels[at + width]);
        result[place + i] = upper + below[i] * (lower - upper);
      }
    }
  }
}
