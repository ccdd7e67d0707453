package org.wengert.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.wengert.tensor.Tensor;

/// A rule tried at one input.
///
/// @param subject what is examined
/// @param xs the input
/// @param gy the gradient of the result
/// @param y the result
/// @param given what the rule gave
/// @param right what it should have given
/// @param failure what the rule threw; null if it did not
record Trial(
    Subject subject,
    List<Tensor> xs,
    Tensor gy,
    Tensor y,
    List<@Nullable Tensor> given,
    List<Tensor> right,
    @Nullable String failure) {
  private static final double CLOSE = 1e-6;

  /// Tries an input; null where the function has no finite value or derivative.
  static @Nullable Trial of(Subject subject, List<Tensor> xs, int number) {
    Tensor y = subject.forward(Subject.leaves(xs)).value();
    if (xs.isEmpty() || !isFinite(y)) {
      return null;
    }
    Tensor gy = RuleDoctor.gy(y.shape(), number);
    List<Tensor> right = subject.right(xs, gy);
    if (right == null || !right.stream().allMatch(Trial::isFinite)) {
      return null;
    }
    try {
      List<@Nullable Tensor> given = new ArrayList<>();
      for (int i = 0; i < xs.size(); i++) {
        given.add(subject.given(i, xs.get(i).shape(), gy, xs, y));
      }
      return new Trial(subject, xs, gy, y, given, right, null);
    } catch (RuntimeException e) { // the student's rule
      List<@Nullable Tensor> none = Collections.nCopies(xs.size(), null);
      String failure = e.getMessage() == null ? e.toString() : e.getMessage();
      return new Trial(subject, xs, gy, y, none, right, failure);
    }
  }

  /// With another gradient of an operand.
  Trial with(int operand, @Nullable Tensor gradient) {
    List<@Nullable Tensor> changed = new ArrayList<>(given);
    changed.set(operand, gradient);
    return new Trial(subject, xs, gy, y, changed, right, failure);
  }

  static boolean isFinite(Tensor x) {
    return DoubleStream.of(x.toDoubleArray()).allMatch(Double::isFinite);
  }

  /// The number of elements of all inputs.
  int size() {
    return xs.stream().mapToInt(Tensor::count).sum();
  }

  boolean isRight(int operand) {
    Tensor found = given.get(operand);
    return found == null ? isZero(right.get(operand)) : isClose(found, right.get(operand));
  }

  boolean isOfOneShape() {
    return xs.stream().allMatch(x -> x.shape().equals(y.shape()));
  }

  boolean hasRanksOf(Trial other) {
    for (int i = 0; i < xs.size(); i++) {
      if (xs.get(i).rank() != other.xs.get(i).rank()) {
        return false;
      }
    }
    return true;
  }

  /// The mistake in the gradient of an operand.
  Diagnosis says(Diagnosis.Kind kind, String text, int operand) {
    String name = Diagnosis.name(operand, xs.size());
    return diagnosis(kind, "the gradient of " + name + ": " + text, operand);
  }

  Diagnosis diagnosis(Diagnosis.Kind kind, String message, int operand) {
    return new Diagnosis(kind, message, operand, xs, gy, given.get(operand), right.get(operand));
  }

  static boolean isZero(Tensor x) {
    return DoubleStream.of(x.toDoubleArray()).allMatch(e -> e == 0);
  }

  static boolean isClose(Tensor a, Tensor b) {
    if (!a.shape().equals(b.shape())) {
      return false;
    }
    double[] left = a.toDoubleArray();
    double[] right = b.toDoubleArray();
    for (int i = 0; i < left.length; i++) {
      if (!isClose(left[i], right[i])) {
        return false;
      }
    }
    return true;
  }

  static boolean isClose(double a, double b) {
    return Math.abs(a - b) <= CLOSE * (0.01 + Math.max(Math.abs(a), Math.abs(b)));
  }
}
