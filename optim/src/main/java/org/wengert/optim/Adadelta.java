package org.wengert.optim;

import java.util.List;
import org.wengert.Parameter;
import org.wengert.backend.CompiledUpdate;
import org.wengert.backend.Expr;
import org.wengert.backend.Kernel;
import org.wengert.backend.Update;

/// Steps measured by the steps before: the gradient times the ratio of the average step to the
/// average gradient, so that units cancel and there is no learning rate to find.
///
/// ```
/// g ← g + λ w                        (g ← -g before, to maximize)
/// u ← ρ u + (1 - ρ) g²
/// Δ = √(a + ε)/√(u + ε) · g          a ← ρ a + (1 - ρ) Δ²
/// w ← w - η Δ
/// ```
///
/// State: `squareAvg`, which is `u`, and `accDelta`, which is `a`. Holds state, not thread-safe.
///
/// Source: Zeiler, Adadelta: an adaptive learning rate method (2012); `torch.optim.Adadelta`.
public final class Adadelta extends ElementwiseOptimizer<Adadelta.Options> {
  private static final Kernel RULE = rule();

  /// An optimizer with PyTorch's defaults.
  public Adadelta(List<Parameter> parameters) {
    this(parameters, Options.defaults());
  }

  /// An optimizer with PyTorch's defaults but for the learning rate.
  public Adadelta(List<Parameter> parameters, double learningRate) {
    this(parameters, Options.defaults().learningRate(learningRate));
  }

  /// An optimizer of parameters under their own names.
  ///
  /// @throws org.wengert.tensor.OptionException if the list is empty or a parameter comes twice
  public Adadelta(List<Parameter> parameters, Options options) {
    this(ParameterGroup.of(parameters, options));
  }

  /// An optimizer of groups with options of their own.
  ///
  /// @throws org.wengert.tensor.OptionException if a group is empty or a parameter comes twice
  @SafeVarargs
  @SuppressWarnings("varargs") // handed on to a method that only reads it
  public Adadelta(ParameterGroup<Options> first, ParameterGroup<Options>... more) {
    super(ParameterGroup.list(first, more));
  }

  @Override
  protected List<String> slots(Options options) {
    return List.of("squareAvg", "accDelta");
  }

  /// The numbers: sign, weight decay, ρ, 1 - ρ, ε, learning rate.
  private static Kernel rule() {
    Expr g = Terms.entering(Terms.WEIGHT);
    Expr square = Terms.average(Terms.state(1), 2, g.square());
    Expr past = Terms.state(2).add(Terms.number(4)).sqrt();
    Expr delta = past.div(square.add(Terms.number(4)).sqrt()).mul(g);
    return Kernel.of(
        Terms.WEIGHT.sub(delta.mul(Terms.number(5))),
        square,
        Terms.average(Terms.state(2), 2, delta.square()));
  }

  @Override
  protected Update rule(Options o, long step) {
    double sign = o.maximize ? -1 : 1;
    return new CompiledUpdate(RULE, sign, o.weightDecay, o.rho, 1 - o.rho, o.eps, o.learningRate);
  }

  /// The options of [Adadelta], PyTorch's by default. Immutable.
  ///
  /// @param learningRate factor of the step; by default 1.0
  /// @param rho share of both averages that stays; by default 0.9
  /// @param eps what lets the first step be more than 0; by default 1e-6
  /// @param weightDecay factor of the parameter that is added to its gradient; by default 0
  /// @param maximize whether to climb instead of descend; by default false
  public record Options(
      double learningRate, double rho, double eps, double weightDecay, boolean maximize)
      implements org.wengert.optim.Options<Options> {
    /// Checks that every option is in its domain.
    ///
    /// @throws org.wengert.tensor.OptionException if one is not
    public Options {
      Domain.nonNegative("Adadelta", "learningRate", learningRate, 1);
      Domain.decay("Adadelta", "rho", rho, 0.9);
      Domain.nonNegative("Adadelta", "eps", eps, 1e-6);
      Domain.nonNegative("Adadelta", "weightDecay", weightDecay, 1e-4);
    }

    /// PyTorch's defaults.
    public static Options defaults() {
      return new Options(1.0, 0.9, 1e-6, 0, false);
    }

    /// The same with another `learningRate`: factor of the step.
    @Override
    public Options learningRate(double learningRate) {
      return new Options(learningRate, rho, eps, weightDecay, maximize);
    }

    /// The same with another `rho`: share of both averages that stays.
    public Options rho(double rho) {
      return new Options(learningRate, rho, eps, weightDecay, maximize);
    }

    /// The same with another `eps`: what lets the first step be more than 0.
    public Options eps(double eps) {
      return new Options(learningRate, rho, eps, weightDecay, maximize);
    }

    /// The same with another `weightDecay`: factor of the parameter that is added to its gradient.
    public Options weightDecay(double weightDecay) {
      return new Options(learningRate, rho, eps, weightDecay, maximize);
    }

    /// The same with another `maximize`: whether to climb instead of descend.
    public Options maximize(boolean maximize) {
      return new Options(learningRate, rho, eps, weightDecay, maximize);
    }
  }
}
