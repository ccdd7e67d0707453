package org.wengert.examples;

import static org.wengert.examples.Text.say;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.wengert.Parameter;
import org.wengert.Variable;
import org.wengert.tensor.Tensor;

/// Lecture 1: the line `ŷ = w x + b` through five points, found by gradient descent on the sum of
/// squares `L = Σ (y - ŷ)²`. The gradient comes from `backward()`, the update is written by hand.
public final class LinearRegression {
  private static final Variable X = Variable.constant(1, 2, 3, 4, 5);

  /// The data as the lecture prints it.
  static final Variable Y = Variable.constant(5.082, 7.950, 10.96, 14.05, 17.04);

  /// Data that round to the printed ones. With these, all gradients are those of the lecture.
  static final Variable UNROUNDED = Variable.constant(5.0824, 7.9504, 10.9640, 14.053825, 17.03713);

  private static final Variable TEST_X = Variable.constant(1.2, 6.0);
  private static final Variable TEST_Y = Variable.constant(5.601, 19.98);

  private LinearRegression() {}

  /// A row of the table: where we are, the slope there, and the height.
  record Row(double w, double b, double dw, double db, double loss) {}

  /// So many updates, from `w = 1`, `b = 0`; one row more than updates.
  static List<Row> descend(Variable y, double learningRate, int updates) {
    Parameter w = new Parameter(Tensor.of(1.0)).named("w");
    Parameter b = new Parameter(Tensor.of(0.0)).named("b");
    List<Row> rows = new ArrayList<>();
    while (true) {
      w.zeroGrad();
      b.zeroGrad();
      loss(y, X, w, b).backward();
      double dw = Objects.requireNonNull(w.grad()).item();
      double db = Objects.requireNonNull(b.grad()).item();
      // The lecture's column L belongs to the printed data.
      rows.add(new Row(w.item(), b.item(), dw, db, loss(Y, X, w, b).item()));
      if (rows.size() > updates) {
        return rows;
      }
      w.assign(Tensor.of(w.item() - learningRate * dw));
      b.assign(Tensor.of(b.item() - learningRate * db));
    }
  }

  private static Variable loss(Variable y, Variable x, Variable w, Variable b) {
    return y.sub(w.mul(x).add(b)).square().sum();
  }

  /// The loss of a row's line at the two points kept for the test.
  static double testLoss(Row row) {
    return loss(TEST_Y, TEST_X, Variable.constant(row.w), Variable.constant(row.b)).item();
  }

  /// Prints the table of lecture 1, and what the learning rate does.
  public static void main(String[] args) {
    say("As the lecture: gradients from y with more digits than it prints, L from the printed y");
    print(UNROUNDED);
    say("From the printed y throughout: the same but for the fourth digit");
    print(Y);
    say("The learning rate decides: above 2/118.3095 = 0.0169048 each step leads further away");
    say("%9s %14s %14s", "rate", "L, 5 updates", "L, 200 updates");
    for (double rate : new double[] {.001, .005, .01, .0165, .0169, .017, .02}) {
      List<Row> rows = descend(Y, rate, 200);
      say("%9s %14s %14s", rate, six(rows.get(5).loss), six(rows.get(200).loss));
    }
    Row last = descend(UNROUNDED, 0.01, 4).getLast();
    Row best = descend(Y, 0.0165, 2000).getLast();
    say(
        "%nSum of squares at the two test points: %s in row 4 of the first table,",
        six(testLoss(last)));
    say(
        "%s at the best line, w = %.4f, b = %.4f, where L = %s.",
        six(testLoss(best)), best.w, best.b, six(best.loss));
  }

  private static void print(Variable y) {
    say("%3s %10s %10s %10s %10s %10s", "row", "w", "b", "dL/dw", "dL/db", "L");
    List<Row> rows = descend(y, 0.01, 4);
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      say(
          "%3d %10s %10s %10s %10s %10s",
          i, six(row.w), six(row.b), six(row.dw), six(row.db), six(row.loss));
    }
    say("");
  }

  private static String six(double number) {
    return Text.digits(6, number);
  }
}
