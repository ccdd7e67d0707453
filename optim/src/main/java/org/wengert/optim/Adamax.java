package org.wengert.optim;

import java.util.List;
import org.wengert.Parameter;
import org.wengert.backend.CompiledUpdate;
import org.wengert.backend.Expr;
import org.wengert.backend.Kernel;
import org.wengert.backend.Update;

/// Adam whose divisor is the largest of the recent gradients instead of the root of their mean
/// square, so that no step is longer than about the learning rate.
///
/// ```
/// g ← g + λ w                        (g ← -g before, to maximize)
/// m ← β₁ m + (1 - β₁) g              u ← max(β₂ u, |g| + ε)
/// w ← w - η m/(1 - β₁ᵗ) / u
/// ```
///
/// State: `expAvg`, `expInf`, which is `u`. Holds state, not thread-safe.
///
/// Source: Kingma, Ba, Adam: a method for stochastic optimization (2015), section 7.1;
/// `torch.optim.Adamax`.
public final class Adamax extends ElementwiseOptimizer<Adamax.Options> {
  private static final Kernel RULE = rule();

  /// An optimizer with PyTorch's defaults.
  public Adamax(List<Parameter> parameters) {
    this(parameters, Options.defaults());
  }

  /// An optimizer with PyTorch's defaults but for the learning rate.
  public Adamax(List<Parameter> parameters, double learningRate) {
    this(parameters, Options.defaults().learningRate(learningRate));
  }

  /// An optimizer of parameters under their own names.
  ///
  /// @throws org.wengert.tensor.OptionException if the list is empty or a parameter comes twice
  public Adamax(List<Parameter> parameters, Options options) {
    this(ParameterGroup.of(parameters, options));
  }

  /// An optimizer of groups with options of their own.
  ///
  /// @throws org.wengert.tensor.OptionException if a group is empty or a parameter comes twice
  @SafeVarargs
  @SuppressWarnings("varargs") // handed on to a method that only reads it
  public Adamax(ParameterGroup<Options> first, ParameterGroup<Options>... more) {
    super(ParameterGroup.list(first, more));
  }

  @Override
  protected List<String> slots(Options options) {
    return List.of("expAvg", "expInf");
  }

  /// The numbers: sign, weight decay, β₁, 1 - β₁, β₂, rate, ε.
  private static Kernel rule() {
    Expr g = Terms.entering(Terms.WEIGHT);
    Expr mean = Terms.average(Terms.state(1), 2, g);
    Expr largest = Terms.state(2).mul(Terms.number(4)).max(g.abs().add(Terms.number(6)));
    return Kernel.of(Terms.WEIGHT.sub(mean.mul(Terms.number(5)).div(largest)), mean, largest);
  }

  @Override
  protected Update rule(Options o, long step) {
    double rate = o.learningRate / Moments.correction(o.beta1, step);
    double sign = o.maximize ? -1 : 1;
    return new CompiledUpdate(
        RULE, sign, o.weightDecay, o.beta1, 1 - o.beta1, o.beta2, rate, o.eps);
  }

  /// The options of [Adamax], PyTorch's by default. Immutable.
  ///
  /// @param learningRate factor of the step; by default 2e-3
  /// @param beta1 share of the average gradient that stays; by default 0.9
  /// @param beta2 share of the largest gradient that stays; by default 0.999
  /// @param eps what keeps the divisor from 0; by default 1e-8
  /// @param weightDecay factor of the parameter that is added to its gradient; by default 0
  /// @param maximize whether to climb instead of descend; by default false
  public record Options(
      double learningRate,
      double beta1,
      double beta2,
      double eps,
      double weightDecay,
      boolean maximize)
      implements org.wengert.optim.BetaOptions<Options> {
    /// Checks that every option is in its domain.
    ///
    /// @throws org.wengert.tensor.OptionException if one is not
    public Options {
      Moments.check("Adamax", learningRate, beta1, beta2, eps, weightDecay);
    }

    /// PyTorch's defaults.
    public static Options defaults() {
      return new Options(2e-3, 0.9, 0.999, 1e-8, 0, false);
    }

    /// The same with another `learningRate`: factor of the step.
    @Override
    public Options learningRate(double learningRate) {
      return new Options(learningRate, beta1, beta2, eps, weightDecay, maximize);
    }

    /// The same with another `beta1`: share of the average gradient that stays.
    @Override
    public Options beta1(double beta1) {
      return new Options(learningRate, beta1, beta2, eps, weightDecay, maximize);
    }

    /// The same with another `beta2`: share of the largest gradient that stays.
    @Override
    public Options beta2(double beta2) {
      return new Options(learningRate, beta1, beta2, eps, weightDecay, maximize);
    }

    /// The same with another `eps`: what keeps the divisor from 0.
    public Options eps(double eps) {
      return new Options(learningRate, beta1, beta2, eps, weightDecay, maximize);
    }

    /// The same with another `weightDecay`: factor of the parameter that is added to its gradient.
    public Options weightDecay(double weightDecay) {
      return new Options(learningRate, beta1, beta2, eps, weightDecay, maximize);
    }

    /// The same with another `maximize`: whether to climb instead of descend.
    public Options maximize(boolean maximize) {
      return new Options(learningRate, beta1, beta2, eps, weightDecay, maximize);
    }
  }
}
