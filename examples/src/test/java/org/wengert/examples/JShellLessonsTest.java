package org.wengert.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The lessons as scripts, run by the `jshell` tool itself but in this process.
class JShellLessonsTest {
  private static final Path SCRIPTS = Path.of("src/main/jshell");

  /// Lines of derivations differ, since a script names other values; the others are all there.
  @ParameterizedTest
  @ValueSource(strings = {"lesson1", "lesson2", "lesson3", "lesson4"})
  void aScriptPrintsEveryNumberOfItsLesson(String lesson) throws Exception {
    String printed = new JShellTool("", SCRIPTS.resolve(lesson + ".jsh").toString()).printed();
    Set<String> lines = new HashSet<>(printed.lines().toList());
    List<String> missing =
        Files.readString(Path.of("../docs/lessons", lesson + ".txt"))
            .lines()
            .filter(line -> line.matches("  .*(exact|digits?|WRONG)"))
            .filter(line -> !lines.contains(line))
            .toList();
    assertEquals(List.of(), missing, printed);
  }
}
