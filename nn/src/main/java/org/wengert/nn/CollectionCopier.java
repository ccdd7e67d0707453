package org.wengert.nn;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.PriorityBlockingQueue;
import org.jspecify.annotations.Nullable;

/// Copies lists, sets, queues and maps: by their own `clone()`, else by their constructor without
/// arguments, else as an unmodifiable collection of the same kind.
final class CollectionCopier {
  private static final Class<?> ARRAY_AS_LIST = Arrays.asList().getClass();

  private final Copier copier;

  CollectionCopier(Copier copier) {
    this.copier = copier;
  }

  Object copy(Collection<?> original) {
    @SuppressWarnings("unchecked") // filled with copies of what was in the original
    Collection<@Nullable Object> copy = (Collection<@Nullable Object>) fresh(original);
    if (copy != null) {
      copier.remember(original, copy);
      List<@Nullable Object> contents = copies(original);
      copy.clear();
      copy.addAll(contents);
      return copy;
    }
    List<@Nullable Object> contents = copies(original);
    if (isUnchanged(original, contents)) {
      return original;
    }
    Object fixed =
        switch (original) {
          case List<?> list when list.getClass() == ARRAY_AS_LIST ->
              Arrays.asList(contents.toArray());
          case Set<?> _ -> Collections.unmodifiableSequencedSet(new LinkedHashSet<>(contents));
          default -> Collections.unmodifiableList(contents);
        };
    return copier.remember(original, fixed);
  }

  Object copy(Map<?, ?> original) {
    @SuppressWarnings("unchecked") // filled with copies of what was in the original
    Map<@Nullable Object, @Nullable Object> copy =
        (Map<@Nullable Object, @Nullable Object>) fresh(original);
    if (copy != null) {
      copier.remember(original, copy);
      copy.clear();
      original.forEach(
          (key, value) -> copy.put(copier.copyOfNullable(key), copier.copyOfNullable(value)));
      return copy;
    }
    List<@Nullable Object> keys = copies(original.keySet());
    List<@Nullable Object> contents = copies(original.values());
    if (isUnchanged(original.keySet(), keys) && isUnchanged(original.values(), contents)) {
      return original;
    }
    SequencedMap<@Nullable Object, @Nullable Object> fixed = new LinkedHashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      fixed.put(keys.get(i), contents.get(i));
    }
    return copier.remember(original, Collections.unmodifiableSequencedMap(fixed));
  }

  private List<@Nullable Object> copies(Collection<?> values) {
    List<@Nullable Object> copies = new ArrayList<>(values.size());
    for (Object value : values) {
      copies.add(copier.copyOfNullable(value));
    }
    return copies;
  }

  private static boolean isUnchanged(Collection<?> values, List<@Nullable Object> copies) {
    int next = 0;
    for (Object value : values) {
      if (copies.get(next++) != value) {
        return false;
      }
    }
    return true;
  }

  /// Another collection of the same class to be filled; null if the class offers no way.
  private static @Nullable Object fresh(Object original) {
    Class<?> type = original.getClass();
    if (original instanceof PriorityQueue<?> queue) {
      return new PriorityQueue<>(queue); // with its comparator
    }
    if (original instanceof PriorityBlockingQueue<?> queue) {
      return new PriorityBlockingQueue<>(queue);
    }
    try {
      if (original instanceof Cloneable) {
        Method clone = type.getMethod("clone");
        return clone.invoke(original);
      }
      return type.getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }
}
