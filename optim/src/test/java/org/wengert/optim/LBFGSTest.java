package org.wengert.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.wengert.Parameter;
import org.wengert.StateException;
import org.wengert.Variable;
import org.wengert.optim.StrongWolfe.LinePoint;
import org.wengert.tensor.DType;
import org.wengert.tensor.Tensor;

class LBFGSTest {
  private final Parameter x = new Parameter(Tensor.of(-1.5)).named("x");
  private final Parameter y = new Parameter(Tensor.of(2.0)).named("y");
  private final List<Parameter> both = List.of(x, y);
  private final LBFGS.Options searching = LBFGS.Options.defaults().strongWolfe(true);
  private int evaluations;

  /// Rosenbrock's valley, whose bottom is at (1, 1).
  private Variable valley() {
    evaluations++;
    Variable across = y.sub(x.square());
    return across.square().mul(100).add(x.rsub(1).square());
  }

  @Test
  void theValleyOfRosenbrockIsCrossed() {
    LBFGS optimizer = new LBFGS(both, searching.maxIter(100));
    Variable first = optimizer.step(this::valley);
    assertEquals(100 * 0.25 * 0.25 + 6.25, first.item(), 1e-12);
    assertEquals(1, x.item(), 1e-5);
    assertEquals(1, y.item(), 1e-5);
  }

  @Test
  void theTopOfAHillIsFoundByMaximizing() {
    LBFGS optimizer = new LBFGS(both, searching.maxIter(100).maximize(true));
    optimizer.step(() -> valley().neg());
    assertEquals(1, x.item(), 1e-5);
    assertEquals(1, y.item(), 1e-5);
  }

  @Test
  void parametersOfFloat32MoveToo() {
    Parameter w = new Parameter(Tensor.of(5f, -3f));
    new LBFGS(List.of(w), searching).step(() -> w.sub(1).square().sum());
    assertArrayEquals(new double[] {1, 1}, w.value().toDoubleArray(), 1e-6);
    assertEquals(DType.FLOAT32, w.dtype());
  }

  @Test
  void frozenParametersStay() {
    LBFGS optimizer = new LBFGS(both, searching);
    optimizer.step(this::valley);
    double frozen = y.item();
    y.requiresGrad(false);
    double before = optimizer.step(this::valley).item();
    assertEquals(0, optimizer.stateDict().get("d").at(1), "no way is remembered that was not gone");
    assertEquals(frozen, y.item());
    assertTrue(valley().item() < before);
  }

  @Test
  void movesAndEvaluationsAreLimited() {
    new LBFGS(both, LBFGS.Options.defaults().learningRate(1e-3).maxIter(4)).step(this::valley);
    assertEquals(4, evaluations, "the loss after the last move is not computed");
    evaluations = 0;
    LBFGS.Options few = LBFGS.Options.defaults().learningRate(1e-3).maxIter(10).maxEval(3);
    new LBFGS(both, few).step(this::valley);
    assertEquals(3, evaluations);
  }

  @Test
  void evaluationsAreAQuarterMoreThanMovesByDefault() {
    assertEquals(25, LBFGS.Options.defaults().maxEval());
    assertEquals(6, LBFGS.Options.defaults().maxIter(5).maxEval());
    assertEquals(1, LBFGS.Options.defaults().maxIter(1).maxEval());
    assertEquals(9, LBFGS.Options.defaults().maxIter(5).maxEval(9).maxEval());
  }

  @Test
  void aStepEndsWhereTheGradientIsSmall() {
    x.assign(Tensor.of(1.0));
    y.assign(Tensor.of(1.0));
    new LBFGS(both).step(this::valley);
    assertEquals(1, evaluations);
    assertEquals(1, x.item());
  }

  @Test
  void aStepEndsWhereTheLossHardlyChanges() {
    LBFGS.Options coarse = LBFGS.Options.defaults().learningRate(0.1).toleranceChange(1);
    new LBFGS(List.of(x), coarse).step(() -> count(x.square().mul(0.7)));
    assertEquals(2, evaluations, "the first move changes the loss by less than 1");
  }

  private Variable count(Variable loss) {
    evaluations++;
    return loss;
  }

  @Test
  void aStepWithoutAClosureSaysHowToWriteIt() {
    assertEquals(
        """
        LBFGS.step() cannot compute the loss, which it needs more than once
          hint: write optimizer.step(() -> criterion(model.call(x), y))""",
        assertThrows(StateException.class, new LBFGS(both)::step).getMessage());
  }

  @Test
  void aLossThatReachesNoParameterIsRefused() {
    Parameter other = new Parameter(Tensor.of(1.0));
    Supplier<Variable> elsewhere = () -> other.mul(2);
    LBFGS optimizer = new LBFGS(both);
    String message =
        assertThrows(StateException.class, () -> optimizer.step(elsewhere)).getMessage();
    assertTrue(message.startsWith("LBFGS.step() found no gradient at any of its 2"), message);
  }

