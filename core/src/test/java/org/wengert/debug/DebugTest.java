package org.wengert.debug;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.wengert.Autograd;
import org.wengert.F;
import org.wengert.Leaf;
import org.wengert.NonFiniteException;
import org.wengert.Step;
import org.wengert.Variable;
import org.wengert.graph.Graph;
import org.wengert.tensor.Tensor;

/// `Autograd.debug`, from a package outside of the library, whose lines it reports.
class DebugTest {
  private static NonFiniteException refused(Runnable body) {
    return assertThrows(NonFiniteException.class, () -> Autograd.debug(body));
  }

  private static String lineOf(NonFiniteException error) {
    return error.getMessage().replaceAll("(?s).*(DebugTest\\.java:\\d+).*", "$1");
  }

  @Test
  void theFirstValueThatIsNotFiniteIsExplained() {
    Leaf p = Variable.of(0.5, 0, 0.7).named("p");
    NonFiniteException error = refused(() -> p.log().mul(2.0).exp());
    assertEquals(
        """
        log: the result has -Infinity in 1 of 3 elements, the first at (1), at %s
            input 0  p  (3) from 0.0 to 0.7
          hint: keep the operand above 0, or use logSoftmax, logSigmoid or log1p of what it came from"""
            .formatted(lineOf(error)),
        error.getMessage());
    assertEquals("log", ((Step) error.culprit()).op().label());
  }

  @Test
  void theFirstGradientThatIsNotFiniteIsExplained() {
    Leaf x = Variable.of(4.0, 0.0).named("x");
    NonFiniteException error = refused(() -> x.sqrt().sum().backward());
    assertEquals(
        """
        sqrt: the gradient of input 0 has Infinity in 1 of 2 elements, the first at (1), at %s
            input 0   x  (2) from 0.0 to 4.0
            gradient     (2) from 1.0 to 1.0
          hint: the derivative at 0 is infinite: add a small number under the root"""
            .formatted(lineOf(error)),
        error.getMessage());
  }

  @Test
  void theGraphOfTheCulpritMarksIt() {
    Leaf p = Variable.of(0.0).named("p");
    NonFiniteException forward = refused(() -> p.mul(2.0).log().exp());
    assertEquals(
        """
        v3 = log(v2) = -∞ gradient 1 at ← the first value here that is not finite
        └─ v2 = p · 2 = 0 gradient ∞ at
           ├─ p = 0 gradient ∞
           └─ 2
        """,
        shown(forward));
    NonFiniteException backward = refused(() -> p.mul(2.0).sqrt().exp().backward());
    assertEquals(
        """
        v3 = √v2 = 0 gradient 1 at ← its derivative is the first that is not finite
        └─ v2 = p · 2 = 0 gradient ∞ at
           ├─ p = 0 gradient ∞
           └─ 2
        """,
        shown(backward));
  }

  @Test
  void theGraphOfAnErrorSaysWhatWasFound() {
    Leaf p = Variable.of(4.0, 0.0).named("p");
    NonFiniteException error = refused(() -> p.mul(2.0).sqrt().mul(3.0).sum().backward());
    assertArrayEquals(new double[] {3, 3}, error.gradient().toDoubleArray());
    Graph graph = Graph.of(error);
    assertArrayEquals(new double[] {3, 3}, graph.output().gradient().toDoubleArray());
    JsonObject json = JsonParser.parseString(graph.json()).getAsJsonObject();
    assertEquals(error.getMessage(), json.get("finding").getAsString());
    assertEquals(
        Map.of(graph.output().id(), "its derivative is the first that is not finite"),
        culprits(json));
    NonFiniteException forward = refused(() -> p.mul(2.0).log().exp());
    assertNull(forward.gradient());
    assertNull(Graph.of(forward).find("p").gradient());
    assertEquals(1, culprits(JsonParser.parseString(Graph.of(forward).json())).size());
  }

  private static Map<Integer, String> culprits(JsonElement graph) {
    Map<Integer, String> culprits = new LinkedHashMap<>();
    for (JsonElement vertex : graph.getAsJsonObject().getAsJsonArray("vertices")) {
      JsonObject each = vertex.getAsJsonObject();
      if (each.has("culprit")) {
        culprits.put(each.get("id").getAsInt(), each.get("culprit").getAsString());
      }
    }
    return culprits;
  }

  private static String shown(NonFiniteException error) {
    String text = Graph.of(error.culprit()).text();
    return text.replaceAll("at DebugTest.java:\\d+", "at").replaceAll("(?<=\\S) {2,}", " ");
  }

  @Test
  void stepsKnowTheirLinesOnlyWhenDebugging() {
    Leaf x = Variable.of(4.0);
    Step watched = (Step) Autograd.debug(() -> x.square());
    assertTrue(watched.line().startsWith("DebugTest.java:"), watched.line());
    assertEquals("", ((Step) x.square()).line());
  }

  @Test
  void aMaskMayBeInfinite() {
    Leaf x = Variable.of(1.0, 2.0);
    Variable mask = Variable.constant(Tensor.of(false, true));
    Variable y =
        Autograd.debug(
            () -> {
              Variable far = F.where(mask, Variable.constant(Double.NEGATIVE_INFINITY), x);
              Variable soft = F.softmax(far, 0);
              soft.select(0, 0).backward();
              return soft;
            });
    assertEquals(1, y.value().at(0));
  }

  @Test
  void dataWithNanIsReportedWhenItIsUsed() {
    Variable data = Variable.constant(1, Double.NaN).named("data");
    NonFiniteException error = refused(() -> data.mul(Variable.of(2.0)));
    assertTrue(
        error.problem().startsWith("input 0 had NaN in 1 of 2 elements, the first at (1)"),
        error.problem());
  }

  @Test
  void unwatchedNothingIsRefused() {
    Leaf x = Variable.of(-1.0);
    Variable y = x.log();
    assertTrue(Double.isNaN(y.item()));
    assertSame(y, Autograd.debug(() -> y));
  }

  @Test
  void zeroTimesInfinityIsReportedWhereItHappens() {
    Leaf x = Variable.of(0.0).named("x");
    NonFiniteException error =
        refused(() -> x.mul(Variable.constant(Double.POSITIVE_INFINITY)).exp());
    assertEquals("mul", ((Step) error.culprit()).op().label());
  }
}
