package org.wengert.golden;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.wengert.F;
import org.wengert.LossReduction;
import org.wengert.Pooling;
import org.wengert.Variable;

/// Functions that the golden data spells out as formulas: here the function itself is called.
class FormulaTest {
  private static void assertAgrees(String file, String op, UnaryOperator<Variable> function) {
    assertAgrees(file, op, (xs, attrs) -> function.apply(xs.getFirst()));
  }

  private static void assertAgrees(
      String file, String op, BiFunction<List<Variable>, JsonObject, Variable> function) {
    List<GoldenCase> cases =
        GoldenFiles.committed().cases(file).stream().filter(c -> c.op().equals(op)).toList();
    assertFalse(cases.isEmpty(), op);
    for (GoldenCase c : cases) {
      OperatorTable table = new OperatorTable();
      table.put("function", a -> function.apply(operands(a), c.attrs()));
      Outcome outcome = Replay.of(calling(c), table);
      assertInstanceOf(Outcome.Passed.class, outcome, () -> c.id() + ": " + outcome);
    }
  }

  private static GoldenCase calling(GoldenCase c) {
    String names = c.inputs().stream().map(GoldenTensor::name).collect(Collectors.joining(", "));
    return new GoldenCase(
        c.file(),
        c.id(),
        c.op(),
        c.attrs(),
        "torch.function(" + names + ")",
        c.inputs(),
        c.outputs(),
        c.gradOutputs(),
        c.grads(),
        c.error());
  }

  private static List<Variable> operands(Arguments a) {
    return IntStream.range(0, a.count()).mapToObj(i -> a.variable(i, "")).toList();
  }

  private static LossReduction reduction(JsonObject attrs) {
    return LossReduction.valueOf(attrs.get("reduction").getAsString().toUpperCase(Locale.ROOT));
  }

  private static int[] integers(JsonObject attrs, String name) {
    JsonArray numbers = attrs.getAsJsonArray(name);
    return numbers.asList().stream().mapToInt(JsonElement::getAsInt).toArray();
  }

  @Test
  void activations() {
    assertAgrees("unary", "softsign", F::softsign);
    assertAgrees("unary", "tanhshrink", F::tanhshrink);
    assertAgrees("nn_misc", "softmin", (xs, attrs) -> F.softmin(xs.getFirst(), 1));
  }

  @Test
  void productsAndLeastSquares() {
    assertAgrees(
        "linalg", "chain_matmul", (xs, attrs) -> F.chainMatmul(xs.toArray(new Variable[0])));
    assertAgrees("linalg", "lstsq", (xs, attrs) -> F.lstsq(xs.get(0), xs.get(1)));
  }

  @Test
  void norms() {
    assertAgrees(
        "nn_norm",
        "normalize",
        (xs, attrs) ->
            F.normalize(
                xs.getFirst(),
                attrs.get("p").getAsDouble(),
                attrs.get("dim").getAsInt(),
                attrs.get("eps").getAsDouble()));
    assertAgrees(
        "nn_norm",
        "local_response_norm",
        (xs, attrs) ->
            F.localResponseNorm(
                xs.getFirst(),
                attrs.get("size").getAsInt(),
                attrs.get("alpha").getAsDouble(),
                attrs.get("beta").getAsDouble(),
                attrs.get("k").getAsDouble()));
    assertAgrees(
        "nn_pool",
        "lp_pool1d",
        (xs, attrs) ->
            F.lpPool1d(
                xs.getFirst(),
                attrs.get("norm_type").getAsDouble(),
                Pooling.of(integers(attrs, "kernel_size")).stride(integers(attrs, "stride"))));
  }

  @Test
  void losses() {
    assertAgrees(
        "losses",
        "gaussian_nll_loss",
        (xs, attrs) ->
            F.gaussianNllLoss(
                xs.get(0),
                xs.get(1),
                xs.get(2),
                attrs.get("full").getAsBoolean(),
                attrs.get("eps").getAsDouble(),
                reduction(attrs)));
    assertAgrees(
        "losses",
        "multilabel_soft_margin_loss",
        (xs, attrs) ->
            F.multiLabelSoftMarginLoss(
                xs.get(0), xs.get(1), xs.size() > 2 ? xs.get(2) : null, reduction(attrs)));
  }
}
