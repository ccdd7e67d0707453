package org.wengert.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.wengert.Op;
import org.wengert.Variable;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Says what is wrong with a derivative rule: which of the typical mistakes it is, and the smallest
/// input that shows it.
///
/// ```java
/// // tanh' = 1 - y², but the student wrote x for y
/// Diagnosis found = RuleDoctor.examine(
///     Variable::tanh,
///     (gy, inputs, y) -> {
///       Variable x = Variable.constant(inputs.getFirst());
///       return List.of(x.square().rsub(1.0).mul(Variable.constant(gy)).value());
///     });
/// found.kind();             // INPUT_FOR_OUTPUT
/// System.out.println(found); // in words, with numbers
/// ```
///
/// A plain rule is held against the engine's gradient of the function; it does everything itself,
/// so that it can forget to sum over a broadcast axis, or write `=` for `+=`. An operation's rule
/// ([Op]) is held against finite differences of its forward computation; there the engine sums and
/// adds. Inputs are tried from one number to small matrices, with halves and small integers as
/// elements; where the function refuses them, or has a kink, they say nothing. A mistake is named
/// only if mending it makes the rule right at every input tried.
public final class RuleDoctor {
  private RuleDoctor() {}

  /// A derivative rule as a student writes it, on plain tensors.
  @FunctionalInterface
  public interface Rule {
    /// The gradients of all inputs, in their order and shapes.
    ///
    /// @param gy the gradient of the output, in its shape
    /// @param inputs what the function was called with
    /// @param output what it gave
    List<? extends @Nullable Tensor> gradients(Tensor gy, List<Tensor> inputs, Tensor output);
  }

  /// Examines the rule for a function of one variable.
  @SuppressWarnings("overloads") // told apart by the number of parameters
  public static Diagnosis examine(UnaryOperator<Variable> function, Rule rule) {
    return examined(Subject.of(xs -> function.apply(xs.getFirst()), rule, 1), List.of());
  }

  /// Examines the rule for a function of two variables.
  @SuppressWarnings("overloads")
  public static Diagnosis examine(BinaryOperator<Variable> function, Rule rule) {
    return examined(Subject.of(xs -> function.apply(xs.get(0), xs.get(1)), rule, 2), List.of());
  }

  /// Examines the rule for a function of any number of variables.
  ///
  /// @param example inputs that the function accepts; smaller ones of their ranks are tried first
  @SuppressWarnings("overloads")
  public static Diagnosis examine(
      Function<List<Variable>, Variable> function, Rule rule, Tensor... example) {
    return examined(Subject.of(function, rule, example.length), List.of(example));
  }

  /// Examines the rules of an operation.
  ///
  /// @param example operands that it accepts; needed for more than two, or for unusual shapes
  /// @throws OptionException if the number of operands is not known and there is no example
  @SuppressWarnings("overloads")
  public static Diagnosis examine(Op op, Tensor... example) {
    if (op instanceof Op.Nary && example.length == 0) {
      throw new OptionException(op.label() + " takes any number of operands")
          .hint("give an example of them: examine(op, x1, x2, x3)");
    }
    return examined(Subject.of(op, example.length), List.of(example));
  }

  private static Diagnosis examined(Subject subject, List<Tensor> example) {
    List<Trial> trials = new ArrayList<>();
    String refusal = "";
    List<List<Tensor>> inputs = Inputs.of(subject, example);
    for (int i = 0; i < inputs.size(); i++) {
      try {
        Trial trial = Trial.of(subject, inputs.get(i), i);
        if (trial != null) {
          trials.add(trial);
        }
      } catch (RuntimeException e) { // whatever a function says to operands that do not fit
        refusal = ": " + e.getMessage();
      }
    }
    trials.sort(Comparator.comparingInt(Trial::size));
    return trials.isEmpty() ? untested(refusal) : diagnosed(subject, trials);
  }

  private static Diagnosis untested(String refusal) {
    String text = "nothing to say: the function took none of the inputs tried" + refusal;
    return new Diagnosis(Diagnosis.Kind.UNTESTED, text, -1, List.of(), null, null, null);
  }

  private static Diagnosis diagnosed(Subject subject, List<Trial> trials) {
    List<Trial> ran = trials.stream().filter(trial -> trial.failure() == null).toList();
    for (Trial trial : ran) {
      for (int operand = 0; operand < subject.arity(); operand++) {
        if (!trial.isRight(operand)) {
          Diagnosis found = new Symptoms(subject, ran, operand).diagnosis(trial);
          return found.kind() == Diagnosis.Kind.UNKNOWN ? unmixed(subject, ran, found) : found;
        }
      }
    }
    for (Trial trial : trials) {
      boolean isUsual = ran.isEmpty() || ran.stream().anyMatch(t -> t.hasRanksOf(trial));
      if (trial.failure() != null && isUsual) {
        String text = "the rule fails: " + trial.failure();
        return trial.diagnosis(Diagnosis.Kind.FAILS, text, 0);
      }
    }
    String text = "right, at all " + ran.size() + " inputs tried";
    return new Diagnosis(Diagnosis.Kind.RIGHT, text, -1, List.of(), null, null, null);
  }

