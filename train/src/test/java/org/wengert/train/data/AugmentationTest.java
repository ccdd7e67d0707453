package org.wengert.train.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.wengert.tensor.DType;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

class AugmentationTest {
  private static final Tensor IMAGE = Tensor.of(new float[][] {{1, 2, 3}, {4, 5, 6}});

  /// A generator whose every number is this one.
  private static RandomGenerator always(double number) {
    return new RandomGenerator() {
      @Override
      public long nextLong() {
        return (long) (number * 0x1p63) << 1;
      }

      @Override
      public double nextDouble() {
        return number;
      }

      @Override
      public int nextInt(int bound) {
        return (int) (number * bound);
      }
    };
  }

  private static void assertImage(float[][] expected, Tensor image) {
    assertTrue(image.sameBits(Tensor.of(expected)), image.toString());
  }

  @Test
  void shiftsLeaveZerosBehind() {
    Augmentation shift = Augmentation.shift(1);
    assertImage(new float[][] {{5, 6, 0}, {0, 0, 0}}, shift.apply(IMAGE, always(0)));
    assertImage(new float[][] {{1, 2, 3}, {4, 5, 6}}, shift.apply(IMAGE, always(0.5)));
    assertImage(new float[][] {{0, 0, 0}, {0, 1, 2}}, shift.apply(IMAGE, always(0.9)));
    Set<String> all = new LinkedHashSet<>();
    Rng random = new Rng(1);
    for (int i = 0; i < 200; i++) {
      all.add(shift.apply(IMAGE, random).toString());
    }
    assertEquals(9, all.size());
  }

  @Test
  void flipsMirrorWithTheirProbability() {
    assertImage(
        new float[][] {{3, 2, 1}, {6, 5, 4}}, Augmentation.flip(0.5).apply(IMAGE, always(0.49)));
    assertImage(
        new float[][] {{1, 2, 3}, {4, 5, 6}}, Augmentation.flip(0.5).apply(IMAGE, always(0.5)));
  }

  @Test
  void cropsCutOutAPartOfThePaddedImage() {
    Augmentation crop = Augmentation.crop(2, 2, 1);
    assertImage(new float[][] {{0, 0}, {0, 1}}, crop.apply(IMAGE, always(0)));
    assertImage(new float[][] {{6, 0}, {0, 0}}, crop.apply(IMAGE, always(0.99)));
    Set<Integer> corners = new TreeSet<>();
    Rng random = new Rng(2);
    for (int i = 0; i < 200; i++) {
      corners.add((int) Augmentation.crop(1, 1, 0).apply(IMAGE, random).item());
    }
    assertEquals(Set.of(1, 2, 3, 4, 5, 6), corners);
    assertEquals(
        "crop (2, 3) with padding 0 to 3 x 3\n  hint: take a smaller part or more padding",
        assertThrows(OptionException.class, () -> Augmentation.crop(3, 3, 0).apply(IMAGE, random))
            .getMessage());
  }

