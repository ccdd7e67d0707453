package org.wengert.optim;

import java.util.List;
import org.wengert.Parameter;
import org.wengert.backend.CompiledUpdate;
import org.wengert.backend.Expr;
import org.wengert.backend.Kernel;
import org.wengert.backend.Update;
import org.wengert.tensor.OptionException;

/// Stochastic gradient descent, plain or with momentum `m`, dampening `d`, weight decay `λ`:
///
/// ```
/// g ← g + λ w                 (g ← -g before, to maximize)
/// v ← m v + (1 - d) g         (v ← g in a parameter's first step)
/// w ← w - η v                 (Nesterov: w ← w - η (g + m v))
/// ```
///
/// The learning rate multiplies the whole velocity, as in PyTorch. Textbooks write
/// `Δw ← m Δw - η g`: there each gradient keeps the rate it arrived with, so that a lower rate
/// slows down what comes, not what is already moving. That is `rateInVelocity`:
///
/// ```
/// v ← m v + (1 - d) η g       w ← w - v       (Nesterov: w ← w - (η g + m v))
/// ```
///
/// Both are the same while `η` is constant. State: `momentumBuffer`, the velocity, if there is
/// momentum. Holds state, not thread-safe.
///
/// Source: Sutskever et al., On the importance of initialization and momentum (2013);
/// `torch.optim.SGD`.
public final class SGD extends ElementwiseOptimizer<SGD.Options> {
  private static final Kernel PLAIN =
      Kernel.of(Terms.WEIGHT.sub(Terms.entering(Terms.WEIGHT).mul(Terms.number(2))));
  private static final Kernel MOMENTUM = momentum(false);
  private static final Kernel NESTEROV = momentum(true);

  /// An optimizer with PyTorch's defaults.
  public SGD(List<Parameter> parameters) {
    this(parameters, Options.defaults());
  }

  /// An optimizer with PyTorch's defaults but for the learning rate.
  public SGD(List<Parameter> parameters, double learningRate) {
    this(parameters, Options.defaults().learningRate(learningRate));
  }

  /// An optimizer with momentum.
  public SGD(List<Parameter> parameters, double learningRate, double momentum) {
    this(parameters, Options.defaults().learningRate(learningRate).momentum(momentum));
  }

  /// An optimizer of parameters under their own names.
  ///
  /// @throws org.wengert.tensor.OptionException if the list is empty or a parameter comes twice
  public SGD(List<Parameter> parameters, Options options) {
    this(ParameterGroup.of(parameters, options));
  }

  /// An optimizer of groups with options of their own.
  ///
  /// @throws org.wengert.tensor.OptionException if a group is empty or a parameter comes twice
  @SafeVarargs
  @SuppressWarnings("varargs") // handed on to a method that only reads it
  public SGD(ParameterGroup<Options> first, ParameterGroup<Options>... more) {
    super(ParameterGroup.list(first, more));
  }

  @Override
  protected List<String> slots(Options options) {
    return options.momentum == 0 ? List.of() : List.of("momentumBuffer");
  }

  /// The numbers: sign, weight decay; the factors with which the gradient enters the velocity, and
  /// the velocity the parameter; the momentum.
  private static Kernel momentum(boolean nesterov) {
    Expr g = Terms.entering(Terms.WEIGHT).mul(Terms.number(2));
    Expr v = Terms.state(1).fma(Terms.number(4), g);
    Expr move = nesterov ? v.fma(Terms.number(4), g) : v;
    return Kernel.of(Terms.WEIGHT.sub(move.mul(Terms.number(3))), v);
  }

  @Override
  protected Update rule(Options o, long step) {
    double sign = o.maximize ? -1 : 1;
    if (o.momentum == 0) {
      return new CompiledUpdate(PLAIN, sign, o.weightDecay, o.learningRate);
    }
    double entering = o.rateInVelocity ? o.learningRate : 1;
    double leaving = o.rateInVelocity ? 1 : o.learningRate;
    double share = step == 1 || o.nesterov ? 1 : 1 - o.dampening;
    return new CompiledUpdate(
        o.nesterov ? NESTEROV : MOMENTUM,
        sign,
        o.weightDecay,
        entering * share,
        leaving,
        o.momentum);
  }

  /// The options of [SGD], PyTorch's by default. Immutable.
  ///
  /// @param learningRate factor of the step; by default 1e-3
  /// @param momentum share of the velocity that stays; by default 0
  /// @param dampening share of the gradient that does not enter the velocity; by default 0
  /// @param nesterov whether to look ahead along the velocity; by default false
  /// @param weightDecay factor of the parameter that is added to its gradient; by default 0
  /// @param maximize whether to climb instead of descend; by default false
  /// @param rateInVelocity whether each gradient keeps the learning rate it arrived with; by
  /// default false
  public record Options(
      double learningRate,
      double momentum,
      double dampening,
      boolean nesterov,
      double weightDecay,
      boolean maximize,
      boolean rateInVelocity)
      implements org.wengert.optim.MomentumOptions<Options> {
    /// Checks that every option is in its domain.
    ///
    /// @throws org.wengert.tensor.OptionException if one is not
    public Options {
      Domain.nonNegative("SGD", "learningRate", learningRate, 0.01);
      Domain.nonNegative("SGD", "momentum", momentum, 0.9);
      Domain.finite("SGD", "dampening", dampening, 0);
      Domain.nonNegative("SGD", "weightDecay", weightDecay, 1e-4);
      if (nesterov && (momentum == 0 || dampening != 0)) {
        throw (OptionException)
            new OptionException(
                    "nesterov with momentum " + momentum + " and dampening " + dampening)
                .hint("it needs a momentum above 0 and no dampening: momentum(0.9).nesterov(true)")
                .during("SGD");
      }
    }

    /// PyTorch's defaults.
    public static Options defaults() {
      return new Options(1e-3, 0, 0, false, 0, false, false);
    }

    /// The same with another `learningRate`: factor of the step.
    @Override
    public Options learningRate(double learningRate) {
      return new Options(
          learningRate, momentum, dampening, nesterov, weightDecay, maximize, rateInVelocity);
    }

    /// The same with another `momentum`: share of the velocity that stays.
    @Override
    public Options momentum(double momentum) {
      return new Options(
          learningRate, momentum, dampening, nesterov, weightDecay, maximize, rateInVelocity);
    }

    /// The same with another `dampening`: share of the gradient that does not enter the velocity.
    public Options dampening(double dampening) {
      return new Options(
          learningRate, momentum, dampening, nesterov, weightDecay, maximize, rateInVelocity);
    }

    /// The same with another `nesterov`: whether to look ahead along the velocity.
    public Options nesterov(boolean nesterov) {
      return new Options(
          learningRate, momentum, dampening, nesterov, weightDecay, maximize, rateInVelocity);
    }

    /// The same with another `weightDecay`: factor of the parameter that is added to its gradient.
    public Options weightDecay(double weightDecay) {
      return new Options(
          learningRate, momentum, dampening, nesterov, weightDecay, maximize, rateInVelocity);
    }

    /// The same with another `maximize`: whether to climb instead of descend.
    public Options maximize(boolean maximize) {
      return new Options(
          learningRate, momentum, dampening, nesterov, weightDecay, maximize, rateInVelocity);
    }

    /// The same with another `rateInVelocity`: whether each gradient keeps the learning rate it
    /// arrived with.
    public Options rateInVelocity(boolean rateInVelocity) {
      return new Options(
          learningRate, momentum, dampening, nesterov, weightDecay, maximize, rateInVelocity);
    }
  }
}
