package org.wengert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wengert.backend.Backends;
import org.wengert.backend.Workers;

/// The properties of the JVM that the library reads.
class SystemPropertiesTest {
  /// Says what it computes on, and one gradient.
  static final class Choices {
    private Choices() {}

    public static void main(String[] args) {
      Leaf x = Variable.of(3.0);
      x.mul(x).backward();
      System.out.printf(
          "%s %d %s%n",
          Backends.current().getClass().getSimpleName(), Workers.threads(), x.grad().item());
    }
  }

  @TempDir Path directory;

  private ChildJvm.Run run(String... flags) throws IOException, InterruptedException {
    return new ChildJvm(directory).run("SystemPropertiesTest$Choices", List.of(flags));
  }

  @Test
  void theyAreTakenWithoutAWord() throws Exception {
    ChildJvm.Run run =
        run("-Dwengert.threads=3", "-Dwengert.recycling=off", "-Dwengert.backend=scalar");
    assertEquals("ScalarBackend 3 6.0", run.out().strip());
    assertEquals("", run.err());
  }

  @Test
  void mistypedOnesAreAnsweredOnceEachAndTheProgramRuns() throws Exception {
    ChildJvm.Run run =
        run(
            "--add-modules=jdk.incubator.vector",
            "-Dwengert.threads=abc",
            "-Dwengert.recycling=foo",
            "-Dwengert.backend=foo");
    int processors = Runtime.getRuntime().availableProcessors();
    assertEquals("VectorBackend " + processors + " 6.0", run.out().strip());
    assertTrue(run.err().contains("-Dwengert.backend=foo is ignored, vector taken"), run.err());
    assertTrue(run.err().contains("allowed: vector, scalar"), run.err());
    assertTrue(run.err().contains("-Dwengert.threads=abc is ignored"), run.err());
    assertTrue(run.err().contains("-Dwengert.recycling=foo is ignored, on taken"), run.err());
    assertEquals(3, run.err().lines().filter(line -> line.contains("ignored")).count());
  }

  @Test
  void allOfThemAreListed() throws IOException {
    Path root = Path.of("").toAbsolutePath();
    String page = Files.readString(root.resolveSibling("docs/how-to/set-properties.md"));
    assertEquals(
        names(page, "\\| `-D(wengert[.][a-z.]+)"), names(sources(root), "\"(wengert[.][a-z.]+)\""));
  }

  private static String sources(Path root) throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(root.resolve("src/main/java"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        all.append(Files.readString(file));
      }
    }
    return all.toString();
  }

  private static TreeSet<String> names(String text, String pattern) {
    TreeSet<String> names = new TreeSet<>();
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }
}
