package org.wengert.tensor.pool;

/// What a storage knows about who sees it: the number of places of the engine that hold it, or
/// that anybody may see it. Only the engine counts, through [Holders], which user code cannot
/// reach: nothing that a storage inherits from here changes the count. For everybody else a storage
/// is what it always was.
public abstract class Counted {
  int holders; // only Holders reads and writes it

  /// A storage that anybody may see.
  protected Counted() {}

  /// The number of elements.
  public abstract int length();

  /// The Java array itself.
  public abstract Object array();
}
