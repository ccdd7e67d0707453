package org.wengert.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.prefs.AbstractPreferences;
import jdk.jshell.tool.JavaShellToolBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The lessons as scripts, run by the `jshell` tool itself but in this process.
class JShellLessonsTest {
  private static final Path SCRIPTS = Path.of("src/main/jshell");

  /// Lines of derivations differ, since a script names other values; the others are all there.
  @ParameterizedTest
  @ValueSource(strings = {"lesson1", "lesson2", "lesson3", "lesson4"})
  void aScriptPrintsEveryNumberOfItsLesson(String lesson) throws Exception {
    String printed = run(SCRIPTS.resolve(lesson + ".jsh"));
    Set<String> lines = new HashSet<>(printed.lines().toList());
    List<String> missing =
        Files.readString(Path.of("../docs/lessons", lesson + ".txt"))
            .lines()
            .filter(line -> line.matches("  .*(exact|digits?|WRONG)"))
            .filter(line -> !lines.contains(line))
            .toList();
    assertEquals(List.of(), missing, printed);
  }

  /// Runs a script to its end; what the tool has to complain about fails the test.
  private static String run(Path script) throws Exception {
    var complaints = new ByteArrayOutputStream();
    int[] code = new int[1];
    String printed =
        Printed.byMain(
            () -> {
              try {
                code[0] =
                    JavaShellToolBuilder.builder()
                        .in(new ByteArrayInputStream(new byte[0]), null)
                        .out(new PrintStream(complaints, true, StandardCharsets.UTF_8))
                        .persistence(new NoPreferences())
                        .start(
                            "--execution",
                            "local",
                            "--class-path",
                            System.getProperty("java.class.path"),
                            script.toString());
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    String complaint = complaints.toString(StandardCharsets.UTF_8);
    assertFalse(complaint.contains("Error") || complaint.contains("xception"), complaint);
    assertEquals(0, code[0], complaint);
    return printed;
  }

  /// Keeps nothing, so that the test leaves no history behind.
  private static final class NoPreferences extends AbstractPreferences {
    NoPreferences() {
      super(null, "");
    }

    @Override
    protected void putSpi(String key, String value) {}

    @Override
    protected String getSpi(String key) {
      return null;
    }

    @Override
    protected void removeSpi(String key) {}

    @Override
    protected void removeNodeSpi() {}

    @Override
    protected String[] keysSpi() {
      return new String[0];
    }

    @Override
    protected String[] childrenNamesSpi() {
      return new String[0];
    }

    @Override
    protected AbstractPreferences childSpi(String name) {
      return new NoPreferences();
    }

    @Override
    protected void syncSpi() {}

    @Override
    protected void flushSpi() {}
  }
}
