package org.wengert.optim;

import java.util.List;
import org.wengert.Parameter;
import org.wengert.backend.CompiledUpdate;
import org.wengert.backend.Expr;
import org.wengert.backend.Kernel;
import org.wengert.backend.Update;

/// The gradient divided by the root of the sum of all its squares so far, so that rarely used
/// parameters, such as the rows of an embedding, move far when their turn comes.
///
/// ```
/// g ← g + λ w                        (g ← -g before, to maximize)
/// s ← s + g²
/// w ← w - η/(1 + (t - 1) d) · g/(√s + ε)
/// ```
///
/// `d` is the decay of the learning rate, `t` counts the steps of the parameter. State: `sum`,
/// which is `s` and starts at `initialAccumulatorValue`. Holds state, not thread-safe.
///
/// Source: Duchi, Hazan, Singer, Adaptive subgradient methods (2011); `torch.optim.Adagrad`.
public final class Adagrad extends ElementwiseOptimizer<Adagrad.Options> {
  private static final Kernel RULE = rule();

  /// An optimizer with PyTorch's defaults.
  public Adagrad(List<Parameter> parameters) {
    this(parameters, Options.defaults());
  }

  /// An optimizer with PyTorch's defaults but for the learning rate.
  public Adagrad(List<Parameter> parameters, double learningRate) {
    this(parameters, Options.defaults().learningRate(learningRate));
  }

  /// An optimizer of parameters under their own names.
  ///
  /// @throws org.wengert.tensor.OptionException if the list is empty or a parameter comes twice
  public Adagrad(List<Parameter> parameters, Options options) {
    this(ParameterGroup.of(parameters, options));
  }

  /// An optimizer of groups with options of their own.
  ///
  /// @throws org.wengert.tensor.OptionException if a group is empty or a parameter comes twice
  @SafeVarargs
  @SuppressWarnings("varargs") // handed on to a method that only reads it
  public Adagrad(ParameterGroup<Options> first, ParameterGroup<Options>... more) {
    super(ParameterGroup.list(first, more));
  }

  @Override
  protected List<String> slots(Options options) {
    return List.of("sum");
  }

  @Override
  protected double start(Options options, String slot) {
    return options.initialAccumulatorValue;
  }

  /// The numbers: sign, weight decay, rate, ε.
  private static Kernel rule() {
    Expr g = Terms.entering(Terms.WEIGHT);
    Expr sum = g.fma(g, Terms.state(1));
    Expr move = g.mul(Terms.number(2)).div(sum.sqrt().add(Terms.number(3)));
    return Kernel.of(Terms.WEIGHT.sub(move), sum);
  }

  @Override
  protected Update rule(Options o, long step) {
    double rate = o.learningRate / (1 + (step - 1) * o.learningRateDecay);
    return new CompiledUpdate(RULE, o.maximize ? -1 : 1, o.weightDecay, rate, o.eps);
  }

  /// The options of [Adagrad], PyTorch's by default. Immutable.
  ///
  /// @param learningRate factor of the step; by default 1e-2
  /// @param learningRateDecay how fast the steps shrink with their number; by default 0
  /// @param weightDecay factor of the parameter that is added to its gradient; by default 0
  /// @param initialAccumulatorValue what the sum of squares starts with; by default 0
  /// @param eps what keeps the divisor from 0; by default 1e-10
  /// @param maximize whether to climb instead of descend; by default false
  public record Options(
      double learningRate,
      double learningRateDecay,
      double weightDecay,
      double initialAccumulatorValue,
      double eps,
      boolean maximize)
      implements org.wengert.optim.Options<Options> {
    /// Checks that every option is in its domain.
    ///
    /// @throws org.wengert.tensor.OptionException if one is not
    public Options {
      Domain.nonNegative("Adagrad", "learningRate", learningRate, 0.01);
      Domain.nonNegative("Adagrad", "learningRateDecay", learningRateDecay, 1e-3);
      Domain.nonNegative("Adagrad", "weightDecay", weightDecay, 1e-4);
      Domain.nonNegative("Adagrad", "initialAccumulatorValue", initialAccumulatorValue, 0.1);
      Domain.nonNegative("Adagrad", "eps", eps, 1e-10);
    }

    /// PyTorch's defaults.
    public static Options defaults() {
      return new Options(1e-2, 0, 0, 0, 1e-10, false);
    }

    /// The same with another `learningRate`: factor of the step.
    @Override
    public Options learningRate(double learningRate) {
      return new Options(
          learningRate, learningRateDecay, weightDecay, initialAccumulatorValue, eps, maximize);
    }

    /// The same with another `learningRateDecay`: how fast the steps shrink with their number.
    public Options learningRateDecay(double learningRateDecay) {
      return new Options(
          learningRate, learningRateDecay, weightDecay, initialAccumulatorValue, eps, maximize);
    }

    /// The same with another `weightDecay`: factor of the parameter that is added to its gradient.
    public Options weightDecay(double weightDecay) {
      return new Options(
          learningRate, learningRateDecay, weightDecay, initialAccumulatorValue, eps, maximize);
    }

    /// The same with another `initialAccumulatorValue`: what the sum of squares starts with.
    public Options initialAccumulatorValue(double initialAccumulatorValue) {
      return new Options(
          learningRate, learningRateDecay, weightDecay, initialAccumulatorValue, eps, maximize);
    }

    /// The same with another `eps`: what keeps the divisor from 0.
    public Options eps(double eps) {
      return new Options(
          learningRate, learningRateDecay, weightDecay, initialAccumulatorValue, eps, maximize);
    }

    /// The same with another `maximize`: whether to climb instead of descend.
    public Options maximize(boolean maximize) {
      return new Options(
          learningRate, learningRateDecay, weightDecay, initialAccumulatorValue, eps, maximize);
    }
  }
}
