package org.wengert.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Trainings give the same parameters, bit for bit, whatever they run on.
class SameBitsTest {
  @Test
  void everyBackendWidthAndNumberOfThreadsTrainsTheSameParameters() throws Exception {
    Map<String, Process> runs = new LinkedHashMap<>();
    for (List<String> flags :
        List.of(
            List.of("-Dwengert.backend=scalar"),
            List.of(ChildJvm.VECTORS),
            List.of(ChildJvm.VECTORS, "-XX:MaxVectorSize=32"),
            List.of(ChildJvm.VECTORS, "-XX:MaxVectorSize=16"))) {
      runs.put(flags.getLast(), ChildJvm.start(Trainings.class, flags));
    }
    SortedMap<String, String> expected = new TreeMap<>();
    int compared = 0;
    for (Map.Entry<String, Process> run : runs.entrySet()) {
      for (String line : ChildJvm.lines(run.getValue())) {
        String[] parts = line.split("\t");
        String before = expected.putIfAbsent(parts[1], parts[2]);
        String what = parts[1] + " on " + parts[0] + " threads with " + run.getKey();
        assertEquals(before == null ? parts[2] : before, parts[2], what);
        compared++;
      }
    }
    System.out.printf(
        "Trainings on plain loops, three widths and 1 to 4 threads: %d of %d models, all alike%n",
        compared, expected.size());
    assertEquals(4, expected.size());
    assertEquals(4 * 4 * expected.size(), compared);
  }
}
