package org.wengert.nn;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.wengert.StateException;
import org.wengert.Variable;

/// A module that is a map of named parts, in the order they were put in. Holds state: the map.
abstract class PartDict<T> extends Module {
  private final SequencedMap<String, T> parts = new LinkedHashMap<>();

  PartDict(Map<String, ? extends T> parts) {
    parts.forEach(this::put);
  }

  /// Adds a part, or replaces that of the same name, whose place it takes.
  ///
  /// @throws org.wengert.tensor.OptionException if the name is empty or has a dot, or the part is
  ///     null
  public final void put(String name, T part) {
    parts.put(Named.requireName(name), Named.requirePart(name, part));
    Named.place(this, name, part);
  }

  /// Removes a part and returns it.
  ///
  /// @throws StateException if there is none of that name
  public final T remove(String name) {
    return present(name, parts.remove(name));
  }

  /// The part of that name.
  ///
  /// @throws StateException if there is none
  public final T get(String name) {
    return present(name, parts.get(name));
  }

  private T present(String name, @Nullable T part) {
    if (part == null) {
      throw new StateException(described() + " has no '" + name + "'")
          .hint("it has " + String.join(", ", parts.keySet()));
    }
    return part;
  }

  /// Whether there is a part of that name.
  public final boolean contains(String name) {
    return parts.containsKey(name);
  }

  /// The number of parts.
  public final int size() {
    return parts.size();
  }

  /// The names in order.
  public final List<String> names() {
    return List.copyOf(parts.keySet());
  }

  /// The parts in order.
  public final Collection<T> values() {
    return Collections.unmodifiableCollection(parts.values());
  }

  /// The parts by their names.
  @Override
  protected final SequencedMap<String, T> members() {
    return Collections.unmodifiableSequencedMap(parts);
  }

  /// Refuses: what a map computes is up to the module that has it.
  ///
  /// @throws StateException always
  @Override
  public final Variable forward(Variable x) {
    throw Named.noForward(this);
  }
}
