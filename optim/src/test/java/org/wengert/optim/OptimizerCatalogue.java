package org.wengert.optim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.wengert.Parameter;

/// Every elementwise optimizer, with options that bring out each of its rules, and the formula that
/// it must follow with them. What is true of all of them is claimed of all entries.
final class OptimizerCatalogue {
  private OptimizerCatalogue() {}

  /// One optimizer.
  ///
  /// @param reference makes the formula for one number
  record Entry<O extends Options<O>>(
      String name,
      O options,
      Function<ParameterGroup<O>, RuleOptimizer<O>> make,
      Supplier<ReferenceFormulas> reference) {

    RuleOptimizer<O> optimizer(List<Parameter> parameters, double learningRate) {
      return make.apply(group(parameters, learningRate));
    }

    ParameterGroup<O> group(List<Parameter> parameters, double learningRate) {
      return ParameterGroup.of(parameters, options.learningRate(learningRate));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Entry<?>> entries() {
    List<Entry<?>> all = new ArrayList<>(sgds());
    all.addAll(adams());
    all.addAll(others());
    all.addAll(more());
    return all;
  }

  private static List<Entry<?>> sgds() {
    return List.of(
        sgd("SGD", o -> o.weightDecay(0.1), ReferenceFormulas.Plain::new),
        sgd(
            "SGD with momentum",
            o -> o.momentum(0.9).dampening(0.5).maximize(true),
            ReferenceFormulas.Momentum::new),
        sgd(
            "SGD of Nesterov",
            o -> o.momentum(0.8).nesterov(true).weightDecay(0.1),
            ReferenceFormulas.Nesterov::new),
        sgd(
            "SGD of textbooks",
            o -> o.momentum(0.9).dampening(0.5).rateInVelocity(true),
            ReferenceFormulas.Textbook::new),
        sgd(
            "SGD of textbooks and Nesterov",
            o -> o.momentum(0.9).nesterov(true).rateInVelocity(true),
            ReferenceFormulas.TextbookNesterov::new));
  }

  private static List<Entry<?>> adams() {
    return List.of(
        new Entry<>(
            "Adam",
            Adam.Options.defaults().betas(0.9, 0.99).weightDecay(0.1),
            Adam::new,
            ReferenceFormulas.Adam::new),
        new Entry<>(
            "Adam with amsgrad",
            Adam.Options.defaults().betas(0.9, 0.99).amsgrad(true).maximize(true),
            Adam::new,
            ReferenceFormulas.AmsGrad::new),
        new Entry<>(
            "AdamW",
            AdamW.Options.defaults().betas(0.9, 0.99).weightDecay(0.1),
            AdamW::new,
            ReferenceFormulas.AdamW::new),
        nAdam("NAdam", o -> o, ReferenceFormulas.NAdam::new),
        nAdam(
            "NAdam, decoupled",
            o -> o.decoupledWeightDecay(true).maximize(true),
            ReferenceFormulas.NAdamDecoupled::new),
        rAdam("RAdam", o -> o, ReferenceFormulas.RAdam::new),
        rAdam(
            "RAdam, decoupled",
            o -> o.decoupledWeightDecay(true).maximize(true),
            ReferenceFormulas.RAdamDecoupled::new));
  }

  private static List<Entry<?>> others() {
    return List.of(
        new Entry<>(
            "Adamax",
            Adamax.Options.defaults().betas(0.9, 0.99).weightDecay(0.1).maximize(true),
            Adamax::new,
            ReferenceFormulas.Adamax::new),
        new Entry<>(
            "Adagrad",
            new Adagrad.Options(0.01, 0.1, 0.1, 0.2, 1e-10, true),
            Adagrad::new,
            ReferenceFormulas.Adagrad::new),
        new Entry<>(
            "Adadelta",
            new Adadelta.Options(1, 0.8, 0.01, 0.1, true),
            Adadelta::new,
            ReferenceFormulas.Adadelta::new));
  }

  private static List<Entry<?>> more() {
    return List.of(
        new Entry<>(
            "RMSprop, centered",
            new RMSprop.Options(0.01, 0.9, 1e-3, 0.1, 0.5, true, false),
            RMSprop::new,
            ReferenceFormulas.RmsProp::new),
        new Entry<>(
            "RMSprop",
            RMSprop.Options.defaults().alpha(0.9).maximize(true),
            RMSprop::new,
            ReferenceFormulas.PlainRmsProp::new),
        new Entry<>(
            "Rprop",
            new Rprop.Options(0.05, 0.6, 1.3, 0.02, 0.2, true),
            Rprop::new,
            ReferenceFormulas.Rprop::new),
        new Entry<>(
            "Lion",
            Lion.Options.defaults().weightDecay(0.1).maximize(true),
            Lion::new,
            ReferenceFormulas.Lion::new));
  }

  private static Entry<SGD.Options> sgd(
      String name, Function<SGD.Options, SGD.Options> with, Supplier<ReferenceFormulas> reference) {
    return new Entry<>(name, with.apply(SGD.Options.defaults()), SGD::new, reference);
  }

  private static Entry<NAdam.Options> nAdam(
      String name,
      Function<NAdam.Options, NAdam.Options> with,
      Supplier<ReferenceFormulas> reference) {
    NAdam.Options common =
        NAdam.Options.defaults().betas(0.9, 0.99).weightDecay(0.1).momentumDecay(0.04);
    return new Entry<>(name, with.apply(common), NAdam::new, reference);
  }

  private static Entry<RAdam.Options> rAdam(
      String name,
      Function<RAdam.Options, RAdam.Options> with,
      Supplier<ReferenceFormulas> reference) {
    RAdam.Options common = RAdam.Options.defaults().betas(0.9, 0.99).weightDecay(0.1);
    return new Entry<>(name, with.apply(common), RAdam::new, reference);
  }
}
