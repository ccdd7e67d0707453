package org.wengert.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.wengert.Autograd;
import org.wengert.Constant;
import org.wengert.Leaf;
import org.wengert.Parameter;
import org.wengert.Scope;
import org.wengert.StateException;
import org.wengert.Variable;
import org.wengert.tensor.Tensor;

/// Snapshots of graphs.
class GraphTest {
  private static List<String> labels(Graph graph) {
    return graph.vertices().stream().map(Vertex::label).toList();
  }

  private static double gradient(Vertex vertex) {
    return Objects.requireNonNull(vertex.gradient()).item();
  }

  @Test
  void verticesAreInTheOrderOfCreation() {
    Leaf x = Variable.of(-2.0).named("x");
    Leaf y = Variable.of(5.0).named("y");
    Leaf z = Variable.of(-4.0).named("z");
    Variable f = x.add(y).named("q").mul(z).mul(2).named("f");
    Graph graph = Graph.of(f);
    assertEquals(List.of("x", "y", "z", "q", "v4", "2", "f"), labels(graph));
    assertEquals(-24, graph.output().value().item());
    assertEquals(List.of(3, 2), graph.vertex(4).operands().stream().map(Edge::from).toList());
  }

  @Test
  void everyValueHasItsGradientAndEveryEdgeItsShare() {
    Leaf x = Variable.of(3.0).named("x");
    Variable y = x.mul(x).add(x).named("y");
    Graph graph = Graph.of(y);
    assertEquals(7, gradient(graph.find("x")));
    assertEquals(
        List.of(3.0, 3.0, 1.0),
        graph.uses(graph.find("x")).stream()
            .map(edge -> Objects.requireNonNull(edge.contribution()).item())
            .toList());
    assertNull(x.grad());
  }

  @Test
  void notComputedIsNotZero() {
    Leaf x = Variable.of(3.0).named("x");
    Graph graph = Graph.of(x.mul(2.0).named("y"));
    Vertex.Leaf leaf = assertInstanceOf(Vertex.Leaf.class, graph.find("x"));
    assertNull(leaf.grad());
    assertNull(graph.vertices().get(1).gradient()); // the constant 2
    assertNull(Graph.forward(x.square()).find("x").gradient());
    x.mul(0.0).backward();
    Vertex.Leaf after = (Vertex.Leaf) Graph.of(x.square()).find("x");
    assertEquals(0, Objects.requireNonNull(after.grad()).item());
    assertEquals(6, gradient(after));
  }

  @Test
  void theGraphOfAGradientIsAGraph() {
    Leaf x = Variable.of(2.0).named("x");
    Graph graph = Graph.of(Autograd.grad(x.pow(3), x));
    assertEquals(12, graph.output().value().item());
    assertEquals(12, gradient(graph.find("x")));
  }

  @Test
  void aSnapshotDoesNotChangeWithItsParameters() {
    Parameter w = new Parameter(Tensor.of(1.0)).named("w");
    Variable y = w.mul(3.0);
    Graph graph = Graph.of(y);
    w.assign(Tensor.of(8.0));
    assertEquals(1, graph.find("w").value().item());
  }

  @Test
  void aSnapshotLetsTheGraphGo() throws InterruptedException {
    List<WeakReference<Variable>> references = new ArrayList<>();
    Graph graph = recorded(references);
    for (int i = 0; i < 100 && references.stream().anyMatch(r -> r.get() != null); i++) {
      System.gc();
      Thread.sleep(10);
    }
    references.forEach(reference -> assertNull(reference.get()));
    assertEquals(8, graph.output().value().item());
  }

  private static Graph recorded(List<WeakReference<Variable>> references) {
    Variable x = Variable.of(2.0);
    Variable y = x.pow(3);
    references.add(new WeakReference<>(x));
    references.add(new WeakReference<>(y));
    return Graph.of(y);
  }

  @Test
  void pathsAreCountedExactly() {
    Variable x = Variable.of(1.0);
    Variable at = x;
    for (int i = 0; i < 200; i++) {
      at = at.add(at);
    }
    Graph graph = Graph.of(at);
    Vertex from = graph.vertex(x);
    assertEquals(BigInteger.TWO.pow(200), graph.pathCount(from, graph.output()));
    assertEquals(5, graph.pathsBetween(from, graph.output(), 5).size());
  }

  @Test
  void pathsLeadFromOperandToResult() {
    Leaf x = Variable.of(3.0).named("x");
    Variable h = x.mul(2.0).named("h");
    Graph graph = Graph.of(h.mul(x).named("y"));
    List<List<Edge>> paths = graph.pathsBetween(graph.find("x"), graph.find("y"), 10);
    assertEquals(List.of(2, 1), paths.stream().map(List::size).toList());
    assertEquals(List.of("x", "h", "y"), labels(graph.subgraph(graph.find("x"), graph.find("y"))));
    assertEquals(List.of(), graph.pathsBetween(graph.find("y"), graph.find("x"), 10));
  }

