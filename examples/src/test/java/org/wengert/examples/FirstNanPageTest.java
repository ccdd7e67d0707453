package org.wengert.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/// The page on the first `NaN`: its code is compiled, and prints what it shows.
class FirstNanPageTest {
  private static final String PAGE = "docs/how-to/find-the-first-nan.md";

  @Test
  void everyJavaBlockIsCompiled() {
    Regions.assertShown(PAGE, "FirstNan.java");
  }

  /// But for the numbers of lines.
  @Test
  void whatIsPrintedIsShown() {
    List<String> shown =
        Regions.outputs(PAGE).stream().map(FirstNanPageTest::withoutLines).toList();
    List<String> printed =
        List.of(
            withoutLines(FirstNan.forwards() + "\n"),
            withoutLines(FirstNan.backwards() + "\n"),
            withoutLines(FirstNan.graph(FirstNan.model())));
    assertEquals(printed, shown);
  }

  private static String withoutLines(String text) {
    return text.replaceAll("\\.java:\\d+", ".java");
  }
}
