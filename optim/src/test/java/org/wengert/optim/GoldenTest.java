package org.wengert.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.wengert.Parameter;
import org.wengert.tensor.Tensor;

/// Every number that libtorch computed for these optimizers, schedules and clippings, replayed.
class GoldenTest {
  private static final double TOLERANCE = 1e-9;
  private static final int STEPS = 10;

  @Test
  void sgdFollowsLibtorch() {
    replayAll("SGD", 10, (ps, c) -> new SGD(ps, sgd(c)));
  }

  private static SGD.Options sgd(GoldenCase c) {
    return SGD.Options.defaults()
        .learningRate(c.number("lr"))
        .momentum(c.number("momentum"))
        .dampening(c.number("dampening"))
        .nesterov(c.flag("nesterov"))
        .weightDecay(c.number("weight_decay"))
        .maximize(c.flag("maximize"));
  }

  @Test
  void adamFollowsLibtorch() {
    replayAll("Adam", 4, (ps, c) -> new Adam(ps, adam(c)));
  }

  private static Adam.Options adam(GoldenCase c) {
    return Adam.Options.defaults()
        .learningRate(c.number("lr"))
        .betas(c.attributes().get("betas")[0], c.attributes().get("betas")[1])
        .eps(c.number("eps"))
        .weightDecay(c.number("weight_decay"))
        .amsgrad(c.flag("amsgrad"))
        .maximize(c.flag("maximize"));
  }

  @Test
  void adamWFollowsLibtorch() {
    replayAll("AdamW", 10, (ps, c) -> new AdamW(ps, adamW(c)));
  }

  private static AdamW.Options adamW(GoldenCase c) {
    return AdamW.Options.defaults()
        .learningRate(c.number("lr"))
        .beta1(c.attributes().get("betas")[0])
        .beta2(c.attributes().get("betas")[1])
        .eps(c.number("eps"))
        .weightDecay(c.number("weight_decay"))
        .amsgrad(c.flag("amsgrad"))
        .maximize(c.flag("maximize"));
  }

  @Test
  void rmsPropFollowsLibtorch() {
    replayAll("RMSprop", 1, (ps, c) -> new RMSprop(ps, rmsProp(c)));
  }

  private static RMSprop.Options rmsProp(GoldenCase c) {
    return RMSprop.Options.defaults()
        .learningRate(c.number("lr"))
        .alpha(c.number("alpha"))
        .eps(c.number("eps"))
        .weightDecay(c.number("weight_decay"))
        .momentum(c.number("momentum"))
        .centered(c.flag("centered"));
  }

  @Test
  void groupsWithTheirOwnOptionsFollowLibtorch() {
    replayAll(
        "param_groups",
        1,
        (ps, c) ->
            new SGD(
                ParameterGroup.of(ps.subList(0, 1), groupOptions(c, 0)),
                ParameterGroup.of(ps.subList(1, 2), groupOptions(c, 1))));
  }

  /// Both groups had momentum 0.9: libtorch's C++ groups inherit what they do not set, and the 0
  /// that the case gives for the second one counts as not set. Its numbers show it.
  private static SGD.Options groupOptions(GoldenCase c, int group) {
    return SGD.Options.defaults()
        .learningRate(c.attributes().get("lr")[group])
        .momentum(c.number("momentum"));
  }

  private static void replayAll(
      String op, int expected, BiFunction<List<Parameter>, GoldenCase, Optimizer> make) {
    List<GoldenCase> cases = GoldenCase.of(op);
    assertEquals(expected, cases.size(), "cases of " + op);
    for (GoldenCase c : cases) {
      List<Parameter> parameters =
          List.of(new Parameter(c.tensor("p0")), new Parameter(c.tensor("p1")));
      Optimizer optimizer = make.apply(parameters, c);
      for (int step = 0; step < STEPS; step++) {
        for (int p = 0; p < parameters.size(); p++) {
          parameters.get(p).setGrad(c.tensor("g" + p, step));
        }
        optimizer.step();
        for (int p = 0; p < parameters.size(); p++) {
          Tensor after = c.tensor("p" + p + "_after_each_step", step);
          assertClose(after, parameters.get(p).value(), c.id() + " step " + step);
        }
      }
    }
  }

