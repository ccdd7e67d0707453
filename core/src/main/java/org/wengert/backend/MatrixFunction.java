package org.wengert.backend;

/// A function of matrices, applied to every matrix of a batch. Pure, apart from its operands, which
/// are its own copies and may be overwritten.
@FunctionalInterface
public interface MatrixFunction {
  /// The function's value, row by row.
  ///
  /// @param xs one matrix of each operand
  /// @throws org.wengert.tensor.MatrixException if their numbers rule the function out
  double[][] apply(double[][]... xs);
}
