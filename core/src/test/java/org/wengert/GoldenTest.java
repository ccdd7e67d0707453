package org.wengert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.wengert.golden.GoldenFiles;
import org.wengert.golden.GoldenRun;
import org.wengert.golden.OperatorTable;

/// Replays what libtorch computed: values, types, shapes and gradients, number by number.
class GoldenTest {
  static final List<String> FILES =
      List.of(
          "unary",
          "binary",
          "reduction",
          "shape",
          "higher_order",
          "linalg",
          "dtype",
          "autograd",
          "views",
          "large",
          "empty",
          "errors");

  @Test
  void everyCaseComesOutAsInLibtorch() {
    GoldenRun run = new GoldenRun(GoldenFiles.chosen(), OperatorTable.ofCore(), System.out);
    List<String> failures = run.replay(FILES);
    assertTrue(run.compared() > 0, "no golden case was compared");
    assertEquals(List.of(), failures);
  }
}
