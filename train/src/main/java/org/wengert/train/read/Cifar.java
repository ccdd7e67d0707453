package org.wengert.train.read;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.wengert.io.FileFormatException;
import org.wengert.tensor.Shape;

/// Reads CIFAR-10 and CIFAR-100, colour images of `32 x 32` pixels, in their binary version: one
/// record after the other, of one label (CIFAR-100: a coarse and a fine one, of which the fine one
/// is taken) and the red, the green and the blue plane.
///
/// ```
/// LabelledImages.Split images = Cifar.CIFAR10.read(Path.of("cifar-10-batches-bin"));
/// ```
///
/// Constants are immutable and safe to share. Source: Krizhevsky, *Learning multiple layers of
/// features from tiny images*, 2009; the page of the data sets.
public enum Cifar {
  /// Ten classes; a folder of `data_batch_1.bin` to `data_batch_5.bin` and `test_batch.bin`.
  CIFAR10(10, List.of(1, 2, 3, 4, 5), "test_batch.bin", "batches.meta.txt"),
  /// A hundred classes; a folder of `train.bin` and `test.bin`.
  CIFAR100(100, List.of(), "test.bin", "fine_label_names.txt");

  private static final Shape IMAGE = Shape.of(3, 32, 32);
  private static final int COARSE = 20;

  private final int classes;
  private final List<Integer> batches;
  private final String test;
  private final String names;

  Cifar(int classes, List<Integer> batches, String test, String names) {
    this.classes = classes;
    this.batches = batches;
    this.test = test;
    this.names = names;
  }

  /// The images of a folder as it was unpacked. Classes have the names that are in
  /// `batches.meta.txt` or `fine_label_names.txt`; without that file, their numbers.
  ///
  /// @throws IOException if a file is missing or cannot be read
  /// @throws FileFormatException if one is damaged, or is something else
  public LabelledImages.Split read(Path folder) throws IOException {
    List<Path> train =
        batches.isEmpty()
            ? List.of(folder.resolve("train.bin"))
            : batches.stream().map(n -> folder.resolve("data_batch_" + n + ".bin")).toList();
    List<String> called = names(folder.resolve(names));
    return new LabelledImages.Split(
        read(train, called), read(List.of(folder.resolve(test)), called));
  }

  /// The images of some files, one after the other; classes are called by their numbers.
  ///
  /// @throws IOException if a file cannot be read
  /// @throws FileFormatException if one is damaged, or is something else
  public LabelledImages readFiles(Path... files) throws IOException {
    return read(List.of(files), numbers());
  }

  private LabelledImages read(List<Path> files, List<String> called) throws IOException {
    long records = 0;
    for (Path file : files) {
      records += records(file);
    }
    if (records * IMAGE.count() > Integer.MAX_VALUE - 8) {
      throw new FileFormatException(
          files.getFirst(),
          "whole file",
          records + " images with those of the other files",
          "fewer");
    }
    byte[] pixels = new byte[(int) records * IMAGE.count()];
    byte[] labels = new byte[(int) records];
    int at = 0;
    for (Path file : files) {
      at = read(file, pixels, labels, at);
    }
    return new LabelledImages(pixels, labels, IMAGE, called);
  }

  private int labelBytes() {
    return this == CIFAR10 ? 1 : 2;
  }

  private long records(Path file) throws IOException {
    long size = Files.size(file);
    int record = labelBytes() + IMAGE.count();
    if (size == 0 || size % record != 0) {
      throw new FileFormatException(
              file, "whole file", size + " bytes", "a multiple of " + record + ", an image each")
          .hint("it is cut off, or not the binary version of " + this);
    }
    return size / record;
  }

  /// Appends the images of a file to the first `at`; returns how many there are then.
  private int read(Path file, byte[] pixels, byte[] labels, int at) throws IOException {
    int next = at;
    try (FileBytes bytes = FileBytes.open(file)) {
      for (long left = records(file); left > 0 && next < labels.length; left--) {
        if (labelBytes() == 2) {
          label(bytes, COARSE);
        }
        labels[next] = (byte) label(bytes, classes);
        int count = bytes.readNBytes(pixels, next * IMAGE.count(), IMAGE.count());
        if (count < IMAGE.count()) {
          throw bytes.error("byte " + bytes.offset(), "the end of the file", "the whole image");
        }
        next++;
      }
      bytes.requireEnd(next - at + " images");
    }
    return next;
  }

  private static int label(FileBytes bytes, int classes) throws IOException {
    long at = bytes.offset();
    int label = Byte.toUnsignedInt(bytes.next(1)[0]);
    if (label >= classes) {
      throw bytes.error("byte " + at, "label " + label, "0 to " + (classes - 1));
    }
    return label;
  }

  private List<String> numbers() {
    return IntStream.range(0, classes).mapToObj(String::valueOf).toList();
  }

  private List<String> names(Path file) throws IOException {
    if (!Files.exists(file)) {
      return numbers();
    }
    List<String> called = new ArrayList<>();
    try (Rows<String> lines = TextFile.lines(file)) {
      for (String line : lines) {
        if (!line.isBlank()) {
          called.add(line.strip());
        }
      }
    }
    if (called.size() != classes) {
      throw new FileFormatException(
          file, "whole file", called.size() + " names of classes", String.valueOf(classes));
    }
    return called;
  }
}
