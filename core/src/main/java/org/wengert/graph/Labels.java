package org.wengert.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What values are called in formulas, so that no two are called the same: by their names, which
/// are numbered where several have the same, or by their places in the Wengert list.
final class Labels {
  private final Map<String, Integer> counts = new LinkedHashMap<>();
  private final Map<String, Integer> given = new LinkedHashMap<>();
  private final Set<String> taken = new LinkedHashSet<>();

  private Labels(List<String> names) {
    names.forEach(name -> counts.merge(name, 1, Integer::sum));
    taken.addAll(counts.keySet());
  }

  /// A label for each name, in their order; for an empty one that of its place.
  static List<String> of(List<String> names) {
    Labels labels = new Labels(names);
    List<String> all = new ArrayList<>(names.size());
    for (String name : names) {
      all.add(labels.label(name, all.size()));
    }
    return all;
  }

  private String label(String name, int id) {
    if (name.isEmpty()) {
      String place = "v" + id;
      while (taken.contains(place)) {
        place += "′";
      }
      return place;
    }
    if (counts.getOrDefault(name, 0) == 1) {
      return name;
    }
    String numbered = name;
    while (taken.contains(numbered)) {
      numbered = name + subscript(given.merge(name, 1, Integer::sum));
    }
    taken.add(numbered);
    return numbered;
  }

  private static String subscript(int number) {
    StringBuilder digits = new StringBuilder();
    Integer.toString(number).chars().forEach(c -> digits.append((char) (c - '0' + '₀')));
    return digits.toString();
  }
}
