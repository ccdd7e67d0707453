package org.wengert.optim;

import java.util.List;
import org.wengert.Parameter;

/// The optimizers of the golden cases, by torch's names of them and of their options.
final class GoldenOptimizers {
  private GoldenOptimizers() {}

  static Optimizer make(String name, List<Parameter> ps, GoldenAttributes a) {
    return switch (name) {
      case "SGD" -> new SGD(ps, sgd(a));
      case "Adam" -> new Adam(ps, adam(a));
      case "AdamW" -> new AdamW(ps, adamW(a));
      case "NAdam" -> new NAdam(ps, nAdam(a));
      case "RAdam" -> new RAdam(ps, rAdam(a));
      case "Adamax" -> new Adamax(ps, adamax(a));
      case "Adagrad" -> new Adagrad(ps, adagrad(a));
      case "Adadelta" -> new Adadelta(ps, adadelta(a));
      case "RMSprop" -> new RMSprop(ps, rmsProp(a));
      case "Rprop" -> new Rprop(ps, rprop(a));
      case "LBFGS" -> new LBFGS(ps, lbfgs(a));
      default -> throw new IllegalArgumentException("no optimizer " + name);
    };
  }

  static SGD.Options sgd(GoldenAttributes a) {
    SGD.Options o = SGD.Options.defaults();
    return new SGD.Options(
        a.number("lr", o.learningRate()),
        a.number("momentum", o.momentum()),
        a.number("dampening", o.dampening()),
        a.flag("nesterov"),
        a.number("weight_decay", o.weightDecay()),
        a.flag("maximize"),
        false);
  }

  private static <O extends BetaOptions<O>> O betas(O o, GoldenAttributes a) {
    return o.betas(a.number("betas", 0, o.beta1()), a.number("betas", 1, o.beta2()))
        .learningRate(a.number("lr", o.learningRate()));
  }

  private static Adam.Options adam(GoldenAttributes a) {
    Adam.Options o = betas(Adam.Options.defaults(), a);
    return o.eps(a.number("eps", o.eps()))
        .weightDecay(a.number("weight_decay", o.weightDecay()))
        .amsgrad(a.flag("amsgrad"))
        .maximize(a.flag("maximize"));
  }

  private static AdamW.Options adamW(GoldenAttributes a) {
    AdamW.Options o = betas(AdamW.Options.defaults(), a);
    return o.eps(a.number("eps", o.eps()))
        .weightDecay(a.number("weight_decay", o.weightDecay()))
        .amsgrad(a.flag("amsgrad"))
        .maximize(a.flag("maximize"));
  }

  private static NAdam.Options nAdam(GoldenAttributes a) {
    NAdam.Options o = betas(NAdam.Options.defaults(), a);
    return o.eps(a.number("eps", o.eps()))
        .weightDecay(a.number("weight_decay", o.weightDecay()))
        .momentumDecay(a.number("momentum_decay", o.momentumDecay()))
        .decoupledWeightDecay(a.flag("decoupled_weight_decay"))
        .maximize(a.flag("maximize"));
  }

  private static RAdam.Options rAdam(GoldenAttributes a) {
    RAdam.Options o = betas(RAdam.Options.defaults(), a);
    return o.eps(a.number("eps", o.eps()))
        .weightDecay(a.number("weight_decay", o.weightDecay()))
        .decoupledWeightDecay(a.flag("decoupled_weight_decay"))
        .maximize(a.flag("maximize"));
  }

  private static Adamax.Options adamax(GoldenAttributes a) {
    Adamax.Options o = betas(Adamax.Options.defaults(), a);
    return o.eps(a.number("eps", o.eps()))
        .weightDecay(a.number("weight_decay", o.weightDecay()))
        .maximize(a.flag("maximize"));
  }

  private static Adagrad.Options adagrad(GoldenAttributes a) {
    Adagrad.Options o = Adagrad.Options.defaults();
    return new Adagrad.Options(
        a.number("lr", o.learningRate()),
        a.number("lr_decay", o.learningRateDecay()),
        a.number("weight_decay", o.weightDecay()),
        a.number("initial_accumulator_value", o.initialAccumulatorValue()),
        a.number("eps", o.eps()),
        a.flag("maximize"));
  }

  private static Adadelta.Options adadelta(GoldenAttributes a) {
    Adadelta.Options o = Adadelta.Options.defaults();
    return new Adadelta.Options(
        a.number("lr", o.learningRate()),
        a.number("rho", o.rho()),
        a.number("eps", o.eps()),
        a.number("weight_decay", o.weightDecay()),
        a.flag("maximize"));
  }

  private static RMSprop.Options rmsProp(GoldenAttributes a) {
    RMSprop.Options o = RMSprop.Options.defaults();
    return new RMSprop.Options(
        a.number("lr", o.learningRate()),
        a.number("alpha", o.alpha()),
        a.number("eps", o.eps()),
        a.number("weight_decay", o.weightDecay()),
        a.number("momentum", o.momentum()),
        a.flag("centered"),
        a.flag("maximize"));
  }

  private static Rprop.Options rprop(GoldenAttributes a) {
    Rprop.Options o = Rprop.Options.defaults();
    return new Rprop.Options(
        a.number("lr", o.learningRate()),
        a.number("etas", 0, o.etaMinus()),
        a.number("etas", 1, o.etaPlus()),
        a.number("step_sizes", 0, o.minStepSize()),
        a.number("step_sizes", 1, o.maxStepSize()),
        a.flag("maximize"));
  }

  private static LBFGS.Options lbfgs(GoldenAttributes a) {
    LBFGS.Options o = LBFGS.Options.defaults();
    o = o.maxIter(a.count("max_iter", o.maxIter())).learningRate(a.number("lr", o.learningRate()));
    return o.maxEval(a.count("max_eval", o.maxEval()))
        .toleranceGrad(a.number("tolerance_grad", o.toleranceGrad()))
        .toleranceChange(a.number("tolerance_change", o.toleranceChange()))
        .historySize(a.count("history_size", o.historySize()))
        .strongWolfe(a.text("line_search_fn", "").equals("strong_wolfe"));
  }
}
