package org.wengert.benchmarks.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How often measured, the least, quartiles and the median.
record Times(int count, double least, double quarter, double median, double threeQuarters) {
  static Times of(List<Double> measured) {
    List<Double> sorted = new ArrayList<>(measured);
    sorted.sort(null);
    int n = sorted.size();
    return new Times(
        n, sorted.getFirst(), sorted.get(n / 4), sorted.get(n / 2), sorted.get(3 * n / 4));
  }

  String row() {
    return String.format(
        Locale.ROOT, "%d,%.5f,%.5f,%.5f,%.5f", count, least, quarter, median, threeQuarters);
  }

  static Times parse(List<String> cells) {
    return new Times(
        Integer.parseInt(cells.get(0)),
        Double.parseDouble(cells.get(1)),
        Double.parseDouble(cells.get(2)),
        Double.parseDouble(cells.get(3)),
        Double.parseDouble(cells.get(4)));
  }
}
