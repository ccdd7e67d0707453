package org.wengert.graph;

import org.jspecify.annotations.Nullable;

/// One call of a layer or another [org.wengert.Scope], or the whole computation around all of them.
/// Parts form a tree. Compared by identity: the second call of a layer is another part.
///
/// Immutable.
public final class Part {
  private final @Nullable Part parent;
  private final String path;
  private final String kind;
  private final int call;

  Part(@Nullable Part parent, String path, String kind, int call) {
    this.parent = parent;
    this.path = path;
    this.kind = kind;
    this.call = call;
  }

  /// The part around this one; null for the whole.
  public @Nullable Part parent() {
    return parent;
  }

  /// Such as `blocks.0.attention`; empty for the whole.
  public String path() {
    return path;
  }

  /// Such as `MultiheadAttention`; empty for a part that has but a name, as those of
  /// [org.wengert.Scope#named] and lists of layers.
  public String kind() {
    return kind;
  }

  /// The how manieth call of this path it is, from 1.
  public int call() {
    return call;
  }

  /// The number of parts around this one; 0 for the whole.
  public int depth() {
    int depth = 0;
    for (Part at = parent; at != null; at = at.parent) {
      depth++;
    }
    return depth;
  }

  /// Whether this is `part` or inside it.
  public boolean isIn(Part part) {
    Part at = this;
    while (at != null && at != part) {
      at = at.parent;
    }
    return at == part;
  }

  /// The path, with the call if it is not the first: `cell (2)`.
  @Override
  public String toString() {
    return call > 1 ? path + " (" + call + ")" : path;
  }
}
