package org.wengert.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.wengert.nn.Differences.assertGradients;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.wengert.Variable;
import org.wengert.tensor.DType;
import org.wengert.tensor.DTypeException;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

class LayersTest {
  private static final Tensor X = Tensor.of(new double[][] {{-2.5, -0.3, 0.1}, {0.8, 1.7, 3.2}});

  @Test
  void activationsFollowTheirFormulasAndHaveRightGradients() {
    Map<Layer, DoubleUnaryOperator> formulas = new LinkedHashMap<>();
    formulas.put(new Identity(), x -> x);
    formulas.put(new ReLU(), x -> Math.max(x, 0));
    formulas.put(new LeakyReLU(), x -> x > 0 ? x : 0.01 * x);
    formulas.put(new LeakyReLU(0.2), x -> x > 0 ? x : 0.2 * x);
    formulas.put(new Tanh(), Math::tanh);
    formulas.put(new Sigmoid(), x -> 1 / (1 + Math.exp(-x)));
    formulas.put(new SiLU(), x -> x / (1 + Math.exp(-x)));
    formulas.put(new ELU(), x -> x > 0 ? x : Math.expm1(x));
    formulas.put(new ELU(2), x -> x > 0 ? x : 2 * Math.expm1(x));
    formulas.put(new Softplus(), x -> Math.log1p(Math.exp(x)));
    formulas.forEach(
        (layer, formula) -> {
          double[] y = layer.forward(Variable.constant(X)).value().toDoubleArray();
          double[] x = X.toDoubleArray();
          for (int i = 0; i < x.length; i++) {
            assertEquals(formula.applyAsDouble(x[i]), y[i], 1e-14, layer + " at " + x[i]);
          }
          assertGradients(layer::forward, X);
        });
  }

  @Test
  void geluIsTheExactOne() {
    Tensor y = new GELU().forward(Variable.constant(1.0, -1.0)).value();
    assertEquals(0.8413447460685429, y.at(0), 1e-14);
    assertEquals(-0.15865525393145707, y.at(1), 1e-14);
    assertGradients(new GELU()::forward, X);
  }

  @Test
  void softmaxSumsToOneAndLogSoftmaxIsItsLogarithm() {
    Variable y = new Softmax(-1).forward(Variable.constant(X));
    assertArrayEquals(new double[] {1, 1}, y.sum(1).value().toDoubleArray(), 1e-15);
    assertArrayEquals(
        y.log().value().toDoubleArray(),
        new LogSoftmax(1).forward(Variable.constant(X)).value().toDoubleArray(),
        1e-14);
    assertGradients(new Softmax(0)::forward, X);
    assertGradients(new LogSoftmax(0)::forward, X);
  }

  @Test
  void linearIsXTimesWTransposedPlusB() {
    Linear linear = new Linear(3, 2);
    linear.to(DType.FLOAT64);
    linear.weight().assign(Tensor.of(new double[][] {{1, 2, 3}, {4, 5, 6}}));
    linear.bias().assign(Tensor.of(0.5, -0.5));
    Variable x = Variable.constant(new double[][] {{1, 0, -1}});
    assertArrayEquals(new double[] {-1.5, -2.5}, linear.forward(x).value().toDoubleArray());
    assertGradients(linear, X);
  }

  @Test
  void linearTakesAnyNumberOfAxesInFront() {
    Linear linear = new Linear(3, 2);
    assertEquals(Shape.of(2), forward(linear, 3));
    assertEquals(Shape.of(5, 2), forward(linear, 5, 3));
    assertEquals(Shape.of(4, 5, 2), forward(linear, 4, 5, 3));
    assertEquals(Shape.of(0, 2), forward(linear, 0, 3));
  }

  private static Shape forward(Layer layer, int... sizes) {
    return layer.forward(Variable.constant(Tensor.zeros(sizes))).shape();
  }

