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

  /// The rate falls in six stages: methods whose steps do not shrink with the gradient settle then.
  @Test
  void everyOptimizerFindsTheBottomOfABowl() {
    Map<String, Function<List<Parameter>, Optimizer>> makers = new LinkedHashMap<>();
    makers.put("plain", ps -> new SGD(ps, 0.05));
    makers.put("momentum", ps -> new SGD(ps, 0.02, 0.8));
    makers.put("nesterov", ps -> new SGD(ps, momentum().nesterov(true)));
    makers.put("textbook", ps -> new SGD(ps, momentum().rateInVelocity(true)));
    makers.put("adam", ps -> new Adam(ps, 0.1));
    makers.put(
        "adamW", ps -> new AdamW(ps, AdamW.Options.defaults().learningRate(0.1).weightDecay(0)));
    makers.put("nAdam", ps -> new NAdam(ps, 0.1));
    makers.put("rAdam", ps -> new RAdam(ps, 0.1));
    makers.put("adamax", ps -> new Adamax(ps, 0.1));
    makers.put("adagrad", ps -> new Adagrad(ps, 1));
    makers.put("rmsProp", ps -> new RMSprop(ps, 0.1));
    makers.put("rprop", ps -> new Rprop(ps));
    makers.put("lion", ps -> new Lion(ps, 0.1));
    makers.forEach(
        (name, make) -> {
          Parameter w = new Parameter(Tensor.of(0.0, 0.0));
          Optimizer optimizer = make.apply(List.of(w));
          StepLR schedule = new StepLR(optimizer, 5, 0.1);
          for (int epoch = 0; epoch < 30; epoch++) {
            descend(optimizer, w, 40);
            schedule.step();
          }
          assertArrayEquals(OPTIMUM, w.value().toDoubleArray(), 1e-3, name);
        });
  }

  private static SGD.Options momentum() {
    return SGD.Options.defaults().learningRate(0.02).momentum(0.8);
  }

  /// It has no rate to turn down; its first steps are short, and it never settles exactly.
  @Test
  void adadeltaGetsNearTheBottom() {
    Parameter w = new Parameter(Tensor.of(0.0, 0.0));
    descend(new Adadelta(List.of(w)), w, 3000);
    assertArrayEquals(OPTIMUM, w.value().toDoubleArray(), 0.1);
  }

  private static void descend(Optimizer optimizer, Parameter w, int steps) {
    for (int i = 0; i < steps; i++) {
      optimizer.zeroGrad();
      bowl(w).backward();
      optimizer.step();
    }
  }

  /// When the rate falls from 0.1 to 0.01, the velocity of textbooks keeps its size, while that of
  /// PyTorch moves the parameter a tenth as far at once.
  @Test
  void theFormsOfMomentumDifferWhenTheLearningRateChanges() {
    Parameter pyTorchs = new Parameter(Tensor.of(1.0));
    Parameter textbooks = new Parameter(Tensor.of(1.0));
    SGD.Options options = SGD.Options.defaults().learningRate(0.1).momentum(0.9);
    SGD pyTorch = new SGD(List.of(pyTorchs), options);
    SGD textbook = new SGD(List.of(textbooks), options.rateInVelocity(true));
    for (int i = 0; i < 10; i++) {
      pyTorch.step(() -> pyTorchs.square());
      textbook.step(() -> textbooks.square());
    }
    assertEquals(pyTorchs.item(), textbooks.item(), 1e-15);
    double w = textbooks.item();
    double change = -textbook.stateDict().get("0/momentumBuffer").item();
    pyTorch.learningRates(0.01);
    textbook.learningRates(0.01);
    pyTorch.step(() -> pyTorchs.square());
    textbook.step(() -> textbooks.square());
    double expected = w - 0.01 * 2 * w + 0.9 * change;
    assertEquals(expected, textbooks.item(), 1e-15);
    assertEquals(w - 0.01 * 2 * w + 0.9 * change / 10, pyTorchs.item(), 1e-15);
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