  @Test
  void aRightAngleTurnsASquareOntoItself() {
    Tensor square = Tensor.of(new double[][] {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}});
    double[] turned = {3, 6, 9, 2, 5, 8, 1, 4, 7};
    Tensor oneWay = Augmentation.rotate(90).apply(square, always(1));
    Tensor otherWay = Augmentation.rotate(90).apply(square, always(0));
    assertArrayEquals(turned, oneWay.toDoubleArray(), 1e-9);
    assertArrayEquals(
        square.toDoubleArray(),
        Augmentation.rotate(90).apply(otherWay, always(1)).toDoubleArray(),
        1e-9);
    assertArrayEquals(
        square.toDoubleArray(), Augmentation.rotate(90).apply(square, always(0.5)).toDoubleArray());
  }

  /// Pixel by pixel, from its four neighbours, as the definition says.
  @Test
  void turningIsLinearInterpolationInEachChannel() {
    Rng random = new Rng(8);
    for (int trial = 0; trial < 60; trial++) {
      int rows = 1 + random.nextInt(7);
      int columns = 1 + random.nextInt(7);
      Tensor image = Tensor.rand(Shape.of(2, rows, columns), DType.FLOAT64, random);
      double part = random.nextDouble();
      double angle = Math.toRadians(300) * (2 * part - 1);
      double[] turned = Augmentation.rotate(300).apply(image, always(part)).toDoubleArray();
      for (int i = 0; i < turned.length; i++) {
        int down = 2 * (i / columns % rows) - (rows - 1); // from the middle, in half pixels
        int right = 2 * (i % columns) - (columns - 1);
        double y = (rows - 1 + Math.cos(angle) * down + Math.sin(angle) * right) / 2;
        double x = (columns - 1 - Math.sin(angle) * down + Math.cos(angle) * right) / 2;
        assertEquals(between(image, i / columns / rows, y, x), turned[i], 1e-12);
      }
    }
  }

  private static double between(Tensor image, int channel, double y, double x) {
    double sum = 0;
    for (int row = 0; row < image.size(1); row++) {
      for (int column = 0; column < image.size(2); column++) {
        double share = Math.max(0, 1 - Math.abs(y - row)) * Math.max(0, 1 - Math.abs(x - column));
        sum += share * image.at(channel, row, column);
      }
    }
    return sum;
  }

  @Test
  void viewsAndBytesAreChangedLikeTheirCopies() {
    Tensor bytes = Tensor.arange(24).to(DType.UINT8).reshape(2, 3, 4).permute(0, 2, 1);
    Tensor copy = bytes.to(DType.FLOAT32).contiguous();
    List<Augmentation> changes =
        List.of(
            Augmentation.shift(1),
            Augmentation.flip(1),
            Augmentation.crop(3, 5, 1),
            Augmentation.rotate(40));
    for (Augmentation change : changes) {
      Tensor changed = change.apply(bytes, new Rng(3));
      assertTrue(changed.sameBits(change.apply(copy, new Rng(3))));
      assertTrue(
          changed.sameBits(change.apply(copy.to(DType.FLOAT64), new Rng(3)).to(DType.FLOAT32)));
    }
  }

  @Test
  void turningKeepsTheMiddleAndMostOfTheInk() {
    Tensor digit = Digits.paint(4, new Rng(1)).get(3).input();
    Tensor turned = Augmentation.rotate(15).apply(digit, new Rng(5));
    double before = sum(digit);
    assertEquals(before, sum(turned), 0.03 * before);
    assertTrue(!turned.sameBits(digit));
  }

  private static double sum(Tensor image) {
    double sum = 0;
    for (double pixel : image.toDoubleArray()) {
      sum += pixel;
    }
    return sum;
  }

  @Test
  void noiseHasItsDeviation() {
    Tensor noisy = Augmentation.noise(0.2).apply(Tensor.zeros(60, 60), new Rng(3));
    double squares = 0;
    for (double pixel : noisy.toDoubleArray()) {
      squares += pixel * pixel / 3600;
    }
    assertEquals(0.04, squares, 5 * 0.04 * Math.sqrt(2 / 3600.0));
    assertEquals(DType.FLOAT32, noisy.dtype());
  }

  @Test
  void allChannelsChangeAlikeAndKeepTheirType() {
    Tensor two = Tensor.of(1.0, 2, 3, 4, 10, 20, 30, 40).reshape(2, 2, 2);
    Tensor shifted = Augmentation.shift(1).apply(two, always(0));
    assertTrue(shifted.sameBits(Tensor.of(4.0, 0, 0, 0, 40, 0, 0, 0).reshape(2, 2, 2)));
    Tensor bytes = Tensor.of((byte) 200, (byte) 1).reshape(1, 2);
    assertImage(new float[][] {{1, 200}}, Augmentation.flip(1).apply(bytes, always(0)));
  }

  @Test
  void changesOneAfterTheOtherAreTheSamplesOwn() {
    Augmentation both = Augmentation.shift(2).then(Augmentation.rotate(10));
    Dataset<Sample> digits = Digits.paint(20, new Rng(1)).map(both.ofInput());
    var options = DataLoader.Options.defaults().batchSize(20).shuffle(false).seed(4);
    DataLoader<Sample> loader = DataLoader.of(digits, options);
    Tensor first = loader.iterator().next().input();
    Tensor second = loader.iterator().next().input();
    assertEquals(Shape.of(20, 28, 28), first.shape());
    assertTrue(!first.sameBits(second));
    DataLoader<Sample> again = DataLoader.of(digits, options.workers(2));
    assertTrue(first.sameBits(again.iterator().next().input()));
    assertTrue(second.sameBits(again.iterator().next().input()));
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    List<Runnable> refused =
        List.of(
            () -> Augmentation.shift(-1),
            () -> Augmentation.flip(1.5),
            () -> Augmentation.crop(0, 1, 0),
            () -> Augmentation.rotate(Double.NaN),
            () -> Augmentation.noise(-1));
    List<String> problems =
        refused.stream()
            .map(work -> assertThrows(OptionException.class, work::run).problem())
            .toList();
    assertEquals(
        List.of(
            "shift by up to -1 pixels",
            "flip with probability 1.5",
            "crop to 0 x 1 with padding 0",
            "rotate by up to NaN degrees",
            "noise of deviation -1.0"),
        problems);
    assertEquals(
        "an image of shape (4)\n  hint: images are (height, width) or (channels, height, width)",
        assertThrows(
                ShapeException.class,
                () -> Augmentation.rotate(1).apply(Tensor.ones(4), new Rng(1)))
            .getMessage());
  }
}
