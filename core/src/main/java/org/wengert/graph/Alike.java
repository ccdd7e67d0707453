package org.wengert.graph;

import java.util.ArrayList;
import java.util.List;

/// Paths that follow each other and have the same derivatives and contributions: they are written
/// once. Only from four on, since few are more easily read one by one.
///
/// @param first which path is the first, from 0
/// @param count how many there are
record Alike(int first, int count) {
  private static final int FEWEST = 4;

  static List<Alike> of(List<ChainPath> paths) {
    List<Alike> runs = new ArrayList<>();
    List<List<String>> written = paths.stream().map(Alike::written).toList();
    for (int first = 0; first < paths.size(); ) {
      int end = first + 1;
      while (end < paths.size() && written.get(end).equals(written.get(first))) {
        end++;
      }
      int count = end - first < FEWEST ? 1 : end - first;
      runs.add(new Alike(first, count));
      first += count;
    }
    return List.copyOf(runs);
  }

  /// What is to be read of a path but the names of the values that it passes.
  private static List<String> written(ChainPath path) {
    List<String> written = new ArrayList<>();
    for (Factor factor : path.factors()) {
      written.add(Sheet.isBare(factor) ? "" : factor.derivative().toString());
      written.add(factor.toString());
    }
    written.add(Sheet.brief(path.contribution()));
    return written;
  }

  /// Such as `path 3`, or `paths 3 to 66`.
  String words() {
    return count == 1 ? "path " + (first + 1) : "paths " + (first + 1) + " to " + (first + count);
  }
}
