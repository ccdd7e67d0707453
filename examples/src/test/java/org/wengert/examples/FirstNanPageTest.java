package org.wengert.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    Matcher block =
        Pattern.compile("(?s)```text\n(.*?)```").matcher(Regions.read(Path.of("..").resolve(PAGE)));
    List<String> shown = new ArrayList<>();
    while (block.find()) {
      shown.add(withoutLines(block.group(1)));
    }
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
