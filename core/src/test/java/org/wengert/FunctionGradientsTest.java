package org.wengert;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.wengert.check.GradientAssert.assertThatGradient;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Gradients of functions that are composed of operations, of first and second order, against
/// differences; with zeros where a product's derivative could divide by one.
class FunctionGradientsTest {
  private static final Tensor ZEROS =
      Tensor.of(1.5, 0, -2, 0, 0.7, 1.2, 0.4, -0.6, 1.1, 0, 0, 0).reshape(4, 3);

  @TestFactory
  Stream<DynamicTest> productsAreRightWithZeros() {
    Map<String, UnaryOperator<Variable>> functions = new LinkedHashMap<>();
    functions.put("prod of rows", x -> F.prod(x, 1, false));
    functions.put("prod of columns", x -> F.prod(x, 0, true));
    functions.put("prod of all", F::prod);
    functions.put("cumProd of rows", x -> F.cumProd(x, -1));
    functions.put("cumProd of columns", x -> F.cumProd(x, 0));
    return functions.entrySet().stream()
        .map(f -> dynamicTest(f.getKey(), () -> check(f.getValue(), ZEROS)));
  }

  @TestFactory
  Stream<DynamicTest> compositionsOfOneVariable() {
    Map<String, UnaryOperator<Variable>> functions = new LinkedHashMap<>();
    functions.put("std", x -> F.std(x, 1, false, 1));
    functions.put("norm 1", x -> F.norm(x, 1, false));
    functions.put("norm 2", x -> F.norm(x, 2, true, 1));
    functions.put("norm 3", x -> F.norm(x, 3, false, 0));
    functions.put("norm 0.5", x -> F.norm(x, 0.5, false, 0));
    functions.put("norm -1.5", x -> F.norm(x, -1.5, false, 1));
    functions.put("norm inf", x -> F.norm(x, Double.POSITIVE_INFINITY, false, 1));
    functions.put("norm -inf", x -> F.norm(x, Double.NEGATIVE_INFINITY, false, 1));
    functions.put("renorm", x -> F.renorm(x, 2, 0, 1));
    functions.put("quantile", x -> F.quantile(x, 0.3, 1, false));
    functions.put("median", x -> F.median(x, 0, false).values());
    functions.put("sort", x -> F.sort(x, 1, true).values());
    functions.put("cumMax", x -> F.cumMax(x, 1).values());
    functions.put("nanMean", x -> F.nanMean(x, false, 1));
    functions.put("reflected", x -> F.pad(x, new int[] {1, 2, 2, 1}, PadMode.REFLECT));
    functions.put("windows", x -> F.unfold(x, 1, 2, 1));
    functions.put("overlapping", x -> F.asStrided(x, new int[] {3, 2}, new int[] {1, 2}, 1));
    functions.put("columns", x -> F.im2col(x.reshape(1, 4, 3), a(2, 2), a(1, 1), a(1, 0), a(1, 1)));
    functions.put("images", x -> F.col2im(x, a(2, 4), a(2, 2), a(1, 1), a(0, 0), a(1, 1)));
    functions.put("diagonal", x -> F.diagonal(x, -1, 0, 1));
    functions.put("diagEmbed", x -> F.diagEmbed(x, -1));
    functions.put("rot90", x -> F.rot90(x, 3, 0, 1));
    Tensor x = Tensor.randn(Shape.of(4, 3), DType.FLOAT64, new Rng(1));
    return functions.entrySet().stream()
        .map(f -> dynamicTest(f.getKey(), () -> check(f.getValue(), x)));
  }

  private static int[] a(int first, int second) {
    return new int[] {first, second};
  }

  @TestFactory
  Stream<DynamicTest> scattersOfTwoVariables() {
    Variable index = Variable.constant(Tensor.of(1L, 0, 1, 1, 0, 3).reshape(2, 3));
    Map<String, BinaryOperator<Variable>> functions = new LinkedHashMap<>();
    for (ScatterReduce reduce :
        List.of(ScatterReduce.SUM, ScatterReduce.PROD, ScatterReduce.MEAN)) { // others have kinks
      functions.put(reduce + " with self", (x, s) -> F.scatterReduce(x, 0, index, s, reduce, true));
      functions.put(reduce + " without", (x, s) -> F.scatterReduce(x, 0, index, s, reduce, false));
    }
    functions.put("scatter", (x, s) -> F.scatter(x, 0, index, s));
    functions.put("scatterAdd", (x, s) -> F.scatterAdd(x, 0, index, s));
    functions.put("indexAdd", (x, s) -> F.indexAdd(x, 0, F.arange(2, 0, -1), s, -1.5));
    functions.put("indexCopy", (x, s) -> F.indexCopy(x, 0, F.arange(2, 0, -1), s));
    functions.put("sliceScatter", (x, s) -> F.sliceScatter(x, s, 0, 0, 4, 2));
    functions.put("maskedScatter", (x, s) -> F.maskedScatter(x, x.detach().gt(0.9), s));
    Tensor source = Tensor.of(0.5, 0, -1, 2, 0.3, 0.9).reshape(2, 3);
    return functions.entrySet().stream()
        .map(
            f ->
                dynamicTest(
                    f.getKey(),
                    () ->
                        assertThatGradient(f.getValue())
                            .at(ZEROS, source)
                            .isCorrectToSecondOrder()));
  }

  private static void check(UnaryOperator<Variable> f, Tensor x) {
    assertThatGradient(f).at(x).isCorrectToSecondOrder();
  }
}
