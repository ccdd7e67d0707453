package org.wengert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.wengert.tensor.DType;
import org.wengert.tensor.DTypeException;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// Derivatives of whole functions, hooks and checkpoints.
class DerivativesTest {
  private static final Variable POINT = Variable.constant(0.5, -1.2, 2.0);

  /// `(x₀ x₁, sin x₂, x₀² x₂)`.
  private static Variable field(Variable x) {
    Variable a = x.select(0, 0);
    Variable c = x.select(0, 2);
    return F.stack(List.of(a.mul(x.select(0, 1)), F.sin(c), a.square().mul(c)), 0);
  }

  private static Variable energy(Variable x) {
    return field(x).square().sum();
  }

  @Test
  void jacobianHasARowForEachOutput() {
    Variable jacobian = Autograd.jacobian(DerivativesTest::field, POINT);
    double[][] expected = {{-1.2, 0.5, 0}, {0, 0, Math.cos(2)}, {2 * 0.5 * 2, 0, 0.25}};
    assertEquals(Shape.of(3, 3), jacobian.shape());
    for (int row = 0; row < 3; row++) {
      assertArrayEquals(
          expected[row], jacobian.select(0, row).value().toDoubleArray(), 1e-15, "row " + row);
    }
  }

  @Test
  void jacobianOfMatricesHasTheAxesOfBoth() {
    Variable x = Variable.constant(new double[][] {{1, 2, 3}, {4, 5, 6}});
    Variable jacobian = Autograd.jacobian(Variable::mT, x);
    assertEquals(Shape.of(3, 2, 2, 3), jacobian.shape());
    assertEquals(1, jacobian.value().at(2, 1, 1, 2));
    assertEquals(6, jacobian.sum().item());
  }

  @Test
  void hessianIsTheJacobianOfTheGradient() {
    Variable hessian = Autograd.hessian(DerivativesTest::energy, POINT);
    Variable v = Variable.constant(0.3, -0.7, 1.1);
    Variable product = Autograd.hvp(DerivativesTest::energy, POINT, v);
    assertArrayEquals(
        hessian.matMul(v).value().toDoubleArray(), product.value().toDoubleArray(), 1e-12);
    assertArrayEquals(hessian.value().toDoubleArray(), hessian.mT().value().toDoubleArray(), 1e-12);
  }

  @Test
  void forwardAndReverseModeMultiplyByTheSameJacobian() {
    Variable dx = Variable.constant(0.3, -0.7, 1.1);
    Variable jacobian = Autograd.jacobian(DerivativesTest::field, POINT);
    Autograd.Product jvp = Autograd.jvp(DerivativesTest::field, POINT, dx);
    Autograd.Product vjp = Autograd.vjp(DerivativesTest::field, POINT, dx);
    assertArrayEquals(
        jacobian.matMul(dx).value().toDoubleArray(),
        jvp.derivative().value().toDoubleArray(),
        1e-14);
    assertArrayEquals(
        dx.matMul(jacobian).value().toDoubleArray(),
        vjp.derivative().value().toDoubleArray(),
        1e-14);
    assertArrayEquals(field(POINT).value().toDoubleArray(), jvp.value().value().toDoubleArray(), 0);
  }

  @Test
  void forwardOverReverseGivesTheHessianProduct() {
    Variable v = Variable.constant(0.3, -0.7, 1.1);
    UnaryOperator<Variable> gradient = x -> Autograd.grad(energy(x), x);
    Variable mixed = Autograd.jvp(gradient, POINT, v).derivative();
    Variable reversed = Autograd.hvp(DerivativesTest::energy, POINT, v);
    assertArrayEquals(reversed.value().toDoubleArray(), mixed.value().toDoubleArray(), 1e-12);
  }

  @Test
  void tangentsOfSeveralInputsAddUp() {
    Variable a = Variable.constant(2.0);
    Variable b = Variable.constant(5.0);
    Variable moved =
        Autograd.jvp(
                xs -> xs.get(0).mul(xs.get(1)),
                List.of(a, b),
                List.of(Variable.constant(1.0), Variable.constant(10.0)))
            .derivative();
    assertEquals(5 + 20, moved.item());
  }

  @Test
  void aFunctionThatIgnoresItsInputHasZeroDerivatives() {
    Variable one = Variable.constant(1.0);
    assertEquals(0, Autograd.jacobian(x -> one, POINT).sum().item());
    assertEquals(0, Autograd.hessian(x -> x.sum(), POINT).sum().item());
    assertEquals(0, Autograd.hvp(x -> one, POINT, POINT).sum().item());
    assertEquals(0, Autograd.jvp(x -> one, POINT, POINT).derivative().item());
  }

