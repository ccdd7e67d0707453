package org.wengert.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.wengert.golden.GoldenFiles;
import org.wengert.golden.GoldenRun;
import org.wengert.golden.OperatorTable;

/// Replays what libtorch computed with its optimizers, schedules and clippings, and in training
/// small networks.
class GoldenTest {
  @Test
  void everyStepComesOutAsInLibtorch() {
    GoldenRun run =
        new GoldenRun(
            GoldenFiles.chosen(), OperatorTable.ofCore(), new GoldenComputation(), System.out);
    List<String> failures = run.replay(List.of("optim", "lr_schedulers", "training"));
    assertTrue(run.compared() > 0, "no golden case was compared");
    assertEquals(List.of(), failures);
  }
}
