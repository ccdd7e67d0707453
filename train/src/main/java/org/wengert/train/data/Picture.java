package org.wengert.train.data;

import org.wengert.tensor.DType;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// An image whose pixels are fetched from elsewhere in it. Immutable.
final class Picture {
  private final Tensor image;
  private final double[] pixels;
  private final int rows;
  private final int columns;
  private final int height;
  private final int width;

  Picture(Tensor image) {
    if (image.rank() < 2 || image.rank() > 3) {
      throw new ShapeException("an image of shape " + image.shape())
          .hint("images are (height, width) or (channels, height, width)");
    }
    this(image, image.size(-2), image.size(-1));
  }

  private Picture(Tensor image, int height, int width) {
    this.image = image;
    this.pixels = image.toDoubleArray();
    this.rows = image.size(-2);
    this.columns = image.size(-1);
    this.height = height;
    this.width = width;
  }

  /// The same with a result of another size.
  Picture sized(int height, int width) {
    return new Picture(image, height, width);
  }

  /// A coordinate in the image, for a pixel of the result.
  @FunctionalInterface
  interface Source {
    double of(int y, int x);
  }

  /// The type of a changed image: its own if that is floating, else `FLOAT32`.
  static DType type(Tensor image) {
    return image.dtype().isFloating() ? image.dtype() : DType.FLOAT32;
  }

  /// The image whose pixel at `(y, x)` is this one's at another place: between pixels linear
  /// interpolation, 0 outside.
  Tensor mapped(Source fromY, Source fromX) {
    double[] result = new double[channels() * height * width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        fetch(fromY.of(y, x), fromX.of(y, x), result, y * width + x);
      }
    }
    int rank = image.rank();
    return Tensor.of(result)
        .reshape(image.shape().with(rank - 2, height).with(rank - 1, width))
        .to(type(image));
  }

  private int channels() {
    return image.rank() == 2 ? 1 : image.size(0);
  }

  /// Fetches one pixel, in all channels, from its up to four neighbours.
  private void fetch(double y, double x, double[] result, int place) {
    int top = (int) Math.floor(y);
    int left = (int) Math.floor(x);
    for (int corner = 0; corner < 4; corner++) {
      int cy = top + corner / 2;
      int cx = left + corner % 2;
      double share = Math.max(0, 1 - Math.abs(y - cy)) * Math.max(0, 1 - Math.abs(x - cx));
      if (share > 0 && cy >= 0 && cy < rows && cx >= 0 && cx < columns) {
        for (int c = 0; c < channels(); c++) {
          result[c * height * width + place] += share * pixels[(c * rows + cy) * columns + cx];
        }
      }
    }
  }
}