  @Test
  void aTangentOfAnotherShapeIsRefused() {
    String text =
        assertThrows(
                ShapeException.class,
                () -> Autograd.jvp(DerivativesTest::field, POINT, Variable.constant(1.0)))
            .getMessage();
    assertTrue(text.contains("tangent 0 has shape (), its input (3)"), text);
  }

  @Test
  void whatTheFunctionTakesFromOutsideIsConstantToIt() {
    for (Variable x : List.of(Variable.of(3.0), Variable.constant(3.0))) {
      Variable w = x.mul(2);
      Variable one = Variable.constant(1.0);
      assertEquals(6, Autograd.jacobian(v -> v.mul(w), x).item());
      assertEquals(6, Autograd.vjp(v -> v.mul(w), x, one).derivative().item());
      assertEquals(6, Autograd.jvp(v -> v.mul(w), x, one).derivative().item());
      assertEquals(6, Autograd.jacobian(v -> v.mul(x).mul(2), x).item());
      assertEquals(18, Autograd.hessian(v -> v.square().mul(x.square()), x).item());
      assertEquals(18, Autograd.hvp(v -> v.square().mul(x.square()), x, one).item());
    }
  }

  @Test
  void aDerivativeOfAFunctionDependsOnTheRecordedPoint() {
    Leaf x = Variable.of(3.0);
    Variable w = x.mul(2);
    assertEquals(4, Autograd.grad(Autograd.jacobian(v -> v.square().mul(2), x), x).item());
    assertEquals(2, Autograd.grad(Autograd.jacobian(v -> v.mul(w), x), x).item());
    Variable value = Autograd.vjp(v -> v.mul(w), x, Variable.constant(1.0)).value();
    assertEquals(12, Autograd.grad(value, x).item());
  }

  @Test
  void hooksOfThePointStayOutOfTheDerivativesOfAFunction() {
    Leaf x = Variable.of(3.0);
    x.registerHook(g -> g.mul(100));
    Variable one = Variable.constant(1.0);
    assertEquals(6, Autograd.jacobian(Variable::square, x).item());
    assertEquals(2, Autograd.hessian(Variable::square, x).item());
    assertEquals(2, Autograd.hvp(Variable::square, x, one).item());
    assertEquals(6, Autograd.vjp(Variable::square, x, one).derivative().item());
  }

  @Test
  void forwardModeRefusesAParameterThatHasChanged() {
    Parameter p = new Parameter(Tensor.of(2.0)).named("w");
    Leaf x = Variable.of(3.0);
    UnaryOperator<Variable> f =
        q -> {
          Variable y = p.mul(q);
          p.assign(Tensor.of(10.0));
          return y;
        };
    String text =
        assertThrows(StateException.class, () -> Autograd.jvp(f, x, Variable.constant(1.0)))
            .getMessage();
    assertTrue(text.contains("parameter 'w' changed after mul had used it"), text);
  }

  @Test
  void everyInputNeedsATangent() {
    List<Variable> two = List.of(POINT, POINT);
    String text =
        assertThrows(ShapeException.class, () -> Autograd.jvp(List::getFirst, two, List.of(POINT)))
            .getMessage();
    assertTrue(text.contains("1 tangents for 2 inputs"), text);
  }

  @Nested
  class Hooks {
    @Test
    void areForgottenWhenRemoved() {
      Leaf x = Variable.of(1.0);
      for (int i = 0; i < 100_000; i++) {
        x.registerHook(g -> g.mul(0)).remove();
      }
      for (int i = 0; i < 2_000; i++) {
        x.registerHook(g -> g);
      }
      x.square().backward();
      assertEquals(2, x.grad().item());
    }

    @Test
    void mustKeepTheTypeAndGiveSomething() {
      Leaf x = Variable.of(1.0);
      Hook narrow = x.registerHook(g -> g.to(DType.FLOAT32));
      assertThrows(DTypeException.class, () -> x.square().backward());
      narrow.remove();
      x.registerHook(g -> null);
      assertThrows(GradientException.class, () -> x.square().backward());
    }

    @Test
    void seeTheCompleteGradientAndMayReplaceIt() {
      Leaf x = Variable.of(3.0);
      Variable square = x.mul(x);
      List<Double> seen = new ArrayList<>();
      square.registerHook(
          g -> {
            seen.add(g.item());
            return g.mul(10);
          });
      square.add(square.mul(2)).backward();
      assertEquals(List.of(3.0), seen);
      assertEquals(3 * 10 * 2 * 3, x.grad().item());
    }

