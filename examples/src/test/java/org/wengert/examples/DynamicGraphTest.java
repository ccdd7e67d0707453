package org.wengert.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.wengert.check.GradientAssert.assertThatGradient;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.wengert.Step;
import org.wengert.Variable;
import org.wengert.examples.DynamicGraph.Reader;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Tensor;

class DynamicGraphTest {
  private final Reader reader = seeded();

  private static Reader seeded() {
    Rng.seed(1);
    return new Reader();
  }

  private List<Step> recorded(float... numbers) {
    return DynamicGraph.recorded(reader.forward(Variable.constant(Tensor.of(numbers))));
  }

  @Test
  void theGraphIsAsLongAsTheDataWithoutItsZeros() {
    assertEquals(1, recorded(0).size());
    assertEquals(5, recorded(.3f).size());
    assertEquals(9, recorded(.3f, 0, .2f).size());
    assertEquals(13, recorded(.3f, .1f, .2f).size());
  }

  @Test
  void theRecordNamesOperationsOperandsAndParameters() {
    reader.parameters();
    assertEquals(List.of("s1 = linear(x, h2o.weight, h2o.bias)"), DynamicGraph.lines(recorded(0)));
  }

  @Test
  void theGradientOfALoopIsRight() {
    reader.to(DType.FLOAT64);
    assertThatGradient(reader::forward)
        .withParameters(reader.parameters())
        .at(Tensor.of(.3, -.2, .5))
        .isCorrect();
  }

  @Test
  void aModelWithALoopAndAnIfLearns() {
    double[] loss = DynamicGraph.learnToAdd(reader, 500);
    assertTrue(loss[1] < loss[0] / 4, loss[0] + " to " + loss[1]);
  }

  @Test
  void theLecturesGraphGivesEveryWeightTheGradientOfASum() {
    Variable nextH = DynamicGraph.lecture();
    assertEquals(
        List.of(
            "s1 = matMul(W_x, xᵀ)",
            "s2 = matMul(W_h, prev_hᵀ)",
            "s3 = add(s1, s2)",
            "s4 = tanh(s3)"),
        DynamicGraph.lines(DynamicGraph.recorded(nextH)));
    double[] slope = nextH.square().rsub(1.0).value().toDoubleArray();
    Step i2h = DynamicGraph.recorded(nextH).getFirst();
    double[] x = i2h.input(1).value().toDoubleArray();
    double[] grad =
        Objects.requireNonNull(DynamicGraph.leaves(nextH).getFirst().grad()).toDoubleArray();
    double[] expected = new double[200];
    for (int k = 0; k < 200; k++) {
      expected[k] = slope[k / 10] * x[k % 10];
    }
    assertArrayEquals(expected, grad, 1e-6);
  }

  @Test
  void itPrintsTheGraphs() {
    String out = Printed.byMain(() -> DynamicGraph.main(new String[0]));
    assertTrue(out.contains("[0.3, 0.0, 0.2]: 9 steps, of which 2 tanh\n"), out);
    assertTrue(out.contains("  gradient of W_h: shape (20, 20)\n"), out);
  }
}
