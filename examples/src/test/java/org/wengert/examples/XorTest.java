package org.wengert.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.wengert.tensor.Rng;

class XorTest {
  @Test
  void aPerceptronNeverGetsAllFourRight() {
    assertEquals(3, Xor.perceptron(1_000));
  }

  @Test
  void aNetworkWithAHiddenLayerLearnsAllFourFromManyStarts() {
    for (int seed = 0; seed < 10; seed++) {
      double[] p = Xor.probabilities(Xor.learned(400, new Rng(seed)));
      for (int i = 0; i < 4; i++) {
        assertEquals(Xor.Y[i][0], p[i], 0.1, "seed " + seed + ", row " + i);
      }
    }
  }

  @Test
  void itPrintsWhatBothMakeOfExclusiveOr() {
    String out = Printed.byMain(() -> Xor.main(new String[0]));
    assertTrue(out.startsWith("A perceptron gets at most 3 of 4 right"), out);
    assertTrue(out.contains("\nThe network gets 4 of 4 right"), out);
    assertTrue(out.contains(" 1  0    1             -0.5              0.5               1  "), out);
  }
}
