package org.wengert.optim;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.wengert.Autograd;
import org.wengert.Eigh;
import org.wengert.F;
import org.wengert.Variable;
import org.wengert.tensor.Tensor;

/// The ends of a symmetric matrix's spectrum, each with what it may be wrong by.
///
/// @param largest the largest eigenvalue
/// @param largestError there is an eigenvalue as close to it as this
/// @param smallest the smallest eigenvalue
/// @param smallestError there is an eigenvalue as close to it as this
record Spectrum(double largest, double largestError, double smallest, double smallestError) {
  /// From all elements of the matrix.
  static Spectrum exact(Curvature matrix) {
    int n = matrix.size();
    double[] elements = new double[n * n];
    for (int row = 0; row < n; row++) {
      double[] unit = new double[n];
      unit[row] = 1;
      System.arraycopy(matrix.times(unit), 0, elements, row * n, n);
    }
    double[] symmetric = new double[n * n];
    for (int i = 0; i < n * n; i++) {
      symmetric[i] = (elements[i] + elements[i % n * n + i / n]) / 2;
    }
    double[] values = eigenvalues(symmetric, n);
    return of(values[0], 0, values[n - 1], 0, matrix.rounding());
  }

  /// By Lanczos' method (1950): the matrix, seen from a random vector and its products, is
  /// tridiagonal, and the ends of that one's spectrum soon are those of the matrix. Vectors lose
  /// their orthogonality on the way, which gives eigenvalues that were found already once more
  /// (Paige, 1980), and spares keeping the vectors.
  static Spectrum byProducts(Curvature matrix, Stability.Options options) {
    double[] q = start(matrix.size(), options.seed());
    double[] before = new double[q.length];
    List<Double> diagonal = new ArrayList<>();
    List<Double> beside = new ArrayList<>();
    double beta = 0;
    while (true) {
      double[] next = matrix.times(q);
      Flat.add(next, -beta, before);
      double alpha = Flat.dot(q, next);
      Flat.add(next, -alpha, q);
      beta = Math.sqrt(Flat.dot(next, next));
      diagonal.add(alpha);
      boolean isLast = beta == 0 || diagonal.size() >= options.limit();
      if (isLast || isDue(diagonal.size())) {
        Spectrum found = ofTridiagonal(diagonal, beside, beta, matrix.rounding());
        if (isLast || found.isWithin(Math.max(options.tolerance(), 16 * matrix.rounding()))) {
          return found;
        }
      }
      beside.add(beta);
      before = q;
      q = next;
      scale(q, 1 / beta);
    }
  }

  /// Looking costs the cube of the number of products: rarely, when there are many.
  private static boolean isDue(int count) {
    return count < 10 || count % (count / 10) == 0;
  }

  private static double[] start(int size, long seed) {
    Random random = new Random(seed);
    double[] q = new double[size];
    for (int i = 0; i < size; i++) {
      q[i] = random.nextGaussian();
    }
    scale(q, 1 / Math.sqrt(Flat.dot(q, q)));
    return q;
  }

  private static void scale(double[] a, double factor) {
    for (int i = 0; i < a.length; i++) {
      a[i] *= factor;
    }
  }

  private static Spectrum ofTridiagonal(
      List<Double> diagonal, List<Double> beside, double beta, double rounding) {
    int n = diagonal.size();
    double[] elements = new double[n * n];
    for (int i = 0; i < n; i++) {
      elements[i * n + i] = diagonal.get(i);
      if (i + 1 < n) {
        elements[i * n + i + 1] = beside.get(i);
        elements[(i + 1) * n + i] = beside.get(i);
      }
    }
    Variable matrix = Variable.constant(Tensor.of(elements).reshape(n, n));
    Eigh found = Autograd.noGrad(() -> F.eigh(matrix));
    double[] values = found.values().value().toDoubleArray();
    double[] vectors = found.vectors().value().toDoubleArray();
    int last = (n - 1) * n;
    return of(
        values[0],
        beta * Math.abs(vectors[last]),
        values[n - 1],
        beta * Math.abs(vectors[last + n - 1]),
        rounding);
  }

  private static Spectrum of(
      double smallest, double smallestError, double largest, double largestError, double rounding) {
    double floor = 16 * rounding * Math.max(Math.abs(smallest), Math.abs(largest));
    return new Spectrum(
        largest, Math.max(floor, largestError), smallest, Math.max(floor, smallestError));
  }

  /// Whether both ends are as close as this share of the larger.
  boolean isWithin(double tolerance) {
    double allowed = tolerance * Math.max(Math.abs(smallest), Math.abs(largest));
    return largestError <= allowed && smallestError <= allowed;
  }

  /// All eigenvalues of a symmetric matrix in ascending order.
  static double[] eigenvalues(double[] symmetric, int n) {
    Variable matrix = Variable.constant(Tensor.of(symmetric).reshape(n, n));
    return Autograd.noGrad(() -> F.eigvalsh(matrix)).value().toDoubleArray();
  }
}
