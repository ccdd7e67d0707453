package org.wengert.examples.digits;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DigitImagesTest {

  /// Image `i` is filled with `i / 10` and labelled `i`.
  private static DigitImages tenImages() {
    float[] pixels = new float[10 * 784];
    int[] labels = new int[10];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = i / 784 / 10f;
      labels[i / 784] = i / 784;
    }
    return DigitImages.of(pixels, labels);
  }

  @Test
  void aSubsetOfASubsetKeepsImagesAndLabelsTogether() {
    DigitImages part = tenImages().subset(2, 9).subset(1, 4);
    assertArrayEquals(new int[] {3, 4, 5}, part.labels());
    assertEquals(0.4f, part.pixel(1, 27, 27));
    assertEquals(3 * 784, part.pixels().length);
    assertEquals(0.5f, part.pixels()[3 * 784 - 1]);
  }

  @Test
  void batchesKeepTheOrderAndTheLastMayBeSmaller() {
    List<DigitImages> batches = tenImages().subset(1, 8).batches(3);
    assertEquals(List.of(3, 3, 1), batches.stream().map(DigitImages::size).toList());
    assertArrayEquals(new int[] {4, 5, 6}, batches.get(1).labels());
    assertEquals(7, batches.get(2).label(0));
    assertEquals(1, tenImages().batches(Integer.MAX_VALUE).size());
    assertThrows(IllegalArgumentException.class, () -> tenImages().batches(0));
  }

  @Test
  void shufflingKeepsImagesAndLabelsTogether() {
    DigitImages shuffled = tenImages().subset(0, 8).shuffled(new Random(1));
    boolean[] seen = new boolean[8];
    for (int i = 0; i < 8; i++) {
      assertEquals(shuffled.label(i) / 10f, shuffled.pixel(i, 0, 0));
      seen[shuffled.label(i)] = true;
    }
    assertArrayEquals(new boolean[] {true, true, true, true, true, true, true, true}, seen);
  }

  @Test
  void theSameSeedGivesTheSameOrder() {
    int[] order = tenImages().shuffled(new Random(1)).labels();
    assertArrayEquals(order, tenImages().shuffled(new Random(1)).labels());
  }

  @Test
  void theCallersArraysAreNotShared() {
    float[] pixels = new float[784];
    DigitImages images = DigitImages.of(pixels, new int[] {7});
    pixels[0] = 1;
    images.pixels()[0] = 1;
    images.labels()[0] = 1;
    assertEquals(0, images.pixel(0, 0, 0));
    assertEquals(7, images.label(0));
  }

  @Test
  void wrongSizesLabelsAndPixelsAreRefused() {
    assertRefused("783 pixels do not make 1 images of 784", new float[783], 0);
    assertRefused("label 10 is not a digit from 0 to 9", new float[784], 10);
    float[] pixels = new float[784];
    pixels[5] = Float.NaN;
    assertRefused("pixel NaN is not between 0 and 1", pixels, 0);
    assertThrows(IndexOutOfBoundsException.class, () -> tenImages().subset(0, 2).label(2));
  }

  private static void assertRefused(String message, float[] pixels, int label) {
    var e =
        assertThrows(
            IllegalArgumentException.class, () -> DigitImages.of(pixels, new int[] {label}));
    assertEquals(message, e.getMessage());
  }
}
