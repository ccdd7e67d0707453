package org.wengert.benchmarks.peers;

import java.util.List;
import java.util.Locale;
import org.wengert.benchmarks.Workloads;

/// What a [Duel] measured.
///
/// @param ours milliseconds of a step
/// @param theirs milliseconds of a step by libtorch
/// @param ratios ours to theirs, of medians of blocks that followed each other
record Result(Workloads kind, int threads, Times ours, Times theirs, Times ratios) {
  static final String HEAD =
      "workload,threads,ours n,min,q1,median,q3,"
          + "libtorch n,min,q1,median,q3,ratio n,min,q1,median,q3";

  String row() {
    return kind.name() + "," + threads + "," + ours.row() + "," + theirs.row() + "," + ratios.row();
  }

  static Result parse(String row) {
    List<String> cells = List.of(row.split(",", -1));
    return new Result(
        Workloads.valueOf(cells.get(0)),
        Integer.parseInt(cells.get(1)),
        Times.parse(cells.subList(2, 7)),
        Times.parse(cells.subList(7, 12)),
        Times.parse(cells.subList(12, 17)));
  }

  double ratioOfMedians() {
    return ours.median() / theirs.median();
  }

  double ratioOfLeast() {
    return ours.least() / theirs.least();
  }

  static final String MARKDOWN_HEAD =
      """
      | workload | threads | Wengert, ms: median (quartiles), least | libtorch, ms \
      | ratio of medians (quartiles of pairs) | of least | goal | |
      |---|---|---|---|---|---|---|---|
      """;

  String markdown() {
    double goal = kind.goal(threads);
    return String.format(
        Locale.ROOT,
        "| %s | %d | %s | %s | **%.3f** (%.3f-%.3f) | %.3f | %.2f | %s |%n",
        kind.name().toLowerCase(Locale.ROOT),
        threads,
        text(ours),
        text(theirs),
        ratioOfMedians(),
        ratios.quarter(),
        ratios.threeQuarters(),
        ratioOfLeast(),
        goal,
        ratioOfMedians() <= goal ? "reached" : "missed");
  }

  private static String text(Times t) {
    return String.format(
        Locale.ROOT,
        "%.4g (%.4g-%.4g), %.4g",
        t.median(),
        t.quarter(),
        t.threeQuarters(),
        t.least());
  }
}
