package org.wengert.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.wengert.Leaf;
import org.wengert.Scope;
import org.wengert.Variable;
import org.wengert.tensor.OptionException;
import org.xml.sax.InputSource;

/// Boxes, columns, coordinates and the picture made of them.
class LayoutTest {
  private static Variable chain(int steps) {
    Leaf w = Variable.of(1.01).named("w");
    Variable at = Variable.of(0.5).named("x");
    for (int i = 0; i < steps / 2; i++) {
      at = at.mul(w).tanh();
    }
    return at.named("y");
  }

  static Graph random(long seed) {
    Random random = new Random(seed);
    List<Variable> made = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      made.add(Variable.of(random.nextDouble()).named("x" + i));
    }
    int steps = random.nextInt(300);
    while (made.size() < steps) {
      if (random.nextInt(8) == 0) {
        made.add(
            Scope.named("p" + random.nextInt(3), () -> any(made, random).mul(any(made, random))));
      } else {
        made.add(any(made, random).add(any(made, random)));
      }
    }
    Variable sum = made.getLast();
    for (int i = 0; i < 5; i++) {
      sum = sum.add(any(made, random));
    }
    return Graph.of(sum);
  }

  private static Variable any(List<Variable> made, Random random) {
    return made.get(random.nextInt(made.size()));
  }

  private static Document parsed(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }

  private static boolean[] allOpen(Layout layout) {
    boolean[] open = new boolean[layout.boxes().size()];
    Arrays.fill(open, true);
    return open;
  }

  @Property(tries = 100)
  void everyVertexIsInOneBoxAndBeforeItsUses(@ForAll long seed) {
    Graph graph = random(seed);
    Layout layout = Layout.of(graph);
    int seen = 0;
    for (Box box : layout.boxes()) {
      List<Slot> things = new ArrayList<>(box.columns.stream().flatMap(List::stream).toList());
      things.removeIf(Slot::isPassage);
      assertEquals(box.items.size(), things.size());
      seen += (int) things.stream().filter(slot -> slot.kind() == Slot.Kind.VERTEX).count();
    }
    assertEquals(graph.vertices().size(), seen);
    for (Edge edge : graph.edges()) {
      Box from = layout.around(edge.from());
      if (from == layout.around(edge.to())) {
        int before = from.column(Slot.vertex(edge.from()));
        assertTrue(before < from.column(Slot.vertex(edge.to())));
      }
    }
  }

  @Property(tries = 50)
  void nothingOverlaps(@ForAll long seed) {
    Layout layout = Layout.of(random(seed));
    Coordinates drawing = Coordinates.of(layout, allOpen(layout), Double.POSITIVE_INFINITY);
    for (Box box : layout.boxes()) {
      double right = Double.NEGATIVE_INFINITY;
      double[] outer = drawing.frame(box);
      for (int c = 0; c < box.columns.size(); c++) {
        double bottom = Double.NEGATIVE_INFINITY;
        double next = right;
        for (Slot slot : box.columns.get(c)) {
          double[] frame = drawing.frame(new Route.Stop(box, c, slot));
          assertTrue(frame[1] >= bottom, "rows overlap");
          assertTrue(frame[0] >= right, "columns overlap");
          assertTrue(frame[0] + frame[2] <= outer[0] + outer[2], "too far right");
          assertTrue(frame[1] + frame[3] <= outer[1] + outer[3], "too low");
          bottom = frame[1] + frame[3];
          next = Math.max(next, frame[0] + frame[2]);
        }
        right = next;
      }
    }
  }

  @Property(tries = 50)
  void nothingOverlapsInRows(@ForAll long seed, @ForAll @IntRange(min = 1, max = 3000) int room) {
    Layout layout = Layout.of(random(seed));
    Coordinates drawing = Coordinates.of(layout, allOpen(layout), room);
    for (Box box : layout.boxes()) {
      double[] outer = drawing.frame(box);
      List<double[]> placed = new ArrayList<>();
      for (int c = 0; c < box.columns.size(); c++) {
        for (Slot slot : box.columns.get(c)) {
          double[] frame = drawing.frame(new Route.Stop(box, c, slot));
          assertTrue(frame[0] >= outer[0] && frame[1] >= outer[1], "outside");
          assertTrue(frame[0] + frame[2] <= outer[0] + outer[2], "too far right");
          assertTrue(frame[1] + frame[3] <= outer[1] + outer[3], "too low");
          placed.forEach(other -> assertTrue(areApart(frame, other), "overlap"));
          placed.add(frame);
        }
      }
    }
  }

  private static boolean areApart(double[] a, double[] b) {
    boolean besides = a[0] >= b[0] + b[2] || b[0] >= a[0] + a[2];
    return besides || a[1] >= b[1] + b[3] || b[1] >= a[1] + a[3];
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 1000, 1920})
  void aPictureIsAsWideAsToldAndGoesOnBelow(int width) throws Exception {
    Variable x = Variable.of(0.5).named("x");
    for (int i = 1; i <= 30; i++) {
      x = x.tanh().named("h" + i);
    }
    Graph graph = Graph.of(x);
    Document svg = parsed(graph.svg(width));
    assertTrue(number(svg.getDocumentElement(), "width") <= width);
    assertTrue(number(svg.getDocumentElement(), "width") > 0.6 * width);
    var texts = svg.getElementsByTagName("text");
    double x1 = 0;
    double y1 = 0;
    int rows = 1;
    for (int i = 0; i < texts.getLength(); i++) {
      Element text = (Element) texts.item(i);
      if (text.getTextContent().matches("h\\d+")) {
        boolean isNext = number(text, "x") > x1;
        assertTrue(isNext ? number(text, "y") == y1 || x1 == 0 : number(text, "y") > y1);
        rows += isNext ? 0 : 1;
        x1 = number(text, "x");
        y1 = number(text, "y");
      }
    }
    assertTrue(rows > 2 && rows <= 16, rows + " rows");
    assertEquals(graph.svg(), graph.svg(1920));
  }

  private static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }

  @Test
  void aPictureNeedsAWidth() {
    Graph graph = Graph.of(Variable.of(3.0).square());
    OptionException refused = assertThrows(OptionException.class, () -> graph.svg(0));
    assertEquals(
        "a picture of width 0;   hint: give the width in pixels: svg(1000)",
        refused.getMessage().replace("\n", "; "));
  }

  @Test
  void longChainsAreCutIntoBoxesOfFew() {
    Layout layout = Layout.of(Graph.of(chain(50_000)));
    for (Box box : layout.boxes()) {
      assertTrue(box.items.size() <= 60, box.title);
    }
    assertTrue(layout.boxes().getFirst().items.size() > 5);
    assertEquals(50_002, layout.count(0));
  }

  @Test
  void chainsMayBeAHundredThousandLong() {
    assertTrue(Graph.forward(chain(100_000)).svg().endsWith("</svg>\n"));
  }

  @Test
  void partsAreBoxesUnlessTheyAreOneThing() {
    Leaf x = Variable.of(3.0).named("x");
    Variable y = Scope.named("two", () -> x.exp().tanh()).add(Scope.named("one", () -> x.exp()));
    Layout layout = Layout.of(Graph.of(y));
    assertEquals(List.of("", "two"), layout.boxes().stream().map(box -> box.title).toList());
  }

  @Test
  void theWeightsOfAPartAreInIt() {
    Leaf x = Variable.of(0.1).named("x");
    List<Leaf> weights = new ArrayList<>();
    List<Variable> parts = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      weights.add(Variable.of(1.0).named("w" + i));
      parts.add(Scope.named("part" + i, () -> x.mul(weights.getLast()).tanh()));
    }
    Graph graph = Graph.of(parts.stream().reduce(Variable::add).orElseThrow());
    Layout layout = Layout.of(graph);
    for (int i = 0; i < 120; i++) {
      assertEquals("part" + i, layout.around(graph.find("w" + i).id()).title);
    }
    assertEquals("", layout.around(graph.find("x").id()).title);
  }

  @Test
  void smallGraphsAreOpenAndLargeOnesFolded() {
    Layout small = Layout.of(Graph.of(Scope.named("part", () -> chain(8))));
    assertTrue(small.openAtFirst()[1]);
    Layout large = Layout.of(Graph.of(chain(1000)));
    assertFalse(large.openAtFirst()[1]);
  }

  @Test
  void aPictureHasACardForEachVertex() throws Exception {
    Leaf x = Variable.of(3.0).named("x");
    Document svg = parsed(Graph.of(x.mul(2.0).exp().named("y")).svg());
    List<String> texts = new ArrayList<>();
    var elements = svg.getElementsByTagName("text");
    for (int i = 0; i < elements.getLength(); i++) {
      texts.add(elements.item(i).getTextContent());
    }
    assertTrue(texts.containsAll(List.of("x", "3", "∂ 806.86", "2", "exp", "y")), texts::toString);
  }

  @Test
  void notComputedIsHatchedAndNotZero() {
    String svg = Graph.forward(Variable.of(3.0).square()).svg();
    assertTrue(svg.contains(">not computed<"));
    assertTrue(svg.contains("fill='url(#missing)'/>"));
    assertFalse(svg.contains("∂"));
  }

  @Test
  void theSamePictureComesFromTheSameGraph() {
    Graph graph = random(7);
    assertEquals(graph.svg(), graph.svg());
  }

  @Property(tries = 100)
  void noNameBreaksThePicture(@ForAll String name) throws Exception {
    Leaf x = Variable.of(1.0).named("<script>" + name + "]]>'\"&" + name);
    Document svg = parsed(Graph.of(Scope.named(name + "<b>", () -> x.exp().tanh())).svg());
    assertEquals(0, svg.getElementsByTagName("script").getLength());
  }

  @Test
  void aPictureIsWrittenToAFile(@TempDir Path folder) throws Exception {
    Graph graph = Graph.of(Variable.of(3.0).square());
    graph.svg(folder.resolve("y.svg"));
    assertEquals(graph.svg(), Files.readString(folder.resolve("y.svg")));
    graph.svg(folder.resolve("narrow.svg"), 100);
    assertEquals(graph.svg(100), Files.readString(folder.resolve("narrow.svg")));
  }
}
