package org.wengert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.wengert.tensor.DType;
import org.wengert.tensor.DTypeException;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;
import org.wengert.tensor.WengertException;

/// What an operation says about operands that do not fit: the problem with its numbers, the
/// operands with names and shapes, and what to do.
class OperandErrorsTest {
  private static Variable named(String name, int... sizes) {
    return Variable.of(Tensor.zeros(sizes)).named(name);
  }

  private static void fails(
      Class<? extends WengertException> kind, Executable attempt, String... texts) {
    String message = assertThrows(kind, attempt).getMessage();
    for (String text : texts) {
      assertTrue(message.contains(text), () -> "\"" + text + "\" is not in: " + message);
    }
    assertTrue(message.contains("\n  hint: "), message);
    assertTrue(message.matches("(?s)[\\w.]+: .*"), "no operation in: " + message);
    assertTrue(
        message.contains("\n    input 0  ") || message.contains("empty list"),
        "no operand in: " + message);
  }

  @Test
  void matMulShowsNamesShapesAndTheWayOut() {
    Variable image = named("image", 32, 784);
    Variable weight = named("weight", 128, 784);
    Throwable error = assertThrows(ShapeException.class, () -> image.matMul(weight));
    assertEquals(
        """
        matMul: 784 columns on the left meet 128 rows on the right
            input 0  image   (32, 784)
            input 1  weight  (128, 784)
          hint: transpose the right operand""",
        error.getMessage());
  }

  @Test
  void aBinaryOperationSaysWhichAxesDisagree() {
    Throwable error =
        assertThrows(ShapeException.class, () -> named("a", 2, 3).add(named("offset", 2, 4)));
    assertEquals(
        """
        add: size 3 meets size 4 at axis -1
            input 0  a       (2, 3)
            input 1  offset  (2, 4)
          hint: sizes must be equal or 1, aligned at the innermost axis; reshape one operand""",
        error.getMessage());
  }

  @Test
  void catNamesThePartThatDoesNotContinue() {
    List<Variable> parts = List.of(named("a", 2, 3), named("b", 2, 3), named("c", 3, 3));
    fails(
        ShapeException.class,
        () -> F.cat(parts, 1),
        "cat: shape (3, 3) does not continue (2, 3) along axis 1",
        "\n    input 2  c  (3, 3)",
        "all other sizes must be equal");
    fails(ShapeException.class, () -> F.cat(List.of(), 0), "cat: an empty list");
    fails(ShapeException.class, () -> F.stack(List.of(), 0), "stack: an empty list");
  }

  @Test
  void matricesOfTwoTypesShowTheirTypes() {
    Variable narrow = named("narrow", 2, 2);
    Variable wide = Variable.of(Tensor.zeros(2, 2).to(DType.FLOAT64)).named("wide");
    fails(
        DTypeException.class,
        () -> narrow.matMul(wide),
        "matMul: matrices of types FLOAT32 and FLOAT64",
        "input 0  narrow  (2, 2) FLOAT32",
        "input 1  wide    (2, 2) FLOAT64",
        "convert one of them with to(..)");
  }

  @Test
  void aMeanOfIntegersNamesItsOperandAndTheWayOut() {
    Variable counts = Variable.constant(Tensor.of(1, 2, 3)).named("counts");
    fails(
        DTypeException.class,
        () -> counts.mean(),
        "mean: a mean of type INT32 would lose its fraction",
        "input 0  counts  (3) INT32",
        "convert with to(FLOAT32)");
  }

  @Test
  void aVariableOfIntegersIsRefused() {
    fails(
        DTypeException.class,
        () -> Variable.of(Tensor.of(1, 2)),
        "a variable of type INT32 has no gradient",
        "Variable.constant(..)");
    fails(
        DTypeException.class,
        () -> Variable.of(Tensor.of(true)),
        "a variable of type BOOL has no gradient");
  }

