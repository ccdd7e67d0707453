package org.wengert.train.read;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.wengert.io.FileFormatException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Storage;
import org.wengert.tensor.Tensor;

/// Reads MNIST, and what was published in its form, such as Fashion-MNIST: grey images of `28 x 28`
/// pixels of ten classes, in [Idx] files, plain or compressed.
///
/// ```
/// LabelledImages.Split digits = Mnist.read(Path.of("mnist"));
/// ```
///
/// Stateless and thread-safe.
public final class Mnist {
  private static final int SIDE = 28;
  private static final int CLASSES = 10;
  private static final int FEWEST = 5;

  private Mnist() {}

  /// Reads the `train-*` files to learn from and the `t10k-*` files to test on. If there are only
  /// `t10k-*` files, their first four fifths (8,000) are to learn from and the rest (2,000) to
  /// test.
  ///
  /// The names are `t10k-images-idx3-ubyte` and `t10k-labels-idx1-ubyte`, also with a dot before
  /// `idx`, also with `.gz` at the end.
  ///
  /// @throws IOException if there are no such files, or they cannot be read
  /// @throws FileFormatException if one is damaged, or is something else
  public static LabelledImages.Split read(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new NotDirectoryException(folder.toString());
    }
    LabelledImages test = read(folder, "t10k");
    if (exists(folder, "train-images", 3) || exists(folder, "train-labels", 1)) {
      return new LabelledImages.Split(read(folder, "train"), test);
    }
    if (test.size() < FEWEST) {
      throw new FileFormatException(
          find(folder, "t10k-images", 3),
          "whole file",
          test.size() + " images",
          "at least " + FEWEST + ", to split them 4 : 1");
    }
    return test.split((int) (test.size() * 4L / FEWEST));
  }

  private static LabelledImages read(Path folder, String name) throws IOException {
    return read(find(folder, name + "-images", 3), find(folder, name + "-labels", 1));
  }

  /// The images of one file with the labels of another.
  ///
  /// @throws IOException if a file cannot be read
  /// @throws FileFormatException if one is damaged or something else, or they do not fit together
  public static LabelledImages read(Path images, Path labels) throws IOException {
    Tensor pixels = Idx.read(images);
    if (pixels.rank() != 3 || pixels.size(1) != SIDE || pixels.size(2) != SIDE) {
      throw new FileFormatException(
          images, "header", "shape " + pixels.shape(), "images of " + SIDE + " x " + SIDE);
    }
    Tensor numbers = Idx.read(labels);
    if (numbers.rank() != 1 || numbers.count() != pixels.size(0)) {
      throw new FileFormatException(
          labels,
          "header",
          "labels of shape " + numbers.shape(),
          "(" + pixels.size(0) + "), one for each image");
    }
    byte[] bytes = bytes(numbers);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] < 0 || bytes[i] >= CLASSES) {
        throw new FileFormatException(
            labels, "byte " + (8 + i), "label " + Byte.toUnsignedInt(bytes[i]), "0 to 9");
      }
    }
    List<String> classes = IntStream.range(0, CLASSES).mapToObj(String::valueOf).toList();
    return new LabelledImages(bytes(pixels), bytes, Shape.of(1, SIDE, SIDE), classes);
  }

  private static byte[] bytes(Tensor tensor) {
    return ((Storage.Bytes) tensor.storage()).array();
  }

  private static boolean exists(Path folder, String name, int axes) {
    return names(name, axes).stream().anyMatch(n -> Files.exists(folder.resolve(n)));
  }

  private static Path find(Path folder, String name, int axes) throws IOException {
    List<String> names = names(name, axes);
    for (String candidate : names) {
      if (Files.exists(folder.resolve(candidate))) {
        return folder.resolve(candidate);
      }
    }
    throw new IOException(folder + ": found no " + names.getFirst() + ", plain or .gz");
  }

  private static List<String> names(String name, int axes) {
    String ending = "idx" + axes + "-ubyte";
    return List.of(
        name + "-" + ending,
        name + "-" + ending + ".gz",
        name + "." + ending,
        name + "." + ending + ".gz");
  }
}
