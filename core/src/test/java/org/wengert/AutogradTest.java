package org.wengert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// What the engine promises, on graphs small enough to do by hand.
class AutogradTest {
  private static double slope(Variable y, Variable x) {
    return Autograd.grad(y, x).item();
  }

  private static double[] numbers(Tensor x) {
    assertNotNull(x);
    return x.toDoubleArray();
  }

  @Test
  void aDoubleDiamondCountsEachPathOnce() {
    Leaf a = Variable.of(1.0);
    Variable b = a.add(a);
    Variable c = b.add(b);
    assertEquals(4, slope(c, a));
  }

  @Test
  void aSumReachedOnTwoWaysIsCompleteBeforeItIsPassedOn() {
    Leaf a = Variable.of(2.0);
    Leaf b = Variable.of(3.0);
    Variable sum = a.add(b);
    Variable product = a.mul(b);
    Variable y = sum.add(product).add(sum.mul(product));
    assertEquals(41, y.item());
    assertEquals(25, slope(y, a));
    assertEquals(19, slope(y, b));
  }

  @Test
  void aSharedProductOfSharedFactorsIsDifferentiatedRight() {
    Leaf x = Variable.of(1.0);
    Leaf a = Variable.of(1.0);
    Variable xa = x.mul(a);
    Variable f = x.mul(xa).add(x.mul(xa)).add(x.square().mul(a));
    assertEquals(3, f.item());
    assertEquals(6, slope(f, x));
    assertEquals(3, slope(f, a));
  }

  @Test
  void aVariableUsedAHundredThousandTimesGetsAllItsGradients() {
    Leaf x = Variable.of(1.0);
    Variable sum = Variable.constant(0);
    for (int i = 1; i <= 100_000; i++) {
      sum = sum.add(x.mul((double) i));
    }
    sum.backward();
    assertEquals(5_000_050_000.0, numbers(x.grad())[0]);
    assertEquals(5_000_050_000.0, slope(sum, x));
  }

  @Test
  void branchesThatTheResultDoesNotUseLeaveNoTrace() {
    Leaf x = Variable.of(2.0);
    Leaf unused = Variable.of(0.0);
    Variable shared = x.square();
    Variable dead = shared.mul(unused.log());
    Variable y = shared.mul(3);
    y.backward();
    assertTrue(Double.isInfinite(dead.item()));
    assertArrayEquals(new double[] {12}, numbers(x.grad()));
    assertNull(unused.grad());
  }

  @Test
  void everyBackwardAddsOnceMore() {
    Leaf x = Variable.of(3.0);
    Variable y = x.square();
    for (int n = 1; n <= 5; n++) {
      y.backward();
      assertEquals(6.0 * n, numbers(x.grad())[0]);
    }
    x.zeroGrad();
    assertNull(x.grad());
    y.backward();
    assertEquals(6, numbers(x.grad())[0]);
  }

  @Test
  void anAccumulatedGradientThatSomebodyHoldsDoesNotChange() {
    Leaf x = Variable.of(3.0);
    Variable y = x.square();
    y.backward();
    Tensor first = x.grad();
    y.backward();
    y.backward();
    assertEquals(6, numbers(first)[0]);
    assertEquals(18, numbers(x.grad())[0]);
  }

  @Test
  void gradTouchesNoLeaf() {
    Leaf x = Variable.of(3.0);
    Variable y = x.square();
    assertEquals(6, slope(y, x));
    assertNull(x.grad());
    y.backward();
    slope(y, x);
    assertEquals(6, numbers(x.grad())[0]);
  }

  @Test
  void noGradientIsNotAGradientOfZero() {
    Leaf x = Variable.of(3.0);
    Leaf other = Variable.of(4.0);
    Variable y = x.mul(0);
    List<Variable> gradients = Autograd.grad(y, List.of(x, other));
    assertEquals(0, gradients.get(0).item());
    assertNull(gradients.get(1));
    y.backward();
    assertArrayEquals(new double[] {0}, numbers(x.grad()));
    assertNull(other.grad());
  }

