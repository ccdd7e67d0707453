package org.wengert.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.wengert.Autograd;
import org.wengert.GradientException;
import org.wengert.Leaf;
import org.wengert.LstmState;
import org.wengert.Variable;
import org.wengert.tensor.DType;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

class ModuleHooksTest {
  /// `a² b + c`: three inputs, each with its own derivative.
  private static final class Three extends Module {
    Variable forward(Variable a, Variable b, Variable c) {
      return hooked(
          List.of(a, b, c), xs -> xs.get(0).square().mul(xs.get(1)).add(xs.get(2).mul(1.0)));
    }

    @Override
    public Variable forward(Variable x) {
      throw new UnsupportedOperationException("it has three inputs");
    }
  }

  private static final class Own extends Module {
    @Override
    public Variable forward(Variable x) {
      return x.mul(3);
    }
  }

  /// What backward hooks saw: a list for each call, the gradient of the output last.
  private static final class Seen implements ModuleHook.Backward {
    final List<List<@Nullable Variable>> calls = new ArrayList<>();

    @Override
    public List<@Nullable Variable> backward(
        Module module, List<@Nullable Variable> gradInputs, Variable gradOutput) {
      List<@Nullable Variable> call = new ArrayList<>(gradInputs);
      call.add(gradOutput);
      calls.add(call);
      return gradInputs;
    }

    double item(int call, int position) {
      return calls.get(call).get(position).item();
    }
  }

  @Test
  void aBackwardHookSeesTheGradientsOfAllInputsOfItsCallAndNothingElse() {
    Three three = new Three();
    Seen seen = new Seen();
    three.registerFullBackwardHook(seen);
    Leaf a = Variable.of(3.0);
    Leaf b = Variable.of(5.0);
    Leaf c = Variable.of(7.0);
    Variable y = three.forward(a, b, c);
    y.mul(2).add(a.mul(100)).add(c.exp()).backward();
    assertEquals(1, seen.calls.size());
    assertEquals(2 * 2 * 3 * 5, seen.item(0, 0));
    assertEquals(2 * 9, seen.item(0, 1));
    assertEquals(2, seen.item(0, 2));
    assertEquals(2, seen.item(0, 3));
    assertEquals(160, a.grad().item(), "the gradient from elsewhere is added behind the module");
    assertEquals(2 + Math.exp(7), c.grad().item());
  }

  @Test
  void oneVariableForSeveralInputsHasAGradientForEach() {
    Three three = new Three();
    Seen seen = new Seen();
    three.registerFullBackwardHook(seen);
    Leaf x = Variable.of(2.0);
    three.forward(x, x, x).backward();
    assertEquals(1, seen.calls.size());
    assertEquals(List.of(8.0, 4.0, 1.0, 1.0), items(seen, 0));
    assertEquals(13, x.grad().item());
  }

  @Test
  void everyCallOfAModuleHasItsOwnGradients() {
    Linear layer = new Linear(1, 1, false);
    layer.to(DType.FLOAT64);
    Init.constant(layer.weight(), 3);
    Seen seen = new Seen();
    layer.registerFullBackwardHook(seen);
    Leaf x = Variable.of(new double[][] {{2}});
    layer.forward(layer.forward(x)).sum().backward();
    assertEquals(2, seen.calls.size());
    assertEquals(List.of(3.0, 1.0), items(seen, 0), "the outer call first");
    assertEquals(List.of(9.0, 3.0), items(seen, 1));
  }

  private static List<Double> items(Seen seen, int call) {
    return seen.calls.get(call).stream().map(Variable::item).toList();
  }

  @Test
  void whatABackwardHookReturnsGoesOn() {
    Three three = new Three();
    three.registerFullBackwardHook((m, in, out) -> in.stream().map(g -> g.mul(10)).toList());
    three.registerFullBackwardHook((m, in, out) -> in.stream().map(g -> g.add(1)).toList());
    Leaf a = Variable.of(3.0);
    Leaf b = Variable.of(5.0);
    three.forward(a, b, Variable.constant(0.0).add(a)).backward();
    assertEquals(10 * 30 + 1 + 10 + 1, a.grad().item());
    assertEquals(10 * 9 + 1, b.grad().item());
  }

