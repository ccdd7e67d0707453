package org.wengert.optim;

import java.util.List;
import org.wengert.Parameter;
import org.wengert.backend.CompiledUpdate;
import org.wengert.backend.Expr;
import org.wengert.backend.Kernel;
import org.wengert.backend.Update;

/// Adam with Nesterov's momentum: the step looks ahead to where the mean of the gradients is going,
/// which helps where it turns slowly.
///
/// ```
/// g ← g + λ w                        (g ← -g before, to maximize)
/// μₜ = β₁ (1 - 0.96^(tψ)/2)          Mₜ = μ₁ μ₂ ... μₜ
/// m ← β₁ m + (1 - β₁) g              u ← β₂ u + (1 - β₂) g²
/// w ← w - η (μₜ₊₁ m/(1 - Mₜ₊₁) + (1 - μₜ) g/(1 - Mₜ)) / (√(u/(1 - β₂ᵗ)) + ε)
/// ```
///
/// With `decoupledWeightDecay`, `w ← w - η λ w` comes first and nothing is added to the gradient.
/// State: `expAvg`, `expAvgSq`, and for each parameter one number, `muProduct`, which is `Mₜ`: the
/// options may have been others in earlier steps. Holds state, not thread-safe.
///
/// Source: Dozat, Incorporating Nesterov momentum into Adam (2016); `torch.optim.NAdam`.
public final class NAdam extends RuleOptimizer<NAdam.Options> {
  private static final Kernel RULE = rule();

  /// An optimizer with PyTorch's defaults.
  public NAdam(List<Parameter> parameters) {
    this(parameters, Options.defaults());
  }

  /// An optimizer with PyTorch's defaults but for the learning rate.
  public NAdam(List<Parameter> parameters, double learningRate) {
    this(parameters, Options.defaults().learningRate(learningRate));
  }

  /// An optimizer of parameters under their own names.
  ///
  /// @throws org.wengert.tensor.OptionException if the list is empty or a parameter comes twice
  public NAdam(List<Parameter> parameters, Options options) {
    this(ParameterGroup.of(parameters, options));
  }

  /// An optimizer of groups with options of their own.
  ///
  /// @throws org.wengert.tensor.OptionException if a group is empty or a parameter comes twice
  @SafeVarargs
  @SuppressWarnings("varargs") // handed on to a method that only reads it
  public NAdam(ParameterGroup<Options> first, ParameterGroup<Options>... more) {
    super(ParameterGroup.list(first, more));
  }

  @Override
  protected List<String> slots(Options options) {
    return AdamRule.slots(false);
  }

  @Override
  List<String> numbers() {
    return List.of("muProduct");
  }

  @Override
  protected double start(Options options, String slot) {
    return slot.equals("muProduct") ? 1 : 0;
  }

  @Override
  Update rule(Options o, long step, double[] numbers) {
    Moments moments = Moments.of(o, o.maximize, o.weightDecay, o.decoupledWeightDecay);
    double mu = mu(o, step);
    double next = mu(o, step + 1);
    double product = numbers[0] * mu;
    numbers[0] = product;
    double now = o.learningRate * (1 - mu) / (1 - product);
    double ahead = o.learningRate * next / (1 - product * next);
    double correction = Moments.correction(o.beta2, step);
    return new CompiledUpdate(RULE, moments.numbers(now, ahead, 1 / correction, o.eps));
  }

  private static double mu(Options o, long step) {
    return o.beta1 * (1 - 0.5 * StrictMath.pow(0.96, step * o.momentumDecay));
  }

  /// The numbers of its own: the rates of the gradient and of its average, `1/(1 - β₂ᵗ)` and ε.
  private static Kernel rule() {
    Expr square = Moments.SQUARE.mul(Terms.number(Moments.OWN + 2));
    Expr divisor = square.sqrt().add(Terms.number(Moments.OWN + 3));
    Expr ahead = Moments.MEAN.mul(Terms.number(Moments.OWN + 1));
    Expr move = Moments.ENTERING.fma(Terms.number(Moments.OWN), ahead).div(divisor);
    return Kernel.of(Moments.WEIGHT.sub(move), Moments.MEAN, Moments.SQUARE);
  }

