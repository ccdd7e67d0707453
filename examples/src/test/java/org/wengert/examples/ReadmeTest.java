package org.wengert.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The README's Java blocks are regions of [QuickStart], which is compiled and run.
class ReadmeTest {
  private static final Pattern BLOCK =
      Pattern.compile("(?s)<!-- region: ([^>]+) -->\n```java\n(.*?)```");
  private static final Pattern REGION =
      Pattern.compile("(?s)// region: ([^\n]+)\n(.*?)\n *// end region");

  @Test
  void everyJavaBlockIsARegionOfTheQuickStart() {
    String readme = read(Path.of("../README.md"));
    Map<String, String> regions = regions();
    Matcher block = BLOCK.matcher(readme);
    int blocks = 0;
    while (block.find()) {
      blocks++;
      assertEquals(regions.get(block.group(1)), block.group(2), block.group(1));
    }
    assertEquals(readme.split("```java", -1).length - 1, blocks, "blocks without a region");
    assertEquals(regions.size(), blocks, "regions that the README does not show");
  }

  @Test
  void theQuickStartRuns() {
    QuickStart.firstGradient();
    QuickStart.ownOperation();
    QuickStart.ownLoop();
    assertTrue(QuickStart.training() > 0.95);
  }

  private static Map<String, String> regions() {
    Map<String, String> regions = new LinkedHashMap<>();
    Matcher region =
        REGION.matcher(read(Path.of("src/main/java/org/wengert/examples/QuickStart.java")));
    while (region.find()) {
      regions.put(region.group(1), region.group(2).stripTrailing().stripIndent() + "\n");
    }
    return regions;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
