package org.wengert.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Pages whose Java blocks are regions of a source that is compiled, and whose other
/// blocks are what it prints.
final class Regions {
  private static final Pattern BLOCK =
      Pattern.compile("(?s)<!-- region: ([^>]+) -->\n```java\n(.*?)```");
  private static final Pattern PROGRAM =
      Pattern.compile("(?s)<!-- program: ([^>]+) -->\n```java\n(.*?)```");
  private static final Pattern REGION =
      Pattern.compile("(?s)// region: ([^\n]+)\n(.*?)\n *// end region");
  private static final Pattern OUTPUT = Pattern.compile("(?s)```(?:text|mermaid)\n(.*?)```");

  private Regions() {}

  /// Every Java block of the page is a region of the example, word for word, and all are shown;
  /// whole programs apart.
  static void assertShown(String page, String example) {
    String text = read(Path.of("..").resolve(page));
    Map<String, String> regions = of(example);
    Matcher block = BLOCK.matcher(text);
    int blocks = 0;
    while (block.find()) {
      blocks++;
      assertEquals(regions.get(block.group(1)), block.group(2), block.group(1));
    }
    int programs = programs(page).size();
    assertEquals(text.split("```java", -1).length - 1, blocks + programs, "without a region");
    assertEquals(regions.size(), blocks, "regions that the page does not show");
  }

  /// The whole programs that a page shows, by the names of their files.
  static Map<String, String> programs(String page) {
    Map<String, String> programs = new LinkedHashMap<>();
    Matcher program = PROGRAM.matcher(read(Path.of("..").resolve(page)));
    while (program.find()) {
      programs.put(program.group(1), program.group(2));
    }
    return programs;
  }

  /// What the page says is printed, block after block, is what was printed; empty lines apart.
  static void assertPrinted(String page, String printed) {
    assertEquals(lines(String.join("\n", outputs(page))), lines(printed));
  }

  private static String lines(String text) {
    return String.join("\n", text.lines().filter(line -> !line.isBlank()).toList());
  }

  /// The regions of an example, by name.
  static Map<String, String> of(String example) {
    Map<String, String> regions = new LinkedHashMap<>();
    Path source = Path.of("src/main/java/org/wengert/examples").resolve(example);
    Matcher region = REGION.matcher(read(source));
    while (region.find()) {
      regions.put(region.group(1), region.group(2).stripTrailing().stripIndent() + "\n");
    }
    return regions;
  }

  /// What the page shows as printed.
  static List<String> outputs(String page) {
    Matcher block = OUTPUT.matcher(read(Path.of("..").resolve(page)));
    List<String> outputs = new ArrayList<>();
    while (block.find()) {
      outputs.add(block.group(1));
    }
    return outputs;
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
