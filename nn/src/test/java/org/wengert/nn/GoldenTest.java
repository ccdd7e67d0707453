package org.wengert.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.wengert.golden.GoldenFiles;
import org.wengert.golden.GoldenRun;
import org.wengert.golden.OperatorTable;

/// Replays what libtorch computed through layers, built from each case's attributes, with its
/// inputs as their weights; what no layer computes is replayed through functions.
class GoldenTest {
  private static final List<String> FILES =
      List.of(
          "nn_conv",
          "nn_pool",
          "nn_norm",
          "nn_misc",
          "nn_rnn",
          "nn_attention",
          "losses",
          "init",
          "unary");

  @Test
  void everyLayerAndLossComesOutAsInLibtorch() {
    LayerCases layers = new LayerCases();
    GoldenRun run = new GoldenRun(GoldenFiles.chosen(), OperatorTable.ofCore(), layers, System.out);
    List<String> failures = run.replay(FILES);
    System.out.println("golden by layers: " + layers.computed());
    assertTrue(layers.computed() > 0, "no golden case was computed by layers");
    assertEquals(List.of(), failures);
    if (System.getProperty("golden.dir", "").isEmpty()) {
      assertEquals(List.of(), layers.unused(), "no case has these operations");
    }
  }
}
