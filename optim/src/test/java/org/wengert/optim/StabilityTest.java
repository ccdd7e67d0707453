package org.wengert.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.wengert.F;
import org.wengert.Parameter;
import org.wengert.StateException;
import org.wengert.Variable;
import org.wengert.tensor.DType;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// The limits of learning rates, above all those of lectures 1 and 4.
class StabilityTest {
  private static final Stability.Options PRODUCTS = Stability.Options.defaults().exact(0);

  private final Parameter w = new Parameter(Tensor.of(1.0)).named("w");
  private final Parameter b = new Parameter(Tensor.of(0.0)).named("b");
  private final List<Parameter> line = List.of(w, b);

  /// Lecture 1: the sum of squares of a line through five points.
  private Variable loss() {
    Variable x = Variable.constant(1, 2, 3, 4, 5);
    Variable y = Variable.constant(5.082, 7.950, 10.96, 14.05, 17.04);
    return y.sub(w.mul(x).add(b)).square().sum();
  }

  private double lossAfter(Optimizer optimizer, int steps) {
    w.assign(Tensor.of(1.0));
    b.assign(Tensor.of(0.0));
    for (int i = 0; i < steps; i++) {
      optimizer.step(this::loss);
    }
    return loss().item();
  }

  @Test
  void theLimitOfLectureOneIsFound() {
    for (Stability.Options options : List.of(Stability.Options.defaults(), PRODUCTS)) {
      Stability here = Stability.of(this::loss, line, options);
      assertEquals(118.309519, here.largest(), 5e-7);
      assertEquals(1.690481, here.smallest(), 5e-7);
      assertEquals(0.01690481, here.limit(), 5e-9);
      assertEquals(69.99, here.condition(), 5e-3);
      assertEquals(2 / 120.0, here.bestRate(), 1e-12);
      assertEquals(2, here.parameters());
      assertEquals(2, here.products());
      assertTrue(here.isSettled());
    }
  }

  @Test
  void descentConvergesBelowTheLimitAndDivergesAboveIt() {
    double limit = Stability.of(this::loss, line).limit();
    assertTrue(.0165 < limit && limit < .017);
    assertEquals(.013575, lossAfter(new SGD(line, .0165), 200), 5e-7);
    assertEquals(31_724.7, lossAfter(new SGD(line, .017), 200), 5e-2);
    assertTrue(lossAfter(new SGD(line, limit * 0.999), 4000) < .0137);
    assertTrue(lossAfter(new SGD(line, limit * 1.001), 4000) > 1e5);
  }

  @Test
  void momentumMovesTheLimitAsTheFormulasSay() {
    Stability here = Stability.of(this::loss, line);
    assertEquals(1.9 * here.limit(), here.limit(0.9), 1e-15);
    SGD.Options plain = SGD.Options.defaults();
    SGD.Options heavy = plain.momentum(0.9);
    for (SGD.Options options :
        List.of(
            plain,
            heavy,
            heavy.nesterov(true),
            heavy.weightDecay(20),
            plain.weightDecay(20),
            heavy.dampening(0.5),
            heavy.rateInVelocity(true))) {
      double limit = here.limit(options);
      double below = lossAfter(new SGD(line, options.learningRate(limit * 0.98)), 3000);
      double above = lossAfter(new SGD(line, options.learningRate(limit * 1.02)), 3000);
      assertTrue(below < 120, () -> options + " below its limit: " + below);
      assertTrue(!(above < 1e6), () -> options + " above its limit: " + above);
    }
  }

  @Test
  void theAdviceSaysItInSentences() {
    assertEquals(
        """
        2 parameters: the curvature of the loss reaches from 1.69048 to 118.31.
        A learning rate above 0.0169048 diverges; with momentum 0.9, above 0.0321191.
        The best constant rate, 0.0166667, keeps 97.1825 % of the distance in each step: 81 steps for a digit.
        The condition is 69.99, where 1 is best. Inputs of mean 0 and deviation 1 lower it, as do normalisation, momentum and Adam.
        """,
        Stability.of(this::loss, line).advice());
  }

