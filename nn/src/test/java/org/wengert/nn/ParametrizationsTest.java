package org.wengert.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.wengert.check.GradientAssert.assertThatGradient;
import static org.wengert.nn.Differences.assertGradients;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.wengert.F;
import org.wengert.Parameter;
import org.wengert.StateException;
import org.wengert.Variable;
import org.wengert.tensor.DType;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

class ParametrizationsTest {
  private static Linear linear() {
    Linear linear = new Linear(3, 4, new Rng(5));
    linear.to(DType.FLOAT64);
    return linear;
  }

  private static Tensor x(int... sizes) {
    return Tensor.randn(Shape.of(sizes), DType.FLOAT64, new Rng(6));
  }

  private static Tensor output(Module layer, int... sizes) {
    return layer.forward(Variable.constant(x(sizes))).value();
  }

  private static void assertClose(Tensor expected, Tensor actual) {
    assertEquals(expected.shape(), actual.shape());
    double[] e = expected.toDoubleArray();
    double[] a = actual.toDoubleArray();
    for (int i = 0; i < e.length; i++) {
      assertEquals(e[i], a[i], 1e-14);
    }
  }

  private static List<String> keys(Module layer) {
    return List.copyOf(layer.stateDict().keySet());
  }

  @Test
  void weightNormStartsWithTheSameWeightUnderPyTorchsKeys() {
    Linear plain = linear();
    Linear layer = Parametrizations.weightNorm(linear());
    assertClose(output(plain, 2, 3), output(layer, 2, 3));
    assertEquals(
        List.of("bias", "parametrizations.weight.original0", "parametrizations.weight.original1"),
        keys(layer));
    assertEquals(
        Shape.of(4, 1), layer.stateDict().get("parametrizations.weight.original0").shape());
    assertTrue(Parametrizations.isParametrized(layer));
    assertFalse(Parametrizations.isParametrized(plain));
  }

  @Test
  void weightNormGivesEachOutputItsLength() {
    for (int axis : new int[] {0, 1, -1}) {
      Linear layer = Parametrizations.weightNorm(linear(), axis);
      layer
          .namedParameters()
          .get("parametrizations.weight.original0")
          .update(
              (g, state) -> state[0] = 2,
              layer.stateDict().get("parametrizations.weight.original0"));
      layer.weight().assign(x(4, 3));
      Parametrizations.remove(layer);
      Tensor lengths =
          F.norm(Variable.constant(layer.weight().value()), 2, false, axis == 0 ? 1 : 0).value();
      assertClose(Tensor.full(lengths.shape(), 2, DType.FLOAT64), lengths);
    }
  }

  @Test
  void gradientsGoThroughWeightNorm() {
    assertGradients(Parametrizations.weightNorm(linear()), x(2, 3));
    Conv2d conv = new Conv2d(2, 3, ConvOptions.of(2), new Rng(1));
    conv.to(DType.FLOAT64);
    assertGradients(Parametrizations.weightNorm(conv, 1), x(1, 2, 3, 3));
    Bilinear bilinear = new Bilinear(2, 3, 2, true, new Rng(1));
    bilinear.to(DType.FLOAT64);
    Parametrizations.weightNorm(bilinear);
    assertThatGradient((Variable a, Variable b) -> bilinear.forward(a, b))
        .at(x(4, 2), x(4, 3))
        .withParameters(bilinear.parameters())
        .isCorrect();
  }

  @Test
  void spectralNormDividesByTheLargestSingularValue() {
    Linear layer = Parametrizations.spectralNorm(linear(), 1, 1e-12, new Rng(2));
    assertEquals(
        List.of(
            "bias",
            "parametrizations.weight.original",
            "parametrizations.weight.0._u",
            "parametrizations.weight.0._v"),
        keys(layer));
    for (int i = 0; i < 50; i++) {
      output(layer, 1, 3);
    }
    double largest = F.svdvals(Variable.constant(layer.weight().value())).value().at(0);
    Variable expected = layer.weight().div(largest);
    layer.eval();
    Tensor y = F.linear(Variable.constant(x(2, 3)), expected, layer.bias()).value();
    assertClose(y, output(layer, 2, 3));
    Parametrizations.remove(layer);
    assertEquals(1, F.svdvals(layer.weight()).value().at(0), 1e-14);
    assertEquals(List.of("weight", "bias"), keys(layer));
    assertClose(y, output(layer, 2, 3));
  }

