package org.wengert.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.wengert.Convolution;
import org.wengert.F;
import org.wengert.Parameter;
import org.wengert.Variable;
import org.wengert.nn.Init.Fan;
import org.wengert.nn.Init.Nonlinearity;
import org.wengert.tensor.DType;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

class InitTest {
  private static Parameter parameter(int... sizes) {
    return new Parameter(Tensor.zeros(Shape.of(sizes), DType.FLOAT64));
  }

  private static double[] values(Parameter p) {
    return p.value().toDoubleArray();
  }

  private static double largest(Parameter p) {
    double largest = 0;
    for (double v : values(p)) {
      largest = Math.max(largest, Math.abs(v));
    }
    return largest;
  }

  private static double deviation(Parameter p) {
    double squares = 0;
    for (double v : values(p)) {
      squares += v * v;
    }
    return Math.sqrt(squares / p.value().count());
  }

  private static void assertUniform(double bound, Parameter p) {
    assertTrue(largest(p) <= bound && largest(p) > 0.98 * bound, largest(p) + " of " + bound);
    assertEquals(bound / Math.sqrt(3), deviation(p), 0.03 * bound);
  }

  @Test
  void gainsAreThoseOfPyTorch() {
    assertEquals(1, Init.gain(Nonlinearity.LINEAR));
    assertEquals(1, Init.gain(Nonlinearity.SIGMOID));
    assertEquals(5.0 / 3, Init.gain(Nonlinearity.TANH));
    assertEquals(Math.sqrt(2), Init.gain(Nonlinearity.RELU));
    assertEquals(Math.sqrt(2 / 1.0001), Init.gain(Nonlinearity.LEAKY_RELU));
    assertEquals(Math.sqrt(2 / 1.04), Init.gain(Nonlinearity.LEAKY_RELU, 0.2));
    assertEquals(0.75, Init.gain(Nonlinearity.SELU));
  }

  @Test
  void fansCountTheReceptiveField() {
    Parameter kernel = parameter(8, 3, 5, 5);
    assertEquals(75, Init.fan(kernel, Fan.IN));
    assertEquals(200, Init.fan(kernel, Fan.OUT));
  }

  @Test
  void xavierKeepsItsBounds() {
    Rng random = new Rng(1);
    assertUniform(Math.sqrt(6.0 / 100), Init.xavierUniform(parameter(40, 60), 1, random));
    assertUniform(2 * Math.sqrt(6.0 / 100), Init.xavierUniform(parameter(40, 60), 2, random));
    Parameter normal = Init.xavierNormal(parameter(40, 60), 1, random);
    assertEquals(Math.sqrt(2.0 / 100), deviation(normal), 0.005);
  }

  @Test
  void kaimingKeepsItsBounds() {
    Rng random = new Rng(2);
    Parameter p = parameter(40, 60);
    Nonlinearity leaky = Nonlinearity.LEAKY_RELU;
    assertUniform(1 / Math.sqrt(60), Init.kaimingUniform(p, Math.sqrt(5), Fan.IN, leaky, random));
    assertUniform(
        Math.sqrt(6.0 / 40), Init.kaimingUniform(p, 0, Fan.OUT, Nonlinearity.RELU, random));
    Init.kaimingNormal(p, 0, Fan.IN, leaky, random);
    assertEquals(Math.sqrt(2.0 / 60), deviation(p), 0.006);
  }

  @Test
  void boundsAndDeviationsAreThoseOfPyTorch() {
    Rng random = new Rng(5);
    Nonlinearity leaky = Nonlinearity.LEAKY_RELU;
    assertUniform(
        0.4303314829119352,
        Init.xavierUniform(parameter(60, 30), Init.gain(Nonlinearity.TANH), random));
    assertUniform(
        0.37977726265637496, Init.kaimingUniform(parameter(40, 60), 0.2, Fan.OUT, leaky, random));
    assertUniform(
        0.2886751345948129,
        Init.kaimingUniform(parameter(32, 8, 3, 3), 0, Fan.IN, Nonlinearity.RELU, random));
    Parameter normal =
        Init.kaimingNormal(parameter(32, 8, 3, 3), 0, Fan.IN, Nonlinearity.TANH, random);
    assertEquals(0.19641855032959657, deviation(normal), 0.006);
  }