  private static final double[][] SHIFTED = {{101, 101}, {101, 99}};
  private static final double[][] GOOD = {{1, 1}, {1, -1}};
  private static final double[][] STRETCHED = {{.1, 10}, {.1, -10}};

  @Test
  void theConditionsOfLectureFourFallToOne() {
    assertConditions(SHIFTED, 40_005.92, 1, 1);
    assertConditions(GOOD, 1, 1, 1);
    assertConditions(STRETCHED, 10_000, 100, 1);
    assertEquals(
        "Centre the inputs: their condition falls from 40,005.92 to 1.\n",
        Conditioning.of(Tensor.of(SHIFTED)).advice());
    assertEquals(
        "Standardise the inputs: their condition falls from 10,000 to 1.\n",
        Conditioning.of(Tensor.of(STRETCHED)).advice());
    assertEquals(
        "The inputs are scaled well: their condition is 1, and 1 at mean 0 and deviation 1.\n",
        Conditioning.of(Tensor.of(GOOD)).advice());
  }

  private static void assertConditions(double[][] x, double raw, double centred, double scaled) {
    Conditioning found = Conditioning.of(Tensor.of(x));
    assertEquals(raw, found.raw(), 5e-3);
    assertEquals(centred, found.centred(), 1e-9);
    assertEquals(scaled, found.standardised(), 1e-9);
    assertEquals(List.of(0), found.constant());
  }

  /// Steps to a sum of squares below 1e-6 from zero, as lecture 4's table.
  @Test
  void theBestRateTakesAsManyStepsAsInLectureFour() {
    assertEquals(152_041, steps(SHIFTED));
    assertEquals(1, steps(GOOD));
    assertEquals(38_005, steps(STRETCHED));
  }

  private static int steps(double[][] x) {
    Parameter v = new Parameter(Tensor.of(0.0, 0.0));
    Supplier<Variable> loss =
        () -> Variable.constant(x).matMul(v).sub(Variable.constant(2, 0)).square().sum();
    Stability here = Stability.of(loss, List.of(v));
    double rate = here.bestRate();
    double[] at = {0, 0};
    for (int step = 0; ; step++) {
      double first = x[0][0] * at[0] + x[0][1] * at[1] - 2;
      double second = x[1][0] * at[0] + x[1][1] * at[1];
      if (first * first + second * second < 1e-6) {
        return step;
      }
      at[0] -= rate * 2 * (first * x[0][0] + second * x[1][0]);
      at[1] -= rate * 2 * (first * x[0][1] + second * x[1][1]);
    }
  }

  @Test
  void dependentFeaturesCannotBeScaledApart() {
    Conditioning found = Conditioning.of(Tensor.of(new double[][] {{1, 2}, {2, 4}, {3, 6}}));
    assertEquals(Double.POSITIVE_INFINITY, found.standardised());
    assertTrue(found.advice().startsWith("Features depend on each other"), found.advice());
    ShapeException error =
        assertThrows(ShapeException.class, () -> Conditioning.of(Tensor.of(1.0, 2.0)));
    assertEquals("inputs of shape (2) are no rows of features", error.problem());
  }

  @Test
  void aSaddleAPlaneAndATopAreTold() {
    Parameter p = new Parameter(Tensor.of(0.3, 0.2));
    List<Parameter> ps = List.of(p);
    Variable signs = Variable.constant(1, -1);
    Stability saddle = Stability.of(() -> p.square().mul(signs).sum(), ps);
    assertEquals(-2, saddle.smallest(), 1e-12);
    assertEquals(1, saddle.limit(), 1e-12);
    assertEquals(Double.POSITIVE_INFINITY, saddle.condition());
    assertTrue(saddle.advice().contains("no minimum yet"), saddle.advice());

    Stability plane = Stability.of(() -> p.sum(), ps);
    assertEquals(0, plane.largest());
    assertEquals(Double.POSITIVE_INFINITY, plane.limit());
    assertTrue(plane.advice().contains("bends upwards nowhere"), plane.advice());

    Stability valley = Stability.of(() -> p.sum().square(), ps);
    assertEquals(0.5, valley.limit(), 1e-12);
    assertTrue(valley.advice().contains("Some direction is flat"), valley.advice());

    Stability top = Stability.of(() -> p.square().sum().neg(), ps);
    assertEquals(Double.POSITIVE_INFINITY, top.limit());
    assertEquals(1, top.limit(SGD.Options.defaults().maximize(true)), 1e-12);
  }

