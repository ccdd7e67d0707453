package org.wengert.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// One workload for some seconds in a process of its own: for profiles, and for the memory that it
/// takes.
public final class Alone {
  private static final Path STATUS = Path.of("/proc/self/status");

  private Alone() {}

  /// Runs the steps, and prints how long they took and how much memory was resident at most.
  ///
  /// @param args a name of [Workloads] and seconds
  public static void main(String[] args) throws IOException {
    List<String> names = Arrays.stream(Workloads.values()).map(Workloads::name).toList();
    String name = args.length == 2 ? args[0].toUpperCase(Locale.ROOT) : "";
    if (!names.contains(name) || !args[1].matches("[0-9]+([.][0-9]+)?")) {
      String known = String.join(", ", names).toLowerCase(Locale.ROOT);
      System.err.println("usage: Alone <workload> <seconds>; workloads are " + known);
      System.exit(2);
    }
    run(Workloads.valueOf(name).make(), Double.parseDouble(args[1]));
  }

  /// Steps for so many seconds; the second half counts.
  public static void run(Workload workload, double seconds) throws IOException {
    List<Double> took = new ArrayList<>();
    long half = System.nanoTime() + (long) (seconds * 5e8);
    long end = System.nanoTime() + (long) (seconds * 1e9);
    while (System.nanoTime() < end || took.size() < 3) {
      long start = System.nanoTime();
      workload.step();
      if (start > half) {
        took.add((System.nanoTime() - start) / 1e6);
      }
    }
    took.sort(null);
    System.out.printf(
        Locale.ROOT,
        "%s: least %.4f ms, median %.4f ms, %d steps; peak resident %s%n",
        workload.name(),
        took.getFirst(),
        took.get(took.size() / 2),
        took.size(),
        peak());
  }

  /// What Linux says; other systems are not asked.
  private static String peak() throws IOException {
    if (!Files.exists(STATUS)) {
      return "unknown";
    }
    return Files.readAllLines(STATUS).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .map(line -> line.substring("VmHWM:".length()).strip())
        .findFirst()
        .orElse("unknown");
  }
}
