package org.wengert.backend.plain;

import java.util.List;
import org.wengert.backend.MatrixFunction;
import org.wengert.tensor.MatrixException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Storage;
import org.wengert.tensor.Tensor;

/// The loop over a batch of matrices. Numbers are loaded as `double` and rounded once at the end.
final class MatrixLoop {
  private MatrixLoop() {}

  static Tensor run(MatrixFunction f, List<Tensor> xs, Shape shape) {
    Tensor first = xs.getFirst();
    Tensor y = Tensor.zeros(shape, first.dtype());
    if (y.count() == 0) {
      return y;
    }
    int batches = first.shape().remove(-1).remove(-1).count();
    double[][] numbers = new double[xs.size()][];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = xs.get(i).toDoubleArray();
    }
    Storage to = y.storage();
    int at = 0;
    for (int batch = 0; batch < batches; batch++) {
      double[][][] operands = new double[numbers.length][][];
      for (int i = 0; i < numbers.length; i++) {
        operands[i] = matrix(numbers[i], batch, xs.get(i).size(-2), xs.get(i).size(-1));
      }
      for (double[] row : applied(f, operands, batch, batches)) {
        for (double element : row) {
          to.put(at++, element);
        }
      }
    }
    return y;
  }

  private static double[][] applied(MatrixFunction f, double[][][] xs, int batch, int batches) {
    try {
      return f.apply(xs);
    } catch (MatrixException e) {
      throw batches == 1 ? e : e.operand("matrix", "", batch + " of " + batches);
    }
  }

  private static double[][] matrix(double[] numbers, int batch, int rows, int columns) {
    double[][] matrix = new double[rows][columns];
    for (int i = 0; i < rows; i++) {
      System.arraycopy(numbers, (batch * rows + i) * columns, matrix[i], 0, columns);
    }
    return matrix;
  }
}