  @Test
  void normalHasItsMeanAndDeviation() {
    Parameter p = Init.normal(parameter(5000), 3, 0.5, new Rng(3));
    double mean = 0;
    for (double v : values(p)) {
      mean += v / 5000;
    }
    assertEquals(3, mean, 0.03);
    Init.normal(p, 0, 0.5, new Rng(3));
    assertEquals(0.5, deviation(p), 0.02);
  }

  @Test
  void truncNormalIsNormalBetweenItsBounds() {
    Parameter p = Init.truncNormal(parameter(20000), 1, 2, -1, 2, new Rng(3));
    double mean = 0;
    for (double v : values(p)) {
      assertTrue(v >= -1 && v <= 2, "drew " + v);
      mean += v / 20000;
    }
    // mean + deviation (φ(-1) - φ(1/2)) / (Φ(1/2) - Φ(-1))
    assertEquals(1 + 2 * (0.24197072 - 0.35206533) / (0.69146246 - 0.15865525), mean, 0.02);
    Rng.seed(4);
    assertTrue(largest(Init.truncNormal(parameter(20000), 0, 0.5)) <= 1);
    Parameter narrow = Init.truncNormal(parameter(10), 0, 1, 3, 3.001, new Rng(3));
    assertEquals(3.0005, values(narrow)[9], 0.0005);
    for (double[] wrong : new double[][] {{1, 1, -1}, {0, -1, 1}, {1, 1, Double.NaN}}) {
      OptionException e =
          assertThrows(
              OptionException.class,
              () -> Init.truncNormal(p, 0, wrong[0], wrong[1], wrong[2], new Rng(1)));
      assertTrue(e.getMessage().contains("the lower one first"), e.getMessage());
    }
  }

  @Test
  void eyeAndDiracKeepTheirInput() {
    Variable x = Variable.constant(Tensor.randn(Shape.of(2, 3), DType.FLOAT64, new Rng(1)));
    Tensor y = F.linear(x, Init.eye(parameter(4, 3))).value();
    assertTrue(x.value().sameBits(y.slice(1, 0, 3, 1)));
    assertEquals(0, y.at(1, 3));
    Variable image =
        Variable.constant(Tensor.randn(Shape.of(1, 2, 4, 4), DType.FLOAT64, new Rng(1)));
    Convolution same = Convolution.defaults().padding(1);
    Tensor kept = F.conv2d(image, Init.dirac(parameter(2, 2, 3, 3)), null, same).value();
    assertTrue(image.value().sameBits(kept));
  }

  @Test
  void sparseColumnsHaveTheirShareOfZeros() {
    Parameter p = Init.sparse(parameter(10, 50), 0.25, 0.1, new Rng(2));
    for (int column = 0; column < 50; column++) {
      int zeros = 0;
      for (int row = 0; row < 10; row++) {
        zeros += p.value().at(row, column) == 0 ? 1 : 0;
      }
      assertEquals(3, zeros);
    }
    assertEquals(0.1 * Math.sqrt(0.7), deviation(p), 0.01);
    assertEquals(0, largest(Init.sparse(parameter(3, 3), 1, 1, new Rng(2))));
    OptionException e =
        assertThrows(OptionException.class, () -> Init.sparse(p, 1.5, 1, new Rng(2)));
    assertEquals("sparsity 1.5\n  hint: it lies between 0 and 1", e.getMessage());
  }

  @Test
  void rulesForSomeRanksSayWhichRuleIsForOthers() {
    Parameter vector = parameter(3).named("fc.bias");
    assertEquals(
        "the identity in 'fc.bias' of shape (3)\n"
            + "  hint: eye is for matrices; dirac is for kernels of convolutions",
        assertThrows(ShapeException.class, () -> Init.eye(vector)).getMessage());
    assertEquals(
        "the identity of a convolution in 'fc.bias' of shape (3)\n"
            + "  hint: dirac is for kernels (out, in, k..); eye is for matrices",
        assertThrows(ShapeException.class, () -> Init.dirac(vector)).getMessage());
    assertEquals(
        "sparse columns in 'fc.bias' of shape (3)\n  hint: sparse is for matrices",
        assertThrows(ShapeException.class, () -> Init.sparse(vector, 0.1, 1, new Rng(1)))
            .getMessage());
  }

