package org.wengert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.wengert.RecyclingTest.LARGE;
import static org.wengert.RecyclingTest.leaf;
import static org.wengert.RecyclingTest.random;
import static org.wengert.RecyclingTest.reuseEverything;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.wengert.backend.Backend;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Storage;
import org.wengert.tensor.Tensor;

/// What user code sees in a backward pass stays as it was, and what user code may rewrite is no
/// gradient.
class SeenArraysTest {
  @Test
  void whatAHookSawStaysAsItWas() {
    Leaf x = leaf(1);
    List<Tensor> seen = new ArrayList<>();
    List<Tensor> copies = new ArrayList<>();
    Variable middle = x.exp();
    middle.registerHook(
        gradient -> {
          seen.add(gradient.value());
          copies.add(gradient.value().copy());
          return gradient;
        });
    Variable y = middle.tanh().mul(middle).sum();
    for (int i = 0; i < 3; i++) {
      y.backward();
      x.zeroGrad();
      reuseEverything();
    }
    assertEquals(3, seen.size());
    for (int i = 0; i < 3; i++) {
      assertTrue(seen.get(i).sameBits(copies.get(i)));
    }
  }

  @Test
  void whatWasAskedForStaysAsItWas() {
    Leaf x = leaf(1);
    Variable middle = x.exp();
    Variable y = middle.tanh().mul(middle).sum();
    List<Variable> found = Autograd.noGrad(() -> Autograd.grad(y, List.of(middle, x, middle)));
    List<Tensor> copies = found.stream().map(g -> g.value().copy()).toList();
    Autograd.noGrad(() -> Autograd.grad(y, List.of(x)));
    reuseEverything();
    for (int i = 0; i < found.size(); i++) {
      assertTrue(found.get(i).value().sameBits(copies.get(i)));
    }
  }

  /// Keeps everything that its rule sees and makes, as a user's operation may.
  private record Keeper(List<Variable> kept) implements Op.Unary {
    @Override
    public Shape infer(Shape x) {
      return x;
    }

    @Override
    public Tensor forward(Backend kernels, Tensor x, Shape y) {
      return x.copy();
    }

    @Override
    public Variable backward(Variable gy, Variable x, Variable y) {
      Variable twice = gy.mul(2);
      kept.add(gy);
      kept.add(twice);
      return twice.mul(0.5);
    }
  }

  @Test
  void whatAUsersRuleKeptStaysAsItWas() {
    Leaf x = leaf(1);
    List<Variable> kept = new ArrayList<>();
    Keeper keeper = new Keeper(kept);
    Variable z = keeper.apply(keeper.apply(x.exp()).tanh()).exp();
    z.sum().backward();
    List<Tensor> copies = kept.stream().map(v -> v.value().copy()).toList();
    x.zeroGrad();
    z.sum().backward();
    reuseEverything();
    for (int i = 0; i < copies.size(); i++) {
      assertTrue(kept.get(i).value().sameBits(copies.get(i)));
    }
  }

  /// Keeps every value that it is shown, and a copy of its own, and notes what they are.
  private static final class Collector implements Op.Observer {
    private final List<Tensor> kept = new ArrayList<>();
    private final List<double[]> expected = new ArrayList<>();

    @Override
    public void done(Op op, List<Variable> xs, Variable y) {
      keep(y.value());
      keep(y.value().copy());
      xs.forEach(x -> keep(x.value()));
    }

    private void keep(Tensor x) {
      if (x.dtype().isFloating()) {
        kept.add(x);
        expected.add(x.toDoubleArray());
      }
    }

    void assertUnchanged() {
      for (int i = 0; i < kept.size(); i++) {
        assertArrayEquals(expected.get(i), kept.get(i).toDoubleArray(), "value " + i);
      }
    }
  }

  /// Whose rules do operations, see their own gradients again, and add to parts of a gradient.
  private static Variable observable(Leaf x) {
    Variable scaled = F.std(F.elu(x).mul(x), 1, true, 1).mul(x);
    Variable parts = scaled.slice(0, 0, 40).sum().add(scaled.slice(0, 20, 64).exp().sum());
    return parts.add(F.logSumExp(F.cumSum(x, 1), 1).sum()).add(x.tanh().mul(x).sum());
  }

  @Test
  void whatAnObserverSawOrMadeStaysAsItWas() {
    Leaf x = leaf(1);
    Collector collector = new Collector();
    Autograd.observe(
        collector,
        () -> {
          for (int i = 0; i < 3; i++) {
            observable(x).backward();
            x.zeroGrad();
            reuseEverything();
          }
          return true;
        });
    collector.assertUnchanged();
  }

