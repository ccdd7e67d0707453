package org.wengert.examples;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/// The README's Java blocks are regions of [QuickStart], which is compiled and run.
class ReadmeTest {
  @Test
  void everyJavaBlockIsARegionOfTheQuickStart() {
    Regions.assertShown("README.md", "QuickStart.java");
  }

  @Test
  void theTreeIsWhatIsPrinted() {
    Regions.assertPrinted("README.md", Printed.byMain(QuickStart::chainRule));
  }

  @Test
  void theQuickStartRuns() {
    QuickStart.firstGradient();
    QuickStart.ownOperation();
    QuickStart.ownLoop();
    assertTrue(QuickStart.training() > 0.95);
  }
}
