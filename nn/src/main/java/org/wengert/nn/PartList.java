package org.wengert.nn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.wengert.Variable;

/// A module that is a list of parts, named by their positions. Holds state: the list.
abstract class PartList<T> extends Module implements Iterable<T> {
  private final List<T> parts = new ArrayList<>();

  PartList(Iterable<? extends T> parts) {
    parts.forEach(part -> this.parts.add(Named.requirePart("at the end", part)));
    place();
  }

  /// Tells modules where they are, for errors.
  private void place() {
    members().forEach((name, part) -> Named.place(this, name, part));
  }

  /// Adds a part at the end.
  ///
  /// @throws org.wengert.tensor.OptionException if it is null
  public final void append(T part) {
    insert(size(), part);
  }

  /// Adds a part in front of that at `index`; those behind it get other names.
  ///
  /// @throws IndexOutOfBoundsException if `index` is negative or more than [#size]
  /// @throws org.wengert.tensor.OptionException if the part is null
  public final void insert(int index, T part) {
    parts.add(index, Named.requirePart(Integer.toString(index), part));
    place();
  }

  /// Replaces the part at `index`.
  ///
  /// @throws IndexOutOfBoundsException if there is none
  /// @throws org.wengert.tensor.OptionException if the part is null
  public final void set(int index, T part) {
    parts.set(index, Named.requirePart(Integer.toString(index), part));
    place();
  }

  /// Removes the part at `index` and returns it; those behind it get other names.
  ///
  /// @throws IndexOutOfBoundsException if there is none
  public final T remove(int index) {
    T removed = parts.remove(index);
    place();
    return removed;
  }

  /// The part at `index`.
  ///
  /// @throws IndexOutOfBoundsException if there is none
  public final T get(int index) {
    return parts.get(index);
  }

  /// The number of parts.
  public final int size() {
    return parts.size();
  }

  /// The parts in order.
  @Override
  public final Iterator<T> iterator() {
    return Collections.unmodifiableList(parts).iterator();
  }

  /// The parts by their positions, which are their names.
  @Override
  protected final SequencedMap<String, T> members() {
    SequencedMap<String, T> members = new LinkedHashMap<>();
    parts.forEach(part -> members.put(Integer.toString(members.size()), part));
    return members;
  }

  /// Refuses: what a list computes is up to the module that has it.
  ///
  /// @throws org.wengert.StateException always
  @Override
  public final Variable forward(Variable x) {
    throw Named.noForward(this);
  }
}
