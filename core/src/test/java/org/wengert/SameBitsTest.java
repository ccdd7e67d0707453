package org.wengert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The engine gives the same bits whatever it runs on: plain loops, vectors of 128, 256 and as many
/// bits as there are, and any number of threads. In JVMs of their own, which choose at start.
class SameBitsTest {
  private static final String VECTORS = "--add-modules=jdk.incubator.vector";

  @TempDir Path directory;

  @Test
  void everyBackendWidthAndNumberOfThreadsGivesTheSameBits() throws Exception {
    ChildJvm jvm = new ChildJvm(directory);
    Map<String, ChildJvm.Running> runs = new LinkedHashMap<>();
    for (List<String> flags :
        List.of(
            List.of("-Dwengert.backend=scalar"),
            List.of(VECTORS),
            List.of(VECTORS, "-XX:MaxVectorSize=32"),
            List.of(VECTORS, "-XX:MaxVectorSize=16"))) {
      runs.put(flags.getLast(), jvm.start("Fingerprints", flags));
    }
    SortedMap<String, String> expected = new TreeMap<>();
    int compared = 0;
    for (Map.Entry<String, ChildJvm.Running> run : runs.entrySet()) {
      ChildJvm.Run end = run.getValue().end();
      assertEquals(0, end.status(), end.err());
      for (String line : end.out().lines().toList()) {
        String[] parts = line.split("\t");
        String before = expected.putIfAbsent(parts[1], parts[2]);
        String what = parts[1] + " on " + parts[0] + " threads with " + run.getKey();
        assertEquals(before == null ? parts[2] : before, parts[2], what);
        compared++;
      }
    }
    System.out.printf(
        "Same bits on plain loops, three widths and 1 to 4 threads: %d hashes of %d%n",
        compared, expected.size());
    assertTrue(expected.size() > 300, "results: " + expected.keySet());
    assertTrue(compared > 4 * expected.size(), compared + " hashes");
  }
}
