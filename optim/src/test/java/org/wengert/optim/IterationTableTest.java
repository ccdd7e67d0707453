package org.wengert.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.wengert.Parameter;
import org.wengert.Variable;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Tensor;

/// Training as a table, above all that of lecture 1.
class IterationTableTest {
  private static final Variable PRINTED = Variable.constant(5.082, 7.950, 10.96, 14.05, 17.04);
  private static final Variable UNROUNDED =
      Variable.constant(5.0824, 7.9504, 10.9640, 14.053825, 17.03713);

  private final Parameter w = new Parameter(Tensor.of(1.0)).named("w");
  private final Parameter b = new Parameter(Tensor.of(0.0)).named("b");
  private final List<Parameter> line = List.of(w, b);

  private Variable loss(Variable y) {
    return y.sub(w.mul(Variable.constant(1, 2, 3, 4, 5)).add(b)).square().sum();
  }

  @Test
  void theTableOfThePrintedDataIsThatOfTheFixture() {
    IterationTable table = IterationTable.run(new SGD(line, 0.01), () -> loss(PRINTED), 4);
    assertEquals(
        """
        row        w         b     dL/dw     dL/db        L
          0        1         0  -280.524   -80.164  361.391
          1  3.80524   0.80164   52.1016   12.0096  13.6835
          2  3.28422  0.681544  -8.81304  -4.82184  1.97482
          3  3.37235  0.729762   2.32786  -1.69574  1.53192
          4  3.34908   0.74672  0.275938  -2.22453  1.46837
        """,
        table.text());
    assertEquals(table.text(), table.toString());
  }

  @Test
  void theTableOfTheUnroundedDataIsThatOfTheLecture() {
    double[][] lecture = {
      {1, 0, -281, -80.2, 361.391},
      {3.80552, 0.801755, 52.1079, 12.0077, 13.6995},
      {3.28444, 0.681677, -8.81311, -4.8254, 1.97225},
      {3.37257, 0.729932, 2.32893, -1.69893, 1.53215},
      {3.34929, 0.746921, 0.276786, -2.22772, 1.46799}
    };
    double[] unit = {1e-5, 1e-6, 1e-4, 1e-4, 1e-4};
    IterationTable table =
        IterationTable.of(line)
            .column("L of the printed data", () -> loss(PRINTED).item())
            .fill(new SGD(line, 0.01), () -> loss(UNROUNDED), 4);
    assertEquals(
        List.of("row", "w", "b", "dL/dw", "dL/db", "L", "L of the printed data"), table.columns());
    for (int row = 0; row < lecture.length; row++) {
      for (int k = 0; k < unit.length; k++) {
        double found = Objects.requireNonNull(table.rows().get(row).get(k == 4 ? 6 : k + 1));
        boolean isShort = row == 0 && (k == 2 || k == 3); // printed to three digits
        assertEquals(lecture[row][k], found, isShort ? 0.5 : 2.5 * unit[k]);
      }
    }
  }

  @Test
  void largeParametersShowNormsAndSmallOnesTheirNumbers() {
    Parameter two = new Parameter(Tensor.of(3.0, 4.0)).named("two");
    Parameter large = new Parameter(Tensor.of(1.0, 2, 2, 4, 0, 0).reshape(2, 3));
    Parameter idle = new Parameter(Tensor.of(7.0)).named("idle");
    IterationTable table =
        IterationTable.run(
            new Adam(List.of(two, large, idle), 0.1), () -> two.square().sum().add(large.sum()), 0);
    assertEquals(
        """
        row  two[0]  two[1]  ‖p1‖  idle  dL/dtwo[0]  dL/dtwo[1]  ‖dL/dp1‖  dL/didle   L
          0       3       4     5     7           6           8   2.44949         -  34
        """,
        table.text());
  }

  @Test
  void columnsCanBeReadAndAreCheckedByName() {
    IterationTable table = IterationTable.run(new SGD(line, 0.01), () -> loss(PRINTED), 1);
    assertEquals(List.of(0.0, 0.80164), table.column("b"));
    OptionException unknown = assertThrows(OptionException.class, () -> table.column("c"));
    assertEquals(
        """
        IterationTable: there is no column 'c'
          hint: there are row, w, b, dL/dw, dL/db, L""",
        unknown.getMessage());
    OptionException late = assertThrows(OptionException.class, () -> table.column("c", () -> 1));
    assertEquals("column 'c' comes after the first row", late.problem());
    OptionException twice =
        assertThrows(OptionException.class, () -> IterationTable.of(line).column("w", () -> 1));
    assertEquals("column 'w' is there already", twice.problem());
  }

  @Test
  void methodsThatAskForTheLossThemselvesFillATableToo() {
    IterationTable table = IterationTable.run(new LBFGS(line), () -> loss(PRINTED), 2);
    List<Double> losses = List.copyOf(table.column("L"));
    assertTrue(losses.get(1) < losses.get(0), losses::toString);
    assertEquals(0.0135536, losses.get(2), 5e-8);
  }

  @Test
  void markdownAndCsvEscapeNames() {
    Parameter odd = new Parameter(Tensor.of(0.1)).named("a|b,\"<script>\"\nc");
    Parameter far = new Parameter(Tensor.of(Double.NaN)).named("x".repeat(10_000));
    IterationTable table = IterationTable.of(List.of(odd, far));
    table.add(Variable.constant(1e-7));
    String name = "a\\|b,\"\\<script\\>\" c";
    String cut = "x".repeat(39) + "…";
    assertEquals(
        ("| row | "
                + name
                + " | "
                + cut
                + " | dL/d"
                + name
                + " | dL/d"
                + "x".repeat(35)
                + "… | L |")
            + "\n|---:|---:|---:|---:|---:|---:|\n"
            + "| 0 | 0.1 | NaN | - | - | 1.00000e-07 |\n",
        table.markdown());
    String quoted = "a|b,\"\"<script>\"\"\nc\"";
    String all = "x".repeat(10_000);
    assertEquals(
        "row,\"%s,%s,\"dL/d%s,dL/d%s,L\r\n0,0.1,NaN,,,1.0E-7\r\n"
            .formatted(quoted, all, quoted, all),
        table.csv());
    assertTrue(table.text().lines().count() == 2 && table.text().length() < 500);
  }

  @Test
  void columnsOfOneNameAreNumberedAndElementsHaveAllTheirIndices() {
    Parameter matrix = new Parameter(Tensor.of(new double[][] {{1}, {2}})).named("w");
    IterationTable table = IterationTable.of(List.of(w, matrix));
    assertEquals(
        List.of("row", "w", "w2[0, 0]", "w2[1, 0]", "dL/dw", "dL/dw2[0, 0]", "dL/dw2[1, 0]", "L"),
        table.columns());
    table.add(loss(PRINTED));
    assertEquals(List.of(2.0), table.column("w2[1, 0]"));
  }
}
