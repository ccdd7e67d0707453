package org.wengert.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/// The page on how to see a graph: its code is compiled, and prints what it shows.
class SeeAGraphPageTest {
  private static final String PAGE = "docs/how-to/see-a-graph.md";

  @Test
  void everyJavaBlockIsCompiled() {
    Regions.assertShown(PAGE, "SeeAGraph.java");
  }

  @Test
  void whatIsPrintedIsShown() {
    assertEquals(List.of(SeeAGraph.steps(), SeeAGraph.gates()), Regions.outputs(PAGE));
  }
}