  @Test
  void aGradientIsNotTheValueOfAParameterWhichWillChange() {
    Leaf x = leaf(1);
    Parameter w = new Parameter(random(2));
    x.mul(w).sum().backward();
    Tensor expected = w.value().copy();
    w.assign(random(3));
    assertTrue(x.grad().sameBits(expected));
    x.zeroGrad();
    Variable found = Autograd.grad(x.mul(w).sum(), x);
    Tensor copy = found.value().copy();
    w.assign(random(4));
    assertTrue(found.value().sameBits(copy));
  }

  @Test
  void aGradientIsNotABufferThatTheUserWillFillAgain() {
    float[] buffer = new float[LARGE.count()];
    Arrays.fill(buffer, 1);
    Variable batch = Variable.constant(Tensor.over(new Storage.Floats(buffer), LARGE));
    Leaf w = leaf(1);
    Leaf behindSum = leaf(2);
    Leaf behindView = leaf(3);
    List<Variable> hooked = new ArrayList<>();
    Variable middle = w.exp();
    middle.registerHook(
        gradient -> {
          hooked.add(gradient);
          return gradient;
        });
    w.mul(batch).sum().backward();
    behindSum.add(leaf(4)).mul(batch).sum().backward();
    behindView.reshape(LARGE.count()).reshape(LARGE).mul(batch).sum().backward();
    middle.mul(batch).sum().backward();
    w.zeroGrad();
    w.mul(batch).sum().backward();
    Variable loss = w.mul(batch).sum();
    Variable asked = Autograd.noGrad(() -> Autograd.grad(loss, w));
    Arrays.fill(buffer, 7);
    w.mul(batch).sum().backward();
    assertEquals(1 + 7, w.grad().at(3, 4));
    assertEquals(1, behindSum.grad().at(3, 4));
    assertEquals(1, behindView.grad().at(3, 4));
    assertEquals(1, hooked.getFirst().value().at(3, 4));
    assertEquals(1, asked.value().at(3, 4));
  }

  /// An array of a user, and a tensor over it.
  private record Buffer(float[] array, Tensor tensor) {
    static Buffer of(Shape shape) {
      float[] array = new float[shape.count()];
      return new Buffer(array, Tensor.over(new Storage.Floats(array), shape));
    }

    Buffer filled(float number) {
      Arrays.fill(array, number);
      return this;
    }
  }

  private static final List<Shape> SIZES = List.of(LARGE, Shape.of(3));

  private static Leaf zeros(Shape shape) {
    return Variable.of(Tensor.zeros(shape, DType.FLOAT32));
  }

  @Test
  void aSeedMayBeFilledAgain() {
    for (Shape shape : SIZES) {
      Buffer seed = Buffer.of(shape);
      Leaf w = zeros(shape);
      Leaf behindView = zeros(Shape.of(shape.count()));
      for (int i = 1; i <= 3; i++) {
        w.add(1).backward(seed.filled(i).tensor);
        behindView.reshape(shape).backward(seed.tensor);
      }
      w.backward(seed.tensor);
      assertEquals(1 + 2 + 3 + 3, w.glimpse().storage().at(2));
      assertEquals(1 + 2 + 3, behindView.glimpse().storage().at(2));
      assertEquals(3, seed.array[2]);
    }
  }

  @Test
  void whatAHookReturnsMayBeFilledAgain() {
    for (Shape shape : SIZES) {
      Buffer own = Buffer.of(shape);
      Leaf x = zeros(shape);
      Leaf behind = zeros(shape);
      Variable middle = behind.add(1);
      for (Variable hooked : List.of(x, middle)) {
        hooked.registerHook(_ -> Variable.constant(own.filled(2).tensor));
      }
      x.add(middle).sum().backward();
      own.filled(9);
      assertEquals(2, x.grad().storage().at(1));
      assertEquals(2, behind.grad().storage().at(1));
    }
  }

  /// Whose gradient is its own array, filled with `gy`.
  private record Filling(Buffer own) implements Op.Unary {
    @Override
    public Shape infer(Shape x) {
      return x;
    }

    @Override
    public Tensor forward(Backend kernels, Tensor x, Shape y) {
      return x.copy();
    }

    @Override
    public Variable backward(Variable gy, Variable x, Variable y) {
      return Variable.constant(own.filled((float) F.max(gy).item()).tensor);
    }
  }

  @Test
  void whatAUsersRuleReturnsMayBeFilledAgain() {
    for (Shape shape : SIZES) {
      Buffer own = Buffer.of(shape);
      Leaf x = zeros(shape);
      for (int i = 1; i <= 3; i++) {
        new Filling(own).apply(x).mul(i).sum().backward();
      }
      assertEquals(1 + 2 + 3, x.grad().storage().at(1));
    }
  }

  @Test
  void aGradientThatAHookOnlyLooksAtIsNotCopied() {
    Leaf x = leaf(1);
    List<Object> seen = new ArrayList<>();
    x.registerHook(
        gradient -> {
          seen.add(gradient.value().storage());
          return gradient;
        });
    x.exp().sum().backward();
    assertSame(seen.getFirst(), x.grad().storage());
  }
}