  /// Dropout inside the loss stays as it was: the loss is computed once.
  @Test
  void theLossIsComputedOnceAndNothingIsLeftBehind() {
    int[] calls = {0};
    Stability.of(
        () -> {
          calls[0]++;
          return loss();
        },
        line);
    assertEquals(1, calls[0]);
    assertNull(w.grad());
  }

  @Test
  void parametersOfAllShapesAndTypesAreTakenTogether() {
    Rng random = new Rng(1);
    Parameter weight = new Parameter(Tensor.randn(Shape.of(5, 8), DType.FLOAT32, random));
    Parameter bias = new Parameter(Tensor.zeros(5));
    Parameter frozen = new Parameter(Tensor.ones(5)).named("frozen");
    frozen.requiresGrad(false);
    Parameter unused = new Parameter(Tensor.zeros(2, 2));
    Variable x = Variable.constant(Tensor.randn(Shape.of(30, 8), DType.FLOAT32, random));
    Supplier<Variable> loss = () -> F.linear(x, weight, bias).mul(frozen).tanh().square().mean();
    List<Parameter> all = List.of(weight, bias, frozen, unused);
    Stability exact = Stability.of(loss, all);
    Stability found = Stability.of(loss, all, PRODUCTS);
    assertEquals(49, found.parameters());
    assertTrue(found.isSettled());
    assertEquals(exact.largest(), found.largest(), 1e-5 * exact.largest());
    assertEquals(exact.smallest(), found.smallest(), 1e-5 * exact.largest());
  }

  @Test
  void theLimitOfProductsIsTold() {
    Parameter p = new Parameter(Tensor.randn(Shape.of(100), DType.FLOAT64, new Rng(2)));
    Supplier<Variable> loss = () -> p.square().square().sum();
    Stability.Options few = Stability.Options.defaults().limit(3);
    Stability found = Stability.of(loss, List.of(p), few);
    assertFalse(found.isSettled());
    assertEquals(3, found.products());
    assertTrue(found.advice().contains("reaches at least (ended by its limit"), found.advice());
  }

  @Test
  void mistakesAreExplained() {
    w.requiresGrad(false);
    OptionException frozen =
        assertThrows(OptionException.class, () -> Stability.of(b::square, List.of(w)));
    assertEquals("none of 1 parameters is to be trained", frozen.problem());
    Parameter zero = new Parameter(Tensor.of(0.0));
    StateException infinite =
        assertThrows(StateException.class, () -> Stability.of(zero::sqrt, List.of(zero)));
    assertTrue(
        infinite.problem().startsWith("the second derivative of the loss is"), infinite.problem());
  }

  @Test
  void inputsThatAreNotFiniteAreLocated() {
    Tensor inputs = Tensor.of(new double[][] {{1, 2, 3}, {4, 5, Double.NaN}});
    OptionException error = assertThrows(OptionException.class, () -> Conditioning.of(inputs));
    assertEquals(
        "the inputs have NaN in row 1, column 2\n  hint: clean the data first: missing values have"
            + " no mean and no deviation",
        error.getMessage());
  }

  @Test
  void constantInputsTeachNothing() {
    String advice = "All features are constant: there is nothing to learn from them.\n";
    assertEquals(advice, Conditioning.of(Tensor.zeros(4, 3)).advice());
    assertEquals(advice, Conditioning.of(Tensor.full(Shape.of(4, 1), 7, DType.FLOAT64)).advice());
  }

  @Test
  void oneParameterIsNoPlural() {
    String advice = Stability.of(w::square, List.of(w)).advice();
    assertTrue(advice.startsWith("1 parameter: the curvature"), advice);
  }
}
