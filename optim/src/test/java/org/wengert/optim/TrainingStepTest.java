package org.wengert.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.wengert.Parameter;
import org.wengert.StateException;
import org.wengert.Variable;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// What happens between the loss and the new parameters.
class TrainingStepTest {
  private final Parameter weight = new Parameter(Tensor.of(1.0, -2.0)).named("weight");
  private final Parameter bias = new Parameter(Tensor.of(0.5)).named("bias");
  private final List<Parameter> both = List.of(weight, bias);

  private static void giveGradients(List<Parameter> parameters) {
    parameters.forEach(p -> p.setGrad(Tensor.full(p.shape(), 0.25, p.dtype())));
  }

  @Test
  void aStepWithAClosureIsTheFourLinesInOne() {
    Parameter twin = new Parameter(weight.value());
    SGD sgd = new SGD(List.of(weight), 0.1, 0.9);
    SGD other = new SGD(List.of(twin), 0.1, 0.9);
    for (int i = 0; i < 3; i++) {
      Variable loss = sgd.step(() -> weight.square().sum());
      other.zeroGrad();
      Variable same = twin.square().sum();
      same.backward();
      other.step();
      assertEquals(same.item(), loss.item());
      assertTrue(twin.value().sameBits(weight.value()));
    }
  }

  /// `k` backward passes of the means of parts, each divided by `k`, are one of the mean of all.
  @Test
  void gradientsOfPartsOfABatchAddUpToThoseOfAllOfIt() {
    Tensor x = Tensor.randn(Shape.of(12, 2), DType.FLOAT64, new Random(3));
    Parameter twin = new Parameter(weight.value());
    Adam whole = new Adam(List.of(weight), 0.1);
    Adam inParts = new Adam(List.of(twin), 0.1);
    for (int step = 0; step < 5; step++) {
      whole.step(() -> mean(weight, x));
      inParts.zeroGrad();
      for (int part = 0; part < 4; part++) {
        mean(twin, x.slice(0, 3 * part, 3 * part + 3, 1)).div(4).backward();
      }
      inParts.step();
      assertArrayEquals(weight.value().toDoubleArray(), twin.value().toDoubleArray(), 1e-12);
    }
  }

  private static Variable mean(Parameter w, Tensor x) {
    return Variable.constant(x).matMul(w).tanh().sub(0.5).square().mean();
  }

  @Test
  void aLossThatReachesNoParameterIsRefused() {
    Parameter other = new Parameter(Tensor.of(1.0));
    SGD sgd = new SGD(both, 0.1);
    giveGradients(both);
    assertThrows(StateException.class, () -> sgd.step(() -> other.mul(2)));
    assertEquals(0.5, bias.item());
  }

  /// Closures written for PyTorch do all three lines; the gradient would count twice.
  @Test
  void aClosureThatGoesBackwardItselfIsRefused() {
    for (Optimizer optimizer : List.of(new SGD(both, 0.1), new LBFGS(both))) {
      Supplier<Variable> ofPyTorch =
          () -> {
            optimizer.zeroGrad();
            Variable loss = weight.square().sum();
            loss.backward();
            return loss;
          };
      String name = optimizer.getClass().getSimpleName();
      String message =
          assertThrows(StateException.class, () -> optimizer.step(ofPyTorch)).getMessage();
      assertEquals(
          name
              + """
              .step(closure): the closure left gradients at 1 of 2 parameters
                hint: leave out zeroGrad() and backward(): the closure only computes the loss\
              """,
          message);
      assertArrayEquals(new double[] {1, -2}, weight.value().toDoubleArray());
    }
  }

  /// The correction of the averages, which begin with 0: without it, it would be 3.16 rates.
  @Test
  void theFirstStepOfAdamIsTheLearningRateWhateverTheGradient() {
    for (double scale : new double[] {1e-6, 1, 1e6}) {
      weight.assign(Tensor.of(0.0, 0.0));
      weight.setGrad(Tensor.of(scale, -3 * scale));
      new Adam(List.of(weight), Adam.Options.defaults().learningRate(0.01).eps(0)).step();
      assertArrayEquals(new double[] {-0.01, 0.01}, weight.value().toDoubleArray(), 1e-14);
    }
  }

  @Test
  void aGraphFromBeforeTheStepSaysThatItsParameterChanged() {
    Variable x = Variable.constant(3.0, 4.0);
    Variable loss = weight.mul(weight).mul(x).sum();
    loss.backward();
    new SGD(both, 0.1).step();
    String message = assertThrows(StateException.class, loss::backward).getMessage();
    assertTrue(message.startsWith("parameter 'weight' changed after"), message);
  }
}
