package org.wengert.optim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.wengert.Parameter;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Storage;
import org.wengert.tensor.Tensor;

/// All parameters as one vector of doubles, and the little algebra on such vectors that [LBFGS]
/// needs.
final class Flat {
  private Flat() {}

  /// `a·b`, added up from the first element to the last.
  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /// `a ← a + c b`.
  static void add(double[] a, double c, double[] b) {
    for (int i = 0; i < a.length; i++) {
      a[i] += c * b[i];
    }
  }

  static double largest(double[] a) {
    double largest = 0;
    for (double x : a) {
      largest = Math.max(largest, Math.abs(x));
    }
    return largest;
  }

  static double sumOfMagnitudes(double[] a) {
    double sum = 0;
    for (double x : a) {
      sum += Math.abs(x);
    }
    return sum;
  }

  static int size(List<Parameter> parameters) {
    return parameters.stream().mapToInt(p -> p.value().count()).reduce(0, Math::addExact);
  }

  static double[] values(List<Parameter> parameters) {
    double[] flat = new double[size(parameters)];
    int at = 0;
    for (Parameter parameter : parameters) {
      at = put(parameter.value(), 1, flat, at);
    }
    return flat;
  }

  /// The gradients times `sign`; 0 where a parameter has none or is frozen.
  static double[] gradients(List<Parameter> parameters, double sign) {
    double[] flat = new double[size(parameters)];
    int at = 0;
    for (Parameter parameter : parameters) {
      Tensor gradient = parameter.grad();
      at =
          gradient != null && GroupedOptimizer.moves(parameter)
              ? put(gradient, sign, flat, at)
              : at + parameter.value().count();
    }
    return flat;
  }

  private static int put(Tensor tensor, double factor, double[] flat, int at) {
    Storage elements = tensor.contiguous().storage();
    for (int i = 0; i < tensor.count(); i++) {
      flat[at + i] = factor * elements.at(i);
    }
    return at + tensor.count();
  }

  /// `parameter ← start + t d` for every parameter that is not frozen.
  static void assign(List<Parameter> parameters, double[] start, double t, double[] d) {
    int at = 0;
    for (Parameter parameter : parameters) {
      int count = parameter.value().count();
      if (parameter.requiresGrad()) {
        Storage moved = Storage.allocate(parameter.dtype(), count);
        for (int i = 0; i < count; i++) {
          moved.put(i, start[at + i] + t * d[at + i]);
        }
        parameter.assign(Tensor.over(moved, parameter.shape()));
      }
      at += count;
    }
  }

  /// `d ← 0` where a parameter is frozen.
  static void clearFrozen(List<Parameter> parameters, double[] d) {
    int at = 0;
    for (Parameter parameter : parameters) {
      int end = at + parameter.value().count();
      if (!parameter.requiresGrad()) {
        Arrays.fill(d, at, end, 0);
      }
      at = end;
    }
  }

  /// Vectors of equal length as the rows of a matrix.
  static Tensor rows(List<double[]> vectors, int length) {
    double[] all = new double[Math.multiplyExact(vectors.size(), length)];
    for (int i = 0; i < vectors.size(); i++) {
      System.arraycopy(vectors.get(i), 0, all, i * length, length);
    }
    return Tensor.of(all).reshape(Shape.of(vectors.size(), length));
  }

  /// The rows of a matrix as vectors.
  static List<double[]> rows(Tensor matrix) {
    double[] all = matrix.toDoubleArray();
    int length = matrix.shape().size(1);
    List<double[]> rows = new ArrayList<>();
    for (int i = 0; i < matrix.shape().size(0); i++) {
      rows.add(Arrays.copyOfRange(all, i * length, (i + 1) * length));
    }
    return rows;
  }
}