  @Test
  void linearStartsUniformWithinOneOverRootOfIn() {
    Linear linear = new Linear(400, 300, new Rng(7));
    for (Tensor values : List.of(linear.weight().value(), linear.bias().value())) {
      double max = 0;
      double squares = 0;
      for (double v : values.toDoubleArray()) {
        max = Math.max(max, Math.abs(v));
        squares += v * v;
      }
      assertTrue(max <= 0.05 && max > 0.049, "largest " + max);
      assertEquals(0.05 * 0.05 / 3, squares / values.count(), 2e-4);
    }
    assertEquals(400, linear.in());
    assertEquals(300, linear.out());
  }

  @Test
  void linearWithoutBiasHasNone() {
    Linear linear = new Linear(3, 2, false);
    assertNull(linear.bias());
    assertEquals(List.of("weight"), List.copyOf(linear.namedParameters().keySet()));
    assertEquals("Linear(in=3, out=2, bias=false)", linear.toString());
  }

  @Test
  void linearNamesItselfWhenTheInputDoesNotFit() {
    Sequential net = new Sequential(new Linear(784, 10));
    assertLinearError(
        net,
        "Linear '0' expects 784 features in the last axis, got shape (32, 100)\n"
            + "  hint: the layer before must give 784 features, or build this one for its output",
        32,
        100);
    assertEquals(2, net.parameters().size());
    assertLinearError(
        net,
        "Linear '0' expects 784 features in the last axis, got shape (32, 1, 28, 28)\n"
            + "  hint: flatten the input first, as new Flatten() does",
        32,
        1,
        28,
        28);
    assertLinearError(
        net,
        "Linear '0' expects 784 features in the last axis, got shape ()\n"
            + "  hint: the layer before must give 784 features, or build this one for its output");
  }

  private static void assertLinearError(Layer layer, String message, int... sizes) {
    assertEquals(
        message, assertThrows(ShapeException.class, () -> forward(layer, sizes)).getMessage());
  }

  @Test
  void linearSaysWhichTypesDoNotMeet() {
    Linear fc1 = new Linear(3, 2);
    Sequential net = new Sequential(new Sequential(fc1));
    assertEquals(
        "Linear '0.0' has FLOAT32 weights, got FLOAT64 input (2, 3)\n"
            + "  hint: input.to(FLOAT32), or model.to(FLOAT64)",
        assertThrows(DTypeException.class, () -> net.forward(Variable.constant(X))).getMessage());
    Variable integers = Variable.constant(Tensor.of(1, 2, 3));
    assertEquals(
        "Linear '0.0' has FLOAT32 weights, got INT32 input (3)\n  hint: input.to(FLOAT32)",
        assertThrows(DTypeException.class, () -> net.forward(integers)).getMessage());
  }

  @Test
  void layersOfASequentialKnowTheirPlaceBeforeAnyWalkAndInACopy() {
    Linear inner = new Linear(3, 2);
    Sequential net = new Sequential(new ReLU(), new Sequential(new ReLU(), inner));
    assertEquals("Linear '1.1'", inner.described());
    Sequential copy = net.copy();
    new Sequential(new ReLU(), new ReLU(), new ReLU(), net);
    assertEquals("Linear '3.1.1'", inner.described());
    Module copiedInner = ((Sequential) copy.layer(1)).children().get(1);
    assertEquals("Linear '1.1'", copiedInner.described());
    assertEquals("Linear", Module.copyOf(inner).described());
    net.parameters();
    assertEquals("Linear '1.1'", inner.described());
  }

  @Test
  void linearRefusesNoFeatures() {
    assertEquals(
        "Linear from 0 to 10 features\n  hint: both numbers are at least 1",
        assertThrows(OptionException.class, () -> new Linear(0, 10)).getMessage());
  }

