package org.wengert.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.prefs.AbstractPreferences;
import java.util.stream.Collectors;
import jdk.jshell.tool.JavaShellToolBuilder;

/// The `jshell` tool itself, run in this process with the classes of this project alone.
final class JShellTool {
  private final ByteArrayOutputStream messages = new ByteArrayOutputStream();
  private final String printed;

  /// Runs scripts, then what is typed, to the end; what the tool has to complain about fails.
  JShellTool(String typed, String... scripts) {
    int[] code = new int[1];
    printed = Printed.byMain(() -> code[0] = code(typed, List.of(scripts)));
    String all = messages();
    assertFalse(all.contains("Error") || all.contains("xception"), all);
    assertEquals(0, code[0], all);
  }

  private int code(String typed, List<String> scripts) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--execution", "local", "--class-path", classes()));
    arguments.addAll(scripts);
    try {
      return JavaShellToolBuilder.builder()
          .in(new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)), null)
          .out(new PrintStream(messages, true, StandardCharsets.UTF_8))
          .persistence(new NoPreferences())
          .start(arguments.toArray(String[]::new));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /// The tool reads its whole class path anew for each line: the libraries of the tests only cost
  /// time.
  private static String classes() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> entry.contains("wengert") || entry.endsWith("classes"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /// What the code printed.
  String printed() {
    return printed;
  }

  /// What the tool said.
  String messages() {
    return messages.toString(StandardCharsets.UTF_8);
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
