package org.wengert.train;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import org.wengert.Parameter;
import org.wengert.tensor.Tensor;

/// How far the gradients of several steps point the same way: `(|Σ u|² - n) / (n² - n)` for `n`
/// gradients `u` of length 1, which is 1 if all are the same and about 0 if they have nothing to do
/// with each other. Of each parameter up to 1,000 elements are looked at. Holds state: the sum.
final class Agreement {
  private static final int ELEMENTS = 1000;
  private static final int ENOUGH = 8;
  private static final int EPOCHS = 5;

  private final List<Parameter> parameters;
  private double[] sum = new double[0];
  private int steps;
  private final Deque<Double> epochs = new ArrayDeque<>();

  Agreement(Collection<Parameter> parameters) {
    this.parameters = List.copyOf(parameters);
  }

  /// After a step, while the gradients are there.
  void see() {
    List<double[]> parts = new ArrayList<>();
    int size = 0;
    double squares = 0;
    for (Parameter p : parameters) {
      Tensor gradient = p.requiresGrad() ? p.grad() : null;
      double[] part = gradient == null ? new double[0] : some(gradient);
      for (double x : part) {
        squares += x * x;
      }
      parts.add(part);
      size += part.length;
    }
    if (size != sum.length) { // other parameters have gradients now
      sum = new double[size];
      steps = 0;
    }
    double norm = Math.sqrt(squares);
    if (norm > 0 && Double.isFinite(norm)) {
      add(parts, norm);
    }
  }

  private void add(List<double[]> parts, double norm) {
    int at = 0;
    for (double[] part : parts) {
      for (double x : part) {
        sum[at++] += x / norm;
      }
    }
    steps++;
  }

  private static double[] some(Tensor gradient) {
    Tensor flat = gradient.reshape(gradient.count());
    int every = Math.ceilDiv(gradient.count(), ELEMENTS);
    return every <= 1
        ? flat.toDoubleArray()
        : flat.slice(0, 0, gradient.count(), every).toDoubleArray();
  }

  /// Begins another epoch.
  ///
  /// @return the mean of the last 5 epochs; `NaN` if this one had fewer than 8 steps
  double endEpoch() {
    double squares = 0;
    for (double x : sum) {
      squares += x * x;
    }
    double agreed = (squares - steps) / ((double) steps * steps - steps);
    boolean isEnough = steps >= ENOUGH;
    sum = new double[0];
    steps = 0;
    if (!isEnough) {
      return Double.NaN;
    }
    if (epochs.size() == EPOCHS) {
      epochs.removeFirst();
    }
    epochs.add(agreed);
    return epochs.stream().mapToDouble(x -> x).average().orElse(Double.NaN);
  }
}
