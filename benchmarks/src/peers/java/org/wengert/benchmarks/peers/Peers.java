package org.wengert.benchmarks.peers;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.wengert.benchmarks.Workloads;

/// Measures all workloads against libtorch, each in a process of its own with this one's flags, and
/// writes `peers.csv` and a table, `peers.md`. Rows that `peers.csv` has already are not measured
/// again: an interrupted run goes on where it ended.
///
/// Options: `--only lstm,convnet`, `--threads 1,2`, `--seconds 20` for each row, `--folder
/// target/peers`, `--fresh` to begin again.
public final class Peers {
  private final List<Workloads> kinds = new ArrayList<>();
  private List<Integer> threads = List.of(1, 2);
  private double seconds = 20;
  private Path folder = Path.of("target", "peers");
  private boolean fresh;

  private Peers(List<String> args) {
    for (int i = 0; i < args.size(); i++) {
      switch (args.get(i)) {
        case "--only" -> only(args.get(++i));
        case "--threads" -> threads = numbers(args.get(++i));
        case "--seconds" -> seconds = Double.parseDouble(args.get(++i));
        case "--folder" -> folder = Path.of(args.get(++i));
        case "--fresh" -> fresh = true;
        default -> throw new IllegalArgumentException("unknown option " + args.get(i));
      }
    }
    if (kinds.isEmpty()) {
      kinds.addAll(List.of(Workloads.values()));
    }
  }

  /// See the class.
  public static void main(String[] args) throws IOException, InterruptedException {
    new Peers(List.of(args)).run();
  }

  private void only(String names) {
    for (String name : names.toUpperCase(Locale.ROOT).split(",", -1)) {
      kinds.add(Workloads.valueOf(name));
    }
  }

  private static List<Integer> numbers(String text) {
    return Arrays.stream(text.split(",", -1)).map(Integer::valueOf).toList();
  }

  private void run() throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Path csv = folder.resolve("peers.csv");
    List<String> rows = new ArrayList<>();
    if (!fresh && Files.exists(csv)) {
      rows.addAll(Files.readAllLines(csv).stream().skip(1).toList());
    }
    System.out.print(Result.MARKDOWN_HEAD);
    for (int count : threads) {
      for (Workloads kind : kinds) {
        String start = kind.name() + "," + count + ",";
        if (rows.stream().noneMatch(row -> row.startsWith(start))) {
          rows.add(measure(kind, count));
          write(csv, rows);
        }
        rows.stream()
            .filter(row -> row.startsWith(start))
            .forEach(row -> System.out.print(Result.parse(row).markdown()));
      }
    }
  }

  private void write(Path csv, List<String> rows) throws IOException {
    Files.writeString(csv, Result.HEAD + "\n" + String.join("\n", rows) + "\n");
    StringBuilder table = new StringBuilder(Result.MARKDOWN_HEAD);
    for (String row : rows) {
      table.append(Result.parse(row).markdown());
    }
    Files.writeString(folder.resolve("peers.md"), table);
  }

  private String measure(Workloads kind, int count) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.add("-Dwengert.threads=" + count);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Duel.class.getName(), kind.name(), "" + count, "" + seconds));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("OMP_NUM_THREADS", "" + count);
    builder.environment().put("MKL_NUM_THREADS", "" + count);
    Process process = builder.start();
    List<String> lines = process.inputReader().lines().toList();
    if (process.waitFor() != 0 || lines.isEmpty()) {
      throw new IllegalStateException(kind + " failed:\n" + String.join("\n", lines));
    }
    return lines.getLast();
  }
}
