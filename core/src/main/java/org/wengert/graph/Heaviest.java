package org.wengert.graph;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// The paths of an acyclic graph by weight, heaviest first: best-first search, led by the exact
/// weight of the best way on, so that only what lies on a path that is wanted is visited.
///
/// The weight of a path is the product of the sizes of its arcs. Loops only, no recursion.
final class Heaviest {
  private static final double LARGEST = 1e9;

  private final List<List<Arc>> into = new ArrayList<>();

  /// A way from one value to a later one.
  ///
  /// @param id what it stands for
  /// @param weight the logarithm of its size
  private record Arc(int from, int id, double weight) {}

  /// A path from the end, as far as it is known.
  private record Walked(int at, double weight, double bound, @Nullable Walked before, int arc) {}

  /// A graph of `count` values without arcs.
  Heaviest(int count) {
    for (int i = 0; i < count; i++) {
      into.add(new ArrayList<>());
    }
  }

  /// Adds an arc from a value to one with a larger number. What is not a number counts as largest.
  void add(int id, int from, int to, double size) {
    double log = Double.isNaN(size) ? LARGEST : Math.log(Math.abs(size));
    into.get(to).add(new Arc(from, id, Math.clamp(log, -LARGEST, LARGEST)));
  }

  /// How many paths there are.
  BigInteger count(int from, int to) {
    BigInteger[] counts = new BigInteger[into.size()];
    Arrays.fill(counts, BigInteger.ZERO);
    counts[from] = BigInteger.ONE;
    for (int at = from + 1; at <= to; at++) {
      for (Arc arc : into.get(at)) {
        counts[at] = counts[at].add(counts[arc.from]);
      }
    }
    return counts[to];
  }

  /// The heaviest paths, at most `limit`, each as its arcs from the end to the start.
  List<List<Integer>> paths(int from, int to, int limit) {
    double[] best = best(from, to);
    List<List<Integer>> found = new ArrayList<>();
    PriorityQueue<Walked> open =
        new PriorityQueue<>(Comparator.comparingDouble(walked -> -walked.bound));
    if (best[to] != Double.NEGATIVE_INFINITY) {
      open.add(new Walked(to, 0, best[to], null, -1));
    }
    while (!open.isEmpty() && found.size() < limit) {
      Walked walked = open.remove();
      if (walked.at == from) {
        found.add(arcs(walked));
        continue;
      }
      for (Arc arc : into.get(walked.at)) {
        if (best[arc.from] != Double.NEGATIVE_INFINITY) {
          double weight = walked.weight + arc.weight;
          open.add(new Walked(arc.from, weight, weight + best[arc.from], walked, arc.id));
        }
      }
    }
    return found;
  }

  /// The weight of the best way from the start to each value; -∞ where there is none.
  private double[] best(int from, int to) {
    double[] best = new double[into.size()];
    Arrays.fill(best, Double.NEGATIVE_INFINITY);
    best[from] = 0;
    for (int at = from + 1; at <= to; at++) {
      for (Arc arc : into.get(at)) {
        best[at] = Math.max(best[at], arc.weight + best[arc.from]);
      }
    }
    return best;
  }

  private static List<Integer> arcs(Walked end) {
    List<Integer> arcs = new ArrayList<>();
    for (Walked at = end; at.before != null; at = at.before) {
      arcs.addFirst(at.arc);
    }
    return List.copyOf(arcs);
  }
}
