package org.wengert.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.wengert.Autograd;
import org.wengert.Leaf;
import org.wengert.Variable;
import org.wengert.examples.LinearRegression.Row;
import org.wengert.nn.Linear;
import org.wengert.nn.Module;
import org.wengert.nn.Sequential;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Lecture 1, Kofke: a straight line found by gradient descent, and linear networks.
abstract class Lecture1 {
  private static final String[][] TABLE = {
    {"1", "0", "-281.", "-80.2", "361.391"},
    {"3.80552", "0.801755", "52.1079", "12.0077", "13.6995"},
    {"3.28444", "0.681677", "-8.81311", "-4.8254", "1.97225"},
    {"3.37257", "0.729932", "2.32893", "-1.69893", "1.53215"},
    {"3.34929", "0.746921", "0.276786", "-2.22772", "1.46799"}
  };

  @Test
  void gradientsFromUnroundedDataReproduceTheWholeTable() {
    assertTable(TABLE, LinearRegression.descend(LinearRegression.UNROUNDED, 0.01, 4), 2);
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
      assertEquals(Double.parseDouble(TABLE[i][0]), rows.get(i).w(), 4e-4);
      assertEquals(Double.parseDouble(TABLE[i][1]), rows.get(i).b(), 4e-4);
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
    String[][] columns = {
      {"4.60728", "3.96612", "4.10251", "4.09621"},
      {"8.4128", "7.25056", "7.47508", "7.44549"},
      {"12.2183", "10.535", "10.8477", "10.7948"},
      {"16.0238", "13.8195", "14.2202", "14.1441"},
      {"19.8294", "17.1039", "17.5928", "17.4933"}
    };
    Variable w = Variable.constant(3.80552, 3.28444, 3.37257, 3.34929);
    Variable b = Variable.constant(0.801755, 0.681677, 0.729932, 0.746921);
    for (int x = 1; x <= 5; x++) {
      double[] predictions = w.mul(x).add(b).value().toDoubleArray();
      for (int row = 0; row < 4; row++) {
        Lectures.assertDigits(columns[x - 1][row], predictions[row], 1);
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
    Leaf theta = Variable.of(1.0, 0.0);
    Variable x = Variable.constant(new double[][] {{1, 1}, {2, 1}, {3, 1}, {4, 1}, {5, 1}});
    Variable loss = LinearRegression.Y.sub(x.matMul(theta)).square().sum();
    Variable gradient = Autograd.grad(loss, theta);
    double[] first = Autograd.grad(gradient.select(0, 0), theta).value().toDoubleArray();
    double[] second = Autograd.grad(gradient.select(0, 1), theta).value().toDoubleArray();
    assertArrayEquals(new double[] {110, 30}, first, 1e-9);
    assertArrayEquals(new double[] {30, 10}, second, 1e-9);
    double middle = (first[0] + second[1]) / 2;
    double radius = Math.hypot((first[0] - second[1]) / 2, first[1]);
    Lectures.assertDigits("1.690481", middle - radius);
    Lectures.assertDigits("118.309519", middle + radius);
    Lectures.assertDigits("69.99", (middle + radius) / (middle - radius));
    Lectures.assertDigits("0.01690481", 2 / (middle + radius));
  }

  @Test
  void theLearningRateDecidesHowFastTheLossFallsOrRises() {
    String[][] table = {
      {".001", "103.773", ".860769"},
      {".005", "1.59129", ".0694438"},
      {".01", "1.41918", ".0153739"},
      {".0165", "221.467", ".013575"},
      {".0169", "358.93", "286.469"},
      {".017", "403.595", "31724.7"},
      {".02", "8149", "5.8e56"}
    };
    for (String[] row : table) {
      List<Row> rows =
          LinearRegression.descend(LinearRegression.Y, Double.parseDouble(row[0]), 200);
      Lectures.assertDigits(row[1], rows.get(5).loss());
      Lectures.assertDigits(row[2], rows.get(200).loss());
    }
  }

  @Test
  void fasterRatesComeWithinOnePercentInFewerSteps() {
    double[][] table = {{.005, 555}, {.01, 277}, {.0165, 170}};
    for (double[] row : table) {
      List<Row> rows = LinearRegression.descend(LinearRegression.Y, row[0], 600);
      int steps = 0;
      while (rows.get(steps).loss() > 1.01 * 0.0135536) {
        steps++;
      }
      assertEquals(row[1], steps);
    }
  }

  @Test
  void twoInputsTwoHiddenAndOneOutputHaveNineParameters() {
    assertEquals(9, Lectures.parameterCount(new Sequential(new Linear(2, 2), new Linear(2, 1))));
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
