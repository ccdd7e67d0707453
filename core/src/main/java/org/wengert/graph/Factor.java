package org.wengert.graph;

import org.jspecify.annotations.Nullable;

/// One factor of a chain of derivatives: `∂of/∂by`.
///
/// @param from the id of the operand in [Explanation#graph]
/// @param to the id of the result; the number of values there, if that is the sum `S` of a seed
/// @param of what is differentiated
/// @param by with respect to what
/// @param derivative as a student writes it, such as `out_o1 (1 - out_o1)`; between tensors this is
///     what the gradient is multiplied by. In the expansion of one element the symbol alone
/// @param number the derivative, if both are single numbers
/// @param jacobian the derivative, if they are not
public record Factor(
    int from,
    int to,
    String of,
    String by,
    Formula derivative,
    @Nullable Double number,
    @Nullable LocalJacobian jacobian) {
  /// Such as `∂out_o1/∂net_o1`.
  public String symbol() {
    return "∂" + of + "/∂" + by;
  }

  /// The number, or the size of the matrix.
  @Override
  public String toString() {
    return number != null ? Numbers.factor(number) : "[" + size() + "]";
  }

  String size() {
    return jacobian == null ? "1 × 1" : jacobian.size();
  }
}
