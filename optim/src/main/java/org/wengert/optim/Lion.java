package org.wengert.optim;

import java.util.List;
import org.wengert.Parameter;
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

  @Override
  protected Update rule(Options o, long step) {
    return new Rule(o, o.maximize ? -1 : 1, 1 - o.learningRate * o.weightDecay);
  }

  private record Rule(Options o, double sign, double keep) implements Update {
    @Override
    public void apply(double gradient, double[] state) {
      double g = sign * gradient;
      double direction = Math.signum(o.beta1 * state[1] + (1 - o.beta1) * g);
      state[0] = keep * state[0] - o.learningRate * direction;
      state[1] = o.beta2 * state[1] + (1 - o.beta2) * g;
    }
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
