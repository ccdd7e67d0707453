package org.wengert.optim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.wengert.Autograd;
import org.wengert.Variable;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// What centring and scaling do for inputs: the condition of `XᵀX`, which is that of the Hessian of
/// a linear model with these inputs, as they are and as they might be.
///
/// ```java
/// System.out.println(Conditioning.of(Tensor.of(new double[][] {{101, 101}, {101, 99}})).advice());
/// ```
///
/// The number of steps that gradient descent needs grows with it: the lecture's `(101, 101)`,
/// `(101, 99)` take 152,041 steps where `(1, 1)`, `(1, -1)` take one. Centred inputs are meant for
/// a model with a bias, which takes the place of the means: it counts as a column of ones, and a
/// constant column, of which nothing is left, no more. Immutable.
///
/// Source: LeCun, Bottou, Orr and Müller, Efficient BackProp (1998).
///
/// @param raw of the inputs as they are, without a bias
/// @param centred of inputs of mean 0, with a bias
/// @param standardised of inputs of mean 0 and deviation 1, with a bias
/// @param columns how many there are
/// @param constant those of them that are the same in all rows
public record Conditioning(
    double raw, double centred, double standardised, int columns, List<Integer> constant) {

  /// Copies the list.
  public Conditioning {
    constant = List.copyOf(constant);
  }

  /// The condition of inputs of shape `(rows, features)`; what has more axes, such as images, is
  /// flattened behind the first. Infinite if a column is a combination of others, or if there are
  /// fewer rows than columns.
  ///
  /// @throws ShapeException if there is no row or no column
  /// @throws OptionException if an element is `NaN` or infinite
  public static Conditioning of(Tensor inputs) {
    if (inputs.rank() < 2 || inputs.count() == 0) {
      throw new ShapeException("inputs of shape " + inputs.shape() + " are no rows of features")
          .hint("pass a batch of shape (rows, features), with at least one of each");
    }
    int rows = inputs.size(0);
    int columns = inputs.count() / rows;
    double[] x = inputs.toDoubleArray();
    requireFinite(x, columns);
    double[] centred = x.clone();
    double[] standardised = x.clone();
    boolean[] varies = new boolean[columns];
    List<Integer> constant = new ArrayList<>();
    for (int column = 0; column < columns; column++) {
      double mean = mean(x, column, columns);
      double deviation = deviation(x, column, columns, mean);
      varies[column] = deviation > 1e-12 * Math.abs(mean);
      if (!varies[column]) {
        constant.add(column);
      }
      for (int i = column; i < x.length; i += columns) {
        centred[i] = x[i] - mean;
        standardised[i] = centred[i] / deviation;
      }
    }
    return new Conditioning(
        condition(x, rows, columns),
        condition(withBias(centred, rows, varies), rows, columns - constant.size() + 1),
        condition(withBias(standardised, rows, varies), rows, columns - constant.size() + 1),
        columns,
        constant);
  }

  private static void requireFinite(double[] x, int columns) {
    for (int i = 0; i < x.length; i++) {
      if (!Double.isFinite(x[i])) {
        String where = "row " + i / columns + ", column " + i % columns;
        throw new OptionException("the inputs have " + x[i] + " in " + where)
            .hint("clean the data first: missing values have no mean and no deviation");
      }
    }
  }

  private static double mean(double[] x, int column, int columns) {
    double sum = 0;
    for (int i = column; i < x.length; i += columns) {
      sum += x[i];
    }
    return sum * columns / x.length;
  }

  private static double deviation(double[] x, int column, int columns, double mean) {
    double sum = 0;
    for (int i = column; i < x.length; i += columns) {
      sum += (x[i] - mean) * (x[i] - mean);
    }
    return Math.sqrt(sum * columns / x.length);
  }

  /// The columns that vary, behind one of ones.
  private static double[] withBias(double[] x, int rows, boolean[] varies) {
    double[] matrix = new double[x.length + rows];
    int at = 0;
    for (int i = 0; i < x.length; i++) {
      int column = i % varies.length;
      if (column == 0) {
        matrix[at++] = 1;
      }
      if (varies[column]) {
        matrix[at++] = x[i];
      }
    }
    return Arrays.copyOf(matrix, at);
  }

  private static double condition(double[] x, int rows, int columns) {
    double[] gram = gram(Tensor.of(x).reshape(rows, columns));
    double[] values = Spectrum.eigenvalues(gram, columns);
    double largest = values[columns - 1];
    return values[0] > 0x1p-50 * columns * largest ? largest / values[0] : Double.POSITIVE_INFINITY;
  }

  private static double[] gram(Tensor x) {
    Variable matrix = Variable.constant(x);
    return Autograd.noGrad(() -> matrix.mT().matMul(matrix)).value().toDoubleArray();
  }

  /// What to do, in a sentence.
  public String advice() {
    if (constant.size() == columns) {
      return "All features are constant: there is nothing to learn from them.\n";
    }
    if (Double.isInfinite(standardised)) {
      return "Features depend on each other, or are more than the rows: no scaling helps, a penalty"
          + " on the weights does.\n";
    }
    String from = Figures.grouped(raw);
    if (standardised > raw / 2) {
      return "The inputs are scaled well: their condition is %s, and %s at mean 0 and deviation 1.\n"
          .formatted(from, Figures.grouped(standardised));
    }
    boolean isShifted = standardised > centred / 2;
    return "%s the inputs: their condition falls from %s to %s.\n"
        .formatted(
            isShifted ? "Centre" : "Standardise",
            from,
            Figures.grouped(isShifted ? centred : standardised));
  }
}
