package org.wengert.golden;

import org.jspecify.annotations.Nullable;

/// How one torch operator is called here.
@FunctionalInterface
public interface Operator {
  /// The result for the arguments of a golden case: a variable, a number or a list of them.
  @Nullable Object call(Arguments arguments);
}
