package org.wengert.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/// Reads what is written of a graph with parsers that know nothing of the writers, and compares it
/// with the graph.
public final class Pictures {
  private Pictures() {}

  /// Reads DOT, JSON, SVG and the page of a graph.
  public static void assertParse(Graph graph) throws Exception {
    JsonObject json = assertJson(graph, graph.json());
    assertDot(graph, DotGrammar.read(graph.dot()));
    assertPage(graph, json);
    Document svg = xml(graph.svg());
    assertEquals("svg", svg.getDocumentElement().getTagName());
    NodeList titles = svg.getElementsByTagName("title");
    assertEquals(1, titles.getLength());
  }

  private static JsonObject assertJson(Graph graph, String text) throws IOException {
    JsonObject json = strict(text).getAsJsonObject();
    JsonArray vertices = json.getAsJsonArray("vertices");
    assertEquals(graph.vertices().size(), vertices.size());
    List<List<Integer>> edges = new ArrayList<>();
    for (Vertex vertex : graph.vertices()) {
      JsonObject written = vertices.get(vertex.id()).getAsJsonObject();
      assertEquals(vertex.id(), written.get("id").getAsInt());
      assertEquals(vertex.gradient() != null, written.has("gradient"));
      if (vertex.shape().rank() == 0) {
        assertEquals(vertex.value().item(), written.get("value").getAsDouble());
      }
      if (written.has("operands")) {
        written
            .getAsJsonArray("operands")
            .forEach(edge -> edges.add(List.of(from(edge), vertex.id())));
      }
    }
    assertEquals(graph.edges().stream().map(e -> List.of(e.from(), e.to())).toList(), edges);
    return json;
  }

  private static int from(JsonElement operand) {
    return operand.getAsJsonObject().get("from").getAsInt();
  }

  /// Nothing but what RFC 8259 allows: gson's parser is lenient unless it is told not to be.
  static JsonElement strict(String text) throws IOException {
    JsonReader reader = new JsonReader(new StringReader(text));
    reader.setStrictness(Strictness.STRICT);
    JsonElement element = JsonParser.parseReader(reader);
    assertEquals(JsonToken.END_DOCUMENT, reader.peek());
    return element;
  }

  private static void assertDot(Graph graph, DotGrammar.Picture dot) {
    Set<String> ids = new LinkedHashSet<>();
    graph.vertices().forEach(vertex -> ids.add("v" + vertex.id()));
    assertEquals(ids, dot.nodes().keySet());
    assertEquals(
        graph.edges().stream().map(e -> List.of("v" + e.from(), "v" + e.to())).toList(),
        dot.edges());
    assertEquals(graph.parts().size(), dot.subgraphs().size());
    dot.nodes().values().forEach(a -> assertTrue(a.containsKey("label"), a::toString));
  }

  private static void assertPage(Graph graph, JsonObject json) throws IOException {
    List<HtmlTags.Element> elements = HtmlTags.read(Page.of(graph));
    assertEquals(json, strict(island(elements, "graph")));
    int boxes = strict(island(elements, "layout")).getAsJsonObject().getAsJsonArray("boxes").size();
    assertTrue(boxes > graph.parts().size(), "the whole is a box, and every part");
    assertEquals(3, elements.stream().filter(e -> e.name().equals("script")).count());
    assertEquals(1, elements.stream().filter(e -> e.name().equals("style")).count());
  }

  private static String island(List<HtmlTags.Element> elements, String id) {
    List<String> found =
        elements.stream()
            .filter(e -> e.name().equals("script") && id.equals(e.attributes().get("id")))
            .map(HtmlTags.Element::content)
            .toList();
    assertEquals(1, found.size(), id);
    return found.getFirst();
  }

  private static Document xml(String text) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(text)));
  }
}