  @Test
  void aConditionThatIsNotBooleanIsRefused() {
    Variable x = named("x", 2);
    fails(DTypeException.class, () -> F.where(x, x, x), "a condition of type FLOAT32", "to(BOOL)");
  }

  @Test
  void anAxisThatDoesNotExistIsNamed() {
    Variable x = named("x", 2, 3);
    String problem = "axis 2 does not exist in a tensor of rank 2";
    String range = "axes go from -2 to 1";
    fails(ShapeException.class, () -> x.sum(2), problem, range);
    fails(ShapeException.class, () -> F.amax(x, true, 2), problem, range);
    fails(ShapeException.class, () -> x.slice(2, 0, 1), "slice: " + problem, "x  (2, 3)");
    fails(ShapeException.class, () -> F.softmax(x, 2), "softmax: " + problem, "x  (2, 3)");
    fails(ShapeException.class, () -> F.cat(List.of(x, x), 2), "cat: " + problem);
    fails(ShapeException.class, () -> F.argMax(x, 2, true), "argMax: " + problem);
    fails(ShapeException.class, () -> x.transpose(0, 2), problem, range);
  }

  @Test
  void anAxisNamedTwiceIsRefused() {
    Variable x = named("x", 2, 3);
    fails(ShapeException.class, () -> x.sum(1, -1), "axis 1 is named twice in [1, -1]");
    fails(ShapeException.class, () -> x.permute(0, 0), "axis 0 is named twice in [0, 0]");
  }

  @Test
  void anIndexOutsideAnAxisIsNamed() {
    Variable x = named("x", 2, 3);
    Variable index = Variable.constant(Tensor.of(0, 3));
    fails(
        ShapeException.class,
        () -> F.indexSelect(x, 1, index),
        "index 3 is outside an axis of size 3",
        "indices go from 0 to 2");
    fails(
        ShapeException.class,
        () -> F.gather(x, 0, Variable.constant(Tensor.ofArray(new long[][] {{-1}}))),
        "index -1 is outside an axis of size 2");
    fails(
        ShapeException.class,
        () -> x.select(0, 2),
        "index 2 is outside axis 0 of (2, 3)",
        "indices go from -size to size - 1");
    fails(
        DTypeException.class,
        () -> F.indexSelect(x, 0, Variable.constant(0.0, 1.0)),
        "indices of type FLOAT64",
        "to(INT64)");
    fails(ShapeException.class, () -> F.oneHot(index, 3), "index 3 is outside an axis of size 3");
  }

  @Test
  void indicesOfAnotherRankDoNotFit() {
    fails(
        ShapeException.class,
        () -> F.gather(named("x", 2, 3), 0, Variable.constant(Tensor.of(0, 1))),
        "gather: indices of shape (2) do not fit shape (2, 3)",
        "x  (2, 3)");
  }

  @Test
  void theLargestOfNothingIsNotDefined() {
    Variable empty = named("empty", 0, 3);
    fails(
        ShapeException.class,
        () -> F.amax(empty, false, 0),
        "amax: shape (0, 3) has no elements to compare",
        "empty  (0, 3)",
        "the largest of no elements is not defined");
    fails(
        ShapeException.class,
        () -> F.argMax(empty, 0, false),
        "argMax: axis 0 of shape (0, 3) is empty",
        "empty  (0, 3)");
    fails(ShapeException.class, () -> F.max(empty, 0, false), "argMax: axis 0");
  }

  @Test
  void aShapeOfAnotherSizeIsRefused() {
    Variable x = named("x", 2, 3);
    fails(
        ShapeException.class,
        () -> x.reshape(4, 2),
        "reshape: 6 elements do not fill shape (4, 2)",
        "x  (2, 3)");
    fails(ShapeException.class, () -> x.reshape(4, -1), "do not divide into (4, -1)");
    fails(ShapeException.class, () -> x.reshape(-1, -1), "two sizes of [-1, -1] are -1");
  }
}
