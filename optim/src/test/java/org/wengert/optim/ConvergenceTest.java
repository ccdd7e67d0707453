package org.wengert.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.wengert.Parameter;
import org.wengert.Variable;
import org.wengert.tensor.Tensor;

class ConvergenceTest {
  private static final double[] OPTIMUM = {3, -1};

  /// `(w₀ - 3)² + 5 (w₁ + 1)²`, differentiated by the engine.
  private static Variable bowl(Parameter w) {
    Variable distance = w.sub(Variable.constant(OPTIMUM));
    return distance.mul(distance).mul(Variable.constant(1.0, 5.0)).sum();
  }

  @Test
  void everyOptimizerFindsTheBottomOfABowl() {
    Map<String, Function<List<Parameter>, Optimizer>> makers = new LinkedHashMap<>();
    makers.put("plain", ps -> new SGD(ps, 0.05));
    makers.put("momentum", ps -> new SGD(ps, 0.02, 0.8));
    makers.put(
        "nesterov",
        ps -> new SGD(ps, SGD.Options.defaults().learningRate(0.02).momentum(0.8).nesterov(true)));
    makers.put("adam", ps -> new Adam(ps, 0.1));
    makers.put(
        "adamW", ps -> new AdamW(ps, AdamW.Options.defaults().learningRate(0.1).weightDecay(0)));
    makers.forEach(
        (name, make) -> {
          Parameter w = new Parameter(Tensor.of(0.0, 0.0));
          descend(make.apply(List.of(w)), w, 600);
          assertArrayEquals(OPTIMUM, w.value().toDoubleArray(), 1e-4, name);
        });
  }

  @Test
  void rmsPropFindsTheBottomAsItsScheduleSlowsDown() {
    Parameter w = new Parameter(Tensor.of(0.0, 0.0));
    RMSprop optimizer = new RMSprop(List.of(w), 0.1);
    StepLR schedule = new StepLR(optimizer, 1, 0.1);
    for (int epoch = 0; epoch < 6; epoch++) {
      descend(optimizer, w, 200);
      schedule.step();
    }
    assertArrayEquals(OPTIMUM, w.value().toDoubleArray(), 1e-4);
  }

  private static void descend(Optimizer optimizer, Parameter w, int steps) {
    for (int i = 0; i < steps; i++) {
      optimizer.zeroGrad();
      bowl(w).backward();
      optimizer.step();
    }
  }

  /// Lecture 4 writes `ΔW_t = -η g + m ΔW_{t-1}`. On `w²` from 1 with `η = 0.1` and `m = 0.9`, ten
  /// steps of either form end at the same place.
  @Test
  void bothFormsOfMomentumAgreeWhileTheLearningRateIsConstant() {
    Parameter w = new Parameter(Tensor.of(1.0));
    SGD sgd = new SGD(List.of(w), 0.1, 0.9);
    double textbook = 1;
    double change = 0;
    for (int i = 0; i < 10; i++) {
      sgd.zeroGrad();
      w.mul(w).backward();
      sgd.step();
      change = -0.1 * (2 * textbook) + 0.9 * change;
      textbook += change;
      assertEquals(textbook, w.item(), 1e-15);
    }
    assertEquals(0.0043998706, w.item(), 5e-11);
  }
}
