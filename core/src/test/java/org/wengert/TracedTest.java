package org.wengert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// A traced rule gives the bits of the rule itself.
class TracedTest {
  private static final List<Op> OTHERS =
      List.of(
          new Clamp(-0.5, 0.75),
          new Elu(1.5, 1, 1),
          new Hardshrink(0.5),
          new Hardtanh(-1, 1),
          new LeakyRelu(0.1),
          new Power(3),
          new Softplus(1, 20),
          new Softshrink(0.5),
          new Threshold(0.1, 2));

  private static List<Op> all() {
    List<Op> all = new ArrayList<>(List.of(Elementary.values()));
    all.addAll(List.of(Arithmetic.values()));
    all.addAll(OTHERS);
    return all;
  }

  private static Leaf leaf(DType type, Rng random, int... sizes) {
    Tensor tensor = Tensor.randn(Shape.of(sizes), type, random);
    tensor.storage().put(0, 0.0);
    return Variable.of(tensor);
  }

  private static Step step(Op op, Variable a, Variable b) {
    return (Step) (op instanceof Op.Unary unary ? unary.apply(a) : ((Op.Binary) op).apply(a, b));
  }

  /// The traced gradient, asked for until the rule has been traced.
  private static @Nullable Tensor traced(Step step, int input, Tensor gy) {
    Tensor gradient = null;
    for (int i = 0; i < 20; i++) {
      gradient = Autograd.noGrad(() -> Traced.gradient(step.op(), input, gy, step, null));
    }
    return gradient;
  }

  private static int compare(Op op, DType type, int[] a, int[] b) {
    Rng random = new Rng(7);
    Step step = step(op, leaf(type, random, a), leaf(type, random, b));
    Tensor gy = Tensor.randn(step.shape(), type, random);
    int compared = 0;
    for (int i = 0; i < step.inputCount(); i++) {
      Tensor traced = traced(step, i, gy);
      if (traced != null) {
        requireBitsOfRule(traced, step, i, gy);
        compared++;
      }
    }
    Tensor[] both = both(step, gy);
    for (int i = 0; i < both.length; i++) {
      requireBitsOfRule(both[i], step, i, gy);
    }
    return compared;
  }

  private static Tensor[] both(Step step, Tensor gy) {
    Tensor[] gradients = {};
    for (int i = 0; i < 20; i++) {
      gradients = Autograd.noGrad(() -> Traced.gradients(step.op(), gy, step, null));
    }
    return gradients;
  }

  private static void requireBitsOfRule(Tensor traced, Step step, int input, Tensor gy) {
    Variable seed = Variable.constant(gy);
    Variable ruled = Autograd.noGrad(() -> step.op().gradient(input, seed, step));
    String what = step.op() + " " + gy.dtype() + " " + step.shape() + ", operand " + input;
    assertTrue(traced.sameBits(ruled.value().expand(step.shape())), what);
  }

  @Test
  void bothGradientsOfATwoPlaceFunctionComeFromOneKernel() {
    Rng random = new Rng(1);
    for (Op op : List.of(Arithmetic.MUL, Arithmetic.DIV, Arithmetic.HYPOT, Arithmetic.MAXIMUM)) {
      Step step = step(op, leaf(DType.FLOAT32, random, 3), leaf(DType.FLOAT32, random, 3));
      assertEquals(2, both(step, step.value()).length, op.label());
    }
  }

