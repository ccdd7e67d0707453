package org.wengert.examples.digits;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600) // against endless loops, not a measurement
class IdxFilesTest {
  private static final String IMAGES = "t10k-images-idx3-ubyte";
  private static final String LABELS = "t10k-labels-idx1-ubyte";

  @TempDir Path folder;

  @BeforeEach
  void writeTenGoodImages() throws IOException {
    Files.write(folder.resolve(IMAGES), IdxBytes.images(10));
    Files.write(folder.resolve(LABELS), IdxBytes.labels(10));
  }

  @Test
  void aLoneTestSetIsSplitFourToOneInFileOrder() {
    DigitSplit split = IdxFiles.read(folder);
    assertArrayEquals(new int[] {0, 1, 2, 3, 4, 5, 6, 7}, split.train().labels());
    assertArrayEquals(new int[] {8, 9}, split.test().labels());
    assertEquals(IdxBytes.grey(9, 27 * 28 + 5) / 255f, split.test().pixel(1, 27, 5));
  }

  @Test
  void compressedFilesGiveTheSameAsPlainOnes() throws IOException {
    DigitSplit plain = IdxFiles.read(folder);
    compress(IMAGES);
    compress(LABELS);
    DigitSplit split = IdxFiles.read(folder);
    assertArrayEquals(plain.train().pixels(), split.train().pixels());
    assertArrayEquals(plain.test().labels(), split.test().labels());
  }

  @Test
  void trainingFilesAreUsedIfPresent() throws IOException {
    Files.write(folder.resolve("train-images-idx3-ubyte"), IdxBytes.images(30));
    Files.write(folder.resolve("train-labels-idx1-ubyte"), IdxBytes.labels(30));
    DigitSplit split = IdxFiles.read(folder);
    assertEquals(30, split.train().size());
    assertEquals(10, split.test().size());
  }

  @Test
  void aMissingFolderIsNamed() {
    Path nowhere = folder.resolve("nowhere");
    DataException e = assertThrows(DataException.class, () -> IdxFiles.read(nowhere));
    assertEquals(nowhere + ": no such folder, expected a folder with MNIST files", e.getMessage());
  }

  @Test
  void aMissingFileIsNamed() throws IOException {
    Files.delete(folder.resolve(LABELS));
    refused(LABELS + ": not found in " + folder + ", expected this file, plain or .gz");
  }

  @Test
  void trainingImagesWithoutLabelsAreNotIgnored() throws IOException {
    Files.write(folder.resolve("train-images-idx3-ubyte"), IdxBytes.images(30));
    refused(
        "train-labels-idx1-ubyte: not found in " + folder + ", expected this file, plain or .gz");
  }

  @Test
  void aFolderInPlaceOfAFileIsRefused() throws IOException {
    Files.delete(folder.resolve(IMAGES));
    Files.createDirectory(folder.resolve(IMAGES));
    refused(IMAGES + ": not a regular file, expected an IDX file");
  }

  @Test
  void swappedFilesShowTheirMagicNumber() throws IOException {
    Files.write(folder.resolve(IMAGES), IdxBytes.gzip(IdxBytes.labels(784)));
    Files.move(folder.resolve(IMAGES), folder.resolve(IMAGES + ".gz"));
    refused(IMAGES + ".gz: magic number 0x00000801 at offset 0, expected 0x00000803 (IDX images)");
  }

  @Test
  void aTruncatedHeaderIsRefused() throws IOException {
    Files.write(folder.resolve(IMAGES), Arrays.copyOf(IdxBytes.images(10), 15));
    refused(IMAGES + ": truncated: only 15 bytes, expected at least 16");
  }

  @Test
  void aTruncatedPlainFileIsRefused() throws IOException {
    Files.write(folder.resolve(IMAGES), Arrays.copyOf(IdxBytes.images(10), 7855));
    refused(IMAGES + ": 7855 bytes, expected 7856, 10 images");
  }

  @Test
  void truncatedDataInsideGzipIsRefused() throws IOException {
    Files.write(folder.resolve(IMAGES), Arrays.copyOf(IdxBytes.images(10), 7855));
    compress(IMAGES);
    refused(IMAGES + ".gz: truncated: only 7855 bytes, expected at least 7856");
  }

  @Test
  void trailingBytesAreRefused() throws IOException {
    Files.write(folder.resolve(LABELS), Arrays.copyOf(IdxBytes.labels(10), 19));
    refused(LABELS + ": 19 bytes, expected 18, 10 labels");
  }

