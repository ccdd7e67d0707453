package org.wengert.optim;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

/// The first halves of the keys in an optimizer's state: readable, and unique.
final class StateKeys {
  private StateKeys() {}

  /// The names of all parameters if they are unique and none is empty, else their positions,
  /// counted through all groups.
  static <O extends Options<O>> List<String> ofParameters(List<ParameterGroup<O>> groups) {
    List<String> names = new ArrayList<>();
    groups.forEach(group -> names.addAll(group.names()));
    return unique(names);
  }

  /// The names if they are unique and none is empty, else their positions.
  static List<String> unique(List<String> names) {
    if (new HashSet<>(names).size() == names.size() && !names.contains("")) {
      return names;
    }
    return IntStream.range(0, names.size()).mapToObj(Integer::toString).toList();
  }

  static String ofGroup(int group) {
    return "group" + group;
  }
}
