package org.wengert.examples;

import static org.wengert.examples.Board.head;
import static org.wengert.examples.Board.note;
import static org.wengert.examples.Board.row;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.wengert.Parameter;
import org.wengert.Variable;
import org.wengert.optim.Stability;
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

  /// The lecture's table: `w`, `b`, `dL/dw`, `dL/db` and `L`.
  static final String[][] TABLE = {
    {"1", "0", "-281.", "-80.2", "361.391"},
    {"3.80552", "0.801755", "52.1079", "12.0077", "13.6995"},
    {"3.28444", "0.681677", "-8.81311", "-4.8254", "1.97225"},
    {"3.37257", "0.729932", "2.32893", "-1.69893", "1.53215"},
    {"3.34929", "0.746921", "0.276786", "-2.22772", "1.46799"}
  };

  /// The lecture's predictions for `x = 1` to 5: a column for each row of the table but the first.
  static final String[][] PREDICTIONS = {
    {"4.60728", "3.96612", "4.10251", "4.09621"},
    {"8.4128", "7.25056", "7.47508", "7.44549"},
    {"12.2183", "10.535", "10.8477", "10.7948"},
    {"16.0238", "13.8195", "14.2202", "14.1441"},
    {"19.8294", "17.1039", "17.5928", "17.4933"}
  };

  /// Learning rates, and the loss after 5 and after 200 updates.
  static final String[][] RATES = {
    {".001", "103.773", ".860769"},
    {".005", "1.59129", ".0694438"},
    {".01", "1.41918", ".0153739"},
    {".0165", "221.467", ".013575"},
    {".0169", "358.93", "286.469"},
    {".017", "403.595", "31724.7"},
    {".02", "8149", "5.8e56"}
  };

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

  /// How descent fares on the printed data, by the Hessian.
  static Stability stability() {
    Parameter w = new Parameter(Tensor.of(1.0));
    Parameter b = new Parameter(Tensor.of(0.0));
    return Stability.of(() -> loss(Y, X, w, b), List.of(w, b));
  }

  /// Steps until the loss is within 1 % of the least possible.
  static int steps(double learningRate) {
    double enough = 1.01 * 0.0135536;
    List<Row> rows = descend(Y, learningRate, 600);
    int steps = 0;
    while (rows.get(steps).loss > enough) {
      steps++;
    }
    return steps;
  }

  /// Runs all parts.
  public static void main(String[] args) {
    table();
    predictions();
    optimum();
    learningRates();
  }

  /// The lecture's table of four updates, with the data it prints and with those it must have had.
  public static void table() {
    head(
        "Four updates with γ = 0.01 (not printed: it follows from the rows), y as printed",
        "printed");
    rows(Y);
    note("Only three or four digits agree: the lecture took its gradients from y with more digits");
    note("than it prints. Each of these y rounds to the printed one:");
    note("5.0824, 7.9504, 10.9640, 14.053825, 17.03713");
    head("The same; gradients from those y, L still from the printed ones", "printed");
    rows(UNROUNDED);
    Variable w = Variable.constant(1.0);
    Variable b = Variable.constant(0.0);
    note("No data give all columns: at w = 1, b = 0 the printed y have");
    note(
        "L = %.3f as printed, these y have %.2f.",
        loss(Y, X, w, b).item(), loss(UNROUNDED, X, w, b).item());
  }

  private static void rows(Variable y) {
    List<Row> rows = descend(y, 0.01, 4);
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      row("row " + i + ": w", TABLE[i][0], row.w);
      row("b", TABLE[i][1], row.b);
      row("dL/dw = -2 Σ (y - ŷ) x", TABLE[i][2], row.dw);
      row("dL/db = -2 Σ (y - ŷ)", TABLE[i][3], row.db);
      row("L = Σ (y - ŷ)²", TABLE[i][4], row.loss);
    }
  }

  /// The lecture's predictions, from the parameters as it prints them.
  public static void predictions() {
    head("Predictions ŷ = w x + b from the printed w and b", "printed");
    for (int k = 1; k <= 4; k++) {
      double w = Double.parseDouble(TABLE[k][0]);
      double b = Double.parseDouble(TABLE[k][1]);
      double[] y = X.mul(w).add(b).value().toDoubleArray();
      for (int i = 0; i < 5; i++) {
        row("ŷ(" + k + ") at x = " + (i + 1), PREDICTIONS[i][k - 1], y[i]);
      }
    }
  }

  /// Where descent ends, and how well that predicts what it has not seen.
  public static void optimum() {
    Row best = descend(Y, 0.0165, 2_000).getLast();
    Row last = new Row(3.34929, 0.746921, 0, 0, 0); // row 4, as printed
    head("The best line, and the two points kept for the test", "checked");
    row("w*", "3.0016", best.w);
    row("b*", "2.0116", best.b);
    row("L*", "0.0135536", best.loss);
    row("L at the test points, row 4", "1.44129", testLoss(last));
    row("L at the test points, best line", "0.00185419", testLoss(best));
  }

  /// What the learning rate does, and where it is too large.
  public static void learningRates() {
    Stability here = stability();
    head("\"Learning rate can affect performance\": the Hessian [[110, 30], [30, 10]]", "checked");
    row("smallest eigenvalue", "1.690481", here.smallest());
    row("largest eigenvalue λ", "118.309519", here.largest());
    row("condition", "69.99", here.condition());
    row("above 2/λ descent diverges", "0.01690481", here.limit());
    for (String[] rate : RATES) {
      List<Row> rows = descend(Y, Double.parseDouble(rate[0]), 200);
      row("γ = " + rate[0] + ": L after 5 updates", rate[1], rows.get(5).loss);
      row("after 200", rate[2], rows.get(200).loss);
    }
    row("updates to within 1 % of L*: γ = .005", "555", steps(.005));
    row("γ = .01", "277", steps(.01));
    row("γ = .0165", "170", steps(.0165));
  }
}
