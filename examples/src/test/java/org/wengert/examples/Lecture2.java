package org.wengert.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.wengert.examples.BackpropByHand.d;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.wengert.Leaf;

/// Lecture 2, Yeum: backpropagation through a network of two hidden and two output neurons.
abstract class Lecture2 {
  private final BackpropByHand.Net net = BackpropByHand.net();

  @Test
  void theForwardPassIsThatOfTheLecture() {
    Lectures.assertDigits(".3775", net.neth1().item(), 0);
    assertEquals(0.5932699921, net.h1().item(), 5e-11);
    assertEquals(0.5968843783, net.h2().item(), 5e-11);
    assertEquals(.5546, net.neto1().item(), 1e-10);
    assertEquals(.7188, net.neto2().item(), 1e-10);
    assertEquals(.6352021662, net.o1().item(), 1e-10);
    assertEquals(.6723427142, net.o2().item(), 1e-10);
    assertEquals(.4917838998, net.error().item(), 1e-10);
  }

  @Test
  void everyFactorOfTheGradientOfW5IsThatOfTheLecture() {
    Lectures.assertDigits("1.2504", d(net.error(), net.o1()));
    assertEquals(.2317203743, d(net.o1(), net.neto1()), 1e-10);
    assertEquals(net.h1().item(), d(net.neto1(), net.weight(5)));
    Lectures.assertDigits(".1718895", 1.2504 * .2317 * .5933);
    assertEquals(.1718965154, d(net.error(), net.weight(5)), 1e-10);
  }

  @Test
  void theGradientOfW1IsTheSumOfTwoPaths() {
    double first = d(net.error(), net.neto1()) * d(net.neto1(), net.weight(1));
    double second = d(net.error(), net.neto2()) * d(net.neto2(), net.weight(1));
    assertEquals(.00482601, d(net.neto1(), net.weight(1)), 5e-9);
    assertEquals(.00603252, d(net.neto2(), net.weight(1)), 5e-9);
    assertEquals(1.3983094e-3, first, 1e-10);
    assertEquals(-8.4430227e-4, second, 1e-10);
    assertEquals(first + second, d(net.error(), net.weight(1)), 1e-17);
    assertEquals(5.540071557e-4, d(net.error(), net.weight(1)), 1e-12);
  }

  @Test
  void thePrintedGradientOfW1CameFromRoundedFactorsAndASlip() {
    Lectures.assertDigits("5.50903e-4", BackpropByHand.rounded(.0048, .0060));
    Lectures.assertDigits("1.3068e-3", BackpropByHand.rounded(.0048, .0006));
  }

  @Test
  void allTwelveGradientsAreRight() {
    List<Leaf> all = Lesson2Backpropagation.parameters(net);
    for (int i = 0; i < 12; i++) {
      double expected = Double.parseDouble(Lesson2Backpropagation.GRADIENTS[i]);
      assertEquals(expected, d(net.error(), all.get(i)), 1.01e-10);
    }
  }

  @Test
  void oneStepMakesTheErrorSmaller() {
    for (String[] row : Lesson2Backpropagation.STEPS) {
      double error = net.step(Double.parseDouble(row[0]), true, 1).error().item();
      Lectures.assertDigits(row[1], error);
    }
  }

  @Test
  void noRoundBiasesGiveThePrintedNetValues() {
    assertEquals(0, Lesson2Backpropagation.roundBiases());
  }

  @Test
  void mazursNetworkLearnsAsHeSays() {
    var mazur = BackpropByHand.Net.of(BackpropByHand.WEIGHTS, BackpropByHand.MAZUR_BIASES, .5);
    assertEquals(.2983711088, mazur.error().item(), 1e-10);
    assertEquals(.7513650696, mazur.o1().item(), 1e-10);
    assertEquals(.7729284653, mazur.o2().item(), 1e-10);
    assertEquals(.0821670406, d(mazur.error(), mazur.weight(5)), 1e-10);
    var next = mazur.step(.5, false, .5);
    for (int i = 1; i <= 8; i++) {
      Lectures.assertDigits(Lesson2Backpropagation.MAZUR[i - 1], next.weight(i).item());
    }
    assertEquals(.2910277737, next.error().item(), 1e-10);
    for (int step = 1; step < 10_000; step++) {
      next = next.step(.5, false, .5);
    }
    Lectures.assertDigits("3.510188e-5", next.error().item());
    Lectures.assertDigits(".0159136", next.o1().item());
    Lectures.assertDigits(".9840643", next.o2().item());
  }
}
