package org.wengert.check;

import java.util.Collection;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import org.wengert.Parameter;
import org.wengert.Variable;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Tensor;

/// The assertion for a test, with any test framework:
///
/// ```
/// assertThatGradient((x, w) -> x.matMul(w).tanh()).at(x, w).isCorrect();
/// ```
///
/// A failure prints the elements that disagree, with analytic and numeric value, the estimated
/// error of the differences and a suspected cause. Immutable.
public final class GradientAssert {
  private final Function<List<Variable>, Variable> f;
  private final int arity;
  private final List<Tensor> point;
  private final List<Parameter> parameters;
  private final GradCheck check;

  private GradientAssert(
      Function<List<Variable>, Variable> f,
      int arity,
      List<Tensor> point,
      List<Parameter> parameters,
      GradCheck check) {
    this.f = f;
    this.arity = arity;
    this.point = point;
    this.parameters = parameters;
    this.check = check;
  }

  /// A function of three variables.
  @FunctionalInterface
  public interface Ternary {
    /// The result, of any shape.
    Variable apply(Variable a, Variable b, Variable c);
  }

  /// Begins an assertion on a function of one variable, such as `model::call`.
  @SuppressWarnings("overloads") // told apart by the number of the lambda's parameters
  public static GradientAssert assertThatGradient(UnaryOperator<Variable> f) {
    return starting(xs -> f.apply(xs.getFirst()), 1);
  }

  /// Begins an assertion on a function of two variables.
  @SuppressWarnings("overloads")
  public static GradientAssert assertThatGradient(BinaryOperator<Variable> f) {
    return starting(xs -> f.apply(xs.get(0), xs.get(1)), 2);
  }

  /// Begins an assertion on a function of three variables.
  @SuppressWarnings("overloads")
  public static GradientAssert assertThatGradient(Ternary f) {
    return starting(xs -> f.apply(xs.get(0), xs.get(1), xs.get(2)), 3);
  }

  /// Begins an assertion on a function of any number of variables.
  public static GradientAssert assertThatGradientOfList(Function<List<Variable>, Variable> f) {
    return starting(f, -1);
  }

  private static GradientAssert starting(Function<List<Variable>, Variable> f, int arity) {
    return new GradientAssert(f, arity, List.of(), List.of(), GradCheck.defaults());
  }

  /// Where the gradient is checked: a `FLOAT64` tensor for each variable.
  ///
  /// @throws OptionException if there are more or fewer than the function takes
  public GradientAssert at(Tensor... xs) {
    if (arity >= 0 && xs.length != arity) {
      throw new OptionException(xs.length + " tensors for a function of " + arity + " variables")
          .hint("pass one tensor for each variable");
    }
    return new GradientAssert(f, arity, List.of(xs), parameters, check);
  }

  /// Where the gradient is checked: a scalar for each variable.
  public GradientAssert at(double... xs) {
    return at(DoubleStream.of(xs).mapToObj(Tensor::of).toArray(Tensor[]::new));
  }

  /// Checks the gradients of these parameters too, such as `model.parameters()`.
  public GradientAssert withParameters(Collection<Parameter> parameters) {
    return new GradientAssert(f, arity, point, List.copyOf(parameters), check);
  }

  /// With other tolerances or another seed than [GradCheck#defaults].
  public GradientAssert using(GradCheck check) {
    return new GradientAssert(f, arity, point, parameters, check);
  }

  /// Asserts that the gradient agrees with finite differences.
  ///
  /// @throws AssertionError if it does not, or that cannot be told: at a kink, or in too much noise
  /// @throws OptionException if [#at] was not called
  public void isCorrect() {
    if (point.size() < arity) {
      throw new OptionException("no point for a function of " + arity + " variables")
          .hint("say where: assertThatGradient(f).at(x).isCorrect()");
    }
    require(check.firstOrder(f, point, parameters), "first order");
  }

  /// Asserts that the gradient and the gradient's gradient agree with finite differences.
  ///
  /// @throws AssertionError if they do not, or that cannot be told
  /// @throws OptionException if [#at] was not called
  public void isCorrectToSecondOrder() {
    isCorrect();
    require(check.secondOrder(f, point, parameters), "second order");
  }

  private static void require(GradReport report, String order) {
    if (report.verdict() != GradReport.Verdict.CORRECT) {
      throw new AssertionError(order + " " + report);
    }
  }
}
