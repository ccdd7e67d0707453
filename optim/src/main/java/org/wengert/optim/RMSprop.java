package org.wengert.optim;

import java.util.ArrayList;
import java.util.List;
import org.wengert.Parameter;
import org.wengert.backend.CompiledUpdate;
import org.wengert.backend.Expr;
import org.wengert.backend.Kernel;
import org.wengert.backend.Update;

/// The gradient divided by the root of the average of its squares, so that directions of small and
/// of large gradients move alike:
///
/// ```
/// g ← g + λ w                 (g ← -g before, to maximize)
/// u ← α u + (1 - α) g²
/// a ← α a + (1 - α) g         (centered; else a = 0)
/// v ← m v + g/(√(u - a²) + ε)
/// w ← w - η v
/// ```
///
/// `u - a²` is a variance; where rounding makes it negative it counts as 0. State: `squareAvg`,
/// `gradAvg` if centered, `momentumBuffer` if there is momentum. Holds state, not thread-safe.
///
/// Source: Tieleman, Hinton, Coursera lecture 6.5 (2012); `torch.optim.RMSprop`.
public final class RMSprop extends ElementwiseOptimizer<RMSprop.Options> {
  private static final Kernel[] RULES = {
    rule(false, false), rule(false, true), rule(true, false), rule(true, true)
  };

  /// An optimizer with PyTorch's defaults.
  public RMSprop(List<Parameter> parameters) {
    this(parameters, Options.defaults());
  }

  /// An optimizer with PyTorch's defaults but for the learning rate.
  public RMSprop(List<Parameter> parameters, double learningRate) {
    this(parameters, Options.defaults().learningRate(learningRate));
  }

  /// An optimizer of parameters under their own names.
  ///
  /// @throws org.wengert.tensor.OptionException if the list is empty or a parameter comes twice
  public RMSprop(List<Parameter> parameters, Options options) {
    this(ParameterGroup.of(parameters, options));
  }

  /// An optimizer of groups with options of their own.
  ///
  /// @throws org.wengert.tensor.OptionException if a group is empty or a parameter comes twice
  @SafeVarargs
  @SuppressWarnings("varargs") // handed on to a method that only reads it
  public RMSprop(ParameterGroup<Options> first, ParameterGroup<Options>... more) {
    super(ParameterGroup.list(first, more));
  }

  @Override
  protected List<String> slots(Options options) {
    List<String> slots = new ArrayList<>(List.of("squareAvg"));
    if (options.centered) {
      slots.add("gradAvg");
    }
    if (options.momentum > 0) {
      slots.add("momentumBuffer");
    }
    return slots;
  }

  /// The numbers: sign, weight decay, α, 1 - α, ε, learning rate, momentum.
  private static Kernel rule(boolean centered, boolean momentum) {
    Expr g = Terms.entering(Terms.WEIGHT);
    Expr square = Terms.average(Terms.state(1), 2, g.square());
    Expr mean = Terms.average(Terms.state(2), 2, g);
    Expr spread = centered ? mean.neg().fma(mean, square).max(0) : square;
    Expr v = g.div(spread.sqrt().add(Terms.number(4)));
    v = momentum ? Terms.state(centered ? 3 : 2).fma(Terms.number(6), v) : v;
    List<Expr> next = new ArrayList<>();
    next.add(Terms.WEIGHT.sub(v.mul(Terms.number(5))));
    next.add(square);
    if (centered) {
      next.add(mean);
    }
    if (momentum) {
      next.add(v);
    }
    return Kernel.of(next.toArray(Expr[]::new));
  }

  @Override
  protected Update rule(Options o, long step) {
    Kernel rule = RULES[(o.centered ? 2 : 0) + (o.momentum > 0 ? 1 : 0)];
    return new CompiledUpdate(
        rule,
        o.maximize ? -1 : 1,
        o.weightDecay,
        o.alpha,
        1 - o.alpha,
        o.eps,
        o.learningRate,
        o.momentum);
  }

  /// The options of [RMSprop], PyTorch's by default. Immutable.
  ///
  /// @param learningRate factor of the step; by default 1e-2
  /// @param alpha share of the average square that stays; by default 0.99
  /// @param eps what keeps the divisor from 0; by default 1e-8
  /// @param weightDecay factor of the parameter that is added to its gradient; by default 0
  /// @param momentum share of the velocity that stays; by default 0
  /// @param centered whether to divide by the deviation from the average gradient; by default false
  /// @param maximize whether to climb instead of descend; by default false
  public record Options(
      double learningRate,
      double alpha,
      double eps,
      double weightDecay,
      double momentum,
      boolean centered,
      boolean maximize)
      implements org.wengert.optim.MomentumOptions<Options> {
    /// Checks that every option is in its domain.
    ///
    /// @throws org.wengert.tensor.OptionException if one is not
    public Options {
      Domain.nonNegative("RMSprop", "learningRate", learningRate, 0.01);
      Domain.decay("RMSprop", "alpha", alpha, 0.99);
      Domain.nonNegative("RMSprop", "eps", eps, 1e-8);
      Domain.nonNegative("RMSprop", "weightDecay", weightDecay, 1e-4);
      Domain.nonNegative("RMSprop", "momentum", momentum, 0.9);
    }

    /// PyTorch's defaults.
    public static Options defaults() {
      return new Options(1e-2, 0.99, 1e-8, 0, 0, false, false);
    }

    /// The same with another `learningRate`: factor of the step.
    @Override
    public Options learningRate(double learningRate) {
      return new Options(learningRate, alpha, eps, weightDecay, momentum, centered, maximize);
    }

    /// The same with another `alpha`: share of the average square that stays.
    public Options alpha(double alpha) {
      return new Options(learningRate, alpha, eps, weightDecay, momentum, centered, maximize);
    }

    /// The same with another `eps`: what keeps the divisor from 0.
    public Options eps(double eps) {
      return new Options(learningRate, alpha, eps, weightDecay, momentum, centered, maximize);
    }

    /// The same with another `weightDecay`: factor of the parameter that is added to its gradient.
    public Options weightDecay(double weightDecay) {
      return new Options(learningRate, alpha, eps, weightDecay, momentum, centered, maximize);
    }

    /// The same with another `momentum`: share of the velocity that stays.
    @Override
    public Options momentum(double momentum) {
      return new Options(learningRate, alpha, eps, weightDecay, momentum, centered, maximize);
    }

    /// The same with another `centered`: whether to divide by the deviation from the average
    /// gradient.
    public Options centered(boolean centered) {
      return new Options(learningRate, alpha, eps, weightDecay, momentum, centered, maximize);
    }

    /// The same with another `maximize`: whether to climb instead of descend.
    public Options maximize(boolean maximize) {
      return new Options(learningRate, alpha, eps, weightDecay, momentum, centered, maximize);
    }
  }
}
