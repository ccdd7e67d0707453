package org.wengert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.wengert.golden.GoldenFiles;
import org.wengert.golden.GoldenRun;
import org.wengert.golden.OperatorTable;

/// Replays what libtorch computed with the functions of networks, on which `nn` builds its layers.
class NetworkGoldenTest {
  private static final List<String> FILES =
      List.of("nn_conv", "nn_pool", "nn_norm", "nn_rnn", "nn_attention", "losses");

  @Test
  void everyFunctionOfNetworksComesOutAsInLibtorch() {
    GoldenRun run = new GoldenRun(GoldenFiles.chosen(), OperatorTable.ofCore(), System.out);
    List<String> failures = run.replay(FILES);
    assertTrue(run.compared() > 0, "no golden case was compared");
    assertEquals(List.of(), failures);
  }
}
