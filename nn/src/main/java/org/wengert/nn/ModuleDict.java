package org.wengert.nn;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// Modules by name, for a model that calls them in its own way: `heads.mean.weight`.
///
/// ```java
/// private final ModuleDict<Linear> heads = new ModuleDict<>();
/// ```
///
/// A plain `LinkedHashMap` in a field is found as well, under the same names; this one can also be
/// printed and copied as a module, and knows its place in errors.
///
/// Holds state: the map. Not thread-safe while it is changed.
///
/// Source: `torch.nn.ModuleDict`.
///
/// @param <M> what the modules have in common
public final class ModuleDict<M extends Layer> extends PartDict<M> {
  /// Without modules; [#put] adds some.
  public ModuleDict() {
    this(new LinkedHashMap<>());
  }

  /// These modules in this order.
  ///
  /// @throws org.wengert.tensor.OptionException if a name is empty or has a dot
  public ModuleDict(SequencedMap<String, ? extends M> modules) {
    super(modules);
  }

  @Override
  public ModuleDict<M> copy() {
    return copyOf(this);
  }
}
