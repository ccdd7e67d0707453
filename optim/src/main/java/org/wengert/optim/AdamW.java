package org.wengert.optim;

import java.util.List;
import org.wengert.Parameter;
import org.wengert.backend.Update;

/// Adam with decoupled weight decay `λ`, which shrinks the parameter itself instead of adding to
/// the gradient, so that it is not divided by the gradient's size:
///
/// ```
/// w ← w - η λ w, then Adam's step with λ = 0
/// ```
///
/// State and further options as [Adam]'s; here `λ` is 0.01 by default. Holds state, not
/// thread-safe.
///
/// Source: Loshchilov, Hutter, Decoupled weight decay regularization (2019); `torch.optim.AdamW`.
public final class AdamW extends ElementwiseOptimizer<AdamW.Options> {
  /// An optimizer with PyTorch's defaults.
  public AdamW(List<Parameter> parameters) {
    this(parameters, Options.defaults());
  }

  /// An optimizer with PyTorch's defaults but for the learning rate.
  public AdamW(List<Parameter> parameters, double learningRate) {
    this(parameters, Options.defaults().learningRate(learningRate));
  }

  /// An optimizer of parameters under their own names.
  ///
  /// @throws org.wengert.tensor.OptionException if the list is empty or a parameter comes twice
  public AdamW(List<Parameter> parameters, Options options) {
    this(ParameterGroup.of(parameters, options));
  }

  /// An optimizer of groups with options of their own.
  ///
  /// @throws org.wengert.tensor.OptionException if a group is empty or a parameter comes twice
  @SafeVarargs
  @SuppressWarnings("varargs") // handed on to a method that only reads it
  public AdamW(ParameterGroup<Options> first, ParameterGroup<Options>... more) {
    super(ParameterGroup.list(first, more));
  }

  @Override
  protected List<String> slots(Options options) {
    return AdamRule.slots(options.amsgrad);
  }

  @Override
  protected Update rule(Options o, long step) {
    Moments moments = Moments.of(o, o.maximize, o.weightDecay, true);
    return AdamRule.of(moments, o.learningRate, o.eps, step, o.amsgrad);
  }

  /// The options of [AdamW], PyTorch's by default. Immutable.
  ///
  /// @param learningRate factor of the step; by default 1e-3
  /// @param beta1 share of the average gradient that stays; by default 0.9
  /// @param beta2 share of the average square that stays; by default 0.999
  /// @param eps what keeps the divisor from 0; by default 1e-8
  /// @param weightDecay share of the parameter, times the learning rate, that goes in each step; by
  /// default 0.01
  /// @param amsgrad whether to divide by the largest average square so far; by default false
  /// @param maximize whether to climb instead of descend; by default false
  public record Options(
      double learningRate,
      double beta1,
      double beta2,
      double eps,
      double weightDecay,
      boolean amsgrad,
      boolean maximize)
      implements org.wengert.optim.BetaOptions<Options> {
    /// Checks that every option is in its domain.
    ///
    /// @throws org.wengert.tensor.OptionException if one is not
    public Options {
      Moments.check("AdamW", learningRate, beta1, beta2, eps, weightDecay);
    }

    /// PyTorch's defaults.
    public static Options defaults() {
      return new Options(1e-3, 0.9, 0.999, 1e-8, 0.01, false, false);
    }

    /// The same with another `learningRate`: factor of the step.
    @Override
    public Options learningRate(double learningRate) {
      return new Options(learningRate, beta1, beta2, eps, weightDecay, amsgrad, maximize);
    }

    /// The same with another `beta1`: share of the average gradient that stays.
    @Override
    public Options beta1(double beta1) {
      return new Options(learningRate, beta1, beta2, eps, weightDecay, amsgrad, maximize);
    }

    /// The same with another `beta2`: share of the average square that stays.
    @Override
    public Options beta2(double beta2) {
      return new Options(learningRate, beta1, beta2, eps, weightDecay, amsgrad, maximize);
    }

    /// The same with another `eps`: what keeps the divisor from 0.
    public Options eps(double eps) {
      return new Options(learningRate, beta1, beta2, eps, weightDecay, amsgrad, maximize);
    }

    /// The same with another `weightDecay`: share of the parameter, times the learning rate, that
    /// goes in each step.
    public Options weightDecay(double weightDecay) {
      return new Options(learningRate, beta1, beta2, eps, weightDecay, amsgrad, maximize);
    }

    /// The same with another `amsgrad`: whether to divide by the largest average square so far.
    public Options amsgrad(boolean amsgrad) {
      return new Options(learningRate, beta1, beta2, eps, weightDecay, amsgrad, maximize);
    }

    /// The same with another `maximize`: whether to climb instead of descend.
    public Options maximize(boolean maximize) {
      return new Options(learningRate, beta1, beta2, eps, weightDecay, amsgrad, maximize);
    }
  }
}
