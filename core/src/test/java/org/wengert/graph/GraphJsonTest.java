package org.wengert.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.wengert.F;
import org.wengert.Leaf;
import org.wengert.Parameter;
import org.wengert.Scope;
import org.wengert.Variable;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// The data of the pictures.
class GraphJsonTest {
  private static JsonObject parsed(Graph graph) {
    String text = graph.json();
    assertTrue(text.chars().allMatch(c -> c < 127 && "<>&'".indexOf(c) < 0), text);
    return JsonParser.parseString(text).getAsJsonObject();
  }

  private static JsonObject vertex(JsonObject graph, int id) {
    return graph.getAsJsonArray("vertices").get(id).getAsJsonObject();
  }

  @Test
  void verticesSayWhereTheyCameFrom() {
    Leaf x = Variable.of(3.0).named("x");
    Graph graph = Graph.of(Scope.named("part", () -> x.mul(2.0).named("h")).mul(x).named("y"));
    JsonObject json = parsed(graph);
    assertEquals(1, json.get("version").getAsInt());
    assertEquals("[3]", json.get("outputs").toString());
    assertEquals("[{\"path\":\"part\",\"kind\":\"\",\"call\":1}]", json.get("parts").toString());
    JsonObject h = vertex(json, 2);
    assertEquals("mul", h.get("op").getAsString());
    assertEquals("x · 2", h.get("formula").getAsString());
    assertEquals("3 · 2", h.get("numbers").getAsString());
    assertEquals(6, h.get("value").getAsDouble());
    assertEquals(3, h.get("gradient").getAsDouble());
    assertEquals(0, h.get("part").getAsInt());
    assertFalse(vertex(json, 3).has("part"));
    assertEquals(
        "{\"from\":0,\"derivative\":\"h\",\"numbers\":\"6\",\"local\":6,\"contribution\":6}",
        vertex(json, 3).getAsJsonArray("operands").get(1).toString());
  }

  @Test
  void notComputedIsAbsent() {
    Leaf x = Variable.of(0.0).named("x");
    JsonObject forward = vertex(parsed(Graph.forward(x.square())), 0);
    assertFalse(forward.has("gradient"));
    assertFalse(forward.has("grad"));
    x.square().backward();
    JsonObject after = vertex(parsed(Graph.of(x.square())), 0);
    assertEquals(0, after.get("gradient").getAsDouble());
    assertEquals(0, after.get("grad").getAsDouble());
  }

  @Test
  void localDerivativesAreKnownWhereTheGradientIsZero() {
    Leaf x = Variable.of(3.0).named("x");
    JsonObject json = parsed(Graph.of(x.square().named("h").mul(0.0)));
    JsonArray operands = vertex(json, 1).getAsJsonArray("operands");
    assertEquals(6, operands.get(0).getAsJsonObject().get("local").getAsDouble());
    assertEquals(0, operands.get(0).getAsJsonObject().get("contribution").getAsDouble());
  }

  @Test
  void numbersBesideEachOtherAreMultiplied() {
    JsonObject json = parsed(Graph.of(Variable.of(0.25).named("x").square()));
    JsonObject operand = vertex(json, 1).getAsJsonArray("operands").get(0).getAsJsonObject();
    assertEquals("2 x", operand.get("derivative").getAsString());
    assertEquals("2 · 0.25", operand.get("numbers").getAsString());
  }

  @Test
  void slicesCountAxesFromEitherEnd() {
    Leaf x = Variable.of(new double[][] {{1, 2, 3}, {4, 5, 6}}).named("x");
    assertEquals("x[:, 0:2]", formula(F.slice(x, 1, 0, 2, 1)));
    assertEquals("x[..., 0:2]", formula(F.slice(x, -1, 0, 2, 1)));
    assertEquals("x[..., 0:1, :]", formula(F.slice(x, -2, 0, 1, 1)));
  }

  private static String formula(Variable y) {
    Graph graph = Graph.forward(y);
    return graph.formula(graph.output()).toString();
  }

  @Test
  void largeTensorsAreSummedUp() {
    Parameter small = new Parameter(Tensor.arange(64).to(DType.FLOAT32));
    Parameter large = new Parameter(Tensor.full(Shape.of(1000), 3, small.dtype()));
    JsonObject json = parsed(Graph.forward(small.named("s").sum().add(large.named("l").sum())));
    JsonObject full = vertex(json, 0).getAsJsonObject("value");
    assertEquals(64, full.getAsJsonArray("data").size());
    assertEquals(31.5, full.get("mean").getAsDouble());
    JsonObject first = vertex(json, 1).getAsJsonObject("value");
    assertEquals(16, first.getAsJsonArray("first").size());
    assertEquals(3 * Math.sqrt(1000), first.get("norm").getAsDouble(), 1e-12);
    assertFalse(first.has("data"));
  }

  @Test
  void whatIsNotFiniteIsTextAndCounted() {
    Leaf x =
        Variable.of(Tensor.of(1, Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY));
    JsonObject value = vertex(parsed(Graph.forward(x.sum())), 0).getAsJsonObject("value");
    assertEquals("[1,\"NaN\",\"-Infinity\",\"Infinity\"]", value.get("data").toString());
    assertEquals(3, value.get("nonFinite").getAsInt());
    assertEquals(1, value.get("max").getAsDouble());
  }

  @Test
  void theAttributesOfAnOperationAreThere() {
    Leaf x = Variable.of(Tensor.of(new double[][] {{1, 2}, {3, 4}}));
    JsonObject json = parsed(Graph.forward(x.reshape(4)));
    assertTrue(vertex(json, 1).getAsJsonObject("attributes").has("to"));
  }

  @Test
  void longIntegersKeepTheirDigits() {
    Variable i = Variable.constant(Tensor.of(9007199254740993L)).named("i");
    Leaf x = Variable.of(1.0);
    String json = Graph.forward(x.mul(i)).json();
    assertTrue(json.contains("9007199254740993"), json);
  }

  @Property(tries = 200)
  void everyNameComesBack(@ForAll String name) {
    Leaf x = Variable.of(1.0).named(name);
    JsonObject leaf = vertex(parsed(Graph.of(x.exp())), 0);
    assertEquals(name, leaf.has("name") ? leaf.get("name").getAsString() : "");
  }
}
