package org.wengert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.wengert.backend.Backend;
import org.wengert.tensor.DTypeException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;
import org.wengert.tensor.WengertException;

/// What differentiation says when there is nothing right to answer.
class GradientErrorsTest {
  private static void fails(
      Class<? extends WengertException> kind, Executable attempt, String... texts) {
    String message = assertThrows(kind, attempt).getMessage();
    for (String text : texts) {
      assertTrue(message.contains(text), () -> "\"" + text + "\" is not in: " + message);
    }
    assertTrue(message.contains("\n  hint: "), message);
  }

  private static Parameter parameter(String name, double[][] rows) {
    return new Parameter(Tensor.of(rows)).named(name);
  }

  @Test
  void severalNumbersNeedASeed() {
    Variable y = Variable.of(1, 2).square().named("losses");
    String problem =
        "'losses', a square of shape (2) is not a single number, so its gradient needs a seed";
    String hint = "reduce it with sum() or mean(), or pass a seed of shape (2)";
    fails(GradientException.class, y::backward, problem, hint);
    fails(GradientException.class, () -> Autograd.grad(y, y), problem, hint);
  }

  @Test
  void aSeedHasTheShapeAndTypeOfTheResult() {
    Variable y = Variable.of(1, 2).square();
    fails(
        ShapeException.class,
        () -> y.backward(Tensor.of(1.0)),
        "the seed has shape (), the result (2)",
        "the two shapes must be equal");
    fails(
        DTypeException.class,
        () -> y.backward(Tensor.of(1f, 1f)),
        "the seed has type FLOAT32, the result FLOAT64",
        "convert with to(FLOAT64)");
  }

  @Test
  void aConstantHasNoBackward() {
    fails(
        GradientException.class,
        () -> Variable.constant(1.0).named("target").backward(),
        "'target', a variable of shape () was not recorded, so it has no gradient",
        "Variable.of(..) or Parameter",
        "noGrad(..)");
  }

  @Test
  void whatWasComputedInNoGradHasNoBackward() {
    Leaf x = Variable.of(2.0);
    Variable y = Autograd.noGrad(() -> x.square());
    fails(GradientException.class, y::backward, "was not recorded", "inside noGrad(..)");
    fails(GradientException.class, () -> Autograd.grad(y, x), "was not recorded");
  }

  @Test
  void aConstantCannotBeDifferentiatedBy() {
    Leaf x = Variable.of(2.0);
    Variable c = Variable.constant(3.0).named("c");
    fails(
        GradientException.class,
        () -> Autograd.grad(x.mul(c), c),
        "'c', a variable of shape () is a constant",
        "Variable.of(..), and before y is computed");
  }

  @Test
  void aFrozenParameterSaysHowToThawIt() {
    Parameter w = new Parameter(Tensor.of(3.0)).named("w").requiresGrad(false);
    Variable y = Variable.of(2.0).mul(w);
    fails(
        GradientException.class,
        () -> Autograd.grad(y, w),
        "'w', a variable of shape () is frozen",
        "requiresGrad(true), and before y is computed");
  }

  @Test
  void whatDoesNotDependSaysWhereToLook() {
    Leaf x = Variable.of(2.0).named("x");
    Leaf w = Variable.of(3.0).named("w");
    Variable y = x.mul(w.detach()).named("y");
    fails(
        GradientException.class,
        () -> Autograd.grad(y, w),
        "'y', a mul of shape () does not depend on 'w', a variable of shape ()",
        "detach(), noGrad(..) or a value() in between",
        "grad(y, List.of(x)) gives null instead");
  }

  @Test
  void aComputedVariableKeepsNoGradient() {
    Variable y = Variable.of(2.0).square().named("y");
    fails(
        StateException.class,
        y::grad,
        "grad() of a computed variable 'y'",
        "only leaves keep gradients; Autograd.grad(y, x) gives the gradient of any x");
  }

  @Test
  void aGraphSaysWhichParameterChangedAfterItWasRecorded() {
    Parameter w = parameter("fc.weight", new double[][] {{1, 2}, {3, 4}});
    Variable loss = Variable.of(new double[][] {{1, 1}}).matMul(w).sum();
    w.assign(Tensor.of(new double[][] {{0, 0}, {0, 0}}));
    Throwable error = assertThrows(StateException.class, loss::backward);
    assertEquals(
        """
        parameter 'fc.weight' changed after matMul had used it
          hint: run forward again after optimizer.step() or assign(..), then backward""",
        error.getMessage());
  }

  @Test
  void aViewOfAChangedParameterIsRecognisedAndNamed() {
    Parameter w = parameter("fc.weight", new double[][] {{1, 2}, {3, 4}});
    Leaf x = Variable.of(new double[][] {{1, 1}});
    Variable loss = x.matMul(w.mT().slice(1, 0, 1)).sum();
    w.assign(Tensor.of(new double[][] {{0, 0}, {0, 0}}));
    String problem = "parameter 'fc.weight' changed after matMul had used it";
    fails(StateException.class, loss::backward, problem);
    fails(StateException.class, () -> Autograd.grad(loss, x), problem);
  }

  @Test
  void aDetachedViewOfAChangedParameterIsRecognised() {
    Parameter w = parameter("w", new double[][] {{1, 2}, {3, 4}});
    Leaf x = Variable.of(new double[][] {{1, 1}});
    Variable loss = x.matMul(w.detach()).sum();
    w.assign(Tensor.of(new double[][] {{0, 0}, {0, 0}}));
    fails(StateException.class, () -> Autograd.grad(loss, x), "parameter 'w' changed after matMul");
  }

  @Test
  void aStepRecordedAfterTheChangeGivesNoAlarm() {
    Parameter w = parameter("w", new double[][] {{1, 2}});
    Variable view = w.mT();
    w.assign(Tensor.of(new double[][] {{5, 6}}));
    Variable loss = w.square().sum();
    loss.backward();
    assertEquals(10, w.grad().at(0, 0));
    fails(
        StateException.class, () -> view.sum().backward(), "'w' changed after permute had used it");
  }

  @Test
  void aChangeOnAnUnusedPathGivesNoAlarm() {
    Parameter w = new Parameter(Tensor.of(2.0));
    Leaf x = Variable.of(3.0);
    Variable h = x.square();
    Variable dead = h.mul(w);
    w.assign(Tensor.of(7.0));
    assertEquals(6, Autograd.grad(h, x).item());
    assertEquals(18, dead.item());
  }

  /// An operation whose rule forgets that it shortened its operand.
  private record Head() implements Op.Unary {
    @Override
    public Shape infer(Shape x) {
      return x.with(0, 1);
    }

    @Override
    public Tensor forward(Backend kernels, Tensor x, Shape y) {
      return x.slice(0, 0, 1, 1);
    }

    @Override
    public Variable backward(Variable gy, Variable x, Variable y) {
      return gy;
    }
  }

  @Test
  void aRuleThatGivesAWrongShapeIsNamed() {
    Variable y = new Head().apply(Variable.of(1, 2, 3)).sum();
    fails(
        GradientException.class,
        y::backward,
        "the rule of head gives a gradient of shape (1) for an operand of shape (3)",
        "a gradient has its operand's shape, or one that the operand broadcasts to");
  }

  @Test
  void aComparisonIsNotRecorded() {
    Variable y = Variable.of(1.0).lt(2);
    fails(GradientException.class, y::backward, "was not recorded");
    fails(
        GradientException.class,
        () -> F.argMax(Variable.of(1, 2), 0, false).backward(),
        "was not recorded");
  }
}