  @Test
  void trailingBytesInsideGzipAreRefused() throws IOException {
    Files.write(folder.resolve(LABELS), Arrays.copyOf(IdxBytes.labels(10), 19));
    compress(LABELS);
    refused(
        LABELS
            + ".gz: more bytes after the 10 declared labels,"
            + " expected the end of the file at offset 18");
  }

  @Test
  void imagesAndLabelsMustBeEquallyMany() throws IOException {
    Files.write(folder.resolve(LABELS), IdxBytes.labels(9));
    refused(LABELS + ": 9 labels, expected 10, one for each image");
  }

  @Test
  void aLabelThatIsNoDigitIsRefused() throws IOException {
    byte[] labels = IdxBytes.labels(10);
    labels[13] = (byte) 200;
    Files.write(folder.resolve(LABELS), labels);
    refused(LABELS + ": label 200 at offset 13, expected 0 to 9");
  }

  @Test
  void anotherImageSizeIsRefused() throws IOException {
    byte[] images = IdxBytes.images(10);
    images[15] = 32;
    Files.write(folder.resolve(IMAGES), images);
    refused(IMAGES + ": image side of 32 pixels at offset 12, expected 28 (images are 28 x 28)");
  }

  @Test
  void hugeAndZeroCountsAreRefused() throws IOException {
    Files.write(folder.resolve(IMAGES), IdxBytes.withCount(IdxBytes.images(10), -1));
    refused(IMAGES + ": 4294967295 images declared at offset 4, expected 1 to 100000");
    Files.write(folder.resolve(IMAGES), IdxBytes.withCount(IdxBytes.images(10), 0));
    refused(IMAGES + ": 0 images declared at offset 4, expected 1 to 100000");
  }

  @Test
  void aSmallGzipFileCannotClaimManyImages() throws IOException {
    byte[] packed = IdxBytes.gzip(IdxBytes.withCount(IdxBytes.images(1), 100_000));
    Files.delete(folder.resolve(IMAGES));
    Files.write(folder.resolve(IMAGES + ".gz"), packed);
    refused(
        IMAGES
            + ".gz: "
            + packed.length
            + " compressed bytes, expected enough for 78400016, 100000 images");
  }

  @Test
  void aGzipBombIsNotUnpackedBeyondItsDeclaredSize() throws IOException {
    byte[] bomb = Arrays.copyOf(IdxBytes.images(10), 200_000_000);
    Files.delete(folder.resolve(IMAGES));
    Files.write(folder.resolve(IMAGES + ".gz"), IdxBytes.gzip(bomb));
    refused(
        IMAGES
            + ".gz: more bytes after the 10 declared images,"
            + " expected the end of the file at offset 7856");
  }

  @Test
  void unreadableGzipIsRefused() throws IOException {
    Files.move(folder.resolve(IMAGES), folder.resolve(IMAGES + ".gz"));
    refused(
        IMAGES + ".gz: unreadable gzip data (Not in GZIP format), expected a complete gzip file");
    Files.write(folder.resolve(IMAGES + ".gz"), new byte[0]);
    refused(IMAGES + ".gz: unreadable gzip data (it ends too soon), expected a complete gzip file");
  }

  @Test
  void aGzipFileCutShortIsRefused() throws IOException {
    byte[] packed = IdxBytes.gzip(IdxBytes.images(10));
    Files.delete(folder.resolve(IMAGES));
    Files.write(folder.resolve(IMAGES + ".gz"), Arrays.copyOf(packed, packed.length - 9));
    DataException e = assertThrows(DataException.class, () -> IdxFiles.read(folder));
    assertTrue(e.getMessage().contains("unreadable gzip data"), e.getMessage());
  }

  @Test
  void tooFewImagesToSplitAreRefused() throws IOException {
    Files.write(folder.resolve(IMAGES), IdxBytes.images(4));
    Files.write(folder.resolve(LABELS), IdxBytes.labels(4));
    refused(IMAGES + ": only 4 images, expected at least 5, to split them 4 : 1");
  }

  private void compress(String name) throws IOException {
    Path plain = folder.resolve(name);
    Files.write(folder.resolve(name + ".gz"), IdxBytes.gzip(Files.readAllBytes(plain)));
    Files.delete(plain);
  }

  private void refused(String message) {
    DataException e = assertThrows(DataException.class, () -> IdxFiles.read(folder));
    assertEquals(message, e.getMessage());
  }
}
