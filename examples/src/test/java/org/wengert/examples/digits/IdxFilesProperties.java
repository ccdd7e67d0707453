package org.wengert.examples.digits;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

class IdxFilesProperties {
  private static final String IMAGES = "t10k-images-idx3-ubyte";
  private static final String LABELS = "t10k-labels-idx1-ubyte";
  private static final int COUNT = 10;
  private static Path folder;

  @BeforeContainer
  static void makeFolder() throws IOException {
    folder = Files.createTempDirectory("idx");
  }

  @AfterContainer
  static void removeFolder() throws IOException {
    clear();
    Files.delete(folder);
  }

  @Property(tries = 1_000)
  void aDamagedPlainFileIsReadRightOrRefused(@ForAll long seed) throws IOException {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    boolean damageImages = random.nextBoolean();
    byte[] images = IdxBytes.images(COUNT);
    byte[] labels = IdxBytes.labels(COUNT);
    byte[] badImages = damageImages ? damaged(images, random) : images;
    byte[] badLabels = damageImages ? labels : damaged(labels, random);
    // a changed pixel or label cannot be noticed: right is what the bytes say
    read("", badImages, badLabels).ifPresent(split -> assertShows(split, badImages, badLabels));
  }

  @Property(tries = 1_000)
  void aDamagedGzipFileIsReadRightOrRefused(@ForAll long seed) throws IOException {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    boolean damageImages = random.nextBoolean();
    byte[] images = IdxBytes.images(COUNT);
    byte[] labels = IdxBytes.labels(COUNT);
    byte[] badImages = IdxBytes.gzip(images);
    byte[] badLabels = IdxBytes.gzip(labels);
    badImages = damageImages ? damaged(badImages, random) : badImages;
    badLabels = damageImages ? badLabels : damaged(badLabels, random);
    read(".gz", badImages, badLabels).ifPresent(split -> assertShows(split, images, labels));
  }

  /// Changes up to four bytes, most often early ones, or cuts the file, or lengthens it.
  private static byte[] damaged(byte[] file, RandomGenerator random) {
    byte[] changed = file.clone();
    for (int i = random.nextInt(5); i > 0; i--) {
      int most = random.nextBoolean() ? Math.min(20, file.length) : file.length;
      changed[random.nextInt(most)] = (byte) random.nextInt();
    }
    return switch (random.nextInt(4)) {
      case 0 -> Arrays.copyOf(changed, random.nextInt(file.length));
      case 1 -> Arrays.copyOf(changed, file.length + random.nextInt(1, 50));
      default -> changed;
    };
  }

  private static Optional<DigitSplit> read(String ending, byte[] images, byte[] labels)
      throws IOException {
    clear();
    Files.write(folder.resolve(IMAGES + ending), images);
    Files.write(folder.resolve(LABELS + ending), labels);
    return assertTimeoutPreemptively(
        Duration.ofMinutes(10), // against endless loops, not a measurement
        () -> {
          try {
            return Optional.of(IdxFiles.read(folder));
          } catch (DataException e) {
            assertFalse(e.getMessage().contains("\n"), e.getMessage());
            return Optional.empty();
          }
        });
  }

  private static void assertShows(DigitSplit split, byte[] imageFile, byte[] labelFile) {
    float[] pixels = new float[784 * COUNT];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = Byte.toUnsignedInt(imageFile[16 + i]) / 255f;
    }
    int[] labels = new int[COUNT];
    for (int i = 0; i < COUNT; i++) {
      labels[i] = labelFile[8 + i];
    }
    DigitSplit right = DigitImages.of(pixels, labels).split(8);
    assertArrayEquals(right.train().pixels(), split.train().pixels());
    assertArrayEquals(right.train().labels(), split.train().labels());
    assertArrayEquals(right.test().pixels(), split.test().pixels());
    assertArrayEquals(right.test().labels(), split.test().labels());
  }

  private static void clear() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }
}
