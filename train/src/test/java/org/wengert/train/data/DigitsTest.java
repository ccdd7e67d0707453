package org.wengert.examples.digits;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DigitPainterTest {

  @Test
  void theSameSeedPaintsTheSameBitsOnEveryPlatform() {
    float[] pixels = DigitPainter.paint(100, new Random(42)).pixels();
    assertArrayEquals(pixels, DigitPainter.paint(100, new Random(42)).pixels());
    assertEquals(-39862722, Arrays.hashCode(pixels)); // computed once on Linux x64, JDK 25
  }

  @Test
  void digitsComeInTurnAndTwoOfAKindDiffer() {
    DigitImages images = DigitPainter.paint(25, new Random(1));
    assertEquals(25, images.size());
    assertEquals(4, images.label(24));
    assertFalse(Arrays.equals(images.subset(4, 5).pixels(), images.subset(14, 15).pixels()));
  }

  @Test
  void everyImageHasInkAndPaperAndStaysInRange() {
    DigitImages images = DigitPainter.paint(1_000, new Random(2));
    for (int i = 0; i < images.size(); i++) {
      int inked = 0;
      for (float pixel : images.subset(i, i + 1).pixels()) {
        assertTrue(pixel >= 0 && pixel <= 1);
        inked += pixel > 0.5 ? 1 : 0;
      }
      assertTrue(inked >= 12 && inked < 300, "image " + i + " has " + inked + " inked pixels");
    }
  }
}