  @Test
  void scopesNestAndFold() {
    Leaf x = Variable.of(3.0).named("x");
    Variable y =
        Scope.named("outer", () -> Scope.named("inner", () -> x.mul(2.0).exp()).add(1.0)).neg();
    Graph graph = Graph.of(y);
    assertEquals(List.of("outer", "outer.inner"), graph.parts().stream().map(Part::path).toList());
    Graph folded = graph.foldByModule();
    assertEquals(3, folded.vertices().size());
    Vertex.Group group = assertInstanceOf(Vertex.Group.class, folded.vertices().get(1));
    assertEquals("outer", group.folded().path());
    assertEquals(5, group.members().size());
    assertEquals(3, graph.foldByModule(2).find(v -> v.module().equals("outer")).size());
    assertNotNull(folded.output().gradient());
  }

  @Test
  void whatIsNotThereIsExplained() {
    Graph graph = Graph.of(Variable.of(3.0).named("x").square().named("y"));
    StateException error = assertThrows(StateException.class, () -> graph.find("z"));
    assertEquals("no value is named 'z'\n  hint: named are x, y", error.getMessage());
    assertThrows(StateException.class, () -> graph.vertex(Variable.of(1.0)));
  }

  @Test
  void aPathThatIsNotThereAndForeignValuesAreExplained() {
    Leaf x = Variable.of(3.0).named("x");
    Graph graph = Graph.of(x.square().named("y"));
    Vertex from = graph.find("y");
    Vertex to = graph.find("x");
    assertEquals("no path leads from y to x", firstLine(() -> graph.subgraph(from, to)));
    assertEquals("there is no value 2 among 2", firstLine(() -> graph.vertex(2)));
    assertEquals("there is no value -1 among 2", firstLine(() -> graph.vertex(-1)));
    Graph other = Graph.of(x.mul(x).named("z"));
    Vertex foreign = other.find("z");
    String message = "z is a value of another graph";
    assertEquals(message, firstLine(() -> graph.pathsBetween(to, foreign, 1)));
    assertEquals(message, firstLine(() -> graph.pathCount(foreign, from)));
    assertEquals(message, firstLine(() -> graph.subgraph(foreign, from)));
    assertEquals(message, firstLine(() -> graph.uses(foreign)));
    assertEquals(message, firstLine(() -> graph.formula(foreign)));
    Graph inside = Graph.of(Scope.named("s", () -> x.exp()));
    assertEquals("'s' is a part of another graph", firstLine(() -> graph.fold(inside.parts())));
  }

  private static String firstLine(Executable refused) {
    String message = assertThrows(StateException.class, refused).getMessage();
    return message.lines().findFirst().orElse("");
  }

  @Test
  void aConstantInSeveralShapesIsFoundAsItWasGiven() {
    Variable x = Variable.constant(Tensor.ones(2, 3)).named("x");
    Leaf w = Variable.of(Tensor.ones(2, 2)).named("w");
    Variable y = w.matMul(x).sum().add(x.mT().matMul(w).sum()).add(x.reshape(3, 2).matMul(w).sum());
    Graph graph = Graph.of(y);
    assertSame(x.value(), graph.find("x").value());
    assertEquals(
        List.of("w", "x", "x′", "x′"),
        graph.vertices().stream().map(Vertex::name).filter(name -> !name.isEmpty()).toList());
    Graph alone = Graph.of(w.matMul(x.mT().mT()).sum());
    assertEquals(x.value().shape(), alone.find("x").shape());
    Constant turned = (Constant) x.mT().mT().reshape(6);
    assertSame(x, turned.origin());
    turned.named("z");
    assertSame(turned, turned.origin());
  }

  @Test
  void noTwoValuesAreCalledTheSame() {
    Leaf w = Variable.of(2.0).named("w");
    Variable h = Variable.of(3.0).named("h");
    for (int i = 0; i < 2; i++) {
      h = h.mul(w).named("h");
    }
    Graph loop = Graph.of(h);
    assertEquals(
        List.of("w", "h₁", "h₂", "h₃"), loop.vertices().stream().map(Vertex::label).toList());
    assertEquals("h₂ · w", loop.formula(loop.output()).toString());
    assertEquals("h_{3}", Latex.name("h₃"));
    assertEquals(3, loop.find(v -> v.name().equals("h")).size());
    Leaf v2 = Variable.of(2.0).named("v2");
    Graph place = Graph.of(v2.mul(v2.exp()).mul(v2));
    assertEquals(
        List.of("v2", "v1", "v2′", "v3"), place.vertices().stream().map(Vertex::label).toList());
    assertEquals("{v_{2}}'", Latex.name("v2′"));
    assertEquals("{\\mathit{net}_{\\mathit{o1}}}_{12}", Latex.name("net_o1₁₂"));
  }

  @Test
  void whatCannotBeDoneIsSaidWithAWayOut() {
    String none = assertThrows(StateException.class, () -> Graph.of(List.of())).getMessage();
    assertTrue(none.contains("a graph of no results"), none);
    Graph graph = Graph.of(Variable.of(2.0).square());
    Path missing = Path.of("no such folder", "x.html");
    String folder =
        assertThrows(UncheckedIOException.class, () -> graph.html(missing)).getMessage();
    assertTrue(folder.contains("NoSuchFileException"), folder);
    assertTrue(folder.contains("is there such a folder"), folder);
  }
}
