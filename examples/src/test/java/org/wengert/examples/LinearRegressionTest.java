package org.wengert.examples;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class LinearRegressionTest {
  @Test
  void itPrintsTheTableOfTheLectureAndTheEffectOfTheLearningRate() {
    String out = Printed.byMain(() -> LinearRegression.main(new String[0]));
    for (String line :
        List.of(
            "row          w          b      dL/dw      dL/db          L",
            "  0          1          0   -280.552   -80.1755    361.391",
            "  4    3.34929   0.746921   0.276787   -2.22772    1.46799",
            "  4    3.34908    0.74672   0.275938   -2.22453    1.46837",
            "     0.01        1.41918      0.0153739",
            "     0.02        8149.46    5.76026e+56")) {
      assertTrue(out.lines().anyMatch(line::equals), out);
    }
  }
}
