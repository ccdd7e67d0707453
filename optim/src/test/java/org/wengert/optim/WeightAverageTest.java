package org.wengert.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.wengert.Parameter;
import org.wengert.StateException;
import org.wengert.Variable;
import org.wengert.tensor.DType;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

class WeightAverageTest {
  private final Parameter weight = new Parameter(Tensor.of(1.0, -2.0)).named("weight");
  private final Parameter bias = new Parameter(Tensor.of(0.5)).named("bias");
  private final List<Parameter> both = List.of(weight, bias);

  private void move(double x, double y, double z) {
    weight.assign(Tensor.of(x, y));
    bias.assign(Tensor.of(z));
  }

  private static double[] first(WeightAverage average) {
    return average.values().getFirst().toDoubleArray();
  }

  @Test
  void swaIsTheMeanOfAllUpdates() {
    WeightAverage average = WeightAverage.swa(both);
    double[][] path = {{1, 2}, {4, 4}, {7, 0}, {0, 10}};
    for (double[] point : path) {
      move(point[0], point[1], 3);
      average.update();
    }
    assertArrayEquals(new double[] {3, 4}, first(average), 1e-15);
    assertEquals(3, average.values().getLast().item());
    assertEquals(4, average.updates());
  }

  @Test
  void emaForgetsAtItsDecay() {
    WeightAverage average = WeightAverage.ema(both, 0.75);
    move(8, 0, 1);
    average.update();
    move(4, 4, 1);
    average.update();
    move(0, 0, 1);
    average.update();
    assertArrayEquals(new double[] {0.75 * (0.75 * 8 + 1), 0.75}, first(average), 1e-15);
  }

  @Test
  void theFirstUpdateCopies() {
    for (WeightAverage average : List.of(WeightAverage.swa(both), WeightAverage.ema(both, 0.9))) {
      assertArrayEquals(weight.value().toDoubleArray(), first(average));
      move(1e300, -1e-300, 4);
      average.update();
      assertArrayEquals(new double[] {1e300, -1e-300}, first(average));
      move(1, -2, 0.5);
    }
  }

  @Test
  void aModelIsTestedWithTheAverageAndTrainedWithItsOwnWeights() {
    WeightAverage average = WeightAverage.swa(both);
    average.update();
    move(3, 3, 3);
    assertEquals(1, average.during(() -> weight.value().at(0)));
    assertEquals(3, weight.value().at(0));
    assertThrows(
        IllegalStateException.class,
        () ->
            average.during(
                () -> {
                  throw new IllegalStateException("test failed");
                }));
    assertEquals(3, weight.value().at(0));
    average.assign();
    assertArrayEquals(new double[] {1, -2}, weight.value().toDoubleArray());
  }

  @Test
  void theAverageOfFloat32IsFloat32() {
    Parameter single = new Parameter(Tensor.of(1f, 2f));
    WeightAverage average = WeightAverage.ema(List.of(single), 0.5);
    average.update();
    single.assign(Tensor.of(2f, 2f));
    average.update();
    assertEquals(DType.FLOAT32, average.values().getFirst().dtype());
    assertArrayEquals(new double[] {1.5, 2}, first(average));
  }

  /// As the state of optimizers does.
  @Test
  void theAverageFollowsItsParameterToAnotherType() {
    Parameter w = new Parameter(Tensor.of(1f, 2f));
    WeightAverage average = WeightAverage.ema(List.of(w), 0.5);
    average.update();
    w.convert(DType.FLOAT64);
    assertEquals(DType.FLOAT64, average.values().getFirst().dtype());
    average.loadStateDict(average.stateDict());
    w.assign(Tensor.of(2.0, 2.1));
    average.update();
    assertArrayEquals(new double[] {1.5, 2.05}, first(average));
    assertEquals(2.05, average.during(() -> w.value().at(1)), 1e-15);
    w.convert(DType.FLOAT32);
    average.assign();
    assertArrayEquals(new double[] {1.5, 2.05f}, w.value().toDoubleArray());
  }

  /// A model that is put into another gives its parameters longer names.
  @Test
  void theNamesInTheStateAreThoseOfTheBeginning() {
    WeightAverage average = WeightAverage.swa(both);
    average.update();
    var saved = average.stateDict();
    weight.named("0.weight");
    assertEquals(saved.keySet(), average.stateDict().keySet());
    average.loadStateDict(saved);
  }

  @Test
  void itResumesWithTheSameBits() {
    for (boolean swa : new boolean[] {true, false}) {
      WeightAverage average = swa ? WeightAverage.swa(both) : WeightAverage.ema(both, 0.9);
      WeightAverage resumed = swa ? WeightAverage.swa(both) : WeightAverage.ema(both, 0.9);
      Random random = new Random(5);
      for (int i = 0; i < 20; i++) {
        if (i < 10) {
          resumed = swa ? WeightAverage.swa(both) : WeightAverage.ema(both, 0.9);
          resumed.loadStateDict(average.stateDict());
        }
        move(random.nextGaussian(), random.nextGaussian(), random.nextGaussian());
        average.update();
        resumed.update();
        var state = average.stateDict();
        var other = resumed.stateDict();
        assertEquals(
            List.of("nAveraged", "average/weight", "average/bias"), List.copyOf(state.keySet()));
        state.forEach((key, value) -> assertTrue(value.sameBits(other.get(key)), key));
      }
    }
  }

  @Test
  void aStateThatDoesNotFitIsRefusedAndNothingChanges() {
    WeightAverage average = WeightAverage.swa(both);
    average.update();
    var saved = average.stateDict();
    saved.put("average/bias", Tensor.of(1.0, 2.0));
    saved.put("nAveraged", Tensor.of(7L));
    assertEquals(
        """
        WeightAverage.loadStateDict: the saved state does not fit
            mis-shaped  average/bias  FLOAT64 (2) instead of FLOAT64 ()
          hint: build the optimizer with the parameters, names and groups it was saved with""",
        assertThrows(StateException.class, () -> average.loadStateDict(saved)).getMessage());
    assertEquals(1, average.updates());
  }

  @Test
  void anEmptyListAndAWrongDecayAreRefused() {
    assertEquals(
        """
        a WeightAverage got an empty parameter list
          hint: pass model.parameters()""",
        assertThrows(OptionException.class, () -> WeightAverage.swa(List.of())).getMessage());
    assertEquals(
        """
        ema: decay is 1.0, but must be at least 0 and below 1
          hint: for example WeightAverage.ema(model.parameters(), 0.999)""",
        assertThrows(OptionException.class, () -> WeightAverage.ema(both, 1)).getMessage());
  }

  /// Descent with noisy gradients wanders about the optimum; the mean of its ways is closer.
  @Test
  void theAverageIsCloserToTheOptimumThanNoisyWeights() {
    Random random = new Random(11);
    Parameter w = new Parameter(Tensor.zeros(Shape.of(50), DType.FLOAT64));
    SGD sgd = new SGD(List.of(w), 0.5);
    WeightAverage average = WeightAverage.swa(List.of(w));
    for (int i = 0; i < 200; i++) {
      Tensor noise = Tensor.randn(w.shape(), DType.FLOAT64, random);
      sgd.step(() -> w.sub(1).square().div(2).add(w.mul(Variable.constant(noise))).sum());
      if (i >= 20) {
        average.update();
      }
    }
    double last = w.sub(1).square().sum().item();
    double mean = average.during(() -> w.sub(1).square().sum().item());
    assertTrue(mean < last / 10, mean + " against " + last);
  }
}
