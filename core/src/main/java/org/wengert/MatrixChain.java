package org.wengert;

import java.util.List;
import org.wengert.tensor.ShapeException;

/// The product of several matrices, bracketed so that the fewest numbers are multiplied: for every
/// stretch of the chain, shorter ones first, the best place to split it.
final class MatrixChain {
  private final List<Variable> matrices;
  private final int[][] splits; // [from][to]: the last matrix of the left half

  MatrixChain(List<Variable> matrices) {
    if (matrices.isEmpty()) {
      throw new ShapeException("a product of no matrices").hint("pass one or more");
    }
    for (Variable matrix : matrices) {
      Matrices.requireMatrix(matrix.shape());
    }
    this.matrices = matrices;
    this.splits = splits(matrices);
  }

  private static int[][] splits(List<Variable> matrices) {
    int n = matrices.size();
    double[][] cost = new double[n][n];
    int[][] splits = new int[n][n];
    for (int length = 1; length < n; length++) {
      for (int from = 0; from + length < n; from++) {
        int to = from + length;
        cost[from][to] = Double.POSITIVE_INFINITY;
        for (int split = from; split < to; split++) {
          double product =
              (double) matrices.get(from).size(-2)
                  * matrices.get(split).size(-1)
                  * matrices.get(to).size(-1);
          double total = cost[from][split] + cost[split + 1][to] + product;
          if (total < cost[from][to]) {
            cost[from][to] = total;
            splits[from][to] = split;
          }
        }
      }
    }
    return splits;
  }

  Variable product() {
    return product(0, matrices.size() - 1);
  }

  /// The depth is at most the number of operands.
  private Variable product(int from, int to) {
    if (from == to) {
      return matrices.get(from);
    }
    int split = splits[from][to];
    return product(from, split).matMul(product(split + 1, to));
  }
}
