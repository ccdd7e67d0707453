package org.wengert.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.wengert.examples.BackpropByHand.d;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.wengert.Autograd;
import org.wengert.Leaf;
import org.wengert.Variable;
import org.wengert.nn.MSELoss;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;

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
    DeltaRule net = DeltaRule.random(new Rng(1));
    Variable error = net.error(net.v(), net.w());
    assertClose(net.byW(), Autograd.grad(error, net.w()));
    assertClose(net.byV(), Autograd.grad(error, net.v()));
    assertEquals(0, net.fromDifferencesInW(), 2e-11);
    assertEquals(0, net.fromDifferencesInV(), 2e-11);
  }

  private static void assertClose(Variable expected, Variable actual) {
    assertArrayEquals(expected.value().toDoubleArray(), actual.value().toDoubleArray(), 1e-16);
  }

  @Test
  void theJacobianOfALayerHasTheInputsInBlocks() {
    double[] y = {1, 2, 3};
    Variable j =
        Autograd.jacobian(
            flat -> flat.reshape(2, 3).matMul(Variable.constant(y)),
            Variable.constant(1, 2, 3, 4, 5, 6));
    assertEquals(Shape.of(2, 6), j.shape());
    assertArrayEquals(new double[] {1, 2, 3, 0, 0, 0, 0, 0, 0, 1, 2, 3}, j.value().toDoubleArray());
  }

  @Test
  void theLecturesLoopReportsOnlyIfTheLastBatchHappensToBeDue() {
    assertEquals(7, Lesson4Training.reports(15_000, true));
    assertEquals(0, Lesson4Training.reports(15_000, false));
    assertEquals(1, Lesson4Training.reports(14_000, false));
  }

  @Test
  void theLecturesMomentumIsTheOptimizersWhileTheRateIsConstant() {
    assertEquals(.0043998706, Lesson4Training.bySgd(0.1, 0.1), 5e-11);
    assertEquals(.0043998706, Lesson4Training.byTheLecture(0.1, 0.1), 5e-11);
    assertNotEquals(
        Lesson4Training.bySgd(0.1, 0.05), Lesson4Training.byTheLecture(0.1, 0.05), 1e-3);
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
    for (Lesson4Training.Scaled scaled : Lesson4Training.SCALED) {
      Lectures.assertDigits(scaled.condition(), scaled.stability().condition());
      Lectures.assertDigits(scaled.steps(), scaled.stepsTaken());
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
