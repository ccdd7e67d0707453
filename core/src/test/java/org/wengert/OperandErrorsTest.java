package org.wengert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.wengert.tensor.DType;
import org.wengert.tensor.DTypeException;
import org.wengert.tensor.OptionException;
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
    fails(ShapeException.class, () -> F.max(empty, 0, false), "max: axis 0");
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

  @Test
  void aFunctionOfSeveralStepsShowsWhatItWasCalledWith() {
    Variable x = named("img", 2, 3);
    Throwable error = assertThrows(ShapeException.class, () -> F.squeeze(x, 2));
    assertEquals(
        """
        squeeze: axis 2 does not exist in a tensor of rank 2
            input 0  img  (2, 3)
          hint: axes go from -2 to 1""",
        error.getMessage());
    Variable row = named("row", 3);
    Variable matrix = named("matrix", 4, 2);
    fails(ShapeException.class, () -> F.matMul(row, matrix), "matMul: 3 columns", "0  row     (3)");
    fails(ShapeException.class, () -> F.norm(x, 2, false, 5), "norm: axis 5", "img  (2, 3)");
  }

  @Test
  void linearShowsTheWeightAsItIs() {
    Throwable error =
        assertThrows(
            ShapeException.class, () -> F.linear(named("img", 32, 784), named("w", 10, 785)));
    assertEquals(
        """
        linear: 784 features meet a weight for 785
            input 0  img  (32, 784)
            input 1  w    (10, 785)
          hint: the last axis of both must be equally long: the weight has shape (out, in)""",
        error.getMessage());
  }

  @Test
  void indicesOfOneAxisAreAVector() {
    Variable x = named("x", 2, 3);
    Variable index = Variable.constant(Tensor.zeros(2, 2).to(DType.INT64)).named("index");
    String problem = ": indices of shape (2, 2) for a single axis";
    Variable source = named("source", 2, 3);
    fails(ShapeException.class, () -> F.indexSelect(x, 0, index), "indexSelect" + problem);
    fails(ShapeException.class, () -> F.indexFill(x, 0, index, 1), "indexFill" + problem);
    fails(ShapeException.class, () -> F.indexCopy(x, 0, index, source), "indexCopy" + problem);
    fails(ShapeException.class, () -> F.indexAdd(x, 0, index, source, 1), "indexAdd" + problem);
  }

  @Test
  void aSourceHasASliceForEachIndex() {
    Variable x = named("x", 2, 3);
    Variable index = Variable.constant(Tensor.of(0, 1));
    Variable source = named("source", 2, 3);
    String problem = ": values of shape (2, 3) for a part of shape (2, 2)";
    fails(ShapeException.class, () -> F.indexCopy(x, 1, index, source), "indexCopy" + problem);
    fails(ShapeException.class, () -> F.indexAdd(x, 1, index, source, 1), "indexAdd" + problem);
  }

  @Test
  void optionsWithoutMeaningAreRefused() {
    Variable x = named("x", 2, 3);
    Variable empty = named("empty", 0, 3);
    Variable index = Variable.constant(Tensor.of(0, 1));
    fails(OptionException.class, () -> F.diff(x, -1, 0), "diff: differences taken -1 times");
    fails(OptionException.class, () -> F.renorm(x, 2, 0, -1), "renorm: a norm of -1.0 at most");
    fails(OptionException.class, () -> F.renorm(x, 0, 0, 1), "renorm: a norm of 1.0", "p 0.0");
    fails(ShapeException.class, () -> F.norm(empty, -3, false), "norm: the norm of no elements");
    fails(ShapeException.class, () -> F.norm(empty, -3, true, 0), "norm: the norm of no elements");
    assertEquals(Tensor.zeros(0, 1).shape(), F.norm(empty, -3, true, 1).shape());
    fails(OptionException.class, () -> F.oneHot(index, -1), "oneHot: -1 classes");
    fails(OptionException.class, () -> F.repeat(x, 1, -1), "repeat: -1 repeats along axis 1");
    fails(
        OptionException.class, () -> F.repeatInterleave(x, -1, 0), "repeatInterleave: -1 repeats");
    Variable repeats = Variable.constant(Tensor.of(1, -1));
    fails(OptionException.class, () -> F.repeatInterleave(x, repeats, 0), ": -1 repeats");
    fails(
        ShapeException.class,
        () -> F.kthValue(empty, 1, 0, false),
        "kthValue: k = 1 on an axis of size 0",
        "an empty axis has no element to choose");
  }

  @Test
  void sizesThatNoArrayHasAreRefused() {
    Variable line = named("line", 65536);
    Variable far = Variable.constant(Tensor.of(1L << 40)).named("far");
    String axis = "an axis of size 4294967296";
    fails(ShapeException.class, () -> F.repeatInterleave(line, 65536, 0), axis, "line  (65536)");
    fails(ShapeException.class, () -> F.repeatInterleave(line, 65536), axis, "line  (65536)");
    fails(ShapeException.class, () -> F.repeat(line, 65536), "repeat: " + axis);
    Variable often = Variable.constant(Tensor.of(1L << 62, 1L << 62, 1L << 62, 1L << 62));
    fails(ShapeException.class, () -> F.repeatInterleave(often, often, 0), "axis of size 46116");
    fails(
        ShapeException.class, () -> F.binCount(far, 0), "binCount: an axis of size 1099511627777");
    fails(
        ShapeException.class,
        () -> F.diagEmbed(line, 0),
        "diagEmbed: shape (65536, 65536) has more than 2147483647 elements");
    fails(ShapeException.class, () -> F.diagEmbed(named("x", 50000), 0), "(50000, 50000) has more");
    fails(ShapeException.class, () -> F.diagEmbed(named("x", 2), Integer.MIN_VALUE), "an axis of");
    fails(ShapeException.class, () -> F.pad(line, 0, Integer.MAX_VALUE), "pad: an axis of size");
    fails(ShapeException.class, () -> F.outer(line, line), "outer: shape (65536, 65536)");
    fails(ShapeException.class, () -> F.kron(line, line), "kron: an axis of size 4294967296");
    int[] sizes = {Integer.MAX_VALUE, Integer.MAX_VALUE, 65538};
    fails(ShapeException.class, () -> F.split(line, sizes, 0), "split: ");
  }

  @Test
  void nullIsNoIndex() {
    Variable x = named("x", 2, 3);
    String problem = "get: the indices are null";
    fails(OptionException.class, () -> x.get((Index[]) null), problem);
    fails(ShapeException.class, () -> x.get((Index) null), "index 0 of 1 is null");
  }

  @Test
  void tangentsHaveShapeAndTypeOfTheirInputs() {
    Variable x = named("x", 3);
    Variable v = named("v", 2);
    Variable wide = Variable.constant(Tensor.of(1.0, 2.0, 3.0)).named("wide");
    fails(
        ShapeException.class,
        () -> Autograd.hvp(at -> at.sum(), x, v),
        "hvp: tangent 0 has shape (2), its input (3)",
        "input 1  v  (2)");
    fails(
        DTypeException.class,
        () -> Autograd.hvp(at -> at.square().sum(), x, wide),
        "hvp: tangent 0 has type FLOAT64, its input FLOAT32");
    fails(ShapeException.class, () -> Autograd.jvp(at -> at.sum(), x, v), "jvp: tangent 0 has");
    String text =
        assertThrows(ShapeException.class, () -> Autograd.vjp(at -> at.square(), x, v))
            .getMessage();
    assertTrue(text.startsWith("vjp: the seed has shape (2), the result (3)"), text);
  }
}
