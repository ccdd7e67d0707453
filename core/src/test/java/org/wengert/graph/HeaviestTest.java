package org.wengert.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/// The largest paths, in order.
class HeaviestTest {
  private record Arc(int from, int to, double size) {}

  @Property(tries = 500)
  void pathsComeInTheOrderOfTheirProducts(@ForAll long seed, @ForAll @IntRange(min = 1) int limit) {
    SplittableRandom random = new SplittableRandom(seed);
    int count = 2 + random.nextInt(8);
    List<Arc> arcs = new ArrayList<>();
    Heaviest heaviest = new Heaviest(count);
    for (int i = random.nextInt(3 * count); i > 0; i--) {
      int from = random.nextInt(count - 1);
      Arc arc =
          new Arc(from, from + 1 + random.nextInt(count - 1 - from), random.nextDouble() - 0.5);
      heaviest.add(arcs.size(), arc.from, arc.to, arc.size);
      arcs.add(arc);
    }
    List<List<Integer>> all = all(arcs, count - 1);
    all.sort(Comparator.comparingDouble(path -> -size(path, arcs)));
    List<List<Integer>> found = heaviest.paths(0, count - 1, limit);
    assertEquals(Math.min(limit, all.size()), found.size());
    assertEquals(BigInteger.valueOf(all.size()), heaviest.count(0, count - 1));
    assertEquals(found.size(), new TreeSet<>(found.stream().map(List::toString).toList()).size());
    assertArrayEquals(
        all.subList(0, found.size()).stream().mapToDouble(path -> size(path, arcs)).toArray(),
        found.stream().mapToDouble(path -> size(path, arcs)).toArray(),
        1e-12);
  }

  /// All paths from 0, each as its arcs from the end to the start.
  private static List<List<Integer>> all(List<Arc> arcs, int to) {
    List<List<Integer>> paths = new ArrayList<>();
    if (to == 0) {
      paths.add(List.of());
    }
    for (int i = 0; i < arcs.size(); i++) {
      if (arcs.get(i).to == to) {
        for (List<Integer> before : all(arcs, arcs.get(i).from)) {
          List<Integer> path = new ArrayList<>(List.of(i));
          path.addAll(before);
          paths.add(path);
        }
      }
    }
    return paths;
  }

  private static double size(List<Integer> path, List<Arc> arcs) {
    return path.stream().mapToDouble(i -> Math.abs(arcs.get(i).size)).reduce(1, (a, b) -> a * b);
  }

  /// Equal but for rounding: a search by bounds would walk through all 2¹⁰⁰⁰.
  @Test
  void pathsOfNearlyTheSameSizeAreNotAllVisited() {
    Heaviest heaviest = new Heaviest(1_001);
    for (int i = 0; i < 2_000; i++) {
      heaviest.add(i, i / 2, i / 2 + 1, i % 2 == 0 ? 1.1 : Math.nextUp(1.1));
    }
    List<List<Integer>> paths = heaviest.paths(0, 1_000, 64);
    assertEquals(64, paths.size());
    assertEquals(1_000, paths.getLast().size());
    assertEquals(BigInteger.TWO.pow(1_000), heaviest.count(0, 1_000));
  }

  @Test
  void withoutAWayThereIsNoPath() {
    Heaviest heaviest = new Heaviest(3);
    heaviest.add(0, 1, 2, 5);
    assertEquals(List.of(), heaviest.paths(0, 2, 3));
    assertEquals(List.of(List.of()), heaviest.paths(0, 0, 3));
  }
}
