package org.wengert.train.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.wengert.io.FileFormatException;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;
import org.wengert.train.data.Sample;

@Timeout(600) // against endless loops, not a measurement
class MnistTest {
  private static final String IMAGES = "t10k-images-idx3-ubyte";
  private static final String LABELS = "t10k-labels-idx1-ubyte";

  @TempDir Path folder;

  @BeforeEach
  void writeTenGoodImages() throws IOException {
    Files.write(folder.resolve(IMAGES), IdxBytes.images(10));
    Files.write(folder.resolve(LABELS), IdxBytes.labels(10));
  }

  @Test
  void aLoneTestSetIsSplitFourToOneInFileOrder() throws IOException {
    LabelledImages.Split split = Mnist.read(folder);
    assertTrue(Tensor.of(0L, 1, 2, 3, 4, 5, 6, 7).sameBits(split.train().labels()));
    assertTrue(Tensor.of(8L, 9).sameBits(split.test().labels()));
    Tensor last = split.test().get(1).input();
    assertEquals(Shape.of(1, 28, 28), last.shape());
    assertEquals(IdxBytes.grey(9, 27 * 28 + 5) / 255f, last.at(0, 27, 5));
    assertEquals(9, split.test().get(1).target().longAt());
    assertEquals(IdxBytes.grey(8, 3), split.test().pixels().at(0, 0, 0, 3));
    assertEquals("3", split.train().classes().get(3));
  }

  @Test
  void compressedFilesGiveTheSameAsPlainOnes() throws IOException {
    Tensor plain = Mnist.read(folder).train().pixels();
    compress(IMAGES);
    compress(LABELS);
    assertTrue(plain.sameBits(Mnist.read(folder).train().pixels()));
  }

  @Test
  void trainingFilesAreUsedIfPresent() throws IOException {
    Files.write(folder.resolve("train-images.idx3-ubyte"), IdxBytes.images(30));
    Files.write(folder.resolve("train-labels.idx1-ubyte"), IdxBytes.labels(30));
    LabelledImages.Split split = Mnist.read(folder);
    assertEquals(30, split.train().size());
    assertEquals(10, split.test().size());
  }

  @Test
  void aMissingFolderIsNamed() {
    Path nowhere = folder.resolve("nowhere");
    NotDirectoryException e = assertThrows(NotDirectoryException.class, () -> Mnist.read(nowhere));
    assertEquals(nowhere.toString(), e.getMessage());
  }

  @Test
  void aMissingFileIsNamed() throws IOException {
    Files.delete(folder.resolve(LABELS));
    IOException e = assertThrows(IOException.class, () -> Mnist.read(folder));
    assertEquals(folder + ": found no " + LABELS + ", plain or .gz", e.getMessage());
  }

  @Test
  void trainingImagesWithoutLabelsAreNotIgnored() throws IOException {
    Files.write(folder.resolve("train-images-idx3-ubyte"), IdxBytes.images(30));
    IOException e = assertThrows(IOException.class, () -> Mnist.read(folder));
    assertEquals(folder + ": found no train-labels-idx1-ubyte, plain or .gz", e.getMessage());
  }

  @Test
  void aFolderInPlaceOfAFileIsRefused() throws IOException {
    Files.delete(folder.resolve(IMAGES));
    Files.createDirectory(folder.resolve(IMAGES));
    FileSystemException e = assertThrows(FileSystemException.class, () -> Mnist.read(folder));
    assertEquals(folder.resolve(IMAGES) + ": no regular file", e.getMessage());
  }

  @Test
  void swappedFilesShowWhatIsWrong() throws IOException {
    Files.write(folder.resolve(IMAGES), IdxBytes.labels(784));
    refused(IMAGES, "header: found shape (784), expected images of 28 x 28");
  }

  @Test
  void somethingElseShowsItsMagicNumber() throws IOException {
    Files.writeString(folder.resolve(IMAGES), "MNIST");
    refused(
        IMAGES,
        "byte 0: found magic number 0x4D4E4953, expected 0x00000801 to 0x00000808"
            + " (unsigned bytes)\n  hint: this is no IDX file of bytes");
  }

  @Test
  void aTruncatedHeaderIsRefused() throws IOException {
    Files.write(folder.resolve(IMAGES), Arrays.copyOf(IdxBytes.images(10), 15));
    refused(
        IMAGES,
        "byte 15: found the end of the file, expected 1 more bytes\n"
            + "  hint: it was cut off or is damaged; fetch it again");
  }

  @Test
  void aTruncatedPlainFileIsRefused() throws IOException {
    Files.write(folder.resolve(IMAGES), Arrays.copyOf(IdxBytes.images(10), 7855));
    refused(
        IMAGES,
        "whole file: found 7855 bytes, expected 7856, for 7840 elements of shape [10, 28, 28]\n"
            + "  hint: it was cut off or is damaged; fetch it again");
  }

  @Test
  void truncatedDataInsideGzipIsRefused() throws IOException {
    Files.write(folder.resolve(IMAGES), Arrays.copyOf(IdxBytes.images(10), 7855));
    compress(IMAGES);
    refused(
        IMAGES + ".gz",
        "byte 7855: found the end of the file, expected 1 more bytes\n"
            + "  hint: it was cut off or is damaged; fetch it again");
  }