  @Test
  void constantFillsAndReturnsTheParameter() {
    Parameter p = parameter(2, 2);
    assertSame(p, Init.constant(p, 0.25));
    assertEquals(0.25, p.value().at(1, 1));
  }

  @Test
  void orthogonalRowsOrColumnsAreOrthonormalWhicheverAreFewer() {
    for (int[] sizes : new int[][] {{5, 5}, {4, 7}, {7, 4}, {3, 2, 4}}) {
      Parameter p = Init.orthogonal(parameter(sizes), 1.5, new Rng(4));
      int rows = sizes[0];
      Tensor w = p.value().reshape(rows, -1);
      Tensor few = rows <= w.size(1) ? w : w.permute(1, 0);
      for (int i = 0; i < few.size(0); i++) {
        for (int j = 0; j < few.size(0); j++) {
          double dot = 0;
          for (int k = 0; k < few.size(1); k++) {
            dot += few.at(i, k) * few.at(j, k);
          }
          assertEquals(i == j ? 2.25 : 0, dot, 1e-14);
        }
      }
    }
  }

  @Test
  void constantAndOrthogonalRefuseWhatIsNotFinite() {
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      Parameter p = parameter(2, 2);
      assertEquals(
          "constant " + bad + "\n  hint: a parameter starts with finite numbers",
          assertThrows(OptionException.class, () -> Init.constant(p, bad)).getMessage());
      assertEquals(
          "gain " + bad + "\n  hint: a gain is finite and at least 0",
          assertThrows(OptionException.class, () -> Init.orthogonal(p, bad, new Rng(4)))
              .getMessage());
    }
  }

  @Test
  void orthogonalLeavesNothingToFillAlone() {
    assertEquals(0, Init.orthogonal(parameter(0, 3)).value().count());
  }

  @Test
  void sameSeedGivesSameBitsAlsoThroughTheThreadsGenerator() {
    Rng.seed(9);
    Tensor first = Init.xavierUniform(parameter(3, 3)).value().copy();
    assertTrue(first.sameBits(Init.xavierUniform(parameter(3, 3), 1, new Rng(9)).value()));
    Rng.seed(9);
    Parameter drawn = Init.kaimingNormal(parameter(3, 3));
    Rng.seed(9);
    assertTrue(drawn.value().sameBits(Init.kaimingNormal(parameter(3, 3)).value()));
    Rng.seed(9);
    Parameter uniform = Init.kaimingUniform(parameter(3, 3));
    Parameter next = Init.uniform(parameter(3, 3), -1, 1);
    assertEquals(false, uniform.value().sameBits(next.value()));
    assertEquals(Math.sqrt(2 / 100.0), deviation(Init.xavierNormal(parameter(40, 60))), 0.005);
    assertEquals(1, deviation(Init.normal(parameter(4000), 0, 1)), 0.05);
  }

  @Test
  void rulesThatNeedFansRefuseVectors() {
    Parameter bias = parameter(3).named("fc.bias");
    String message =
        "'fc.bias' of shape (3) has no fan in and fan out\n"
            + "  hint: this rule is for weights of shape (out, in, ..); use constant or uniform";
    for (Runnable rule :
        new Runnable[] {
          () -> Init.xavierUniform(bias),
          () -> Init.xavierNormal(bias),
          () -> Init.kaimingUniform(bias),
          () -> Init.kaimingNormal(bias),
          () -> Init.orthogonal(bias)
        }) {
      assertEquals(message, assertThrows(ShapeException.class, rule::run).getMessage());
    }
  }

  @Test
  void boundsThatMakeNoSenseAreRefused() {
    Parameter p = parameter(3, 3);
    assertEquals(
        "uniform from 1.0 to -1.0\n  hint: both bounds are finite, the lower one first",
        assertThrows(OptionException.class, () -> Init.uniform(p, 1, -1)).getMessage());
    assertEquals(
        "normal with mean 0.0 and deviation NaN\n"
            + "  hint: both are finite, the deviation is at least 0",
        assertThrows(OptionException.class, () -> Init.normal(p, 0, Double.NaN)).getMessage());
    assertEquals(
        "gain -1.0\n  hint: a gain is finite and at least 0",
        assertThrows(OptionException.class, () -> Init.xavierNormal(p, -1, new Rng(0)))
            .getMessage());
  }
}
