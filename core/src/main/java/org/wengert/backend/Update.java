package org.wengert.backend;

/// What an optimizer does with one element of a parameter: reads its gradient and the element's
/// state, and writes the new state. `state[0]` is the parameter itself; further places are the
/// optimizer's own, such as a momentum buffer.
///
/// Computed in `double` and rounded once when stored. Pure apart from `state`.
@FunctionalInterface
public interface Update {
  /// Replaces `state` in place, given the element's `gradient`.
  void apply(double gradient, double[] state);
}
