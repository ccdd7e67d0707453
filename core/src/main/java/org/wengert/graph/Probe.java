package org.wengert.graph;

import org.wengert.tensor.Tensor;

/// Finds out what the Jacobian of a link is, by walking along it.
final class Probe {
  static final int MOST_NUMBERS = 65_536;

  private Probe() {}

  static LocalJacobian of(Walk walk, Link link, Vertex of, Vertex by) {
    int rows = of.value().count();
    int columns = by.value().count();
    if ((long) rows * columns > MOST_NUMBERS || rows == 0 || columns == 0) {
      return new LocalJacobian(of.shape(), by.shape(), "", 0, false, null);
    }
    double[] numbers = matrix(walk, link, of, by);
    double squares = 0;
    for (double number : numbers) {
      squares += number * number;
    }
    Tensor matrix = Tensor.of(numbers).reshape(rows, columns);
    return new LocalJacobian(of.shape(), by.shape(), "", Math.sqrt(squares), true, matrix);
  }

  /// Row by row from the result's side, or column by column from the operand's: what is fewer.
  private static double[] matrix(Walk walk, Link link, Vertex of, Vertex by) {
    int rows = of.value().count();
    int columns = by.value().count();
    double[] numbers = new double[rows * columns];
    if (rows <= columns) {
      for (int row = 0; row < rows; row++) {
        double[] back = walk.back(java.util.List.of(link), unit(of.value(), row)).toDoubleArray();
        System.arraycopy(back, 0, numbers, row * columns, columns);
      }
      return numbers;
    }
    for (int column = 0; column < columns; column++) {
      double[] forth = walk.forth(link, unit(by.value(), column)).toDoubleArray();
      for (int row = 0; row < rows; row++) {
        numbers[row * columns + column] = forth[row];
      }
    }
    return numbers;
  }

  private static Tensor unit(Tensor like, int element) {
    double[] numbers = new double[like.count()];
    numbers[element] = 1;
    return Tensor.of(numbers).reshape(like.shape()).to(like.dtype());
  }
}
