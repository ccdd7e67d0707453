package org.wengert.examples;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class WhyOrderMattersTest {
  @Test
  void itShowsTheNumbersOfTheTable() {
    String out = Printed.byMain(() -> WhyOrderMatters.main(new String[0]));
    for (String row :
        List.of(
            "∂c/∂a +8 +wrong +4 +4",
            "∂y/∂a +29 +wrong +4 +wrong +25",
            "∂y/∂b +22 +wrong +3 +wrong +19",
            "∂f/∂x +7 +wrong +5 +wrong +6")) {
      assertTrue(out.lines().anyMatch(line -> line.matches(row)), row + " in " + out);
    }
  }

  @Test
  void itShowsThemInMarkdown() {
    String out = Printed.byMain(() -> WhyOrderMatters.main(new String[] {"markdown"}));
    assertTrue(out.contains("| ∂c/∂a | 8  wrong | 4 | 4 |"), out);
  }
}