  /// The second evaluation is that of a trial point, where nobody asked to be.
  @Test
  void aFailingLossLeavesTheParametersWhereTheyWere() {
    for (LBFGS.Options options : List.of(searching, LBFGS.Options.defaults())) {
      LBFGS optimizer = new LBFGS(both, options);
      var before = optimizer.stateDict();
      for (int most = 1; most < 5; most++) {
        int last = most;
        evaluations = 0;
        Supplier<Variable> fails =
            () -> {
              Variable loss = valley();
              if (evaluations > last) {
                throw new IllegalStateException("no more data");
              }
              return loss;
            };
        assertThrows(IllegalStateException.class, () -> optimizer.step(fails));
        assertEquals(-1.5, x.item());
        assertEquals(2, y.item());
        optimizer
            .stateDict()
            .forEach((key, value) -> assertTrue(value.sameBits(before.get(key)), key));
      }
    }
  }

  @Test
  void aStateOfAnotherSizeIsRefused() {
    LBFGS optimizer = new LBFGS(both);
    optimizer.step(this::valley);
    LBFGS smaller = new LBFGS(List.of(x));
    String message =
        assertThrows(StateException.class, () -> smaller.loadStateDict(optimizer.stateDict()))
            .getMessage();
    assertTrue(message.contains("mis-shaped  d             FLOAT64 (2) instead of FLOAT64 (1)"));
    assertEquals(0, smaller.stateDict().get("nIter").longAt());
  }

  @Test
  void moreHistoryThanIsToBeKeptIsRefused() {
    LBFGS optimizer = new LBFGS(both, searching.maxIter(10).maxEval(99));
    optimizer.step(this::valley);
    var state = optimizer.stateDict();
    assertTrue(state.get("oldDirs").shape().size(0) > 2);
    state.put("group0/historySize", Tensor.of(2L));
    String message =
        assertThrows(StateException.class, () -> optimizer.loadStateDict(state)).getMessage();
    assertTrue(message.contains("mis-shaped  oldDirs"), message);
  }

  /// `x - ln x` from 3: the first try is negative, where there is no logarithm. `x + 1/x` from 2:
  /// the first try is 0, where it is infinite.
  @Test
  void theLineSearchStepsBackFromWhereTheLossIsNotANumber() {
    x.assign(Tensor.of(3.0));
    new LBFGS(List.of(x), searching.learningRate(10)).step(() -> x.sub(x.log()));
    assertEquals(1, x.item(), 1e-4);
    x.assign(Tensor.of(2.0));
    new LBFGS(List.of(x), searching.learningRate(8.0 / 3))
        .step(() -> x.add(Variable.constant(1.0).div(x)));
    assertEquals(1, x.item(), 1e-4);
  }

  /// Down a straight line without end, up to 25 tries after the first.
  @Test
  void theLineSearchGoesOutTenTimesAsFarWithEveryTry() {
    List<Double> tried = new ArrayList<>();
    StrongWolfe.Line line =
        t -> {
          tried.add(t);
          return new LinePoint(t, -t, new double[0], -1);
        };
    LinePoint start = new LinePoint(0, 0, new double[0], -1);
    LinePoint found = new StrongWolfe(line, start, 0.9, 1).search(1);
    assertEquals(List.of(1.0, 10.0, 100.0), tried.subList(0, 3));
    assertEquals(26, tried.size());
    assertEquals(tried.getLast(), found.t());
  }

  /// `t³ - t` has its minimum at `1/√3`; the cubic through two of its points is itself.
  @Test
  void theMinimumOfACubicIsExact() {
    LinePoint a = new LinePoint(0, 0, new double[0], -1);
    LinePoint b = new LinePoint(2, 6, new double[0], 11);
    assertEquals(1 / Math.sqrt(3), StrongWolfe.cubicMinimum(a, b, 0, 2), 1e-15);
    assertEquals(1 / Math.sqrt(3), StrongWolfe.cubicMinimum(b, a, 0, 2), 1e-15);
    assertEquals(0.5, StrongWolfe.cubicMinimum(a, b, 0, 0.5));
    assertEquals(0.7, StrongWolfe.cubicMinimum(a, b, 0.7, 2));
  }

  /// A cubic that only rises has no minimum, nor has what is not a number.
  @Test
  void withoutAMinimumTheMiddleIsTried() {
    LinePoint a = new LinePoint(0, 0, new double[0], 1);
    LinePoint b = new LinePoint(2, 1.4, new double[0], 1);
    LinePoint lost = new LinePoint(2, Double.NaN, new double[0], 1);
    assertEquals(1, StrongWolfe.cubicMinimum(a, b, 0, 2));
    assertEquals(1, StrongWolfe.cubicMinimum(a, lost, 0, 2));
  }
}
