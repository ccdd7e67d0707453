package org.wengert.graph;

import org.jspecify.annotations.Nullable;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// The derivative of one value with respect to another: a number for each pair of their elements.
///
/// @param rows the shape of the result: its elements, in row-major order, are the rows
/// @param columns the shape of the operand: its elements are the columns
/// @param structure what kind of matrix it is, such as `diagonal`, `permutation`, `broadcast-sum`
///     or
///     `I32 ⊗ W` (up to the order of axes), found from its numbers alone
/// @param norm the root of the sum of all squares (Frobenius)
/// @param isExact whether structure and norm come from all numbers; if not, they come from random
///     probes: the structure is right but for a chance of about 10⁻¹², the norm an estimate
/// @param numbers the matrix; null if it has more than 65,536, or
///     the whole explanation more than two million
public record LocalJacobian(
    Shape rows,
    Shape columns,
    String structure,
    double norm,
    boolean isExact,
    @Nullable Tensor numbers) {
  LocalJacobian withoutNumbers() {
    return new LocalJacobian(rows, columns, structure, norm, isExact, null);
  }

  /// The number of rows and columns, such as `2 × 6`.
  public String size() {
    return rows.count() + " × " + columns.count();
  }
}