  @Test
  void flattenJoinsAllAxesButTheBatchUnlessToldOtherwise() {
    assertEquals(Shape.of(2, 60), forward(new Flatten(), 2, 3, 4, 5));
    assertEquals(Shape.of(2, 12, 5), forward(new Flatten(1, 2), 2, 3, 4, 5));
    assertEquals(Shape.of(120), forward(new Flatten(0, -1), 2, 3, 4, 5));
    assertEquals(Shape.of(0, 12), forward(new Flatten(), 0, 3, 4));
    assertEquals(Shape.of(1), forward(new Flatten(0, -1)));
    assertGradients(new Flatten(0, -1)::forward, X);
  }

  @Test
  void flattenExplainsAxesItCannotJoin() {
    assertEquals(
        "Flatten: axis 1 does not exist in a tensor of rank 1\n  hint: axes go from -1 to 0",
        assertThrows(ShapeException.class, () -> forward(new Flatten(), 3)).getMessage());
    assertEquals(
        "Flatten from axis 2 to axis 1 of shape (2, 3, 4) has nothing to flatten\n"
            + "  hint: the first axis must not lie behind the last",
        assertThrows(ShapeException.class, () -> forward(new Flatten(2, 1), 2, 3, 4)).getMessage());
  }

  @Test
  void dropoutKeepsTheMeanAndDropsTheGivenShare() {
    Dropout dropout = new Dropout(0.3, new Rng(5));
    Tensor y = dropout.forward(Variable.constant(Tensor.ones(20000))).value();
    int dropped = 0;
    double sum = 0;
    for (double v : y.toDoubleArray()) {
      assertTrue(v == 0 || Math.abs(v - 1 / 0.7) < 1e-6);
      dropped += v == 0 ? 1 : 0;
      sum += v;
    }
    assertEquals(0.3, dropped / 20000.0, 0.01);
    assertEquals(1, sum / 20000, 0.015);
  }

  @Test
  void dropoutIsTheIdentityInEvaluationAndWithProbabilityZero() {
    Variable x = Variable.constant(X);
    assertSame(x, new Dropout(0.9).eval().forward(x));
    assertSame(x, new Dropout(0).forward(x));
    assertEquals(0, new Dropout(1).forward(x).square().sum().item());
  }

  @Test
  void dropoutRepeatsUnderTheSameSeed() {
    Dropout dropout = new Dropout();
    Variable x = Variable.constant(Tensor.ones(100));
    Rng.seed(42);
    Tensor first = dropout.forward(x).value();
    Tensor second = dropout.forward(x).value();
    Rng.seed(42);
    assertTrue(first.sameBits(dropout.forward(x).value()));
    assertNotEquals(true, first.sameBits(second));
  }

  @Test
  void gradientsPassWhereDropoutLetValuesPass() {
    assertGradients(x -> new Dropout(0.5, new Rng(3)).forward(x), X);
  }

  @Test
  void dropoutRefusesWhatIsNoProbability() {
    for (double bad : new double[] {-0.1, 1.1, Double.NaN}) {
      assertEquals(
          "Dropout with probability "
              + bad
              + "\n  hint: a probability lies between 0 and 1; it is that of being dropped",
          assertThrows(OptionException.class, () -> new Dropout(bad)).getMessage());
    }
    assertEquals(0.5, new Dropout().p());
  }

  @Test
  void sequentialAppliesLayersInOrderAndMixesLambdasIn() {
    Sequential net = new Sequential(x -> x.add(1), new ReLU(), Variable::square);
    assertArrayEquals(
        new double[] {0, 4}, net.forward(Variable.constant(-3.0, 1.0)).value().toDoubleArray());
    Variable x = Variable.constant(X);
    assertSame(x, new Sequential().forward(x));
  }

  @Test
  void appendLeavesTheOriginalAsItIs() {
    Sequential net = new Sequential(new Linear(2, 3));
    Sequential longer = net.append(new ReLU());
    assertEquals(1, net.size());
    assertEquals(2, longer.size());
    assertSame(net.layer(0), longer.layer(0));
    assertThrows(IndexOutOfBoundsException.class, () -> net.layer(1));
  }
}
