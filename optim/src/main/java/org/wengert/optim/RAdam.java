package org.wengert.optim;

import java.util.List;
import org.wengert.Parameter;
import org.wengert.backend.CompiledUpdate;
import org.wengert.backend.Expr;
import org.wengert.backend.Kernel;
import org.wengert.backend.Update;

/// Adam that waits until it can trust its divisor: while too few gradients were seen to know their
/// variance, the step is that of momentum, and later the divisor is rectified. No warm-up needed.
///
/// ```
/// g ← g + λ w                        (g ← -g before, to maximize)
/// m ← β₁ m + (1 - β₁) g              u ← β₂ u + (1 - β₂) g²
/// ρ = 2/(1 - β₂) - 1                 ρₜ = ρ - 2t β₂ᵗ/(1 - β₂ᵗ)
/// r = √((ρₜ - 4)(ρₜ - 2)ρ / ((ρ - 4)(ρ - 2)ρₜ))
/// w ← w - η m/(1 - β₁ᵗ) · (r √(1 - β₂ᵗ)/(√u + ε) if ρₜ > 5, else 1)
/// ```
///
/// With `decoupledWeightDecay`, `w ← w - η λ w` comes first and nothing is added to the gradient.
/// State: `expAvg`, `expAvgSq`. Holds state, not thread-safe.
///
/// Source: Liu et al., On the variance of the adaptive learning rate and beyond (2020);
/// `torch.optim.RAdam`.
public final class RAdam extends ElementwiseOptimizer<RAdam.Options> {
  private static final Expr STEP = Moments.MEAN.mul(Terms.number(Moments.OWN));
  private static final Kernel PLAIN =
      Kernel.of(Moments.WEIGHT.sub(STEP), Moments.MEAN, Moments.SQUARE);
  private static final Kernel RECTIFIED =
      Kernel.of(
          Moments.WEIGHT.sub(STEP.div(Moments.SQUARE.sqrt().add(Terms.number(Moments.OWN + 1)))),
          Moments.MEAN,
          Moments.SQUARE);

  /// An optimizer with PyTorch's defaults.
  public RAdam(List<Parameter> parameters) {
    this(parameters, Options.defaults());
  }

  /// An optimizer with PyTorch's defaults but for the learning rate.
  public RAdam(List<Parameter> parameters, double learningRate) {
    this(parameters, Options.defaults().learningRate(learningRate));
  }

  /// An optimizer of parameters under their own names.
  ///
  /// @throws org.wengert.tensor.OptionException if the list is empty or a parameter comes twice
  public RAdam(List<Parameter> parameters, Options options) {
    this(ParameterGroup.of(parameters, options));
  }

  /// An optimizer of groups with options of their own.
  ///
  /// @throws org.wengert.tensor.OptionException if a group is empty or a parameter comes twice
  @SafeVarargs
  @SuppressWarnings("varargs") // handed on to a method that only reads it
  public RAdam(ParameterGroup<Options> first, ParameterGroup<Options>... more) {
    super(ParameterGroup.list(first, more));
  }

  @Override
  protected List<String> slots(Options options) {
    return AdamRule.slots(false);
  }

  @Override
  protected Update rule(Options o, long step) {
    Moments moments = Moments.of(o, o.maximize, o.weightDecay, o.decoupledWeightDecay);
    double rate = o.learningRate / Moments.correction(o.beta1, step);
    double correction = Moments.correction(o.beta2, step);
    double most = 2 / (1 - o.beta2) - 1;
    double length = most - 2 * step * (1 - correction) / correction;
    if (length <= 5) {
      return new CompiledUpdate(PLAIN, moments.numbers(rate));
    }
    double shares = (length - 4) * (length - 2) * most / ((most - 4) * (most - 2) * length);
    double rectified = rate * Math.sqrt(shares) * Math.sqrt(correction);
    return new CompiledUpdate(RECTIFIED, moments.numbers(rectified, o.eps));
  }

  /// The options of [RAdam], PyTorch's by default. Immutable.
  ///
  /// @param learningRate factor of the step; by default 1e-3
  /// @param beta1 share of the average gradient that stays; by default 0.9
  /// @param beta2 share of the average square that stays; by default 0.999
  /// @param eps what keeps the divisor from 0; by default 1e-8
  /// @param weightDecay factor of the parameter that is added to its gradient; by default 0
  /// @param decoupledWeightDecay whether weight decay shrinks the parameter, as in [AdamW]; by
  /// default false
  /// @param maximize whether to climb instead of descend; by default false
  public record Options(
      double learningRate,
      double beta1,
      double beta2,
      double eps,
      double weightDecay,
      boolean decoupledWeightDecay,
      boolean maximize)
      implements org.wengert.optim.BetaOptions<Options> {
    /// Checks that every option is in its domain.
    ///
    /// @throws org.wengert.tensor.OptionException if one is not
    public Options {
      Moments.check("RAdam", learningRate, beta1, beta2, eps, weightDecay);
    }

    /// PyTorch's defaults.
    public static Options defaults() {
      return new Options(1e-3, 0.9, 0.999, 1e-8, 0, false, false);
    }

    /// The same with another `learningRate`: factor of the step.
    @Override
    public Options learningRate(double learningRate) {
      return new Options(
          learningRate, beta1, beta2, eps, weightDecay, decoupledWeightDecay, maximize);
    }

    /// The same with another `beta1`: share of the average gradient that stays.
    @Override
    public Options beta1(double beta1) {
      return new Options(
          learningRate, beta1, beta2, eps, weightDecay, decoupledWeightDecay, maximize);
    }

    /// The same with another `beta2`: share of the average square that stays.
    @Override
    public Options beta2(double beta2) {
      return new Options(
          learningRate, beta1, beta2, eps, weightDecay, decoupledWeightDecay, maximize);
    }

    /// The same with another `eps`: what keeps the divisor from 0.
    public Options eps(double eps) {
      return new Options(
          learningRate, beta1, beta2, eps, weightDecay, decoupledWeightDecay, maximize);
    }

    /// The same with another `weightDecay`: factor of the parameter that is added to its gradient.
    public Options weightDecay(double weightDecay) {
      return new Options(
          learningRate, beta1, beta2, eps, weightDecay, decoupledWeightDecay, maximize);
    }

    /// The same with another `decoupledWeightDecay`: whether weight decay shrinks the parameter, as
    /// in [AdamW].
    public Options decoupledWeightDecay(boolean decoupledWeightDecay) {
      return new Options(
          learningRate, beta1, beta2, eps, weightDecay, decoupledWeightDecay, maximize);
    }

    /// The same with another `maximize`: whether to climb instead of descend.
    public Options maximize(boolean maximize) {
      return new Options(
          learningRate, beta1, beta2, eps, weightDecay, decoupledWeightDecay, maximize);
    }
  }
}
