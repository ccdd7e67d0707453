package org.wengert.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.wengert.F;
import org.wengert.Parameter;
import org.wengert.Variable;
import org.wengert.optim.StrongWolfe.LinePoint;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// L-BFGS as a state machine, and what the mathematics promises of it.
class LBFGSProperties {
  /// What may happen.
  enum Kind {
    STEP,
    CHANGE_LEARNING_RATE,
    SAVE_AND_LOAD,
    COPY
  }

  record Action(Kind kind, int number) {}

  @Provide
  Arbitrary<List<Action>> actions() {
    Arbitrary<Kind> kinds = Arbitraries.of(Kind.class);
    return Combinators.combine(kinds, Arbitraries.integers().between(0, 1000))
        .as(Action::new)
        .list()
        .ofMaxSize(20);
  }

  private static final double[][] HESSIAN = {{3, 1, 0}, {1, 2, 0.5}, {0, 0.5, 1}};
  private static final double[] OPTIMUM = {1, -2, 0.5};

  /// `½ (w - o)ᵀ A (w - o)` of two parameters, a vector and a number.
  private static Supplier<Variable> bowl(List<Parameter> ps) {
    return () -> {
      Variable w = F.cat(List.of(ps.get(0), ps.get(1).reshape(1)), 0);
      Variable d = w.sub(Variable.constant(OPTIMUM)).reshape(3, 1);
      return d.transpose(0, 1).matMul(Variable.constant(Tensor.of(HESSIAN)).matMul(d)).sum().div(2);
    };
  }

  private static double[] slope(double[] w) {
    double[] g = new double[3];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        g[i] += HESSIAN[i][j] * (w[j] - OPTIMUM[j]);
      }
    }
    return g;
  }

  private static List<Parameter> start() {
    return List.of(
        new Parameter(Tensor.of(3.0, 1.0)).named("vector"),
        new Parameter(Tensor.of(-2.0)).named("number"));
  }

  private static double[] values(List<Parameter> ps) {
    double[] vector = ps.get(0).value().toDoubleArray();
    return new double[] {vector[0], vector[1], ps.get(1).item()};
  }

  @Property(tries = 150)
  void anySequenceOfEventsFollowsTheFormulaAndSurvivesSaving(
      @ForAll("actions") List<Action> actions,
      @ForAll @IntRange(min = 1, max = 4) int history,
      @ForAll boolean strongWolfe) {
    World world = new World(history, strongWolfe);
    for (Action action : actions) {
      world.happen(action);
      if (!strongWolfe) {
        assertArrayEquals(world.expected, values(world.parameters), 1e-7);
      }
      world.assertTwinsHaveTheSameBits();
    }
  }

  /// One history lived by three: an optimizer, its twin that is saved, loaded and copied, and the
  /// formula without line search.
  private static final class World {
    private final List<Parameter> parameters = start();
    private final LBFGS optimizer;
    private List<Parameter> twins = start();
    private LBFGS twin;
    private final LbfgsReference reference;
    private final double[] expected = values(parameters);

    World(int history, boolean strongWolfe) {
      LBFGS.Options options =
          LBFGS.Options.defaults()
              .maxIter(3)
              .maxEval(100)
              .historySize(history)
              .learningRate(0.1)
              .toleranceGrad(0)
              .toleranceChange(0)
              .strongWolfe(strongWolfe);
      optimizer = new LBFGS(parameters, options);
      twin = new LBFGS(twins, options);
      reference = new LbfgsReference(LBFGSProperties::slope, history);
    }

    void happen(Action action) {
      switch (action.kind) {
        case STEP -> {
          reference.step(expected, 3, optimizer.learningRate(0));
          optimizer.step(bowl(parameters));
          twin.step(bowl(twins));
        }
        case CHANGE_LEARNING_RATE -> {
          optimizer.learningRates(0.05 + action.number / 2000.0);
          twin.learningRates(0.05 + action.number / 2000.0);
        }
        case SAVE_AND_LOAD -> twin = resumed(twin, twins);
        case COPY -> {
          twins = twins.stream().map(p -> new Parameter(p.value()).named(p.name())).toList();
          twin = resumed(twin, twins);
        }
      }
    }

    void assertTwinsHaveTheSameBits() {
      assertArrayEquals(values(parameters), values(twins), 0);
      var state = optimizer.stateDict();
      var other = twin.stateDict();
      assertEquals(List.copyOf(state.keySet()), List.copyOf(other.keySet()));
      state.forEach((key, value) -> assertTrue(value.sameBits(other.get(key)), key));
    }
  }

  private static LBFGS resumed(LBFGS from, List<Parameter> parameters) {
    LBFGS.Options other = from.groups().getFirst().options().learningRate(77).maxIter(1);
    LBFGS fresh = new LBFGS(parameters, other);
    fresh.loadStateDict(from.stateDict());
    return fresh;
  }

  /// With exact line searches the directions are conjugate, so a quadratic function of `n` numbers
  /// is solved after `n` moves; one more for rounding.
  @Property(tries = 60)
  void exactSearchesSolveAQuadraticInOneMoveMoreThanItHasNumbers(
      @ForAll @IntRange(min = 1, max = 6) int n, @ForAll @IntRange(min = 0, max = 9999) int seed) {
    Random random = new Random(seed);
    Variable root = Variable.constant(Tensor.randn(Shape.of(n, n), DType.FLOAT64, random));
    Variable hessian = root.matMul(root.transpose(0, 1)).add(F.eye(n, n, DType.FLOAT64));
    Variable optimum = Variable.constant(Tensor.randn(Shape.of(n, 1), DType.FLOAT64, random));
    Parameter w = new Parameter(Tensor.randn(Shape.of(n, 1), DType.FLOAT64, random));
    LBFGS optimizer =
        new LBFGS(
            List.of(w),
            LBFGS.Options.defaults()
                .strongWolfe(true)
                .curvature(1e-7)
                .maxIter(n + 1)
                .maxEval(1000)
                .toleranceChange(0)
                .toleranceGrad(1e-12));
    optimizer.step(
        () -> {
          Variable d = w.sub(optimum);
          return d.mul(hessian.matMul(d)).sum();
        });
    assertArrayEquals(optimum.value().toDoubleArray(), w.value().toDoubleArray(), 1e-5);
  }

  /// A line through a wavy function with a long slope.
  private static LinePoint wave(double t, double steepness, double frequency) {
    double f = -steepness * t + 0.01 * t * t + Math.sin(frequency * t) / 2;
    double slope = -steepness + 0.02 * t + frequency * Math.cos(frequency * t) / 2;
    return new LinePoint(t, f, new double[] {slope}, slope);
  }

  @Property(tries = 300)
  void whatTheLineSearchFindsIsLowAndFlat(
      @ForAll @IntRange(min = 1, max = 40) int steepness,
      @ForAll @IntRange(min = 0, max = 30) int frequency,
      @ForAll @IntRange(min = 1, max = 100) int first) {
    double s = steepness / 10.0;
    double f = frequency / 30.0 * s;
    LinePoint start = wave(0, s, f);
    LinePoint found = new StrongWolfe(t -> wave(t, s, f), start, 0.9, 1).search(first / 10.0);
    assertTrue(found.loss() <= start.loss() + 1e-4 * found.t() * start.slope(), found::toString);
    assertTrue(Math.abs(found.slope()) <= 0.9 * Math.abs(start.slope()), found::toString);
  }
}
