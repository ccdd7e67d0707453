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
import java.util.SequencedMap;
import java.util.Set;
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
    Map<Object, @Nullable Object> copy = (Map<Object, @Nullable Object>) fresh(original);
    if (copy != null) {
      copier.remember(original, copy);
      copy.clear();
      original.forEach((key, value) -> copy.put(key, copier.copyOfNullable(value)));
      return copy;
    }
    List<@Nullable Object> contents = copies(original.values());
    if (isUnchanged(original.values(), contents)) {
      return original;
    }
    SequencedMap<Object, @Nullable Object> fixed = new LinkedHashMap<>();
    int next = 0;
    for (Object key : original.keySet()) {
      fixed.put(key, contents.get(next++));
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
