package org.wengert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.wengert.backend.Backend;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// Operations that a user declares, one for each rung, and what they get for it.
class UserOpsTest {
  /// Rung 1, as in the documentation.
  record Swish(double beta) implements Op.Pointwise {
    @Override
    public double value(double x) {
      return x / (1 + Math.exp(-beta * x));
    }

    @Override
    public Variable backward(Variable gy, Variable x, Variable y) {
      Variable s = x.mul(beta).sigmoid();
      return gy.mul(s.add(y.mul(beta).mul(s.rsub(1))));
    }
  }

  /// Rung 1, two operands: `√(a² + b²)`.
  record Hypot() implements Op.Pointwise2 {
    @Override
    public double value(double a, double b) {
      return Math.hypot(a, b);
    }

    @Override
    public Variable left(Variable gy, Variable a, Variable b, Variable y) {
      return gy.mul(a).div(y);
    }

    @Override
    public Variable right(Variable gy, Variable a, Variable b, Variable y) {
      return gy.mul(b).div(y);
    }
  }

  /// Rung 2: a vector read backwards is its own adjoint.
  record Reverse() implements Op.Linear {
    @Override
    public Shape infer(Shape x) {
      if (x.rank() != 1) {
        throw new ShapeException("rank " + x.rank() + " is no vector").hint("flatten it");
      }
      return x;
    }

    @Override
    public Tensor forward(Backend kernels, Tensor x, Shape y) {
      double[] numbers = x.toDoubleArray();
      double[] reversed = new double[numbers.length];
      for (int i = 0; i < numbers.length; i++) {
        reversed[i] = numbers[numbers.length - 1 - i];
      }
      return Tensor.of(reversed);
    }

    @Override
    public Op.Linear adjoint(Shape x) {
      return new Reverse();
    }
  }

  /// Rung 3: the outer product of two vectors.
  record Outer() implements Op.Binary {
    @Override
    public Shape infer(Shape a, Shape b) {
      return Shape.of(a.size(0), b.size(0));
    }

    @Override
    public Tensor forward(Backend kernels, Tensor a, Tensor b, Shape y) {
      return kernels.matMul(a.reshape(-1, 1), b.reshape(1, -1));
    }

    @Override
    public Variable left(Variable gy, Variable a, Variable b, Variable y) {
      return gy.matMul(b);
    }

    @Override
    public Variable right(Variable gy, Variable a, Variable b, Variable y) {
      return gy.mT().matMul(a);
    }
  }

  /// Rung 4: `a² b` in one kernel.
  record SquareTimes() implements Op.Fused {
    @Override
    public Shape infer(List<Shape> xs) {
      return Shape.broadcast(xs.get(0), xs.get(1));
    }

    @Override
    public Computed compute(Backend kernels, List<Tensor> xs, Shape y) {
      Tensor square = kernels.map(a -> a * a, xs.get(0));
      return new Computed(
          kernels.zip((a, b) -> a * b, square, xs.get(1), y, square.dtype()), square);
    }

    @Override
    public Variable compose(List<Variable> xs) {
      return xs.get(0).square().mul(xs.get(1));
    }

    @Override
    public List<@Nullable Tensor> derivatives(Backend kernels, Past past) {
      Tensor a = past.xs().get(0);
      Tensor b = past.xs().get(1);
      Shape y = past.y().shape();
      DType type = past.y().dtype();
      Tensor twice = kernels.zip((p, q) -> 2 * p * q, a, b, y, type);
      return Arrays.asList(
          past.wanted()[0] ? kernels.zip((g, d) -> g * d, past.gy(), twice, y, type) : null,
          past.wanted()[1]
              ? kernels.zip((g, d) -> g * d, past.gy(), past.saved()[0], y, type)
              : null);
    }
  }

  @Test
  void aPointwiseRecordIsAnOperationOfFirstAndSecondOrder() {
    Leaf x = Variable.of(0.7);
    Variable y = new Swish(1).apply(x);
    Variable reference = F.silu(x);
    assertEquals(reference.item(), y.item(), 1e-15);
    Variable first = Autograd.grad(y, x);
    Variable expected = Autograd.grad(reference, x);
    assertEquals(expected.item(), first.item(), 1e-15);
    assertEquals(Autograd.grad(expected, x).item(), Autograd.grad(first, x).item(), 1e-15);
    assertEquals("swish", new Swish(2).label());
    Leaf v = Variable.of(0.3, -0.4);
    Difference numeric =
        Difference.of(s -> Autograd.grad(new Swish(2).apply(v.add(s)).sum(), v).sum().item());
    Variable slopes = Autograd.grad(new Swish(2).apply(v).sum(), v);
    assertEquals(numeric.value(), Autograd.grad(slopes.sum(), v).sum().item(), 1e-9);
  }

