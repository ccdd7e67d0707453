package org.wengert;

/// A vertex of the recorded graph: a [Leaf], where gradients arrive, or a [Step], where an
/// operation happened. Numbers are given in the order of creation, so an operand's number is always
/// smaller than its result's.
public sealed interface Node permits Leaf, Step {
  /// When this node was created, by the global [Clock].
  long number();
}