  /// The options of [NAdam], PyTorch's by default. Immutable.
  ///
  /// @param learningRate factor of the step; by default 2e-3
  /// @param beta1 share of the average gradient that stays; by default 0.9
  /// @param beta2 share of the average square that stays; by default 0.999
  /// @param eps what keeps the divisor from 0; by default 1e-8
  /// @param weightDecay factor of the parameter that is added to its gradient; by default 0
  /// @param momentumDecay how fast the momentum grows, `ψ`; by default 4e-3
  /// @param decoupledWeightDecay whether weight decay shrinks the parameter, as in [AdamW]; by
  /// default false
  /// @param maximize whether to climb instead of descend; by default false
  public record Options(
      double learningRate,
      double beta1,
      double beta2,
      double eps,
      double weightDecay,
      double momentumDecay,
      boolean decoupledWeightDecay,
      boolean maximize)
      implements org.wengert.optim.BetaOptions<Options> {
    /// Checks that every option is in its domain.
    ///
    /// @throws org.wengert.tensor.OptionException if one is not
    public Options {
      Moments.check("NAdam", learningRate, beta1, beta2, eps, weightDecay);
      Domain.nonNegative("NAdam", "momentumDecay", momentumDecay, 4e-3);
    }

    /// PyTorch's defaults.
    public static Options defaults() {
      return new Options(2e-3, 0.9, 0.999, 1e-8, 0, 4e-3, false, false);
    }

    /// The same with another `learningRate`: factor of the step.
    @Override
    public Options learningRate(double learningRate) {
      return new Options(
          learningRate,
          beta1,
          beta2,
          eps,
          weightDecay,
          momentumDecay,
          decoupledWeightDecay,
          maximize);
    }

    /// The same with another `beta1`: share of the average gradient that stays.
    @Override
    public Options beta1(double beta1) {
      return new Options(
          learningRate,
          beta1,
          beta2,
          eps,
          weightDecay,
          momentumDecay,
          decoupledWeightDecay,
          maximize);
    }

    /// The same with another `beta2`: share of the average square that stays.
    @Override
    public Options beta2(double beta2) {
      return new Options(
          learningRate,
          beta1,
          beta2,
          eps,
          weightDecay,
          momentumDecay,
          decoupledWeightDecay,
          maximize);
    }

    /// The same with another `eps`: what keeps the divisor from 0.
    public Options eps(double eps) {
      return new Options(
          learningRate,
          beta1,
          beta2,
          eps,
          weightDecay,
          momentumDecay,
          decoupledWeightDecay,
          maximize);
    }

    /// The same with another `weightDecay`: factor of the parameter that is added to its gradient.
    public Options weightDecay(double weightDecay) {
      return new Options(
          learningRate,
          beta1,
          beta2,
          eps,
          weightDecay,
          momentumDecay,
          decoupledWeightDecay,
          maximize);
    }

    /// The same with another `momentumDecay`: how fast the momentum grows, `ψ`.
    public Options momentumDecay(double momentumDecay) {
      return new Options(
          learningRate,
          beta1,
          beta2,
          eps,
          weightDecay,
          momentumDecay,
          decoupledWeightDecay,
          maximize);
    }

    /// The same with another `decoupledWeightDecay`: whether weight decay shrinks the parameter, as
    /// in [AdamW].
    public Options decoupledWeightDecay(boolean decoupledWeightDecay) {
      return new Options(
          learningRate,
          beta1,
          beta2,
          eps,
          weightDecay,
          momentumDecay,
          decoupledWeightDecay,
          maximize);
    }

    /// The same with another `maximize`: whether to climb instead of descend.
    public Options maximize(boolean maximize) {
      return new Options(
          learningRate,
          beta1,
          beta2,
          eps,
          weightDecay,
          momentumDecay,
          decoupledWeightDecay,
          maximize);
    }
  }
}
