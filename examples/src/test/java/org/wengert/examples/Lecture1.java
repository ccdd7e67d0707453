package org.wengert.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.wengert.Variable;
import org.wengert.examples.LinearRegression.Row;
import org.wengert.nn.Linear;
import org.wengert.nn.Module;
import org.wengert.nn.Sequential;
import org.wengert.optim.Stability;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Lecture 1, Kofke: a straight line found by gradient descent, and linear networks.
abstract class Lecture1 {
  @Test
  void gradientsFromUnroundedDataReproduceTheWholeTable() {
    assertTable(
        LinearRegression.TABLE, LinearRegression.descend(LinearRegression.UNROUNDED, 0.01, 4), 2);
  }

  @Test
  void thePrintedDataReproduceItToThreeOrFourDigits() {
    String[][] table = {
      {"1", "0", "-280.524", "-80.164", "361.391"},
      {"3.80524", ".80164", "52.1016", "12.0096", "13.6835"},
      {"3.28422", ".681544", "-8.81304", "-4.82184", "1.97482"},
      {"3.37235", ".729762", "2.32786", "-1.69574", "1.53192"},
      {"3.34908", ".746720", ".275938", "-2.22453", "1.46837"}
    };
    List<Row> rows = LinearRegression.descend(LinearRegression.Y, 0.01, 4);
    assertTable(table, rows, 0);
    for (int i = 0; i < rows.size(); i++) {
      assertEquals(Double.parseDouble(LinearRegression.TABLE[i][0]), rows.get(i).w(), 4e-4);
      assertEquals(Double.parseDouble(LinearRegression.TABLE[i][1]), rows.get(i).b(), 4e-4);
    }
  }

  private static void assertTable(String[][] table, List<Row> rows, int units) {
    assertEquals(table.length, rows.size());
    for (int i = 0; i < table.length; i++) {
      Row row = rows.get(i);
      double[] numbers = {row.w(), row.b(), row.dw(), row.db(), row.loss()};
      for (int k = 0; k < numbers.length; k++) {
        Lectures.assertDigits(table[i][k], numbers[k], units);
      }
    }
  }

  @Test
  void thePredictionsFollowFromThePrintedParameters() {
    Variable w = Variable.constant(3.80552, 3.28444, 3.37257, 3.34929);
    Variable b = Variable.constant(0.801755, 0.681677, 0.729932, 0.746921);
    for (int x = 1; x <= 5; x++) {
      double[] predictions = w.mul(x).add(b).value().toDoubleArray();
      for (int row = 0; row < 4; row++) {
        Lectures.assertDigits(LinearRegression.PREDICTIONS[x - 1][row], predictions[row], 1);
      }
    }
  }

  @Test
  void descentEndsAtTheLeastSquaresLine() {
    Row best = LinearRegression.descend(LinearRegression.Y, 0.0165, 2_000).getLast();
    Lectures.assertDigits("3.0016", best.w());
    Lectures.assertDigits("2.0116", best.b());
    Lectures.assertDigits("0.0135536", best.loss());
    Lectures.assertDigits("0.00185419", LinearRegression.testLoss(best));
    Lectures.assertDigits(
        "1.44129", LinearRegression.testLoss(new Row(3.34929, 0.746921, 0, 0, 0)));
  }

  @Test
  void theHessianGivesTheLearningRateAtWhichDescentDiverges() {
    Stability here = LinearRegression.stability();
    Lectures.assertDigits("1.690481", here.smallest());
    Lectures.assertDigits("118.309519", here.largest());
    Lectures.assertDigits("69.99", here.condition());
    Lectures.assertDigits("0.01690481", here.limit());
  }

  @Test
  void theLearningRateDecidesHowFastTheLossFallsOrRises() {
    for (String[] row : LinearRegression.RATES) {
      List<Row> rows =
          LinearRegression.descend(LinearRegression.Y, Double.parseDouble(row[0]), 200);
      Lectures.assertDigits(row[1], rows.get(5).loss());
      Lectures.assertDigits(row[2], rows.get(200).loss());
    }
  }

  @Test
  void fasterRatesComeWithinOnePercentInFewerSteps() {
    assertEquals(555, LinearRegression.steps(.005));
    assertEquals(277, LinearRegression.steps(.01));
    assertEquals(170, LinearRegression.steps(.0165));
  }

  @Test
  void twoInputsTwoHiddenAndOneOutputHaveNineParameters() {
    assertEquals(
        9,
        Lesson1GradientDescent.parameterCount(new Sequential(new Linear(2, 2), new Linear(2, 1))));
  }

  @Test
  void aDeepLinearNetworkIsOneLinearMap() {
    Rng random = new Rng(1);
    Linear one = new Linear(3, 5, random);
    Linear two = new Linear(5, 4, random);
    Linear three = new Linear(4, 2, random);
    Module deep = new Sequential(one, two, three).to(DType.FLOAT64);
    Variable x = Variable.constant(Tensor.randn(Shape.of(7, 3), DType.FLOAT64, random));
    Variable w32 = three.weight().matMul(two.weight());
    Variable a = w32.matMul(one.weight());
    Variable c = w32.matMul(one.bias()).add(three.weight().matMul(two.bias())).add(three.bias());
    assertArrayEquals(
        deep.forward(x).value().toDoubleArray(),
        x.matMul(a.mT()).add(c).value().toDoubleArray(),
        1e-15);
  }
}
