package org.wengert.examples.digits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ConfusionMatrixTest {
  private final ConfusionMatrix matrix =
      ConfusionMatrix.of(new int[] {0, 0, 0, 1, 1}, new int[] {0, 0, 1, 1, 2}, 3);

  @Test
  void rowsAreTruthsAndColumnsPredictions() {
    assertEquals(1, matrix.count(0, 1));
    assertEquals(0, matrix.count(1, 0));
    assertEquals(0.6, matrix.accuracy());
    assertEquals(2 / 3.0, matrix.recall(0));
    assertTrue(Double.isNaN(matrix.recall(2)));
  }

  @Test
  void itPrintsAsAnAlignedTable() {
    assertEquals(
        """
        true \\ predicted
                  0     1     2   recall
            0     2     1     .   66.7 %
            1     .     1     1   50.0 %
            2     .     .     .        -
        accuracy 60.0 %
        """,
        matrix.toString());
  }

  @Test
  void labelsAndPredictionsMustBeEquallyMany() {
    var e =
        assertThrows(
            IllegalArgumentException.class, () -> ConfusionMatrix.of(new int[3], new int[2], 10));
    assertEquals("3 labels meet 2 predictions", e.getMessage());
  }
}
