package org.wengert.golden;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.wengert.Variable;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// The golden runner means what Python means.
class InterpreterTest {
  private static final Variable GRID =
      Variable.constant(new double[][] {{0, 1, 2, 3}, {10, 11, 12, 13}, {20, 21, 22, 23}});

  private static Object value(String source) {
    Map<String, Object> variables = new LinkedHashMap<>();
    variables.put("x", GRID);
    variables.put("i", Variable.constant(Tensor.of(2L, 0L)));
    return Interpreter.run(source, OperatorTable.ofCore(), variables);
  }

  private static double[] numbers(String source) {
    return ((Variable) value(source)).value().toDoubleArray();
  }

  private static Shape shape(String source) {
    return ((Variable) value(source)).shape();
  }

  @Test
  void signsBindAsInPython() {
    assertEquals(7L, value("1 + 2 * 3"));
    assertEquals(-4L, value("-2 ** 2"));
    assertEquals(512L, value("2 ** 3 ** 2"));
    assertEquals(0.25, value("2 ** -2"));
    assertEquals(2L, value("7 - 3 - 2"));
    assertEquals(3L, value("1 | 2 & 6"));
    assertEquals(20L, value("1 + 4 << 2"));
    assertEquals(9L, value("(1 + 2) * 3"));
    assertEquals(true, value("1 + 1 < 3"));
  }

  @Test
  void divisionRoundsDownOnlyWhenAsked() {
    assertEquals(3.5, value("7 / 2"));
    assertEquals(-4L, value("-7 // 2"));
    assertEquals(1L, value("-7 % 2"));
    assertEquals(-4.0, value("-7.0 // 2"));
  }

  @Test
  void numbersComeInEveryForm() {
    assertEquals(1e-05, value("1e-05"));
    assertEquals(0.5, value(".5"));
    assertEquals(3.0, value("3."));
    assertEquals(Double.NEGATIVE_INFINITY, value("-float('inf')"));
    assertEquals(Double.NaN, value("float('nan')"));
    assertEquals(2.0, value("float(1 + 1)"));
  }

  @Test
  void listsAndWordsAreValues() {
    assertEquals(List.of(1L, -2L), value("[1, -2]"));
    assertEquals(List.of(List.of(1L, 2L)), value("[[1, 2]]"));
    assertEquals(List.of(), value("[]"));
    assertEquals(Arrays.asList(true, false, null), value("True, False, None"));
    assertEquals("ij->ji", value("'ij->ji'"));
    assertEquals(4L, value("(3, 4)[-1]"));
  }

  @Test
  void subscriptsPickAsInPython() {
    assertArrayEquals(new double[] {10, 11, 12, 13}, numbers("x[1]"));
    assertArrayEquals(new double[] {22}, numbers("x[-1, -2]"));
    assertArrayEquals(new double[] {1, 3, 11, 13}, numbers("x[:2, 1::2]"));
    assertArrayEquals(new double[] {2, 12, 22}, numbers("x[..., -2]"));
    assertArrayEquals(new double[] {20, 21, 22, 23, 0, 1, 2, 3}, numbers("x[i]"));
    assertArrayEquals(new double[] {22, 20, 2, 0}, numbers("x[i][:, i]"));
    assertEquals(Shape.of(1, 3, 2), shape("x[None, ..., 1:3]"));
    assertEquals(Shape.of(0, 4), shape("x[2:1]"));
  }

  @Test
  void argumentsGoByPositionAndByName() {
    assertArrayEquals(new double[] {36, 276, 516}, numbers("torch.sum(x * 6, dim=[1])"));
    assertArrayEquals(new double[] {6, 46, 86}, numbers("torch.sum(x, [1], keepdim=True)"));
    assertEquals(Shape.of(3, 1), shape("torch.sum(x, [1], True)"));
    assertArrayEquals(new double[] {2, 2}, numbers("torch.add(i * 0, i * 0 + 1, alpha=2)"));
  }

  @Test
  void methodsAreOperatorsOfTheirReceiver() {
    assertEquals(Shape.of(2, 6), shape("x.transpose(0, 1).reshape([2, -1])"));
    assertEquals(12L, value("x.size(0) * x.size(-1)"));
    assertEquals(DType.FLOAT32, ((Variable) value("x.to(torch.float32)")).dtype());
  }

  @Test
  void loopsRepeatTheirBlock() {
    assertEquals(6L, value("s = 0\nfor k in range(4):\n  t = k\n  s = s + t\nreturn s"));
    assertEquals(6L, value("s = 0\nfor k in range(4): s = s + k\nreturn s"));
    assertEquals(
        3L, value("s = 0\nfor a in range(2):\n  for b in range(3):\n    s = s + b * a\ns"));
  }

  @Test
  void choicesRunOneBlock() {
    String choice = "a = %s\nif a > 2:\n  b = 'big'\nelse:\n  b = 'small'\nreturn b";
    assertEquals("big", value(choice.formatted(3)));
    assertEquals("small", value(choice.formatted(1)));
    assertEquals(1L, value("1 if 2 > 1 else 0"));
  }

  @Test
  void assignmentsTakeSequencesApart() {
    assertEquals(-1L, value("a, b = 1, 2; return a - b"));
    assertEquals(List.of(5L), value("r: List[int] = []\nr.append(5)\nreturn r"));
  }

  @Test
  void numbersKeepTheTypeTheyHaveBesideATensor() {
    assertEquals(DType.INT64, ((Variable) value("i + 1")).dtype());
    assertEquals(DType.FLOAT32, ((Variable) value("i + 1.0")).dtype());
    assertEquals(DType.FLOAT64, ((Variable) value("1 - x")).dtype());
  }

  @Test
  void anUnknownOperatorIsNamed() {
    Throwable error = assertThrows(MissingOperatorException.class, () -> value("torch.nothing(x)"));
    assertEquals("no operator torch.nothing", error.getMessage());
  }

  @Test
  void nonsenseIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> value("x +"));
    assertThrows(IllegalArgumentException.class, () -> value("y"));
    assertThrows(IllegalArgumentException.class, () -> value("x ? 1"));
  }
}
