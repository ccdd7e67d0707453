package org.wengert.train.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wengert.io.FileFormatException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

class CifarTest {
  @TempDir Path folder;

  /// An image whose red plane is `label`, whose green one is 100, whose blue one is 255.
  private static byte[] image(int... labels) {
    byte[] image = new byte[labels.length + 3072];
    for (int i = 0; i < labels.length; i++) {
      image[i] = (byte) labels[i];
    }
    int from = labels.length;
    Arrays.fill(image, from, from + 1024, (byte) labels[labels.length - 1]);
    Arrays.fill(image, from + 1024, from + 2048, (byte) 100);
    Arrays.fill(image, from + 2048, from + 3072, (byte) 255);
    return image;
  }

  private Path write(String name, byte[]... images) throws IOException {
    byte[] all = new byte[images.length * images[0].length];
    for (int i = 0; i < images.length; i++) {
      System.arraycopy(images[i], 0, all, i * images[0].length, images[0].length);
    }
    return Files.write(folder.resolve(name), all);
  }

  @Test
  void aFolderOfCifar10IsItsFiveBatchesAndTheTest() throws IOException {
    for (int batch = 1; batch <= 5; batch++) {
      write("data_batch_" + batch + ".bin", image(batch), image(0));
    }
    write("test_batch.bin", image(9));
    Files.writeString(folder.resolve("batches.meta.txt"), "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n\n");
    LabelledImages.Split split = Cifar.CIFAR10.read(folder);
    assertEquals(10, split.train().size());
    assertEquals("j", split.test().classes().get(split.test().label(0)));
    Tensor image = split.train().get(8).input();
    assertEquals(Shape.of(3, 32, 32), image.shape());
    assertEquals(5 / 255f, image.at(0, 31, 31));
    assertEquals(100 / 255f, image.at(1, 0, 0));
    assertEquals(1, image.at(2, 31, 0));
  }

  @Test
  void cifar100HasCoarseLabelsThatAreLeftOut() throws IOException {
    write("train.bin", image(19, 99), image(3, 42));
    write("test.bin", image(0, 7));
    LabelledImages.Split split = Cifar.CIFAR100.read(folder);
    assertEquals(99, split.train().label(0));
    assertEquals(42 / 255f, split.train().get(1).input().at(0, 0, 0));
    assertEquals(List.of(7, 100), List.of(split.test().label(0), split.test().classes().size()));
  }

  @Test
  void aWrongLengthIsRefused() throws IOException {
    Path file = write("x.bin", new byte[3072]);
    refused(
        file,
        "whole file: found 3072 bytes, expected a multiple of 3073, an image each\n"
            + "  hint: it is cut off, or not the binary version of CIFAR10");
  }

  @Test
  void aWrongLabelIsRefused() throws IOException {
    Path file = write("x.bin", image(3), image(10));
    refused(file, "byte 3073: found label 10, expected 0 to 9");
  }

  @Test
  void missingNamesOfClassesAreCounted() throws IOException {
    write("train.bin", image(0, 1));
    write("test.bin", image(0, 7));
    Files.writeString(folder.resolve("fine_label_names.txt"), "apple\nbear\n");
    FileFormatException e =
        assertThrows(FileFormatException.class, () -> Cifar.CIFAR100.read(folder));
    assertEquals(
        folder.resolve("fine_label_names.txt")
            + ", whole file: found 2 names of classes, expected 100",
        e.getMessage());
  }

  @Test
  void aMissingFileIsNamed() {
    NoSuchFileException e =
        assertThrows(NoSuchFileException.class, () -> Cifar.CIFAR100.read(folder));
    assertEquals(folder.resolve("train.bin").toString(), e.getMessage());
  }

  private static void refused(Path file, String message) {
    FileFormatException e =
        assertThrows(FileFormatException.class, () -> Cifar.CIFAR10.readFiles(file));
    assertEquals(file + ", " + message, e.getMessage());
  }
}
