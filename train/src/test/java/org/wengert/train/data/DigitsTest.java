package org.wengert.train.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DigitsTest {
  private static float[] pixels(TensorDataset<Sample> images) {
    return images.all().input().toFloatArray();
  }

  @Test
  void theSameSeedPaintsTheSameBitsOnEveryPlatform() {
    float[] pixels = pixels(Digits.paint(100, new Random(42)));
    assertArrayEquals(pixels, pixels(Digits.paint(100, new Random(42))));
    assertEquals(-39862722, Arrays.hashCode(pixels)); // computed once on Linux x64, JDK 25
  }

  @Test
  void digitsComeInTurnAndTwoOfAKindDiffer() {
    TensorDataset<Sample> images = Digits.paint(25, new Random(1));
    assertEquals(25, images.size());
    assertEquals(4, images.get(24).target().item());
    assertFalse(images.get(4).input().sameBits(images.get(14).input()));
  }

  @Test
  void everyImageHasInkAndPaperAndStaysInRange() {
    TensorDataset<Sample> images = Digits.paint(1_000, new Random(2));
    for (int i = 0; i < images.size(); i++) {
      int inked = 0;
      for (float pixel : pixels(images.subset(i))) {
        assertTrue(pixel >= 0 && pixel <= 1);
        inked += pixel > 0.5 ? 1 : 0;
      }
      assertTrue(inked >= 12 && inked < 300, "image " + i + " has " + inked + " inked pixels");
    }
  }
}
