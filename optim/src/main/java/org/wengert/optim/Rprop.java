package org.wengert.optim;

import java.util.List;
import org.wengert.Parameter;
import org.wengert.backend.CompiledUpdate;
import org.wengert.backend.Expr;
import org.wengert.backend.Kernel;
import org.wengert.backend.Update;
import org.wengert.tensor.OptionException;

/// Only the signs of the gradient count: where it keeps its sign, the element's own step grows,
/// where it turns, the step shrinks and is left out once. For whole batches, without noise.
///
/// ```
/// g ← -g                             (to maximize)
/// η ← clamp(η · (η₊ if g p > 0, η₋ if g p < 0, else 1), min, max)
/// g ← 0 where g p < 0
/// w ← w - η sign(g)                  p ← g
/// ```
///
/// State: `prev`, which is `p`, and `stepSize`, which is `η` of each element and starts with the
/// learning rate; later changes of the learning rate have no effect. Holds state, not thread-safe.
///
/// Source: Riedmiller, Braun, A direct adaptive method for faster backpropagation learning (1993);
/// `torch.optim.Rprop`.
public final class Rprop extends ElementwiseOptimizer<Rprop.Options> {
  private static final Kernel RULE = rule();

  /// An optimizer with PyTorch's defaults.
  public Rprop(List<Parameter> parameters) {
    this(parameters, Options.defaults());
  }

  /// An optimizer with PyTorch's defaults but for the learning rate.
  public Rprop(List<Parameter> parameters, double learningRate) {
    this(parameters, Options.defaults().learningRate(learningRate));
  }

  /// An optimizer of parameters under their own names.
  ///
  /// @throws org.wengert.tensor.OptionException if the list is empty or a parameter comes twice
  public Rprop(List<Parameter> parameters, Options options) {
    this(ParameterGroup.of(parameters, options));
  }

  /// An optimizer of groups with options of their own.
  ///
  /// @throws org.wengert.tensor.OptionException if a group is empty or a parameter comes twice
  @SafeVarargs
  @SuppressWarnings("varargs") // handed on to a method that only reads it
  public Rprop(ParameterGroup<Options> first, ParameterGroup<Options>... more) {
    super(ParameterGroup.list(first, more));
  }

  @Override
  protected List<String> slots(Options options) {
    return List.of("prev", "stepSize");
  }

  @Override
  protected double start(Options options, String slot) {
    return slot.equals("stepSize") ? options.learningRate : 0;
  }

  /// The numbers: sign, η₊, η₋, smallest and largest step.
  private static Kernel rule() {
    Expr g = Terms.GRADIENT.mul(Terms.number(0));
    Expr turn = g.mul(Terms.state(1));
    Expr back = turn.lt(0);
    Expr factor = turn.gt(0).select(Terms.number(1), back.select(Terms.number(2), Expr.of(1)));
    Expr size = Terms.state(2).mul(factor).max(Terms.number(3)).min(Terms.number(4));
    Expr kept = back.select(0, g);
    return Kernel.of(Terms.WEIGHT.sub(size.mul(Terms.sign(kept))), kept, size);
  }

  @Override
  protected Update rule(Options o, long step) {
    double sign = o.maximize ? -1 : 1;
    return new CompiledUpdate(RULE, sign, o.etaPlus, o.etaMinus, o.minStepSize, o.maxStepSize);
  }

  /// The options of [Rprop], PyTorch's by default. Immutable.
  ///
  /// @param learningRate the first step of every element; by default 1e-2
  /// @param etaMinus factor of the step where the gradient turns; by default 0.5
  /// @param etaPlus factor of the step where it keeps its sign; by default 1.2
  /// @param minStepSize the smallest step; by default 1e-6
  /// @param maxStepSize the largest step; by default 50
  /// @param maximize whether to climb instead of descend; by default false
  public record Options(
      double learningRate,
      double etaMinus,
      double etaPlus,
      double minStepSize,
      double maxStepSize,
      boolean maximize)
      implements org.wengert.optim.Options<Options> {
    /// Checks that every option is in its domain.
    ///
    /// @throws org.wengert.tensor.OptionException if one is not
    public Options {
      Domain.nonNegative("Rprop", "learningRate", learningRate, 0.01);
      Domain.nonNegative("Rprop", "minStepSize", minStepSize, 1e-6);
      Domain.nonNegative("Rprop", "maxStepSize", maxStepSize, 50);
      if (!(0 < etaMinus && etaMinus < 1 && 1 < etaPlus && etaPlus < Double.POSITIVE_INFINITY)) {
        throw (OptionException)
            new OptionException("etaMinus is " + etaMinus + " and etaPlus is " + etaPlus)
                .hint("0 < etaMinus < 1 < etaPlus, for example etaMinus(0.5).etaPlus(1.2)")
                .during("Rprop");
      }
      if (minStepSize > maxStepSize) {
        throw (OptionException)
            new OptionException(
                    "minStepSize is " + minStepSize + " and maxStepSize is " + maxStepSize)
                .hint("the smallest step is not above the largest, for example 1e-6 and 50")
                .during("Rprop");
      }
    }

    /// PyTorch's defaults.
    public static Options defaults() {
      return new Options(1e-2, 0.5, 1.2, 1e-6, 50, false);
    }

    /// The same with another `learningRate`: the first step of every element.
    @Override
    public Options learningRate(double learningRate) {
      return new Options(learningRate, etaMinus, etaPlus, minStepSize, maxStepSize, maximize);
    }

    /// The same with another `etaMinus`: factor of the step where the gradient turns.
    public Options etaMinus(double etaMinus) {
      return new Options(learningRate, etaMinus, etaPlus, minStepSize, maxStepSize, maximize);
    }

    /// The same with another `etaPlus`: factor of the step where it keeps its sign.
    public Options etaPlus(double etaPlus) {
      return new Options(learningRate, etaMinus, etaPlus, minStepSize, maxStepSize, maximize);
    }

    /// The same with another `minStepSize`: the smallest step.
    public Options minStepSize(double minStepSize) {
      return new Options(learningRate, etaMinus, etaPlus, minStepSize, maxStepSize, maximize);
    }

    /// The same with another `maxStepSize`: the largest step.
    public Options maxStepSize(double maxStepSize) {
      return new Options(learningRate, etaMinus, etaPlus, minStepSize, maxStepSize, maximize);
    }

    /// The same with another `maximize`: whether to climb instead of descend.
    public Options maximize(boolean maximize) {
      return new Options(learningRate, etaMinus, etaPlus, minStepSize, maxStepSize, maximize);
    }
  }
}
