package org.wengert.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.wengert.examples.BackpropByHand.d;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.wengert.Autograd;
import org.wengert.Leaf;
import org.wengert.Parameter;
import org.wengert.Variable;
import org.wengert.nn.MSELoss;
import org.wengert.optim.SGD;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Lecture 4, Kim: perceptrons, training, and graphs with several paths.
abstract class Lecture4 {
  @Test
  void aPerceptronSeparatesTheTwoSamples() {
    Variable w = Variable.constant(-1, 1);
    assertEquals(-1, w.matMul(Variable.constant(2, 1)).item());
    assertEquals(1, w.matMul(Variable.constant(1, 2)).item());
  }

  @Test
  void twoLinesSolveExclusiveOr() {
    for (int i = 0; i < 4; i++) {
      assertEquals(Xor.Y[i][0] == 1 ? 1 : 2, Xor.byTwoLines(Xor.X[i]));
    }
  }

  @Test
  void helloMlpHas55050Parameters() {
    HelloMLP model = new HelloMLP(new Rng(1));
    List<Integer> counts = model.parameters().stream().map(p -> p.value().count()).toList();
    assertEquals(List.of(50_176, 64, 4_096, 64, 640, 10), counts);
    assertEquals(55_050, Lesson1GradientDescent.parameterCount(model));
  }

  @Test
  void theChainRuleGivesMinusFourMinusFourThree() {
    Leaf x = Variable.of(-2.0);
    Leaf y = Variable.of(5.0);
    Leaf z = Variable.of(-4.0);
    Variable q = x.add(y);
    Variable f = q.mul(z);
    assertEquals(3, q.item());
    assertEquals(-12, f.item());
    assertEquals(-4, d(f, x));
    assertEquals(-4, d(f, y));
    assertEquals(3, d(f, z));
    assertEquals(-4, d(f, q));
  }

  @Test
  void theDeltaRuleIsTheGradient() {
    Rng random = new Rng(1);
    Leaf v = Variable.of(random(random, 4, 3));
    Leaf w = Variable.of(random(random, 2, 4));
    Variable x = Variable.constant(random(random, 3, 1));
    Variable target = Variable.constant(random(random, 2, 1));
    Variable y = v.matMul(x).sigmoid();
    Variable o = w.matMul(y).sigmoid();
    Variable error = o.sub(target).square().sum().div(2.0 * 2);

    Variable delta = o.sub(target).div(2.0).mul(o).mul(o.rsub(1.0));
    Variable hidden = w.mT().matMul(delta);
    assertClose(delta.matMul(y.mT()), Autograd.grad(error, w));
    assertClose(hidden, Autograd.grad(error, y));
    assertClose(hidden.mul(y).mul(y.rsub(1.0)).matMul(x.mT()), Autograd.grad(error, v));
  }

  private static Tensor random(Rng random, int rows, int columns) {
    return Tensor.randn(Shape.of(rows, columns), DType.FLOAT64, random);
  }

  private static void assertClose(Variable expected, Variable actual) {
    assertArrayEquals(expected.value().toDoubleArray(), actual.value().toDoubleArray(), 1e-16);
  }

  @Test
  void theLecturesMomentumIsTheOptimizersWhileTheRateIsConstant() {
    assertEquals(.0043998706, trained(0.1, 0.1), 5e-11);
    assertEquals(.0043998706, byTheLecture(0.1, 0.1), 5e-11);
    assertNotEquals(trained(0.1, 0.05), byTheLecture(0.1, 0.05), 1e-3);
  }

  /// `w²` from `w = 1`, five steps at one rate and five at another.
  private static double trained(double first, double then) {
    Parameter w = new Parameter(Tensor.of(1.0));
    SGD optimizer = new SGD(List.of(w), first, 0.9);
    for (int step = 0; step < 10; step++) {
      optimizer.learningRates(step < 5 ? first : then);
      optimizer.zeroGrad();
      w.square().backward();
      optimizer.step();
    }
    return w.item();
  }

  /// `Δw ← -η g + m Δw`, `w ← w + Δw`.
  private static double byTheLecture(double first, double then) {
    double w = 1;
    double move = 0;
    for (int step = 0; step < 10; step++) {
      move = -(step < 5 ? first : then) * 2 * w + 0.9 * move;
      w += move;
    }
    return w;
  }

  @Test
  void theLecturesSquaredErrorIsHalfOfMseLoss() {
    Variable y = Variable.constant(1, 2, 4);
    Variable target = Variable.constant(1, 1, 1);
    double lecture = y.sub(target).square().sum().div(2.0 * 3).item();
    assertEquals(2 * lecture, new MSELoss().forward(y, target).item(), 1e-15);
  }

  @Test
  void badlyScaledInputsMakeDescentSlow() {
    assertScaling(new double[][] {{101, 101}, {101, 99}}, 40_005.92, 152_041);
    assertScaling(new double[][] {{1, 1}, {1, -1}}, 1, 1);
    assertScaling(new double[][] {{.1, 10}, {.1, -10}}, 10_000, 38_005);
  }

  /// The condition of the Hessian, and the steps to a sum of squares below 1e-6 from zero with
  /// the best constant learning rate, 2 over the sum of the Hessian's eigenvalues.
  private static void assertScaling(double[][] inputs, double condition, int steps) {
    Variable x = Variable.constant(inputs);
    Variable target = Variable.constant(2, 0);
    Parameter w = new Parameter(Tensor.of(0.0, 0.0));
    Variable gradient = Autograd.grad(x.matMul(w).sub(target).square().sum(), w);
    double[] first = Autograd.grad(gradient.select(0, 0), w).value().toDoubleArray();
    double[] second = Autograd.grad(gradient.select(0, 1), w).value().toDoubleArray();
    double middle = (first[0] + second[1]) / 2;
    double radius = Math.hypot((first[0] - second[1]) / 2, first[1]);
    assertEquals(condition, (middle + radius) / (middle - radius), 1e-2);

    SGD optimizer = new SGD(List.of(w), 2 / (2 * middle));
    int taken = 0;
    while (true) {
      optimizer.zeroGrad();
      Variable loss = x.matMul(w).sub(target).square().sum();
      if (loss.item() < 1e-6) {
        assertEquals(steps, taken);
        return;
      }
      loss.backward();
      optimizer.step();
      taken++;
    }
  }

  @Test
  void diamondsAreVisitedOnceForAllTheirPaths() {
    Leaf one = Variable.of(1.0);
    Variable b = one.add(one);
    assertEquals(4, d(b.add(b), one));

    Leaf x = Variable.of(2.0);
    Leaf y = Variable.of(3.0);
    Variable sum = x.add(y);
    Variable product = x.mul(y);
    Variable all = sum.add(product).add(sum.mul(product));
    assertEquals(41, all.item());
    assertEquals(25, d(all, x));
    assertEquals(19, d(all, y));

    Leaf a = Variable.of(1.0);
    Variable xa = one.mul(a);
    Variable f = one.mul(xa).add(one.mul(xa)).add(one.square().mul(a));
    assertEquals(3, f.item());
    assertEquals(6, d(f, one));
  }
}
