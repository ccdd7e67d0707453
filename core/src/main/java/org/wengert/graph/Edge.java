package org.wengert.graph;

import org.jspecify.annotations.Nullable;
import org.wengert.tensor.Tensor;

/// The use of one value in the computation of another.
///
/// @param from the id of the operand
/// @param to the id of the result
/// @param input which operand it is, from 0
/// @param contribution what comes back along this edge: the result's gradient times the local
///     derivative, in the operand's shape. The contributions of all edges from a value add up to
///     its gradient. Null if there is none
/// @param local the local derivative, of the result with respect to the operand alone, where both
///     are single numbers and derivatives were asked for; null otherwise
public record Edge(
    int from, int to, int input, @Nullable Tensor contribution, @Nullable Double local) {}
