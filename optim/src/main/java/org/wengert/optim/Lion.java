package org.wengert.optim;

import java.util.List;
import org.wengert.Parameter;
import org.wengert.backend.CompiledUpdate;
import org.wengert.backend.Expr;
import org.wengert.backend.Kernel;
import org.wengert.backend.Update;

/// Steps of the learning rate up or down in every direction, by the sign of a mean of the
/// gradients: one tensor of state where Adam has two, and every element moves equally far.
///
/// ```
/// g ← -g                             (to maximize)
/// w ← w - η λ w
/// w ← w - η sign(β₁ m + (1 - β₁) g)
/// m ← β₂ m + (1 - β₂) g
/// ```
///
/// A good learning rate is three to ten times smaller than Adam's, and `λ` as much larger. State:
/// `expAvg`, which is `m`. Holds state, not thread-safe.
///
/// Source: Chen et al., Symbolic discovery of optimization algorithms (2023), algorithm 2. PyTorch
/// has none; names follow its Adam.
public final class Lion extends ElementwiseOptimizer<Lion.Options> {
  private static final Kernel RULE = rule();

  /// An optimizer with the defaults of its paper.
  public Lion(List<Parameter> parameters) {
    this(parameters, Options.defaults());
  }

  /// An optimizer with the defaults of its paper but for the learning rate.
  public Lion(List<Parameter> parameters, double learningRate) {
    this(parameters, Options.defaults().learningRate(learningRate));
  }

  /// An optimizer of parameters under their own names.
  ///
  /// @throws org.wengert.tensor.OptionException if the list is empty or a parameter comes twice
  public Lion(List<Parameter> parameters, Options options) {
    this(ParameterGroup.of(parameters, options));
  }

  /// An optimizer of groups with options of their own.
  ///
  /// @throws org.wengert.tensor.OptionException if a group is empty or a parameter comes twice
  @SafeVarargs
  @SuppressWarnings("varargs") // handed on to a method that only reads it
  public Lion(ParameterGroup<Options> first, ParameterGroup<Options>... more) {
    super(ParameterGroup.list(first, more));
  }

  @Override
  protected List<String> slots(Options options) {
    return List.of("expAvg");
  }

  /// The numbers: sign, what is left of the parameter, β₁, 1 - β₁, β₂, 1 - β₂, learning rate.
  private static Kernel rule() {
    Expr g = Terms.GRADIENT.mul(Terms.number(0));
    Expr direction = Terms.sign(Terms.average(Terms.state(1), 2, g));
    Expr kept = Terms.WEIGHT.mul(Terms.number(1));
    return Kernel.of(kept.sub(direction.mul(Terms.number(6))), Terms.average(Terms.state(1), 4, g));
  }

  @Override
  protected Update rule(Options o, long step) {
    double keep = 1 - o.learningRate * o.weightDecay;
    return new CompiledUpdate(
        RULE,
        o.maximize ? -1 : 1,
        keep,
        o.beta1,
        1 - o.beta1,
        o.beta2,
        1 - o.beta2,
        o.learningRate);
  }

  /// The options of [Lion], its paper's by default. Immutable.
  ///
  /// @param learningRate factor of the step; by default 1e-4
  /// @param beta1 share of the mean in the direction of the step; by default 0.9
  /// @param beta2 share of the mean that stays; by default 0.99
  /// @param weightDecay share of the parameter, times the learning rate, that goes in each step; by
  /// default 0
  /// @param maximize whether to climb instead of descend; by default false
  public record Options(
      double learningRate, double beta1, double beta2, double weightDecay, boolean maximize)
      implements org.wengert.optim.BetaOptions<Options> {
    /// Checks that every option is in its domain.
    ///
    /// @throws org.wengert.tensor.OptionException if one is not
    public Options {
      Domain.nonNegative("Lion", "learningRate", learningRate, 1e-4);
      Domain.decay("Lion", "beta1", beta1, 0.9);
      Domain.decay("Lion", "beta2", beta2, 0.99);
      Domain.nonNegative("Lion", "weightDecay", weightDecay, 0.1);
    }

    /// The paper's defaults.
    public static Options defaults() {
      return new Options(1e-4, 0.9, 0.99, 0, false);
    }

    /// The same with another `learningRate`: factor of the step.
    @Override
    public Options learningRate(double learningRate) {
      return new Options(learningRate, beta1, beta2, weightDecay, maximize);
    }

    /// The same with another `beta1`: share of the mean in the direction of the step.
    @Override
    public Options beta1(double beta1) {
      return new Options(learningRate, beta1, beta2, weightDecay, maximize);
    }

    /// The same with another `beta2`: share of the mean that stays.
    @Override
    public Options beta2(double beta2) {
      return new Options(learningRate, beta1, beta2, weightDecay, maximize);
    }

    /// The same with another `weightDecay`: share of the parameter, times the learning rate, that
    /// goes in each step.
    public Options weightDecay(double weightDecay) {
      return new Options(learningRate, beta1, beta2, weightDecay, maximize);
    }

    /// The same with another `maximize`: whether to climb instead of descend.
    public Options maximize(boolean maximize) {
      return new Options(learningRate, beta1, beta2, weightDecay, maximize);
    }
  }
}