  @Test
  void aSeedWeighsTheElementsOfTheResult() {
    Leaf x = Variable.of(1, 2, 3);
    Variable y = x.square();
    y.backward(Tensor.of(1.0, 10.0, 100.0));
    assertArrayEquals(new double[] {2, 40, 600}, numbers(x.grad()));
    Variable seed = Variable.constant(1, 10, 100);
    Variable gradient = Autograd.grad(y, List.of(x), seed).getFirst();
    assertArrayEquals(new double[] {2, 40, 600}, numbers(gradient.value()));
  }

  @Test
  void theGradientDependsOnARecordedSeed() {
    Leaf x = Variable.of(3.0);
    Leaf seed = Variable.of(1.0);
    Variable gradient = Autograd.grad(x.square(), List.of(x), seed).getFirst();
    assertEquals(6, slope(gradient, seed));
  }

  @Test
  void anIntermediateVariableHasAGradientToo() {
    Leaf x = Variable.of(3.0);
    Variable h = x.square();
    Variable y = h.mul(h);
    List<Variable> gradients = Autograd.grad(y, List.of(h, x));
    assertEquals(18, gradients.get(0).item());
    assertEquals(108, gradients.get(1).item());
  }

  @Test
  void theGradientOfAVariableWithRespectToItselfIsOne() {
    Leaf x = Variable.of(3.0);
    Variable y = x.square();
    assertEquals(1, slope(y, y));
    assertEquals(1, slope(x, x));
    x.backward();
    assertEquals(1, numbers(x.grad())[0]);
  }

  @Test
  void theSameVariableMayBeAskedForTwice() {
    Leaf x = Variable.of(3.0);
    List<Variable> gradients = Autograd.grad(x.square(), List.of(x, x));
    assertEquals(6, gradients.get(0).item());
    assertEquals(6, gradients.get(1).item());
  }

  @Test
  void theThirdDerivativeOfAFifthPowerIsSixtySquares() {
    Leaf x = Variable.of(2.0);
    Variable first = Autograd.grad(x.pow(5), x);
    Variable second = Autograd.grad(first, x);
    Variable third = Autograd.grad(second, x);
    assertEquals(80, first.item(), 1e-12);
    assertEquals(160, second.item(), 1e-12);
    assertEquals(240, third.item(), 1e-12);
  }

  @Test
  void insideNoGradGradientsAreConstants() {
    Leaf x = Variable.of(2.0);
    Variable y = x.pow(3);
    Variable gradient = Autograd.noGrad(() -> Autograd.grad(y, x));
    assertEquals(12, gradient.item());
    assertFalse(gradient.requiresGrad());
  }

  @Test
  void recordingIsSwitchedInNestedScopes() {
    Leaf x = Variable.of(2.0);
    assertTrue(Autograd.isRecording());
    Autograd.noGrad(
        () -> {
          assertInstanceOf(Constant.class, x.square());
          Variable inner = Autograd.enableGrad(() -> x.square());
          assertInstanceOf(Step.class, inner);
          assertFalse(Autograd.isRecording());
          assertInstanceOf(Constant.class, inner.mul(2));
        });
    assertTrue(Autograd.isRecording());
    assertInstanceOf(Step.class, x.square());
  }

  @Test
  void anExceptionInsideNoGradRestoresRecording() {
    Runnable failing =
        () -> {
          throw new IllegalStateException("expected");
        };
    assertThrows(IllegalStateException.class, () -> Autograd.noGrad(failing));
    assertTrue(Autograd.isRecording());
    Autograd.noGrad(
        () -> {
          assertThrows(
              IllegalStateException.class,
              () ->
                  Autograd.enableGrad(
                      () -> {
                        throw new IllegalStateException("expected");
                      }));
          assertFalse(Autograd.isRecording());
        });
    assertTrue(Autograd.isRecording());
  }

  @Test
  void recordingIsSwitchedForOneThreadOnly() throws InterruptedException {
    boolean[] seen = new boolean[1];
    Thread other = new Thread(() -> seen[0] = Autograd.isRecording());
    Autograd.noGrad(other::start);
    other.join();
    assertTrue(seen[0]);
  }

  @Test
  void detachStopsGradientsAndKeepsNumbersAndName() {
    Leaf x = Variable.of(3.0).named("x");
    Constant cut = x.detach();
    assertEquals("x", cut.name());
    assertSame(x.value(), cut.value());
    assertEquals(3, slope(x.mul(cut), x));
    assertNull(Autograd.grad(x.square(), List.of(Variable.of(1.0))).getFirst());
  }

