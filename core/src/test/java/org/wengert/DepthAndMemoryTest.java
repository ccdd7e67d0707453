package org.wengert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Graphs deep and wide, and what is left of them.
class DepthAndMemoryTest {
  @TempDir Path directory;

  private static Variable chain(Variable x, int length) {
    Variable y = x;
    for (int i = 0; i < length; i++) {
      y = y.neg();
    }
    return y;
  }

  @Test
  void aChainOfAMillionStepsIsDifferentiatedOnTheDefaultStack() {
    Leaf x = Variable.of(3.0);
    Variable y = chain(x, 1_000_000);
    y.backward();
    assertEquals(1, x.grad().item());
    assertEquals(1, Autograd.noGrad(() -> Autograd.grad(y, x)).item());
    assertEquals(3, y.item());
    assertTrue(y.toString().length() < 100, "only the value is printed");
    assertEquals(System.identityHashCode(y), y.hashCode());
    assertTrue(y.equals(y));
  }

  @Test
  void theSecondDerivativeOfALongChainNeedsNoStackEither() {
    Leaf x = Variable.of(3.0);
    Variable y = chain(chain(x, 100_000).square(), 100_000);
    Variable first = Autograd.grad(y, x);
    assertEquals(6, first.item());
    assertEquals(2, Autograd.grad(first, x).item());
  }

  @Test
  void aHundredThousandLeavesMeetInOneSum() {
    List<Leaf> leaves = new ArrayList<>();
    Variable sum = Variable.constant(0);
    for (int i = 0; i < 100_000; i++) {
      leaves.add(Variable.of((double) i));
      sum = sum.add(leaves.getLast().mul((double) i));
    }
    sum.backward();
    List<Variable> gradients = Autograd.grad(sum, leaves);
    for (int i = 0; i < leaves.size(); i++) {
      assertEquals(i, leaves.get(i).grad().item());
      assertEquals(i, gradients.get(i).item());
    }
  }

  @Test
  void aHundredThousandOperandsMeetInOneStep() {
    List<Leaf> leaves = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      leaves.add(Variable.of((double) i));
    }
    F.stack(leaves, 0).square().sum().backward();
    for (int i = 0; i < leaves.size(); i++) {
      assertEquals(2 * i, leaves.get(i).grad().item());
    }
  }

  /// Weak references to a graph's inside: a step, its value's array, and a step of the gradient's
  /// own graph.
  private static List<WeakReference<Object>> inside(Leaf x) {
    Variable hidden = x.exp();
    Variable loss = hidden.mul(hidden).sum();
    loss.backward();
    Variable gradient = Autograd.grad(loss, x);
    Autograd.grad(gradient.sum(), x);
    return List.of(
        new WeakReference<>(hidden),
        new WeakReference<>(hidden.value().storage()),
        new WeakReference<>(gradient));
  }

  @Test
  void nothingIsLeftOfAGraphThatNobodyHolds() throws InterruptedException {
    Leaf x = Variable.of(1, 2, 3);
    List<WeakReference<Object>> inside = inside(x);
    for (int i = 0; i < 3000 && inside.stream().anyMatch(r -> r.get() != null); i++) {
      System.gc();
      Thread.sleep(20);
    }
    inside.forEach(reference -> assertNull(reference.get()));
    assertNotNull(x.grad());
  }

  @Test
  void aGraphIsAliveAsLongAsItsResultIs() {
    Leaf x = Variable.of(2.0);
    Variable y = x.square().square();
    System.gc();
    y.backward();
    y.backward();
    assertEquals(64, x.grad().item());
  }

  @Test
  void aProgramWithoutFlagsIsToldOnceHowToBeFaster() throws Exception {
    ChildJvm.Run run = new ChildJvm(directory).run("SmallProgram", List.of());
    String told = run.err().lines().reduce((head, message) -> message).orElse("");
    assertTrue(told.endsWith("faster with java --add-modules jdk.incubator.vector"), run.err());
    assertEquals(2, run.err().lines().count(), "a logger's head and its message: " + run.err());
    assertEquals(0, run.status());
  }

  @Test
  void aProgramThatAsksForPlainLoopsWritesNothingToStandardError() throws Exception {
    ChildJvm.Run run =
        new ChildJvm(directory).run("SmallProgram", List.of("-Dwengert.backend=scalar"));
    assertEquals("", run.err());
    assertEquals(0, run.status());
    assertTrue(run.out().contains("dtype=float64"), run.out());
  }

  @Test
  void aLongTrainingLoopNeedsNoMoreMemoryThanAShortOne() throws Exception {
    ChildJvm.Run run =
        new ChildJvm(directory)
            .run("FlatHeap", List.of("-Xmx64m", "-Dwengert.backend=scalar"), "100000");
    assertEquals("", run.err());
    assertEquals(0, run.status(), run.out());
    assertEquals(10, run.out().lines().filter(line -> line.contains("KiB in use")).count());
  }

  @Test
  void aGradientKeepsNoLargerArrayAlive() {
    Leaf x = Variable.of(1.0);
    x.mul(Variable.constant(Tensor.full(Shape.of(1000), 1, x.dtype()))).sum().backward();
    assertEquals(1000, x.grad().item());
    assertEquals(1, x.grad().storage().length());
  }

  /// The bytes that this thread takes for the gradient of a sum over all steps of a sequence.
  private static long bytesForSteps(int steps, boolean recorded) {
    Leaf x = Variable.of(Tensor.ones(steps, 64));
    Variable y = Variable.constant(0);
    for (Variable step : F.unbind(x.square(), 0)) {
      y = y.add(step.sum());
    }
    Variable sum = y;
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    if (recorded) {
      Autograd.grad(sum, x);
    } else {
      sum.backward();
    }
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  @Test
  void theGradientOfAllStepsOfASequenceTakesMemoryInProportionToItsLength() {
    for (boolean recorded : new boolean[] {false, true}) {
      bytesForSteps(50, recorded);
      long few = bytesForSteps(200, recorded);
      long many = bytesForSteps(800, recorded);
      assertTrue(many < 8 * few, few + " bytes for 200 steps, " + many + " for 800");
    }
  }

  @Test
  void slicesThatOverlapGiveTheSameBitsRecordedAndNot() {
    Leaf x = Variable.of(1, 2, 3, 4, 5);
    Variable first = x.slice(0, 0, 3).square().sum();
    Variable second = x.slice(0, 2, 5).pow(3).sum();
    Variable every = F.slice(x, 0, 0, 5, 2).mul(0.1).square().sum();
    Variable y = first.add(second).add(every).add(x.square().sum()); // 5 gradients for x[2]
    Variable recorded = Autograd.grad(y, x);
    y.backward();
    assertArrayEquals(x.grad().toDoubleArray(), recorded.value().toDoubleArray());
    assertEquals(6 + 27 + 0.06 + 6, x.grad().at(2), 1e-12);
    Variable curvature = Autograd.grad(recorded.square().sum(), x); // 2 g ∂g/∂x: all is separate
    assertEquals(2 * 39.06 * (2 + 18 + 0.02 + 2), curvature.value().at(2), 1e-9);
  }
}