  @Test
  void trailingBytesAreRefused() throws IOException {
    Files.write(folder.resolve(LABELS), Arrays.copyOf(IdxBytes.labels(10), 19));
    refused(
        LABELS,
        "whole file: found 19 bytes, expected 18, for 10 elements of shape [10]\n"
            + "  hint: it was cut off or is damaged; fetch it again");
    compress(LABELS);
    refused(
        LABELS + ".gz",
        "byte 18: found more bytes, expected the end of the file after"
            + " 10 elements of shape (10)");
  }

  @Test
  void imagesAndLabelsMustBeEquallyMany() throws IOException {
    Files.write(folder.resolve(LABELS), IdxBytes.labels(9));
    refused(LABELS, "header: found labels of shape (9), expected (10), one for each image");
  }

  @Test
  void aLabelThatIsNoDigitIsRefused() throws IOException {
    byte[] labels = IdxBytes.labels(10);
    labels[13] = (byte) 200;
    Files.write(folder.resolve(LABELS), labels);
    refused(LABELS, "byte 13: found label 200, expected 0 to 9");
  }

  @Test
  void hugeAndZeroCountsAreRefused() throws IOException {
    Files.write(folder.resolve(IMAGES), IdxBytes.withCount(IdxBytes.images(10), -1));
    refused(
        IMAGES,
        "byte 4: found an axis of size 4294967295, expected 1 or more, and fewer than 2³¹ elements");
    Files.write(folder.resolve(IMAGES), IdxBytes.withCount(IdxBytes.images(10), 0));
    refused(
        IMAGES, "byte 4: found an axis of size 0, expected 1 or more, and fewer than 2³¹ elements");
  }

  @Test
  void aSmallGzipFileCannotClaimManyImages() throws IOException {
    byte[] packed = IdxBytes.gzip(IdxBytes.withCount(IdxBytes.images(1), 100_000));
    Files.delete(folder.resolve(IMAGES));
    Files.write(folder.resolve(IMAGES + ".gz"), packed);
    refused(
        IMAGES + ".gz",
        "whole file: found "
            + packed.length
            + " compressed bytes, expected enough for 78400016, for 78400000 elements of shape"
            + " [100000, 28, 28]\n  hint: it was cut off or is damaged; fetch it again");
  }

  @Test
  void aGzipBombIsNotUnpackedBeyondItsDeclaredSize() throws IOException {
    byte[] bomb = Arrays.copyOf(IdxBytes.images(10), 100_000_000);
    Files.delete(folder.resolve(IMAGES));
    Files.write(folder.resolve(IMAGES + ".gz"), IdxBytes.gzip(bomb));
    refused(
        IMAGES + ".gz",
        "byte 7856: found more bytes, expected the end of the file after"
            + " 7840 elements of shape (10, 28, 28)");
  }

  @Test
  void aGzipFileCutShortIsRefused() throws IOException {
    byte[] packed = IdxBytes.gzip(IdxBytes.images(10));
    Files.delete(folder.resolve(IMAGES));
    Files.write(folder.resolve(IMAGES + ".gz"), Arrays.copyOf(packed, packed.length - 9));
    FileFormatException e = assertThrows(FileFormatException.class, () -> Mnist.read(folder));
    assertTrue(e.getMessage().contains("found damaged gzip data"), e.getMessage());
  }

  @Test
  void tooFewImagesToSplitAreRefused() throws IOException {
    Files.write(folder.resolve(IMAGES), IdxBytes.images(4));
    Files.write(folder.resolve(LABELS), IdxBytes.labels(4));
    refused(IMAGES, "whole file: found 4 images, expected at least 5, to split them 4 : 1");
  }

  @Test
  void aBatchIsTheSamplesStacked() throws IOException {
    LabelledImages test = Mnist.read(folder).test();
    Sample batch = test.batch(1, 0, 1);
    assertEquals(Shape.of(3, 1, 28, 28), batch.input().shape());
    assertTrue(test.get(1).input().sameBits(batch.input().slice(0, 2, 3, 1).reshape(1, 28, 28)));
    assertTrue(Tensor.of(9L, 8, 9).sameBits(batch.target()));
  }

  @Test
  void aSplitLeavesImagesOnBothSides() throws IOException {
    LabelledImages train = Mnist.read(folder).train();
    assertEquals(
        List.of(3, 5), List.of(train.split(3).train().size(), train.split(3).test().size()));
    OptionException e = assertThrows(OptionException.class, () -> train.split(8));
    assertEquals(
        "the first 8 of 8 images\n  hint: take 1 to 7, so that there are some on both sides",
        e.getMessage());
  }

  private void compress(String name) throws IOException {
    Path plain = folder.resolve(name);
    Files.write(folder.resolve(name + ".gz"), IdxBytes.gzip(Files.readAllBytes(plain)));
    Files.delete(plain);
  }

  private void refused(String file, String message) {
    FileFormatException e = assertThrows(FileFormatException.class, () -> Mnist.read(folder));
    assertEquals(folder.resolve(file) + ", " + message, e.getMessage());
  }
}