  @Test
  void evaluationLeavesTheVectorsOfSpectralNormAlone() {
    Linear layer = Parametrizations.spectralNorm(linear(), 1, 1e-12, new Rng(2));
    layer.eval();
    Map<String, Tensor> before = layer.stateDict();
    output(layer, 2, 3);
    before.forEach((key, value) -> assertTrue(value.sameBits(layer.stateDict().get(key)), key));
    layer.train();
    output(layer, 2, 3);
    Tensor u = layer.stateDict().get("parametrizations.weight.0._u");
    assertFalse(u.sameBits(before.get("parametrizations.weight.0._u")));
  }

  @Test
  void gradientsGoThroughSpectralNormWithTheVectorsFixed() {
    Linear layer = Parametrizations.spectralNorm(linear(), 1, 1e-12, new Rng(2));
    layer.eval();
    assertGradients(layer, x(2, 3));
    ConvTranspose2d conv = new ConvTranspose2d(2, 3, ConvOptions.of(2), new Rng(1));
    conv.to(DType.FLOAT64);
    Parametrizations.spectralNorm(conv, 2, 1e-12, new Rng(2));
    assertEquals(Shape.of(3), conv.stateDict().get("parametrizations.weight.0._u").shape());
    conv.eval();
    assertGradients(conv, x(1, 2, 3, 3));
  }

  /// A rule with a parameter of its own.
  private static final class Scaled extends Module {
    private final Parameter scale = new Parameter(Tensor.full(Shape.SCALAR, 3, DType.FLOAT64));

    @Override
    public Variable forward(Variable weight) {
      return weight.mul(scale);
    }
  }

  @Test
  void anyRuleMayComputeTheWeightOneBehindTheOther() {
    Linear layer = linear();
    Parametrizations.register(layer, Variable::square);
    Parametrizations.register(layer, new Scaled());
    assertEquals(
        List.of("bias", "parametrizations.weight.original", "parametrizations.weight.1.scale"),
        keys(layer));
    Variable weight = Variable.constant(layer.weight().value()).square().mul(3);
    Tensor y = F.linear(Variable.constant(x(2, 3)), weight, layer.bias()).value();
    assertClose(y, output(layer, 2, 3));
    assertGradients(layer, x(2, 3));
  }

  @Test
  void aCopyAndALoadedLayerComputeTheSameIndependently() {
    Linear layer = Parametrizations.spectralNorm(linear(), 1, 1e-12, new Rng(2));
    Linear copy = Module.copyOf(layer);
    Linear loaded = Parametrizations.spectralNorm(new Linear(3, 4), 1, 1e-12, new Rng(9));
    loaded.to(DType.FLOAT64);
    loaded.loadStateDict(layer.stateDict());
    assertNotSame(layer.weight(), copy.weight());
    assertSame(copy.weight(), copy.namedParameters().get("parametrizations.weight.original"));
    Tensor y = output(layer, 2, 3);
    assertTrue(y.sameBits(output(copy, 2, 3)) && y.sameBits(output(loaded, 2, 3)));
    copy.parameters().forEach(p -> Init.constant(p, 1));
    layer.eval();
    assertFalse(output(layer, 2, 3).sameBits(output(copy, 2, 3)));
    assertSame(layer, Parametrizations.remove(Parametrizations.remove(layer)));
  }

  @Test
  void whatCannotBeParametrizedIsRefused() {
    OptionException e =
        assertThrows(OptionException.class, () -> Parametrizations.spectralNorm(new LayerNorm(3)));
    assertEquals(
        "LayerNorm has no weight that can be computed\n"
            + "  hint: Linear, Bilinear and the convolutions have one",
        e.getMessage());
    Linear layer = Parametrizations.weightNorm(linear());
    StateException twice =
        assertThrows(StateException.class, () -> Parametrizations.weightNorm(layer));
    assertEquals(
        "Linear computes its weight already\n"
            + "  hint: use weightNorm first, and other rules behind it",
        twice.getMessage());
    assertThrows(ShapeException.class, () -> Parametrizations.weightNorm(linear(), 2));
    OptionException none =
        assertThrows(
            OptionException.class,
            () -> Parametrizations.spectralNorm(linear(), 0, 1e-12, new Rng(1)));
    assertEquals("0 power iterations\n  hint: there is at least 1", none.getMessage());
  }

  @Test
  void linearOfParametersThatDoNotFitIsRefused() {
    Linear linear = linear();
    ShapeException e =
        assertThrows(ShapeException.class, () -> Linear.of(linear.weight(), linear.weight()));
    assertEquals(
        "Linear of a weight of shape (4, 3) and a bias of shape (4, 3)\n"
            + "  hint: the weight is (out, in), the bias (out)",
        e.getMessage());
    assertThrows(ShapeException.class, () -> Linear.of(linear.bias(), null));
    assertSame(linear.bias(), Linear.of(linear.weight(), linear.bias()).bias());
  }
}
