package org.wengert.nn;

import org.wengert.Variable;

/// What [MultiheadAttention] computes.
///
/// @param output one vector for each query, in the layout of the queries
/// @param weights how much each query attends to each key, in each head: `(samples, heads, queries,
///     keys)`, without the samples if the queries have none; after dropout
public record Attention(Variable output, Variable weights) {
  /// The mean of the weights over the heads, `(samples, queries, keys)`: what PyTorch returns
  /// unless it is told otherwise.
  public Variable averageWeights() {
    return weights.mean(-3);
  }
}
