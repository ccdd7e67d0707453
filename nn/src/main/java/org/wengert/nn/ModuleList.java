package org.wengert.nn;

import java.util.List;

/// Modules in a list, for a model that calls them in its own way. Their names are their positions:
/// `blocks.0.weight`.
///
/// ```java
/// private final ModuleList<Linear> blocks = new ModuleList<>();
/// ```
///
/// A plain `List` in a field is found as well, under the same names; this one can also be printed,
/// copied and called as a module, and knows its place in errors. For layers one after the other see
/// [Sequential].
///
/// Holds state: the list. Not thread-safe while it is changed.
///
/// Source: `torch.nn.ModuleList`.
///
/// @param <M> what the modules have in common
public final class ModuleList<M extends Layer> extends PartList<M> {
  /// These modules in this order; [#append] adds more.
  @SafeVarargs
  @SuppressWarnings("varargs") // read only
  public ModuleList(M... modules) {
    this(List.of(modules));
  }

  /// These modules in this order.
  public ModuleList(Iterable<? extends M> modules) {
    super(modules);
  }

  @Override
  public ModuleList<M> copy() {
    return copyOf(this);
  }
}