  @Test
  void inputsThatWantNoGradientHaveNone() {
    Three three = new Three();
    Seen seen = new Seen();
    three.registerFullBackwardHook(seen);
    Variable two = Variable.constant(2.0);
    Leaf b = Variable.of(5.0);
    three.forward(two, b, Variable.constant(Tensor.of(7L)).reshape(Shape.SCALAR)).backward();
    assertNull(seen.calls.getFirst().get(0));
    assertEquals(4, seen.item(0, 1));
    assertNull(seen.calls.getFirst().get(2));
    assertEquals(4, b.grad().item());
  }

  @Test
  void aLayerBehindDataSaysWhenItsOutputHasItsGradient() {
    Linear layer = new Linear(2, 1);
    Seen seen = new Seen();
    layer.registerFullBackwardHook(seen);
    layer.forward(Variable.constant(Tensor.ones(1, 2))).sum().backward();
    assertEquals(1, seen.calls.size());
    assertNull(seen.calls.getFirst().get(0));
    assertEquals(1, seen.item(0, 1));
    Autograd.noGrad(() -> layer.forward(Variable.constant(Tensor.ones(1, 2))));
    assertEquals(1, seen.calls.size());
  }

  @Test
  void layersOfTwoInputsSeeBoth() {
    TransformerDecoderLayer layer = new TransformerDecoderLayer(4, 2);
    layer.eval();
    Seen seen = new Seen();
    layer.registerFullBackwardHook(seen);
    Leaf x = Variable.of(Tensor.randn(3, 1, 4));
    Leaf memory = Variable.of(Tensor.randn(2, 1, 4));
    layer.forward(x, memory).square().sum().backward();
    assertEquals(1, seen.calls.size());
    assertTrue(x.grad().sameBits(seen.calls.getFirst().get(0).value()));
    assertTrue(memory.grad().sameBits(seen.calls.getFirst().get(1).value()));
  }

  @Property(tries = 30)
  void hooksThatOnlyLookChangeNoBit(@ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int n) {
    Rng random = new Rng(seed);
    Bilinear layer = new Bilinear(2, 3, n, true, random);
    Tensor a = Tensor.randn(Shape.of(n, 2), DType.FLOAT32, random);
    Tensor b = Tensor.randn(Shape.of(n, 3), DType.FLOAT32, random);
    List<Tensor> plain = gradients(layer, a, b);
    layer.registerForwardPreHook((m, xs) -> xs);
    layer.registerForwardHook((m, xs, y) -> y);
    layer.registerFullBackwardHook(new Seen());
    List<Tensor> hooked = gradients(layer, a, b);
    for (int i = 0; i < plain.size(); i++) {
      assertTrue(plain.get(i).sameBits(hooked.get(i)));
    }
  }

  private static List<Tensor> gradients(Bilinear layer, Tensor a, Tensor b) {
    layer.zeroGrad();
    Leaf left = Variable.of(a);
    Leaf right = Variable.of(b);
    Variable y = layer.forward(left, right);
    y.square().sum().backward();
    return List.of(y.value(), left.grad(), right.grad(), layer.weight().grad());
  }

  @Test
  void gradientsOfGradientsGoThroughHooks() {
    Three three = new Three();
    three.registerFullBackwardHook((m, in, out) -> in.stream().map(g -> g.mul(2)).toList());
    Leaf a = Variable.of(3.0);
    Leaf b = Variable.of(5.0);
    List<Variable> first = Autograd.grad(three.forward(a, b, Variable.of(0.0)), List.of(a, b));
    assertEquals(60, first.get(0).item());
    // d(2 · 2ab)/da does not pass the output, so nothing is doubled again.
    List<Variable> second = Autograd.grad(first.get(0), List.of(a, b));
    assertEquals(2 * 2 * 5, second.get(0).item());
    assertEquals(2 * 2 * 3, second.get(1).item());
  }

