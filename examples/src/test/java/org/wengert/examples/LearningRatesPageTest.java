package org.wengert.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/// The page on learning rates: its code is compiled, and prints what it shows.
class LearningRatesPageTest {
  private static final String PAGE = "docs/how-to/choose-a-learning-rate.md";

  @Test
  void everyJavaBlockIsCompiled() {
    Regions.assertShown(PAGE, "LearningRates.java");
  }

  @Test
  void whatIsPrintedIsShown() {
    assertEquals(
        List.of(LearningRates.advice(), LearningRates.table(), LearningRates.scaling()),
        Regions.outputs(PAGE));
  }
}
