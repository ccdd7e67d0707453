package org.wengert.golden;

import org.wengert.F;

/// Torch's operators of linear algebra.
final class LinearAlgebraOperators {
  private LinearAlgebraOperators() {}

  static void addTo(OperatorTable table) {
    table.put("matmul", a -> F.matMul(a.variable(0, "self"), a.variable(1, "other")));
  }
}