  @Test
  void inputsOfTwoTypesKeepTheirs() {
    Three three = new Three();
    Seen seen = new Seen();
    three.registerFullBackwardHook(seen);
    Leaf a = Variable.of(Tensor.of(3f));
    Leaf b = Variable.of(Tensor.of(5.0));
    three.forward(a, b, b).sum().backward();
    assertEquals(DType.FLOAT32, seen.calls.getFirst().get(0).dtype());
    assertEquals(DType.FLOAT64, seen.calls.getFirst().get(1).dtype());
    assertArrayEquals(new float[] {30}, a.grad().toFloatArray());
  }

  @Test
  void forwardHooksMayChangeWhatGoesInAndWhatComesOut() {
    Three three = new Three();
    List<String> order = new ArrayList<>();
    three.registerForwardPreHook(
        (m, xs) -> {
          order.add("before " + xs.get(0).item());
          return List.of(xs.get(0).mul(2), xs.get(1), xs.get(2));
        });
    ModuleHook second =
        three.registerForwardPreHook(
            (m, xs) -> {
              order.add("then " + xs.get(0).item());
              return xs;
            });
    three.registerForwardHook(
        (m, xs, y) -> {
          order.add("after " + xs.get(0).item() + " " + y.item());
          assertSame(three, m);
          return y.add(1000);
        });
    Leaf a = Variable.of(3.0);
    Variable one = Variable.constant(1.0);
    Variable y = three.forward(a, one, one);
    assertEquals(List.of("before 3.0", "then 6.0", "after 6.0 37.0"), order);
    assertEquals(1037, y.item());
    y.backward();
    assertEquals(2 * 2 * 2 * 3, a.grad().item());
    second.remove();
    second.remove();
    order.clear();
    three.forward(a, one, one);
    assertEquals(List.of("before 3.0", "after 6.0 37.0"), order);
  }

  @Test
  void aRemovedHookIsCalledNoMoreAndOnlyOnceRemoved() {
    Linear layer = new Linear(1, 1);
    List<String> calls = new ArrayList<>();
    ModuleHook.Before count =
        (m, xs) -> {
          calls.add("x");
          return xs;
        };
    ModuleHook first = layer.registerForwardPreHook(count);
    layer.registerForwardPreHook(count);
    first.remove();
    first.remove();
    layer.forward(Variable.constant(Tensor.ones(1, 1)));
    assertEquals(1, calls.size());
  }

  @Test
  void hooksRunWhereverASequenceOrCallRunsAModuleOfOnesOwn() {
    Own own = new Own();
    Sequential inner = new Sequential(own, new Tanh());
    Sequential net = new Sequential(inner, Variable::neg);
    List<String> seen = new ArrayList<>();
    for (Module module : List.of(own, inner, net, (Module) inner.layer(1))) {
      module.registerForwardHook(
          (m, xs, y) -> {
            seen.add(m.getClass().getSimpleName());
            return y;
          });
    }
    net.forward(Variable.constant(1.0));
    assertEquals(List.of("Own", "Tanh", "Sequential", "Sequential"), seen);
    seen.clear();
    own.forward(Variable.constant(1.0));
    assertEquals(List.of(), seen, "a forward of one's own knows nothing of hooks");
    own.call(Variable.constant(1.0));
    assertEquals(List.of("Own"), seen);
    seen.clear();
    Module.copyOf(net).forward(Variable.constant(1.0));
    assertEquals(List.of(), seen, "a copy has no hooks");
  }

  @Test
  void wrongReturnsOfHooksAreExplained() {
    Three three = new Three();
    Variable one = Variable.constant(1.0);
    ModuleHook less = three.registerForwardPreHook((m, xs) -> xs.subList(0, 2));
    assertEquals(
        "a hook before forward gave 2 inputs for 3\n"
            + "  hint: return the inputs it was called with, or as many others",
        assertThrows(OptionException.class, () -> three.forward(one, one, one)).getMessage());
    less.remove();
    List<List<@Nullable Variable>> wrong =
        List.of(
            List.of(one),
            Arrays.asList(one, null, one),
            List.of(one, Variable.constant(1.0, 2.0), one),
            Collections.nCopies(3, one.to(DType.FLOAT32)));
    for (List<@Nullable Variable> gradients : wrong) {
      ModuleHook hook = three.registerFullBackwardHook((m, in, out) -> gradients);
      Leaf x = Variable.of(1.0);
      Variable y = three.forward(x, x, x);
      GradientException e = assertThrows(GradientException.class, y::backward);
      assertTrue(e.getMessage().contains("for gradients of [(), (), ()]"), e.getMessage());
      hook.remove();
    }
  }

