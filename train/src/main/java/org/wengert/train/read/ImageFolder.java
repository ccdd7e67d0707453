package org.wengert.train.read;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.wengert.io.FileFormatException;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Storage;
import org.wengert.tensor.Tensor;
import org.wengert.train.data.Dataset;
import org.wengert.train.data.Sample;

/// A folder with a folder of images for each class: `cats/1.png`, `cats/2.jpg`, `dogs/1.png`. Only
/// the names are held; an image is read when it is asked for, by several threads at once if there
/// are several workers.
///
/// ```
/// ImageFolder animals = ImageFolder.open(folder, ImageFolder.Options.size(64, 64));
/// ```
///
/// Classes are the names of the folders, numbered in their order; images are in the order of their
/// names. Read are PNG, JPEG, BMP and GIF (the first picture), by their contents; files with other
/// endings, and those that begin with a dot, are passed over. A sample's input is `FLOAT32`,
/// `(channels, height, width)`, from 0 to 1, its target the number of the class, an `INT64` scalar.
///
/// An image may have 67 million pixels; of one with more than 4 million, which cannot be needed,
/// only every second (third, ...) row and column is read. The orientation that cameras note is not
/// looked at, transparency neither.
///
/// Immutable.
public final class ImageFolder implements Dataset<Sample> {
  private static final List<String> ENDINGS = List.of(".png", ".jpg", ".jpeg", ".bmp", ".gif");

  private final List<Path> files;
  private final List<Integer> labels;
  private final List<String> classes;
  private final Options options;

  private ImageFolder(
      List<Path> files, List<Integer> labels, List<String> classes, Options options) {
    this.files = List.copyOf(files);
    this.labels = List.copyOf(labels);
    this.classes = List.copyOf(classes);
    this.options = options;
  }

  /// How images come to have one size and kind.
  ///
  /// @param height rows of a sample
  /// @param width columns of a sample
  /// @param crop whether an image of other proportions loses what stands out at its sides before
  ///     it is made smaller or larger; if not, it is stretched
  /// @param grey whether samples have one channel, of brightness, instead of red, green and blue
  public record Options(int height, int width, boolean crop, boolean grey) {
    /// Checks the size.
    ///
    /// @throws OptionException if `height` or `width` are not from 1 to 4096
    public Options {
      if (Math.min(height, width) < 1 || Math.max(height, width) > 4096) {
        throw new OptionException("images of " + height + " x " + width + " pixels")
            .hint("take 1 to 4096 for both");
      }
    }

    /// Colour images of this size, cropped.
    public static Options size(int height, int width) {
      return new Options(height, width, true, false);
    }

    /// Cropped or stretched.
    public Options crop(boolean crop) {
      return new Options(height, width, crop, grey);
    }

    /// Grey or in colour.
    public Options grey(boolean grey) {
      return new Options(height, width, crop, grey);
    }
  }

  /// Lists the images of a folder.
  ///
  /// @throws IOException if a folder cannot be read
  /// @throws FileFormatException if there is no class, or a class without images
  public static ImageFolder open(Path folder, Options options) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new NotDirectoryException(folder.toString());
    }
    List<Path> kinds = sorted(folder, Files::isDirectory);
    if (kinds.isEmpty()) {
      throw new FileFormatException(folder, "folder", "no folders", "one for each class");
    }
    List<Path> files = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (int label = 0; label < kinds.size(); label++) {
      Path kind = kinds.get(label);
      List<Path> images = sorted(kind, ImageFolder::isImage);
      if (images.isEmpty()) {
        throw new FileFormatException(kind, "folder", "no images", "one or more " + ENDINGS);
      }
      files.addAll(images);
      labels.addAll(Collections.nCopies(images.size(), label));
    }
    return new ImageFolder(files, labels, kinds.stream().map(ImageFolder::name).toList(), options);
  }

  private static List<Path> sorted(Path folder, Predicate<Path> wanted) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(path -> !name(path).startsWith(".") && wanted.test(path))
          .sorted((a, b) -> name(a).compareTo(name(b)))
          .toList();
    }
  }

  private static boolean isImage(Path file) {
    String name = name(file).toLowerCase(Locale.ROOT);
    return ENDINGS.stream().anyMatch(name::endsWith) && Files.isRegularFile(file);
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  @Override
  public int size() {
    return files.size();
  }

  /// Reads an image.
  ///
  /// @throws IOException if the file cannot be read
  /// @throws FileFormatException if it is no image, cut off, damaged or enormous; names the file
  @Override
  public Sample get(int index) throws IOException {
    Path file = file(index);
    Picture picture = Picture.read(file, options.grey());
    Picture ready =
        (options.crop() ? middle(picture) : picture).resized(options.height(), options.width());
    int channels = ready.planes().length;
    int plane = options.height() * options.width();
    float[] values = new float[channels * plane];
    for (int channel = 0; channel < channels; channel++) {
      System.arraycopy(ready.planes()[channel], 0, values, channel * plane, plane);
    }
    Shape shape = Shape.of(channels, options.height(), options.width());
    return new Sample(
        Tensor.over(new Storage.Floats(values), shape), Tensor.of((long) labels.get(index)));
  }

  /// As much of the image as has the wanted proportions.
  private Picture middle(Picture picture) {
    double proportions = (double) options.width() / options.height();
    int height = (int) Math.round(Math.min(picture.height(), picture.width() / proportions));
    int width = (int) Math.round(Math.min(picture.width(), picture.height() * proportions));
    return picture.cropped(Math.max(1, height), Math.max(1, width));
  }

  /// The file that image `index` is in.
  public Path file(int index) {
    return files.get(Objects.checkIndex(index, files.size()));
  }

  /// The number of the class that image `index` belongs to, without reading it.
  public int label(int index) {
    return labels.get(index);
  }

  /// The names of the classes, in the order of their numbers.
  public List<String> classes() {
    return classes;
  }

  @Override
  public String toString() {
    return size() + " images of " + classes.size() + " classes";
  }
}
