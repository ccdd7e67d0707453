package org.wengert;

import org.jspecify.annotations.Nullable;

/// What a recurrent cell has learned. The rows are gates one below the other: 1 for a plain cell, 3
/// for a GRU (r, z, n), 4 for an LSTM (i, f, g, o), each as many rows as the hidden state has
/// elements.
///
/// @param input of shape `(gates · hidden, features)`. PyTorch's `weight_ih`
/// @param hidden of shape `(gates · hidden, hidden)`. PyTorch's `weight_hh`
/// @param inputBias of shape `(gates · hidden)`; null means 0. PyTorch's `bias_ih`
/// @param hiddenBias of shape `(gates · hidden)`; null means 0. PyTorch's `bias_hh`
public record CellWeights(
    Variable input, Variable hidden, @Nullable Variable inputBias, @Nullable Variable hiddenBias) {
  /// Weights without biases.
  public CellWeights(Variable input, Variable hidden) {
    this(input, hidden, null, null);
  }
}