  @Test
  void aFrozenParameterGetsNoGradientAndAThawedOneDoes() {
    Parameter w = new Parameter(Tensor.of(2.0)).requiresGrad(false);
    Leaf x = Variable.of(3.0);
    x.mul(w).backward();
    assertNull(w.grad());
    assertInstanceOf(Constant.class, w.square());
    w.requiresGrad(true);
    x.mul(w).backward();
    assertEquals(3, numbers(w.grad())[0]);
  }

  @Test
  void operandsOfTwoTypesGetGradientsInTheirOwn() {
    Leaf narrow = Variable.of(Tensor.of(1f, 2f));
    Leaf wide = Variable.of(3.0, 4.0);
    Variable y = narrow.mul(wide).sum();
    assertEquals(DType.FLOAT64, y.dtype());
    y.backward();
    assertEquals(DType.FLOAT32, narrow.grad().dtype());
    assertEquals(DType.FLOAT64, wide.grad().dtype());
    assertArrayEquals(new double[] {3, 4}, numbers(narrow.grad()));
    assertEquals(DType.FLOAT32, Autograd.grad(y, narrow).dtype());
  }

  @Test
  void aGradientHasTheShapeOfItsVariable() {
    Leaf scalar = Variable.of(2.0);
    Leaf row = Variable.of(1, 2, 3);
    Leaf column = Variable.of(new double[][] {{1}, {2}});
    Variable y = scalar.mul(row).add(column).sum();
    y.backward();
    assertEquals(Shape.SCALAR, scalar.grad().shape());
    assertEquals(Shape.of(3), row.grad().shape());
    assertEquals(Shape.of(2, 1), column.grad().shape());
    assertArrayEquals(new double[] {12}, numbers(scalar.grad()));
    assertArrayEquals(new double[] {4, 4, 4}, numbers(row.grad()));
    assertArrayEquals(new double[] {3, 3}, numbers(column.grad()));
  }

  @Test
  void aGradientThatTwoOperandsShareIsNotAddedToInPlace() {
    Leaf a = Variable.of(1, 2);
    Leaf b = Variable.of(3, 4);
    Variable sum = a.add(b);
    sum.add(a).add(a).backward(Tensor.of(1.0, 1.0));
    assertArrayEquals(new double[] {3, 3}, numbers(a.grad()));
    assertArrayEquals(new double[] {1, 1}, numbers(b.grad()));
  }

  @Test
  void aSingleElementOfAnyRankNeedsNoSeed() {
    Leaf x = Variable.of(new double[][] {{3}});
    x.square().backward();
    assertEquals(Shape.of(1, 1), x.grad().shape());
    assertEquals(6, numbers(x.grad())[0]);
  }

  @Test
  void aRowOfAParameterIsAssignedAloneAndSaysSoToGraphs() {
    Parameter table = new Parameter(Tensor.of(new double[][] {{1, 2}, {3, 4}, {5, 6}}));
    Variable before = table.square().sum();
    table.assign(1, Tensor.of(7.0, 8.0));
    assertArrayEquals(new double[] {1, 2, 7, 8, 5, 6}, table.value().toDoubleArray());
    assertThrows(StateException.class, before::backward);
    assertThrows(ShapeException.class, () -> table.assign(1, Tensor.of(7.0)));
    ShapeException e =
        assertThrows(ShapeException.class, () -> table.assign(3, Tensor.of(7.0, 8.0)));
    assertEquals("its parameter of shape (3, 2) has no part 3", e.problem());
  }

  @Test
  void aPassIsKnownToItsHooksOnly() {
    Leaf x = Variable.of(3.0);
    Variable y = x.square();
    List<Object> passes = new ArrayList<>();
    UnaryOperator<Variable> note =
        g -> {
          passes.add(Autograd.currentPass());
          return g;
        };
    x.registerHook(note);
    y.registerHook(note);
    y.backward();
    y.backward();
    assertSame(passes.get(0), passes.get(1));
    assertSame(passes.get(2), passes.get(3));
    assertNotSame(passes.get(1), passes.get(2));
    StateException e = assertThrows(StateException.class, Autograd::currentPass);
    assertEquals("no backward pass is running on this thread", e.problem());
  }
}