  @Test
  void aPassThatAskedForParametersOnlyLeavesNothingToGradientsOfGradients() {
    Linear layer = new Linear(1, 1);
    layer.registerFullBackwardHook((_, gx, _) -> List.of(gx.getFirst().mul(10)));
    Leaf x = Variable.of(Tensor.full(Shape.of(1, 1), 2, DType.FLOAT32));
    Variable y = layer.forward(x.square()).sum();
    Variable g = Autograd.grad(y, layer.weight()); // x², whatever the hook does
    assertEquals(4 * 8, Autograd.grad(g.square().sum(), x).item());
    assertEquals(10 * layer.weight().item() * 4, Autograd.grad(y, x).item(), 1e-5);
  }

  /// How often each kind of hook was called, by the gradient of `formula` for `x`.
  private static <M extends Module> void assertCallsAllHooks(
      M layer, Variable x, int inputs, BiFunction<M, Variable, Variable> formula) {
    List<String> calls = new ArrayList<>();
    Variable plain = Autograd.grad(formula.apply(layer, x).square().sum(), x);
    layer.registerForwardPreHook(
        (_, xs) -> {
          calls.add("before " + xs.size());
          return xs;
        });
    layer.registerForwardHook(
        (_, xs, y) -> {
          calls.add("after " + xs.size());
          return y;
        });
    layer.registerFullBackwardHook(
        (_, gx, _) -> {
          calls.add("backward " + gx.size());
          List<Variable> twice = new ArrayList<>(gx);
          twice.set(0, gx.getFirst().mul(2));
          return twice;
        });
    Variable hooked = Autograd.grad(formula.apply(layer, x).square().sum(), x);
    assertEquals(List.of("before " + inputs, "after " + inputs, "backward " + inputs), calls);
    assertArrayEquals(
        plain.mul(2).value().toDoubleArray(), hooked.value().toDoubleArray(), 1e-6, "gradients");
  }

  @Test
  void layersOfSeveralInputsAndOutputsCallHooksInEachOfTheirForwards() {
    Rng random = new Rng(1);
    Variable x = Variable.of(Tensor.randn(Shape.of(4, 2, 3), DType.FLOAT32, random));
    Variable row = Variable.of(Tensor.randn(Shape.of(2, 3), DType.FLOAT32, random));
    LSTM lstm = new LSTM(3, 5);
    assertCallsAllHooks(lstm, x, 3, (l, v) -> l.forward(v, l.initialState(2)).output());
    assertCallsAllHooks(
        new LSTM(3, 5), x, 3, (l, v) -> l.forward(v, l.initialState(2)).last().cell());
    assertCallsAllHooks(
        new GRU(3, 5),
        row,
        2,
        (l, v) -> l.forward(new PackedSequence(v, 1, 1), l.initialState(1)).output());
    Variable zeros = Variable.constant(Tensor.zeros(2, 5));
    assertCallsAllHooks(
        new LSTMCell(3, 5), row, 3, (l, v) -> l.forward(v, new LstmState(zeros, zeros)).cell());
    assertCallsAllHooks(new RNNCell(3, 5), row, 2, (l, v) -> l.forward(v, zeros));
    Variable keys = Variable.constant(Tensor.ones(4, 2, 3));
    assertCallsAllHooks(
        new MultiheadAttention(3, 1),
        x,
        3,
        (l, v) -> l.forward(v, keys, keys, AttentionMasks.none()).output());
    assertCallsAllHooks(new MaxPool1d(2), x, 1, (l, v) -> l.forwardWithIndices(v).values());
    assertCallsAllHooks(new AdaptiveMaxPool1d(2), x, 1, (l, v) -> l.forwardWithIndices(v).values());
  }
}
