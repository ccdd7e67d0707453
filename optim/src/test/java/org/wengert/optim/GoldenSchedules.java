package org.wengert.optim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.wengert.Parameter;
import org.wengert.Variable;
import org.wengert.golden.GoldenCase;
import org.wengert.golden.Interpreter;
import org.wengert.golden.OperatorTable;
import org.wengert.tensor.Tensor;

/// The schedules of the golden cases, by torch's names of them and of their arguments.
final class GoldenSchedules {
  private static final OperatorTable OPERATORS = OperatorTable.ofCore();

  private GoldenSchedules() {}

  static List<Variable> outputs(GoldenCase golden, Map<String, Variable> inputs) {
    GoldenAttributes a = new GoldenAttributes(golden.attrs());
    Optimizer optimizer = new SGD(List.of(new Parameter(Tensor.of(1.0))), a.number("lr", 1));
    int count = golden.outputs().getFirst().shape().count();
    return List.of(
        Variable.constant(
            golden.op().equals("ReduceLROnPlateau")
                ? plateau(optimizer, a, inputs.get("metrics").value())
                : rates(optimizer, make(golden.op(), optimizer, a), late(golden), count)));
  }

  /// libtorch's C++ `StepLR`, which gave these numbers, counts its first `step()` as epoch 0; the
  /// documented schedule, and every other one in PyTorch, counts it as epoch 1.
  private static boolean late(GoldenCase golden) {
    return golden.expr().equals("torch::optim::StepLR");
  }

  private static double[] rates(
      Optimizer optimizer, LearningRateScheduler schedule, boolean late, int count) {
    List<Double> rates = new ArrayList<>();
    if (late) {
      rates.add(optimizer.learningRate(0));
    }
    while (rates.size() < count) {
      rates.add(optimizer.learningRate(0));
      schedule.step();
    }
    return rates.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double[] plateau(Optimizer optimizer, GoldenAttributes a, Tensor measurements) {
    ReduceLROnPlateau.Options o = ReduceLROnPlateau.Options.defaults();
    ReduceLROnPlateau schedule =
        new ReduceLROnPlateau(
            optimizer,
            o.maximize(a.text("mode", "min").equals("max"))
                .relative(a.text("threshold_mode", "rel").equals("rel"))
                .patience(a.count("patience", o.patience()))
                .cooldown(a.count("cooldown", o.cooldown()))
                .factor(a.number("factor", o.factor()))
                .threshold(a.number("threshold", o.threshold()))
                .least(a.number("min_lr", o.least()))
                .eps(a.number("eps", o.eps())));
    double[] rates = measurements.toDoubleArray();
    for (int i = 0; i < rates.length; i++) {
      schedule.step(rates[i]);
      rates[i] = optimizer.learningRate(0);
    }
    return rates;
  }

  private static LearningRateScheduler make(String name, Optimizer to, GoldenAttributes a) {
    double gamma = a.number("gamma", 0.1);
    double least = a.number("eta_min", 0);
    int total = a.count("total_iters", 5);
    return switch (name) {
      case "StepLR" -> new StepLR(to, a.count("step_size", 1), gamma);
      case "MultiStepLR" -> new MultiStepLR(to, a.counts("milestones"), gamma);
      case "ExponentialLR" -> new ExponentialLR(to, gamma);
      case "CosineAnnealingLR" -> new CosineAnnealingLR(to, a.count("T_max", 1), least);
      case "CosineAnnealingWarmRestarts" ->
          new CosineAnnealingWarmRestarts(
              to,
              a.count("T_0", 1),
              new CosineAnnealingWarmRestarts.Options(a.count("T_mult", 1), least));
      case "ConstantLR" -> new ConstantLR(to, a.number("factor", 1.0 / 3), total);
      case "LinearLR" -> {
        double start = a.number("start_factor", 1.0 / 3);
        yield new LinearLR(
            to,
            LinearLR.Options.defaults()
                .startFactor(start)
                .endFactor(a.number("end_factor", 1))
                .totalIters(total));
      }
      case "PolynomialLR" -> new PolynomialLR(to, total, a.number("power", 1));
      case "LinearWarmup" ->
          new LambdaLR(to, epoch -> Math.min(1, (epoch + 1) / a.number("warmup_steps", 1)));
      case "LambdaLR" -> new LambdaLR(to, epoch -> evaluate(a.text("lambda", "1"), epoch));
      case "OneCycleLR" ->
          new OneCycleLR(to, a.number("max_lr", 1), a.count("total_steps", 1), oneCycle(a));
      case "CyclicLR" -> new CyclicLR(to, a.number("base_lr", 0), a.number("max_lr", 1), cyclic(a));
      default -> throw new IllegalArgumentException("no schedule " + name);
    };
  }

  private static double evaluate(String formula, long epoch) {
    Map<String, Object> variables = new LinkedHashMap<>();
    variables.put("i", epoch);
    return ((Number) Interpreter.run(formula, OPERATORS, variables)).doubleValue();
  }

  private static OneCycleLR.Options oneCycle(GoldenAttributes a) {
    OneCycleLR.Options o = OneCycleLR.Options.defaults();
    boolean linear = a.text("anneal_strategy", "cos").equals("linear");
    return o.pctStart(a.number("pct_start", o.pctStart()))
        .annealing(linear ? Annealing.LINEAR : Annealing.COSINE)
        .divFactor(a.number("div_factor", o.divFactor()))
        .finalDivFactor(a.number("final_div_factor", o.finalDivFactor()))
        .threePhase(a.flag("three_phase"))
        .cycleMomentum(a.flag("cycle_momentum", true));
  }

  private static CyclicLR.Options cyclic(GoldenAttributes a) {
    CyclicLR.Options o = CyclicLR.Options.defaults();
    CyclicLR.Mode mode =
        switch (a.text("mode", "triangular")) {
          case "triangular" -> CyclicLR.Mode.TRIANGULAR;
          case "triangular2" -> CyclicLR.Mode.TRIANGULAR2;
          default -> CyclicLR.Mode.EXP_RANGE;
        };
    int up = a.count("step_size_up", o.stepSizeUp());
    return o.mode(mode)
        .stepSizeUp(up)
        .stepSizeDown(a.count("step_size_down", up))
        .gamma(a.number("gamma", o.gamma()));
  }
}