  /// A second look without repeated operands: a sum over repetitions hides what was summed.
  private static Diagnosis unmixed(Subject subject, List<Trial> trials, Diagnosis unknown) {
    List<Trial> alike = trials.stream().filter(Trial::isOfOneShape).toList();
    for (Trial trial : alike) {
      if (!trial.isRight(unknown.operand())) {
        Diagnosis found = new Symptoms(subject, alike, unknown.operand()).diagnosis(trial);
        return found.kind() == Diagnosis.Kind.UNKNOWN ? unknown : found;
      }
    }
    return unknown;
  }

  /// Inputs to try.
  private static final class Inputs {
    private static final double[][] NUMBERS = {
      {0.5, -1, 2, 1, -0.5, 1.5, 3, -2, 0.25, -1.5},
      {2, 0.5, 1.5, 3, 1, 0.25, 2.5},
      {0.5, -0.25, 0.75, 0.25, -0.5, -0.75},
      {1.5, 2, 3, 1.25, 2.5, 4},
      {-0.5, 2, -1.5, 1, 3, 0.5, -2, 0.25}
    };
    private static final int[][][] ONE = {{{}}, {{2}}, {{2, 2}}, {{2, 3}}};
    private static final int[][][] TWO = {
      {{}, {}},
      {{2}, {}},
      {{}, {2}},
      {{2}, {2}},
      {{2, 1}, {2}},
      {{2, 3}, {3}},
      {{3}, {2, 3}},
      {{2, 2}, {2, 2}},
      {{2, 3}, {3, 2}},
      {{2, 3}, {2, 1}},
      {{2, 1}, {2, 3}}
    };

    private Inputs() {}

    static List<List<Tensor>> of(Subject subject, List<Tensor> example) {
      List<List<Shape>> shapes = new ArrayList<>();
      if (subject.isPointwise() || example.isEmpty()) {
        List<int[][]> all = List.of(subject.arity() == 1 ? ONE : TWO);
        for (int[][] sizes : subject.isPointwise() ? all.subList(0, 2) : all) {
          shapes.add(Stream.of(sizes).map(Shape::of).toList());
        }
      } else {
        shapes.add(shrunk(example, 1, 1));
        shapes.add(shrunk(example, 2, 2));
        shapes.add(shrunk(example, 2, Integer.MAX_VALUE));
      }
      List<List<Tensor>> inputs = new ArrayList<>();
      for (List<Shape> each : shapes) {
        for (double[] numbers : NUMBERS) {
          inputs.add(filled(each, numbers));
        }
      }
      if (!example.isEmpty()) {
        inputs.add(example);
      }
      return inputs;
    }

    /// The shapes with small sizes, different ones for different ones, counted from `first` on.
    private static List<Shape> shrunk(List<Tensor> example, int first, int last) {
      List<Integer> known = new ArrayList<>();
      List<Shape> shapes = new ArrayList<>();
      for (Tensor x : example) {
        int[] sizes = x.shape().toArray();
        for (int axis = 0; axis < sizes.length; axis++) {
          if (sizes[axis] > 1) {
            if (!known.contains(sizes[axis])) {
              known.add(sizes[axis]);
            }
            sizes[axis] = Math.min(last, first + known.indexOf(sizes[axis]));
          }
        }
        shapes.add(Shape.of(sizes));
      }
      return shapes;
    }

    private static List<Tensor> filled(List<Shape> shapes, double... numbers) {
      List<Tensor> inputs = new ArrayList<>();
      int at = 0;
      for (Shape shape : shapes) {
        inputs.add(filled(shape, at, numbers));
        at += Math.max(1, inputs.getLast().count());
      }
      return inputs;
    }

    static Tensor filled(Shape shape, int start, double... numbers) {
      double[] elements = new double[shape.count()];
      for (int i = 0; i < elements.length; i++) {
        elements[i] = numbers[(start + i) % numbers.length];
      }
      return Tensor.of(elements).reshape(shape);
    }
  }

  /// The gradient of the result that an input is tried with: 1, or various numbers.
  static Tensor gy(Shape y, int number) {
    double[] various = {2, 0.5, -1, 1.5, -0.5, 3};
    return number % 5 == 0 ? Inputs.filled(y, 0, 1) : Inputs.filled(y, number % 5 - 1, various);
  }
}
