package org.wengert.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.wengert.examples.BackpropByHand.d;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.wengert.F;
import org.wengert.Leaf;
import org.wengert.Variable;
import org.wengert.nn.Layer;
import org.wengert.tensor.DType;
import org.wengert.tensor.Tensor;

/// Lecture 1, Kofke: the table of activation functions, those of the library and compositions.
abstract class Activations {
  private static final Variable X = Variable.constant(-2, -1, -.5, 0, .5, 1, 2);

  private static void assertValues(Layer f, double... expected) {
    assertArrayEquals(expected, f.forward(X).value().toDoubleArray(), 5.01e-11);
  }

  @Test
  void rectifiersHaveTheirTabulatedValues() {
    assertValues(F::relu, 0, 0, 0, 0, .5, 1, 2);
    assertValues(x -> F.elu(x, 1), -0.8646647168, -0.6321205588, -0.3934693403, 0, .5, 1, 2);
    assertValues(x -> F.celu(x, 2), -1.2642411177, -0.7869386806, -0.4423984339, 0, .5, 1, 2);
  }

  @Test
  void geluAndItsTwoApproximationsHaveTheirTabulatedValues() {
    assertValues(
        F::gelu,
        -0.0455002639,
        -0.1586552539,
        -0.1542687694,
        0,
        0.3457312306,
        0.8413447461,
        1.9544997361);
    assertValues(
        F::geluTanh,
        -0.0454023059,
        -0.1588080094,
        -0.1542859902,
        0,
        0.3457140098,
        0.8411919906,
        1.9545976941);
    assertValues(
        x -> x.mul(x.mul(1.702).sigmoid()),
        -0.0643413769,
        -0.1542042341,
        -0.1496115634,
        0,
        0.3503884366,
        0.8457957659,
        1.9356586231);
  }

  @Test
  void smoothActivationsHaveTheirTabulatedValues() {
    assertValues(
        x -> F.rbf(x, 1, 0),
        0.0183156389,
        0.3678794412,
        0.7788007831,
        1,
        0.7788007831,
        0.3678794412,
        0.0183156389);
    assertValues(
        F::sigmoid,
        0.1192029220,
        0.2689414214,
        0.3775406688,
        .5,
        0.6224593312,
        0.7310585786,
        0.8807970780);
    assertValues(
        F::softplus,
        0.1269280110,
        0.3132616875,
        0.4740769842,
        0.6931471806,
        0.9740769842,
        1.3132616875,
        2.1269280110);
    assertValues(
        F::tanh,
        -0.9640275801,
        -0.7615941560,
        -0.4621171573,
        0,
        0.4621171573,
        0.7615941560,
        0.9640275801);
  }

  @Test
  void theApproximationsOfGeluAreAsGoodAsStated() {
    Variable x =
        Variable.constant(Tensor.arange(12_001).to(DType.FLOAT64)).sub(6_000.0).div(1_000.0);
    Lectures.assertDigits("4.73e-4", distance(F.gelu(x), F.geluTanh(x)));
    Lectures.assertDigits("2.03e-2", distance(F.gelu(x), x.mul(x.mul(1.702).sigmoid())));
  }

  private static double distance(Variable a, Variable b) {
    return F.amax(F.abs(a.sub(b)), false).item();
  }

  @Test
  void eluHasAKinkAtZeroUnlessItsFactorIsOneAndCeluHasNone() {
    assertEquals(2, slope(x -> F.elu(x, 2), -1e-9), 1e-8);
    assertEquals(1, slope(x -> F.elu(x, 2), 1e-9), 1e-8);
    assertEquals(1, slope(x -> F.elu(x, 1), -1e-9), 1e-8);
    assertEquals(1, slope(x -> F.celu(x, 2), -1e-9), 1e-8);
  }

  private static double slope(UnaryOperator<Variable> f, double at) {
    Leaf x = Variable.of(at);
    return d(f.apply(x), x);
  }
}