    @Test
    void areCalledInOrderUntilRemoved() {
      Leaf x = Variable.of(1.0);
      Hook twice = x.registerHook(g -> g.mul(2));
      x.registerHook(g -> g.add(1));
      assertEquals(3, Autograd.grad(x.mul(1.0), x).item());
      twice.remove();
      assertEquals(2, Autograd.grad(x.mul(1.0), x).item());
    }

    @Test
    void mustKeepTheShape() {
      Leaf x = Variable.of(1.0, 2.0);
      x.registerHook(g -> g.sum());
      String text = assertThrows(ShapeException.class, () -> x.sum().backward()).getMessage();
      assertTrue(text.contains("the hook's gradient has shape (), its variable (2)"), text);
    }

    @Test
    void areRefusedOnConstants() {
      assertThrows(GradientException.class, () -> POINT.registerHook(g -> g));
    }
  }

  @Nested
  class Checkpoints {
    private final Parameter weight =
        new Parameter(Tensor.randn(Shape.of(3, 3), DType.FLOAT64, new Rng(1)));

    private Variable block(Variable x) {
      return x.matMul(weight).tanh().matMul(weight).mul(x);
    }

    @Test
    void giveTheGradientsOfAllThatTheBodyUsed() {
      Leaf x = Variable.of(0.5, -1.2, 2.0);
      Variable whole = block(x.mul(2)).square().sum();
      Variable input = x.mul(2);
      Variable saved = Autograd.checkpoint(() -> block(input)).square().sum();
      assertEquals(whole.item(), saved.item());
      for (Variable at : List.of(x, weight)) {
        assertTrue(Autograd.grad(whole, at).value().sameBits(Autograd.grad(saved, at).value()));
      }
    }

    @Test
    void canBeDifferentiatedAgain() {
      UnaryOperator<Variable> plain = x -> block(x).square().sum();
      UnaryOperator<Variable> saved = x -> Autograd.checkpoint(() -> block(x)).square().sum();
      assertArrayEquals(
          Autograd.hessian(plain, POINT).value().toDoubleArray(),
          Autograd.hessian(saved, POINT).value().toDoubleArray(),
          1e-12);
      Variable v = Variable.constant(1.0, 2.0, 3.0);
      assertArrayEquals(
          Autograd.jvp(plain, POINT, v).derivative().value().toDoubleArray(),
          Autograd.jvp(saved, POINT, v).derivative().value().toDoubleArray(),
          1e-12);
    }

    @Test
    void callAHookOnceWithTheCompleteGradient() {
      assertHooked(12, x -> Autograd.checkpoint(x::square));
      assertHooked(54, x -> Autograd.checkpoint(() -> Autograd.checkpoint(x::square).mul(x)));
      assertHooked(14, x -> Autograd.checkpoint(x::square).add(x));
    }

    /// Doubles the gradient of 3 itself, and of 3 computed, by one hook that must see it all.
    private static void assertHooked(double expected, UnaryOperator<Variable> f) {
      Leaf leaf = Variable.of(3.0);
      for (Variable x : List.of(leaf, leaf.add(0))) {
        List<Double> seen = new ArrayList<>();
        x.registerHook(
            g -> {
              seen.add(g.item());
              return g.mul(2);
            });
        leaf.zeroGrad();
        f.apply(x).backward();
        assertEquals(expected * (x == leaf ? 1 : 2), leaf.grad().item());
        assertEquals(List.of(expected / 2), seen);
      }
    }

    @Test
    void callHooksOfTheBodyWheneverTheyAreDifferentiated() {
      Leaf x = Variable.of(3.0);
      Variable y =
          Autograd.checkpoint(
              () -> {
                Variable inner = x.square();
                inner.registerHook(g -> g.mul(10));
                return inner.add(inner.mul(2));
              });
      assertEquals(3 * 10 * 2 * 3, Autograd.grad(y, x).item());
    }

    @Test
    void keepNoStepOfTheBody() {
      Leaf x = Variable.of(0.5, -1.2, 2.0);
      Step step = (Step) Autograd.checkpoint(() -> block(x));
      assertEquals(List.of(weight, x), step.inputs());
    }

    @Test
    void drawTheSameRandomNumbersAgain() {
      Leaf x = Variable.of(0.5, -1.2, 2.0);
      Rng.seed(7);
      Variable y =
          Autograd.checkpoint(() -> x.mul(Variable.constant(Tensor.rand(3).to(DType.FLOAT64))));
      double next = Rng.current().nextDouble();
      Variable gradient = Autograd.grad(y.sum(), x);
      assertArrayEquals(y.value().toDoubleArray(), gradient.mul(x).value().toDoubleArray(), 1e-15);
      assertFalse(next == Rng.current().nextDouble());
    }
  }
}