  @Test
  void stepsWithoutAGradientAreSkippedAsInLibtorch() {
    List<GoldenCase> cases = GoldenCase.of("no_grad_param");
    assertEquals(2, cases.size());
    for (GoldenCase c : cases) {
      Parameter parameter = new Parameter(c.tensor("p0"));
      Parameter other = new Parameter(Tensor.of(1.0));
      Adam adam = new Adam(List.of(parameter, other), c.number("lr"));
      for (int step = 0; step < STEPS; step++) {
        adam.zeroGrad();
        other.setGrad(Tensor.of(0.5));
        parameter.setGrad(step % 2 == 0 ? c.tensor("g0", step) : null);
        adam.step();
        assertClose(c.tensor("p0_after_each_step", step), parameter.value(), c.id());
      }
    }
  }

  @Test
  void clippingByNormFollowsLibtorch() {
    List<GoldenCase> cases = GoldenCase.of("clip_grad_norm");
    assertEquals(11, cases.size());
    for (GoldenCase c : cases) {
      List<Parameter> parameters = parametersWithGradients(c);
      double norm =
          GradientClipping.clipByNorm(
              parameters, c.number("max_norm"), c.number("norm_type"), true);
      assertEquals(c.tensor("total_norm").item(), norm, TOLERANCE, c.id());
      assertClipped(c, parameters);
    }
  }

  @Test
  void clippingByValueFollowsLibtorch() {
    List<GoldenCase> cases = GoldenCase.of("clip_grad_value");
    assertEquals(4, cases.size());
    for (GoldenCase c : cases) {
      List<Parameter> parameters = parametersWithGradients(c);
      GradientClipping.clipByValue(parameters, c.number("clip_value"));
      assertClipped(c, parameters);
    }
  }

  private static List<Parameter> parametersWithGradients(GoldenCase c) {
    List<Parameter> parameters = new ArrayList<>();
    for (String name : List.of("g0", "g1")) {
      Parameter parameter = new Parameter(c.tensor(name));
      parameter.setGrad(c.tensor(name));
      parameters.add(parameter);
    }
    return parameters;
  }

  private static void assertClipped(GoldenCase c, List<Parameter> parameters) {
    for (int p = 0; p < parameters.size(); p++) {
      assertClose(c.tensor("g" + p + "_clipped"), parameters.get(p).grad(), c.id());
    }
  }

  /// libtorch's C++ class, which gave these numbers, counts its first `step()` as epoch 0; the
  /// documented schedule, and every other one in PyTorch, counts it as epoch 1. So its rate after
  /// `i + 1` calls is ours after `i`.
  @Test
  void stepLRGivesLibtorchsRatesOneCallEarlier() {
    List<GoldenCase> cases = GoldenCase.of("StepLR");
    assertEquals(1, cases.size());
    for (GoldenCase c : cases) {
      Optimizer optimizer = new SGD(List.of(new Parameter(Tensor.of(1.0))), c.number("lr"));
      LearningRateScheduler schedule =
          new StepLR(optimizer, (int) c.number("step_size"), c.number("gamma"));
      double[] rates = c.tensor("lr").toDoubleArray();
      assertEquals(rates[0], optimizer.learningRate(0));
      for (int i = 0; i + 1 < rates.length; i++) {
        assertEquals(rates[i + 1], optimizer.learningRate(0), 1e-15, c.id() + " call " + i);
        schedule.step();
      }
    }
  }

  /// A schedule that changes epoch 0, too; written here to show that one is a formula.
  private static final class LinearWarmup extends LearningRateScheduler {
    private final double epochs;

    LinearWarmup(Optimizer optimizer, double epochs) {
      super(optimizer);
      this.epochs = epochs;
      begin();
    }

    @Override
    protected double learningRate(long epoch, double current, double initial) {
      return initial * Math.min(1, (epoch + 1) / epochs);
    }
  }

  @Test
  void aUsersScheduleIsOneFormula() {
    List<GoldenCase> cases = GoldenCase.of("LinearWarmup");
    assertEquals(1, cases.size());
    for (GoldenCase c : cases) {
      Optimizer optimizer = new SGD(List.of(new Parameter(Tensor.of(1.0))), c.number("lr"));
      LearningRateScheduler schedule = new LinearWarmup(optimizer, c.number("warmup_steps"));
      for (double rate : c.tensor("lr").toDoubleArray()) {
        assertEquals(rate, optimizer.learningRate(0), 1e-15, c.id());
        schedule.step();
      }
    }
  }

  private static void assertClose(Tensor expected, Tensor actual, String what) {
    assertEquals(expected.shape(), actual.shape(), what);
    assertArrayEquals(expected.toDoubleArray(), actual.toDoubleArray(), TOLERANCE, what);
  }
}
