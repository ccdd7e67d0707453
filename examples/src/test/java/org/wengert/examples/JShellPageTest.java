package org.wengert.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The page on JShell: what it types runs, and is answered as it says.
class JShellPageTest {
  private static final String PROMPT = "jshell> ";

  @BeforeEach
  void needsTheTool() {
    boolean isThere = ModuleLayer.boot().findModule("jdk.jshell").isPresent();
    assumeTrue(isThere, "this Java has no jshell");
  }

  @Test
  void whatIsTypedIsAnsweredAsShown() throws IOException {
    List<String> lines = lines();
    String typed =
        lines.stream()
            .filter(line -> line.startsWith(PROMPT))
            .map(line -> line.substring(PROMPT.length()) + "\n")
            .collect(Collectors.joining());
    JShellTool tool = new JShellTool(typed);
    String said = tool.messages();
    List<String> answers = lines.stream().filter(line -> !line.startsWith(PROMPT)).toList();
    assertTrue(answers.size() > 6, answers.toString());
    int at = 0;
    for (String answer : answers) {
      int found = said.indexOf(answer.strip(), at);
      assertTrue(found >= 0, () -> "not answered: " + answer + "\n" + said);
      at = found + answer.strip().length();
    }
    assertTrue(tool.printed().contains("q = x + y = 3"), tool.printed());
  }

  /// Lines of the code blocks in which something is typed.
  private static List<String> lines() throws IOException {
    String page = Files.readString(Path.of("../docs/how-to/use-jshell.md"));
    String[] parts = page.split("```");
    assertEquals(1, parts.length % 2, "fences in pairs");
    StringBuilder code = new StringBuilder();
    for (int i = 1; i < parts.length; i += 2) {
      code.append(parts[i].contains(PROMPT) ? parts[i] : "");
    }
    return code.toString().lines().filter(line -> !line.isBlank()).toList();
  }
}
