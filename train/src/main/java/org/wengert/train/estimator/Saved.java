package org.wengert.train.estimator;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.wengert.StateCheck;
import org.wengert.StateException;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Stateful;
import org.wengert.tensor.Tensor;
import org.wengert.tensor.WengertException;

/// What estimators learned as named tensors, and back.
final class Saved {
  private static final String CLASSES = "classes";
  private static final String ENDS = "classEnds";

  private Saved() {}

  static StateCheck check(Object estimator, Map<String, Tensor> state) {
    return new StateCheck(
        estimator.getClass().getSimpleName() + ".load",
        state,
        "load it into an estimator of this kind, with the options it was saved with");
  }

  /// Adds all of a part under its name.
  static void put(Map<String, Tensor> state, String part, Stateful what) {
    what.stateDict().forEach((key, tensor) -> state.put(part + "." + key, tensor));
  }

  /// The state of a part, which is taken out of `state`.
  static SequencedMap<String, Tensor> take(Map<String, Tensor> state, String part) {
    SequencedMap<String, Tensor> own = new LinkedHashMap<>();
    for (String key : List.copyOf(state.keySet())) {
      if (key.startsWith(part + ".")) {
        own.put(key.substring(part.length() + 1), StateCheck.require(state, key));
        state.remove(key);
      }
    }
    return own;
  }

  /// A part of an estimator, and one like it on which a state can be tried.
  record Part(Stateful own, Stateful trial) {}

  /// Restores parts that were put under their names, all or none.
  ///
  /// @throws WengertException what a part throws whose state does not fit
  static void load(Object estimator, Map<String, Tensor> saved, SequencedMap<String, Part> parts) {
    Map<String, Tensor> rest = new LinkedHashMap<>(saved);
    SequencedMap<String, Map<String, Tensor>> states = new LinkedHashMap<>();
    parts.forEach(
        (name, part) -> {
          states.put(name, take(rest, name));
          part.trial.loadStateDict(take(new LinkedHashMap<>(saved), name));
        });
    StateCheck check = check(estimator, rest);
    rest.keySet().forEach(key -> check.report("unexpected", key, "of no part"));
    check.throwIfWrong(false);
    parts.forEach((name, part) -> part.own.loadStateDict(states.getOrDefault(name, Map.of())));
  }

  static Tensor text(String text) {
    return Tensor.of(text.getBytes(StandardCharsets.UTF_8));
  }

  static String text(Tensor bytes) {
    return text(bytes, 0, bytes.count());
  }

  private static String text(Tensor bytes, int from, int to) {
    byte[] part = new byte[to - from];
    for (int i = from; i < to; i++) {
      part[i - from] = (byte) bytes.longAt(i);
    }
    return new String(part, StandardCharsets.UTF_8);
  }

  /// Labels by their type: numbers and truth values as such, text as UTF-8 with the end of each.
  ///
  /// @throws StateException if they are of another type
  static void putClasses(Map<String, Tensor> state, List<?> classes) {
    Object[] labels = classes.toArray();
    switch (labels[0]) {
      case Integer _ ->
          state.put(CLASSES, Tensor.of(Arrays.stream(labels).mapToInt(l -> (int) l).toArray()));
      case Long _ ->
          state.put(CLASSES, Tensor.of(Arrays.stream(labels).mapToLong(l -> (long) l).toArray()));
      case Double _ ->
          state.put(
              CLASSES, Tensor.of(Arrays.stream(labels).mapToDouble(l -> (double) l).toArray()));
      case Boolean _ -> state.put(CLASSES, Tensor.of(false, true));
      case String _ -> putTexts(state, classes);
      default ->
          throw new StateException(
                  "labels that are " + labels[0].getClass().getSimpleName() + " cannot be saved")
              .hint("take String, Integer, Long, Double or Boolean");
    }
  }

  private static void putTexts(Map<String, Tensor> state, List<?> classes) {
    StringBuilder all = new StringBuilder();
    long[] ends = new long[classes.size()];
    for (int i = 0; i < ends.length; i++) {
      all.append(classes.get(i));
      ends[i] = all.toString().getBytes(StandardCharsets.UTF_8).length;
    }
    state.put(CLASSES, text(all.toString()));
    state.put(ENDS, Tensor.of(ends));
  }

  /// The labels, which are taken out of `state`.
  ///
  /// @throws StateException if there are none, or they are damaged
  static List<Comparable<?>> takeClasses(Map<String, Tensor> state, StateCheck check) {
    Tensor classes = state.get(CLASSES);
    DType type = classes == null ? DType.INT32 : classes.dtype();
    int count = classes == null ? 0 : classes.count();
    check.expect(CLASSES, type, Shape.of(count));
    Tensor ends = state.get(ENDS);
    if (type == DType.UINT8) {
      check.expect(ENDS, DType.INT64, Shape.of(ends == null ? 0 : ends.count()));
    }
    if (type == DType.FLOAT32) {
      check.report("unexpected", CLASSES, "labels of type FLOAT32");
    }
    check.throwIfWrong(false);
    state.remove(CLASSES);
    state.remove(ENDS);
    List<Comparable<?>> labels = new ArrayList<>();
    if (classes != null && ends != null) {
      addTexts(labels, classes, ends, check);
    } else if (classes != null) {
      for (int i = 0; i < count; i++) {
        labels.add(label(classes, i));
      }
    }
    requireAscending(labels, check);
    return List.copyOf(labels);
  }

  /// As `fit` sorts them: at least two, none of them twice.
  @SuppressWarnings({"unchecked", "rawtypes"}) // all of one type, which compares itself
  private static void requireAscending(List<Comparable<?>> labels, StateCheck check) {
    boolean ascending = labels.size() > 1;
    for (int i = 1; i < labels.size(); i++) {
      ascending &= ((Comparable) labels.get(i - 1)).compareTo(labels.get(i)) < 0;
    }
    if (!ascending) {
      check.report("impossible", CLASSES, labels + ", not two or more in ascending order");
    }
    check.throwIfWrong(false);
  }

  private static void addTexts(
      List<Comparable<?>> labels, Tensor bytes, Tensor ends, StateCheck check) {
    int from = 0;
    for (long end : ends.toLongArray()) {
      if (end < from || end > bytes.count()) {
        check.report("impossible", ENDS, "a label from byte " + from + " to " + end);
        check.throwIfWrong(false);
      }
      labels.add(text(bytes, from, (int) end));
      from = (int) end;
    }
  }

  private static Comparable<?> label(Tensor classes, int i) {
    return switch (classes.dtype()) {
      case INT32 -> (int) classes.longAt(i);
      case BOOL -> classes.longAt(i) != 0;
      case FLOAT64 -> classes.at(i);
      case INT64, UINT8, FLOAT32 -> classes.longAt(i);
    };
  }
}