  @Test
  void aFunctionOfTwoNumbersBroadcasts() {
    Leaf a = Variable.of(3.0);
    Leaf b = Variable.of(4, 4);
    Variable y = new Hypot().apply(a, b);
    assertEquals(5, y.value().at(1));
    y.sum().backward();
    assertEquals(1.2, a.grad().item(), 1e-15);
    assertEquals(0.8, b.grad().at(0), 1e-15);
  }

  @Test
  void aLinearMapNeedsNoDerivative() {
    Leaf x = Variable.of(1, 2, 3);
    Variable weights = Variable.constant(1, 10, 100);
    Variable y = new Reverse().apply(x).square().mul(weights).sum();
    Variable first = Autograd.grad(y, x);
    assertEquals(200, first.value().at(0));
    assertEquals(6, first.value().at(2));
    Variable second = Autograd.grad(first.mul(weights).sum(), x);
    assertEquals(200, second.value().at(0));
    assertEquals(200, second.value().at(2));
  }

  @Test
  void theErrorOfAUsersOperationShowsItsOperands() {
    Variable matrix = Variable.of(new double[][] {{1, 2}}).named("m");
    Throwable error = assertThrows(ShapeException.class, () -> new Reverse().apply(matrix));
    assertEquals(
        """
        reverse: rank 2 is no vector
            input 0  m  (1, 2)
          hint: flatten it""",
        error.getMessage());
  }

  @Test
  void aBinaryOperationHasARuleForEachSide() {
    Leaf a = Variable.of(1, 2);
    Leaf b = Variable.of(3, 4, 5);
    Variable y = new Outer().apply(a, b).square().sum();
    assertEquals(5 * 50, y.item());
    Variable byA = Autograd.grad(y, a);
    assertEquals(2 * 1 * 50, byA.value().at(0));
    assertEquals(2 * 3 * 5, Autograd.grad(y, b).value().at(0));
    assertEquals(2 * 50, Autograd.grad(byA.select(0, 0), a).value().at(0));
    assertEquals(4 * 1 * 3, Autograd.grad(byA.select(0, 0), b).value().at(0));
  }

  @Test
  void aFusedOperationUsesItsKernelAndComposesForHigherOrders() {
    Leaf a = Variable.of(3.0);
    Leaf b = Variable.of(5.0);
    Variable y = new SquareTimes().apply(a, b);
    y.backward();
    assertEquals(30, a.grad().item());
    assertEquals(9, b.grad().item());
    Variable byA = Autograd.grad(y, a);
    assertEquals(30, byA.item());
    assertEquals(10, Autograd.grad(byA, a).item());
    assertEquals(6, Autograd.grad(byA, b).item());
    assertNull(Autograd.grad(Autograd.grad(y, b), List.of(b)).getFirst());
  }

  @Test
  void aFusedOperationOnTheSameOperandTwiceCountsEachUseOnce() {
    Leaf x = Variable.of(2.0);
    Variable cube = new SquareTimes().apply(x, x);
    Variable first = Autograd.grad(cube, x);
    assertEquals(12, Autograd.noGrad(() -> Autograd.grad(cube, x)).item());
    assertEquals(12, first.item());
    assertEquals(12, Autograd.grad(first, x).item());
    Variable one = Variable.constant(1.0);
    assertEquals(12, Autograd.jvp(v -> new SquareTimes().apply(v, v), x, one).derivative().item());
  }

  @Test
  void aFusedOperationWhoseOperandsDependOnEachOtherIsDifferentiatedRight() {
    Leaf x = Variable.of(2.0);
    Variable h = x.square();
    Variable sixth = new SquareTimes().apply(h, h.mul(1.0));
    Variable fourth = new SquareTimes().apply(x, h);
    assertEquals(6 * 32, Autograd.grad(sixth, x).item());
    assertEquals(4 * 8, Autograd.grad(fourth, x).item());
    Variable second = Autograd.grad(Autograd.grad(fourth, x), x);
    assertEquals(12 * 4, second.item());
    assertTrue(second.requiresGrad());
  }

  /// Promises another shape than it gives.
  record Boastful() implements Op.Unary {
    @Override
    public Shape infer(Shape x) {
      return Shape.of(7);
    }

    @Override
    public Tensor forward(Backend kernels, Tensor x, Shape y) {
      return x;
    }

    @Override
    public Variable backward(Variable gy, Variable x, Variable y) {
      return gy;
    }
  }

  @Test
  void aResultOfAnotherShapeThanPromisedIsRefused() {
    String text =
        assertThrows(ShapeException.class, () -> new Boastful().apply(Variable.of(1.0, 2.0)))
            .getMessage();
    assertTrue(text.startsWith("boastful: forward gives shape (2), infer promised (7)"), text);
  }

  @Test
  void aDetachedVariableWithoutANameHasNone() {
    assertEquals("tensor(1.0, shape=(), dtype=float64)", Variable.of(1.0).detach().toString());
  }
}
