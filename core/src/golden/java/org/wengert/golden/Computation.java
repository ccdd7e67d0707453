package org.wengert.golden;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wengert.Variable;

/// How golden cases are computed, if not by running their expressions: by layers, say.
@FunctionalInterface
public interface Computation {
  /// The outputs of a case for its inputs by name; null if its expression is to be run.
  @Nullable List<Variable> outputs(GoldenCase golden, Map<String, Variable> inputs);
}
