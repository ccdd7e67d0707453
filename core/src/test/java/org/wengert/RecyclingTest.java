package org.wengert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.wengert.tensor.DType;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Storage;
import org.wengert.tensor.Tensor;

/// What nobody sees is used again, and what somebody sees never changes.
class RecyclingTest {
  static final Shape LARGE = Shape.of(64, 64);

  static Tensor random(long seed) {
    return Tensor.randn(LARGE, DType.FLOAT32, new Rng(seed));
  }

  static Leaf leaf(long seed) {
    return Variable.of(random(seed));
  }

  /// The array of a leaf's gradient, found without asking for the gradient as a user does.
  private static Object array(Leaf leaf) {
    return assertNotNullTensor(leaf.glimpse()).storage().array();
  }

  private static Tensor assertNotNullTensor(Tensor tensor) {
    assertNotNull(tensor);
    return tensor;
  }

  /// Asks for many tensors, so that whatever was recycled is used, and written to.
  static List<Tensor> reuseEverything() {
    List<Tensor> taken = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Tensor tensor = Tensor.empty(LARGE, DType.FLOAT32);
      for (int j = 0; j < tensor.count(); j++) {
        tensor.storage().put(j, -12345.0);
      }
      taken.add(tensor);
    }
    return taken;
  }

  @Test
  void aGradientThatNobodySawIsUsedAgain() {
    Leaf x = leaf(1);
    x.exp().sum().backward();
    Object first = array(x);
    x.zeroGrad();
    assertTrue(reuseEverything().stream().anyMatch(t -> t.storage().array() == first));
  }

  @Test
  void aGradientThatWasReadAndRewrittenIsUsedAgain() {
    Leaf x = leaf(1);
    x.exp().sum().backward();
    Object first = array(x);
    assertEquals(F.max(F.abs(x.exp())).item(), x.gradNorm(Double.POSITIVE_INFINITY));
    x.scaleGrad(2);
    assertSame(first, array(x));
    assertEquals(2 * Math.exp(x.value().at(1, 2)), x.glimpse().at(1, 2), 1e-5);
    x.zeroGrad();
    assertTrue(reuseEverything().stream().anyMatch(t -> t.storage().array() == first));
  }

  @Test
  void gradientsAreMeasuredScaledAndClamped() {
    Leaf x = Variable.of(Tensor.of(1.0, 1.0, 1.0));
    assertEquals(0, x.gradNorm(2));
    x.scaleGrad(2);
    x.clampGrad(1);
    assertFalse(x.hasGrad());
    x.mul(Variable.constant(Tensor.of(3.0, -4.0, 0.5))).sum().backward();
    assertEquals(Math.sqrt(25.25), x.gradNorm(2));
    assertEquals(7.5, x.gradNorm(1));
    assertEquals(4, x.gradNorm(Double.POSITIVE_INFINITY));
    x.scaleGrad(0.5);
    x.clampGrad(1);
    assertTrue(x.grad().sameBits(Tensor.of(1.0, -1.0, 0.25)));
    String problem =
        assertThrows(OptionException.class, () -> x.clampGrad(Double.NaN)).getMessage();
    assertTrue(problem.contains("limit NaN of clampGrad is not at least 0"), problem);
    problem = assertThrows(OptionException.class, () -> x.gradNorm(0)).getMessage();
    assertTrue(problem.contains("order 0.0 of gradNorm is not above 0"), problem);
  }

  @Test
  void theOtherFactorThatIsAGradientStaysAsItIs() {
    Leaf x = leaf(1);
    Leaf w = leaf(2);
    Tensor expected = w.value().copy();
    for (int i = 0; i < 2; i++) {
      x.mul(w).sum().backward();
    }
    x.scaleGrad(3);
    assertEquals(6 * expected.at(1, 2), x.grad().at(1, 2));
    x.zeroGrad();
    x.exp().mul(w).sum().backward();
    x.exp().mul(2).sum().backward();
    reuseEverything();
    assertTrue(w.value().sameBits(expected));
  }

  @Test
  void aGradientThatSomebodySawIsNotRewritten() {
    Leaf x = leaf(1);
    x.exp().sum().backward();
    Tensor seen = x.grad();
    Tensor expected = seen.copy();
    x.scaleGrad(2);
    Object own = array(x);
    assertTrue(seen.sameBits(expected));
    assertEquals(2 * expected.at(1, 2), x.glimpse().at(1, 2));
    x.zeroGrad();
    assertTrue(reuseEverything().stream().anyMatch(t -> t.storage().array() == own));
  }

  @Test
  void aGradientThatSomebodySawIsNotUsedAgain() {
    Leaf x = leaf(1);
    x.exp().sum().backward();
    Tensor seen = x.grad();
    Tensor expected = seen.copy();
    x.zeroGrad();
    reuseEverything();
    assertTrue(seen.sameBits(expected));
  }

  @Test
  void aGradientThatSomebodySawIsNotAddedToInPlace() {
    Leaf x = leaf(1);
    Variable y = x.exp().sum();
    y.backward();
    Tensor seen = x.grad();
    Tensor expected = seen.copy();
    y.backward();
    assertTrue(seen.sameBits(expected));
    assertEquals(2 * expected.at(1, 2), x.grad().at(1, 2));
  }

  @Test
  void aGradientThatNobodySawIsAddedToInPlace() {
    Leaf x = leaf(1);
    Variable y = x.exp().sum();
    y.backward();
    Object first = array(x);
    y.backward();
    assertSame(first, array(x));
    assertEquals(2 * Math.exp(x.value().at(1, 2)), x.grad().at(1, 2), 1e-5);
  }

  @Test
  void aGradientSharedByTwoLeavesIsUsedAgainWhenBothHaveForgottenIt() {
    Leaf a = leaf(1);
    Leaf b = leaf(2);
    a.add(b).exp().sum().backward();
    assertSame(array(a), array(b));
    Object shared = array(a);
    Tensor expected = a.value().copy();
    a.zeroGrad();
    assertFalse(reuseEverything().stream().anyMatch(t -> t.storage().array() == shared));
    assertEquals(Math.exp(expected.at(3, 4) + b.value().at(3, 4)), b.glimpse().at(3, 4), 1e-4);
    b.zeroGrad();
    assertTrue(reuseEverything().stream().anyMatch(t -> t.storage().array() == shared));
  }

  @Test
  void aSharedGradientIsNotAddedToInPlace() {
    Leaf a = leaf(1);
    Leaf b = leaf(2);
    Variable y = a.add(b).exp().sum();
    y.backward();
    Tensor expected = b.glimpse().copy();
    a.mul(3).sum().backward();
    assertNotSame(array(a), array(b));
    assertTrue(b.grad().sameBits(expected));
  }

  @Test
  void valuesAreNeverUsedAgain() {
    Leaf x = leaf(1);
    List<Variable> values = new ArrayList<>();
    values.add(x.exp());
    values.add(values.getLast().reshape(32, 128));
    values.add(values.getLast().transpose(0, 1));
    values.add(F.softmax(values.getLast(), 1));
    values.add(values.getLast().matMul(values.get(1)));
    values.add(F.cat(List.of(values.getLast(), values.getLast()), 0));
    List<Tensor> copies = values.stream().map(v -> v.value().copy()).toList();
    for (int i = 0; i < 3; i++) {
      values.getLast().sum().backward();
      x.zeroGrad();
      reuseEverything();
    }
    for (int i = 0; i < copies.size(); i++) {
      assertTrue(values.get(i).value().sameBits(copies.get(i)));
    }
  }

  @Test
  void emptyTensorsOfAllTypesHaveTheirSize() {
    for (DType type : DType.values()) {
      Storage storage = Tensor.empty(LARGE, type).storage();
      assertEquals(LARGE.count(), storage.length());
      assertEquals(type, storage.dtype());
    }
  }

  @Test
  void zerosAreZerosAlsoInRecycledArrays() {
    Leaf x = leaf(1);
    for (int i = 0; i < 5; i++) {
      x.exp().sum().backward();
      x.zeroGrad();
    }
    for (int i = 0; i < 10; i++) {
      for (double element : Tensor.zeros(LARGE, DType.FLOAT32).toDoubleArray()) {
        assertEquals(0, element);
      }
    }
  }

  @Test
  void sweepsOfSeveralThreadsShareLeaves() throws InterruptedException {
    Leaf a = leaf(1);
    Leaf b = leaf(2);
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int i = 0; i < 50; i++) {
                      a.add(b).exp().sum().backward();
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    double expected = 200 * Math.exp(a.value().at(5, 6) + b.value().at(5, 6));
    assertEquals(expected, a.grad().at(5, 6), 1e-3 * expected);
    assertEquals(expected, b.grad().at(5, 6), 1e-3 * expected);
  }
}
