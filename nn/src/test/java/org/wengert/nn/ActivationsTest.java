package org.wengert.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.wengert.Leaf;
import org.wengert.Variable;
import org.wengert.nn.GELU.Approximation;
import org.wengert.tensor.DType;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

class ActivationsTest {
  private static final double[] POINTS = {-2, -1, -0.5, 0, 0.5, 1, 2};

  private static double[] at(Layer layer, double... x) {
    return layer.forward(Variable.constant(x)).value().toDoubleArray();
  }

  /// The values of lecture 1, to ten decimals.
  private static void assertTable(Layer layer, double... values) {
    assertArrayEquals(values, at(layer, POINTS), 5e-11);
  }

  @Test
  void theActivationsOfTheFirstLectureHaveItsValues() {
    assertTable(new ReLU(), 0, 0, 0, 0, 0.5, 1, 2);
    assertTable(new ELU(), -0.8646647168, -0.6321205588, -0.3934693403, 0, 0.5, 1, 2);
    assertTable(new CELU(2), -1.2642411177, -0.7869386806, -0.4423984339, 0, 0.5, 1, 2);
    assertTable(
        new GELU(),
        new double[] {
          -0.0455002639, -0.1586552539, -0.1542687694, 0, 0.3457312306, 0.8413447461, 1.9544997361
        });
    assertTable(
        new GELU(Approximation.TANH),
        new double[] {
          -0.0454023059, -0.1588080094, -0.1542859902, 0, 0.3457140098, 0.8411919906, 1.9545976941
        });
    assertTable(
        new GELU(Approximation.SIGMOID),
        new double[] {
          -0.0643413769, -0.1542042341, -0.1496115634, 0, 0.3503884366, 0.8457957659, 1.9356586231
        });
    assertTable(
        new RBF(),
        new double[] {
          0.0183156389, 0.3678794412, 0.7788007831, 1, 0.7788007831, 0.3678794412, 0.0183156389
        });
    assertTable(
        new Softplus(),
        new double[] {
          0.1269280110,
          0.3132616875,
          0.4740769842,
          0.6931471806,
          0.9740769842,
          1.3132616875,
          2.1269280110
        });
  }

  @Test
  void theApproximationsOfGeluAreAsCloseAsTheySay() {
    double[] x = new double[1201];
    Arrays.setAll(x, i -> (i - 600) / 100.0);
    assertEquals(4.73e-4, largestDifference(x, Approximation.TANH), 1e-6);
    assertEquals(2.03e-2, largestDifference(x, Approximation.SIGMOID), 1e-4);
  }

  private static double largestDifference(double[] x, Approximation approximation) {
    double[] exact = at(new GELU(), x);
    double[] close = at(new GELU(approximation), x);
    double largest = 0;
    for (int i = 0; i < x.length; i++) {
      largest = Math.max(largest, Math.abs(exact[i] - close[i]));
    }
    return largest;
  }

  @Test
  void aSteepSigmoidNearsTheHardLimit() {
    double[] step = at(new HardLimit(), POINTS);
    assertArrayEquals(new double[] {0, 0, 0, 1, 1, 1, 1}, step);
    double[] steep = at(new Sigmoid(100), POINTS);
    assertEquals(0.5, steep[3]);
    steep[3] = 1;
    assertArrayEquals(step, steep, 1e-15);
    assertEquals(at(new Sigmoid(), 0.6)[0], at(new Sigmoid(2), 0.3)[0]);
  }

  @Test
  void maxoutGivesTheLargestOfNeighboursAndItsGradientToTheFirst() {
    Leaf x = Variable.of(1.0, 5.0, 5.0, -3.0, -2.0, -4.0);
    Variable y = new Maxout(3).forward(x);
    assertArrayEquals(new double[] {5, -2}, y.value().toDoubleArray());
    y.sum().backward();
    assertArrayEquals(new double[] {0, 1, 0, 0, 1, 0}, x.grad().toDoubleArray());
  }

  @Test
  void rreluDrawsASlopeForEachNegativeNumberWhileTraining() {
    Tensor x = Tensor.full(Shape.of(4000), -1, DType.FLOAT64);
    RReLU layer = new RReLU(0.25, 0.75, new Random(3));
    double[] drawn = layer.forward(Variable.constant(x)).value().toDoubleArray();
    for (double y : drawn) {
      assertTrue(y <= -0.25 && y >= -0.75, "slope " + -y);
    }
    assertEquals(-0.5, Arrays.stream(drawn).average().orElseThrow(), 0.01);
    assertTrue(Arrays.stream(drawn).distinct().count() > 3900);
    assertArrayEquals(new double[] {2, 3}, at(layer, 2, 3));
    layer.eval();
    assertArrayEquals(new double[] {-0.5, 2}, at(layer, -1, 2));
  }

  @Test
  void rreluGivesTheSameForTheSameSeedOfTheThread() {
    Variable x = Variable.constant(-1.0, -2.0, 3.0);
    Rng.seed(4);
    Tensor first = new RReLU().forward(x).value();
    Rng.seed(4);
    assertTrue(first.sameBits(new RReLU().forward(x).value()));
  }

  @Test
  void optionsThatMakeNoSenseAreRefused() {
    assertRefused("RReLU with slopes from 0.5 to 0.25", () -> new RReLU(0.5, 0.25));
    assertRefused("Hardtanh between 1.0 and -1.0", () -> new Hardtanh(1, -1));
    assertRefused("Hardshrink with lambda -1.0", () -> new Hardshrink(-1));
    assertRefused("Softshrink with lambda NaN", () -> new Softshrink(Double.NaN));
    assertRefused("Maxout of 0 pieces", () -> new Maxout(0));
    assertRefused("PReLU with 0 slopes", () -> new PReLU(0, 0.25));
  }

  private static void assertRefused(String problem, Runnable make) {
    OptionException e = assertThrows(OptionException.class, make::run);
    assertEquals(problem, e.problem());
    assertTrue(e.getMessage().contains("\n  hint: "), e.getMessage());
  }
}