  @Test
  void aKernelForBothGradientsMayOverwriteWhatArrives() {
    Leaf x = leaf(DType.FLOAT32, new Rng(3), 50, 60);
    Leaf w = leaf(DType.FLOAT32, new Rng(4), 50, 60);
    Variable y = x.mul(w).tanh();
    Tensor byX = Autograd.grad(y.sum(), x).value();
    Tensor byW = Autograd.grad(y.sum(), w).value();
    for (int i = 0; i < 20; i++) {
      x.zeroGrad();
      w.zeroGrad();
      y.sum().backward();
      assertTrue(assertNotNull2(x.glimpse()).sameBits(byX));
      assertTrue(assertNotNull2(w.glimpse()).sameBits(byW));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void aTracedRuleGivesTheBitsOfTheRule(DType type) {
    int compared = 0;
    for (Op op : all()) {
      compared += compare(op, type, new int[] {}, new int[] {});
      compared += compare(op, type, new int[] {37}, new int[] {37});
      compared += compare(op, type, new int[] {5, 70}, new int[] {70});
      compared += compare(op, type, new int[] {5, 1, 9}, new int[] {1, 7, 1});
    }
    assertTrue(compared > 4 * 60, "only " + compared);
  }

  @Test
  void almostAllRulesAreTraced() {
    TreeSet<String> missing = new TreeSet<>();
    Rng random = new Rng(1);
    for (Op op : all()) {
      Step step = step(op, leaf(DType.FLOAT32, random, 3), leaf(DType.FLOAT32, random, 3));
      for (int i = 0; i < step.inputCount(); i++) {
        if (traced(step, i, step.value()) == null) {
          missing.add(op + " " + i);
        }
      }
    }
    TreeSet<String> handedOn = new TreeSet<>(List.of("ADD 0", "ADD 1", "FMOD 0", "REMAINDER 0"));
    handedOn.add("SUB 0");
    TreeSet<String> zeros = new TreeSet<>(List.of("CEIL 0", "FLOOR 0", "ROUND 0", "SIGN 0"));
    zeros.addAll(List.of("TRUNC 0", "COPY_SIGN 1", "FLOOR_DIVIDE 0", "FLOOR_DIVIDE 1"));
    zeros.addAll(List.of("TRUNCATE_DIVIDE 0", "TRUNCATE_DIVIDE 1"));
    TreeSet<String> strange = new TreeSet<>(List.of("DIGAMMA 0", "SINC 0", "POW 0"));
    strange.add("REMAINDER 1");
    missing.removeAll(handedOn);
    missing.removeAll(zeros);
    missing.removeAll(strange);
    assertEquals(new TreeSet<>(), missing);
  }

  @Test
  void theGradientOfASumIsNotRepeatedForAKernel() {
    Leaf x = leaf(DType.FLOAT32, new Rng(3), 50, 60);
    for (int i = 0; i < 20; i++) {
      x.zeroGrad();
      x.tanh().sum().backward();
    }
    Tensor expected = Autograd.grad(x.tanh().sum(), x).value();
    assertTrue(x.grad().sameBits(expected));
  }

  @Test
  void aGradientThatNobodySeesIsOverwrittenByTheNext() {
    Leaf x = leaf(DType.FLOAT32, new Rng(3), 50, 60);
    Variable y = x.exp().tanh().sigmoid().mul(x).square();
    Tensor expected = Autograd.grad(y.sum(), x).value();
    for (int i = 0; i < 20; i++) {
      x.zeroGrad();
      y.sum().backward();
      assertTrue(assertNotNull2(x.glimpse()).sameBits(expected));
    }
  }

  private static Tensor assertNotNull2(@Nullable Tensor tensor) {
    assertNotNull(tensor);
    return tensor;
  }

  /// A user's operation, whose rule counts.
  private record Counting(List<Variable> seen) implements Op.Pointwise {
    @Override
    public double value(double x) {
      return 2 * x;
    }

    @Override
    public Variable backward(Variable gy, Variable x, Variable y) {
      seen.add(gy);
      return gy.mul(2);
    }
  }

  @Test
  void aUsersRuleIsAskedEveryTime() {
    Leaf x = leaf(DType.FLOAT32, new Rng(3), 40, 40);
    Counting op = new Counting(new ArrayList<>());
    Variable y = op.apply(x).sum();
    for (int i = 0; i < 30; i++) {
      y.backward();
    }
    assertEquals(30, op.seen().size());
    op.seen().forEach(gy -> assertSame(Constant.class, gy.getClass()));
    assertNull(traced((Step) op.apply(x), 0, x.value()));
  }

  @Test
  void operationsWithNumbersThatChangeEachTimeMakeRoomForOthers() {
    Leaf x = Variable.of(0.5);
    for (int i = 0; i < 1_100; i++) {
      F.clamp(x, -1 - i * 1e-4, 1.0).backward();
    }
    assertTrue(Traced.sharedCount() <= 512, () -> "kept " + Traced.sharedCount());
    Step step = (Step) F.clamp(x, -7.0, 7.0);
    assertNotNull(traced(step, 0, Tensor.of(1.0)));
  }
}
