package org.wengert.train.metric;

import java.util.stream.IntStream;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// The samples of one batch, checked: what the metrics of classes count. Of several axes, such as
/// the places of a sequence, each place is a sample.
///
/// @param scores row by row, `columns` for each sample; the class numbers if `columns` is 0
/// @param columns how many classes have a score; 1 is a score for class 1 of two
/// @param targets the class of each sample; -1 if it is to be ignored
@SuppressWarnings("ArrayRecordComponent") // handed over, not compared
record Scored(double[] scores, int columns, int[] targets) {
  /// The target that does not count, as in PyTorch's losses and ours.
  static final long IGNORED = -100;

  /// Checks a batch of the metric `name`.
  ///
  /// @param classes how many there are; 0 if that is not known
  /// @param ignored the target that does not count
  static Scored of(String name, Tensor output, Tensor target, int classes, long ignored) {
    int columns = columns(name, output, target);
    int known = columns == 0 ? classes : columns == 1 ? 2 : columns;
    if (classes > 0 && known != classes) {
      String found = columns == 1 ? "a score for one class of two" : columns + " scores a sample";
      throw error(name, found + " for " + classes + " classes", output, target)
          .hint("make the metric for as many classes as the model has");
    }
    double[] scores = (output.rank() > 2 && columns > 1 ? lastly(output) : output).toDoubleArray();
    for (int i = 0; i < scores.length; i++) {
      if (Double.isNaN(scores[i])) {
        throw (OptionException)
            new OptionException("output " + i + " of " + scores.length + " is NaN")
                .hint("look for the first NaN with Autograd.debug")
                .during(name);
      }
      if (columns == 0) {
        requireClass(name, "output", scores[i], known);
      }
    }
    return new Scored(scores, columns, targets(name, target, known, ignored));
  }

  private static int[] targets(String name, Tensor target, int classes, long ignored) {
    double[] values = target.toDoubleArray();
    int[] targets = new int[values.length];
    for (int i = 0; i < targets.length; i++) {
      boolean counts = values[i] != ignored;
      targets[i] = counts ? requireClass(name, "target", values[i], classes) : -1;
    }
    return targets;
  }

  private static int requireClass(String name, String what, double number, int classes) {
    int known = (int) number;
    if (known != number || known < 0 || (classes > 0 && known >= classes)) {
      String among = classes > 0 ? " among " + classes + " classes" : "";
      String shown = known == number ? Integer.toString(known) : Double.toString(number);
      String upTo = classes > 0 ? "from 0 to " + (classes - 1) : "from 0";
      throw (OptionException)
          new OptionException(what + " class " + shown + among)
              .hint("classes are whole numbers " + upTo)
              .during(name);
    }
    return known;
  }

  private static int columns(String name, Tensor output, Tensor target) {
    Shape samples = withoutLastOne(target.shape());
    if (withoutLastOne(output.shape()).equals(samples)) {
      return output.dtype().isFloating() ? 1 : 0;
    }
    if (output.dtype().isFloating() && output.rank() > 0) {
      int axis = Math.min(1, output.rank() - 1);
      Shape others = output.shape().remove(axis);
      if (others.equals(target.shape()) || (output.rank() == 2 && others.equals(samples))) {
        return output.size(axis);
      }
    }
    throw error(name, "outputs and targets are not of the same samples", output, target)
        .hint(
            "give scores (N, C) or (N, C, ..), classes in axis 1 as CrossEntropyLoss has them;"
                + " scores (N) for class 1 of two; or class numbers (N)");
  }

  /// `(N, C, ..)` as `(N, .., C)`.
  private static Tensor lastly(Tensor output) {
    int last = output.rank() - 1;
    return output.permute(
        IntStream.rangeClosed(0, last).map(i -> i == 0 ? 0 : i == last ? 1 : i + 1).toArray());
  }

  /// `(N, 1)` as `(N)`.
  private static Shape withoutLastOne(Shape shape) {
    int rank = shape.rank();
    return rank > 1 && shape.size(-1) == 1 ? shape.remove(rank - 1) : shape;
  }

  static ShapeException error(String name, String problem, Tensor output, Tensor target) {
    return (ShapeException)
        new ShapeException(problem)
            .during(name)
            .operand("output", "", output.shape() + " " + output.dtype())
            .operand("target", "", target.shape() + " " + target.dtype());
  }

  /// Refuses class numbers.
  Scored requireScores(String name) {
    if (columns == 0) {
      throw (OptionException)
          new OptionException("class numbers say nothing about scores")
              .hint("give the model's floating outputs, (N, C) or (N) for two classes")
              .during(name);
    }
    return this;
  }

  /// Whether a sample's target is not one to be ignored.
  boolean counts(int sample) {
    return targets[sample] >= 0;
  }

  /// How many count.
  int counted() {
    return (int) IntStream.of(targets).filter(target -> target >= 0).count();
  }

  /// The number of samples, ignored ones with them.
  int size() {
    return targets.length;
  }

  /// The score of a class; where there is but one, that of class 0 is 0.
  double score(int sample, int c) {
    return columns == 1 ? (c == 1 ? scores[sample] : 0) : scores[sample * columns + c];
  }

  /// The class that a sample's scores speak for.
  int predicted(int sample, double threshold) {
    if (columns == 0) {
      return (int) scores[sample];
    }
    if (columns == 1) {
      return scores[sample] > threshold ? 1 : 0;
    }
    int best = 0;
    for (int c = 1; c < columns; c++) {
      if (score(sample, c) > score(sample, best)) {
        best = c;
      }
    }
    return best;
  }
}
