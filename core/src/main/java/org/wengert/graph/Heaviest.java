package org.wengert.graph;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// The paths of an acyclic graph by weight, heaviest first, by the recursive enumeration of Jiménez
/// and Marzal (*Computing the K shortest paths*, 1999): the next path to a value goes on from the
/// next path to one of its operands, so that each path costs its length, however many there are.
///
/// The weight of a path is the product of the sizes of its arcs. Loops only, no recursion. Holds
/// state: the paths that are known.
final class Heaviest {
  private static final double LARGEST = 1e9;

  private final List<List<Arc>> into = new ArrayList<>();

  /// A way from one value to a later one.
  ///
  /// @param id what it stands for
  /// @param weight the logarithm of its size
  private record Arc(int from, int id, double weight) {}

  /// A path to a value: so many of the paths to the operand, counted by weight, and one arc more.
  ///
  /// @param arc the last arc; null for the path without any
  /// @param rest which path to the operand, from 0
  private record Way(double weight, @Nullable Arc arc, int rest) {}

  /// The paths to one value, the heaviest first, as far as they are known.
  private static final class Ways {
    final List<Way> found = new ArrayList<>();
    @Nullable PriorityQueue<Way> open;
    boolean hasAsked;
    boolean isComplete;

    /// The heaviest of those that are open.
    void append(PriorityQueue<Way> open) {
      this.open = open;
      hasAsked = false;
      isComplete = open.isEmpty();
      if (!open.isEmpty()) {
        found.add(open.remove());
      }
    }
  }

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
    Ways[] ways = heaviest(from, to);
    List<List<Integer>> paths = new ArrayList<>();
    while (paths.size() < Math.min(limit, ways[to].found.size())) {
      paths.add(arcs(ways, to, paths.size()));
      if (paths.size() < limit) {
        extend(ways, to);
      }
    }
    return paths;
  }

  /// The heaviest path to each value; none where there is none.
  private Ways[] heaviest(int from, int to) {
    Ways[] ways = new Ways[into.size()];
    Arrays.setAll(ways, _ -> new Ways());
    ways[from].found.add(new Way(0, null, 0));
    ways[from].isComplete = true;
    for (int at = from + 1; at <= to; at++) {
      Way best = null;
      for (Arc arc : into.get(at)) {
        if (!ways[arc.from].found.isEmpty()) {
          Way way = way(ways, arc, 0);
          best = best == null || way.weight > best.weight ? way : best;
        }
      }
      if (best != null) {
        ways[at].found.add(best);
      }
    }
    return ways;
  }

  private static Way way(Ways[] ways, Arc arc, int rest) {
    return new Way(ways[arc.from].found.get(rest).weight + arc.weight, arc, rest);
  }

  /// Finds one more path to a value, and what that needs of the values before it.
  private void extend(Ways[] ways, int end) {
    Deque<Integer> ahead = new ArrayDeque<>(List.of(end));
    while (!ahead.isEmpty()) {
      Ways at = ways[ahead.element()];
      Way last = at.found.getLast();
      Arc arc = last.arc;
      if (arc != null && needs(at, ways[arc.from], last.rest + 1)) {
        at.hasAsked = true;
        ahead.push(arc.from);
        continue;
      }
      int id = ahead.pop();
      if (arc != null && !at.isComplete) {
        PriorityQueue<Way> open = at.open == null ? others(ways, id) : at.open;
        if (ways[arc.from].found.size() > last.rest + 1) {
          open.add(way(ways, arc, last.rest + 1));
        }
        at.append(open);
      }
    }
  }

  /// Whether the next path to `before` has to be found first.
  private static boolean needs(Ways at, Ways before, int rest) {
    boolean isKnown = before.found.size() > rest || before.isComplete;
    return !at.isComplete && !isKnown && !at.hasAsked;
  }

  /// The heaviest path along each arc but that of the heaviest of all.
  private PriorityQueue<Way> others(Ways[] ways, int at) {
    PriorityQueue<Way> others =
        new PriorityQueue<>(Comparator.comparingDouble((Way way) -> -way.weight));
    for (Arc arc : into.get(at)) {
      if (!ways[arc.from].found.isEmpty() && arc != ways[at].found.getFirst().arc) {
        others.add(way(ways, arc, 0));
      }
    }
    return others;
  }

  private static List<Integer> arcs(Ways[] ways, int to, int number) {
    List<Integer> arcs = new ArrayList<>();
    Way way = ways[to].found.get(number);
    for (Arc arc = way.arc; arc != null; arc = way.arc) {
      arcs.add(arc.id);
      way = ways[arc.from].found.get(way.rest);
    }
    return List.copyOf(arcs);
  }
}
