package org.wengert.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.wengert.F;
import org.wengert.Leaf;
import org.wengert.Scope;
import org.wengert.StateException;
import org.wengert.Variable;
import org.wengert.graph.Stepper.Direction;
import org.wengert.tensor.Tensor;

/// The time machine.
class StepperTest {
  private final Stepper lecture = Stepper.of(lecture());

  private static Graph lecture() {
    Leaf x = Variable.of(-2.0).named("x");
    Leaf y = Variable.of(5.0).named("y");
    Leaf z = Variable.of(-4.0).named("z");
    return Graph.of(x.add(y).named("q").mul(z).named("f"));
  }

  private static List<String> pictures(Stepper stepper) {
    List<String> pictures = new ArrayList<>();
    pictures.add(stepper.toStart().toString());
    while (stepper.position() + 1 < stepper.length()) {
      pictures.add(stepper.next().toString());
    }
    return pictures;
  }

  private static double item(@Nullable Tensor x) {
    return Objects.requireNonNull(x).item();
  }

  @Test
  void anUnnamedNumberIsWrittenOnce() {
    Leaf w = Variable.of(3.0).named("w");
    Stepper stepper = Stepper.of(Graph.of(w.mul(0.6).square().named("y"))).toEnd();
    String line = "v2 → w: 3.6 · 0.6 = 2.16, gradient of w: 2.16";
    assertTrue(stepper.toString().endsWith(line), stepper.toString());
  }

  @Test
  void everyMomentIsAReadablePicture() {
    assertEquals(
        """
        [1/8 →] x = -2
        [2/8 →] y = 5
        [3/8 →] z = -4
        [4/8 →] q = x + y = -2 + 5 = 3
        [5/8 →] f = q · z = 3 · (-4) = -12
        [6/8 ←] gradient of f: 1
        [7/8 ←] f → q: 1 · z = -4, gradient of q: -4
                f → z: 1 · q = 3, gradient of z: 3
        [8/8 ←] q → x: -4 · 1 = -4, gradient of x: -4
                q → y: -4 · 1 = -4, gradient of y: -4""",
        String.join("\n", pictures(lecture)));
  }

  @Test
  void contributionsAddUpBeforeOurEyes() {
    Leaf z = Variable.of(2.0).named("z");
    Variable f = z.mul(0.5).named("p").add(z.mul(3.0).named("q")).named("f");
    Stepper stepper = Stepper.of(Graph.of(f)).toEnd();
    assertEquals(
        "[10/10 ←] p → z: 1 · 0.5 = 0.5, gradient of z: 3 + 0.5 = 3.5", stepper.toString());
    Stepper.Contribution last = stepper.now().contributions().getFirst();
    assertEquals(3, item(last.before()));
    assertEquals(0.5, last.share().item());
    assertEquals(3.5, last.after().item());
    assertEquals("z", last.operand().name());
  }

  @Test
  void derivativesAreWrittenInSymbolsAndInNumbers() {
    Leaf x = Variable.of(0.0).named("x");
    Stepper stepper = Stepper.of(Graph.of(x.sigmoid().named("s").mul(-8.0).named("f"))).toEnd();
    assertEquals(
        "s → x: -8 · s (1 - s) = -8 · 0.25 = -2, gradient of x: -2", stepper.now().toString());
  }

  @Test
  void fewElementsAreShownAndOfManyTheNorm() {
    Leaf w = Variable.of(new double[][] {{1, 2}, {3, 4}}).named("W");
    Variable y = w.matMul(Variable.constant(new double[][] {{0.5}, {-1}}).named("v")).named("y");
    Stepper stepper = Stepper.of(Graph.of(y.sum().named("s"))).toEnd();
    assertEquals(
        "y → W: by vᵀ: [[0.5, -1], [0.5, -1]], gradient of W: [[0.5, -1], [0.5, -1]]",
        stepper.now().toString());
    Leaf many = Variable.of(Tensor.ones(3, 3)).named("m");
    assertEquals("m = (3, 3) of norm 3", Stepper.of(Graph.of(many.sum())).now().toString());
  }

  @Test
  void whatIsNotComputedYetIsNotZero() {
    assertEquals(-2, item(lecture.value("x")));
    assertNull(lecture.value("f"));
    assertNull(lecture.toEnd().previous(2).gradient("q"));
    assertEquals(1, item(lecture.gradient("f")));
    assertEquals(-4, item(lecture.next().gradient("q")));
    assertNull(lecture.gradient("x"));
    assertEquals(-4, item(lecture.next().gradient("x")));
    assertNull(lecture.previous().gradient("x"));
  }

  @Test
  void theSumsAtTheEndAreTheGradients() {
    Leaf x = Variable.of(0.3, -0.7, 1.1).named("x");
    Variable a = x.tanh().mul(x);
    Variable y = F.softmax(a.add(x.exp()), 0).mul(a).add(x).square().sum();
    Graph graph = Graph.of(y);
    Stepper stepper = Stepper.of(graph).toEnd();
    for (Vertex vertex : graph.vertices()) {
      Tensor gradient = vertex.gradient();
      Tensor sum = stepper.gradient(vertex);
      assertEquals(gradient == null, sum == null, vertex.label());
      if (gradient != null && sum != null) {
        assertArrayEquals(gradient.toDoubleArray(), sum.toDoubleArray(), vertex.label());
      }
    }
  }

  @Test
  void aGradientIsCompleteWhenItIsHandedOn() {
    Leaf x = Variable.of(0.3).named("x");
    Variable h = x.exp().mul(x);
    Stepper stepper = Stepper.of(Graph.of(h.mul(h.tanh()).add(h)));
    int handed = 0;
    while (stepper.position() + 1 < stepper.length()) {
      Stepper.Moment moment = stepper.next().now();
      if (moment.direction() == Direction.BACKWARD) {
        handed++;
        assertEquals(item(moment.vertex().gradient()), item(stepper.gradient(moment.vertex())));
      }
    }
    assertEquals(6, handed);
  }

  @Test
  void backAndForthShowsTheSamePictures() {
    List<String> forth = pictures(lecture);
    List<String> back = new ArrayList<>();
    back.add(lecture.toEnd().toString());
    while (lecture.position() > 0) {
      back.add(lecture.previous().toString());
    }
    assertEquals(forth, back.reversed());
  }

  @Test
  void thereIsNothingBeforeTheStartAndBehindTheEnd() {
    assertEquals(0, lecture.previous().position());
    assertEquals(7, lecture.next(Integer.MAX_VALUE).position());
    assertEquals(7, lecture.next().position());
    assertEquals(7, lecture.run().position());
    assertEquals(0, lecture.previous(Integer.MAX_VALUE).position());
  }

  @Test
  void runStopsAtAnOperationInBothDirections() {
    Leaf x = Variable.of(2.0).named("x");
    Stepper stepper = Stepper.of(Graph.of(x.log().square().neg())).breakAtOp("log");
    assertEquals(
        "[2/8 →] v1 = log(x) = log(2) = 0.69315   (stopped: op log)", stepper.run().toString());
    assertEquals(Direction.BACKWARD, stepper.run().now().direction());
    assertEquals("log", ((Vertex.Operation) stepper.now().vertex()).op().label());
    assertEquals(7, stepper.position());
    assertFalse(stepper.run().toString().contains("stopped"));
  }

  @Test
  void runStopsAtANameWhereverSomethingHappensToIt() {
    lecture.breakAtName("q");
    List<Integer> stops = new ArrayList<>();
    while (lecture.run().toString().contains("stopped: q")) {
      stops.add(lecture.position());
    }
    assertEquals(List.of(3, 6, 7), stops);
    assertEquals(7, lecture.toStart().withoutBreaks().run().position());
  }

  @Test
  void runStopsAtAnyPredicate() {
    lecture.breakAt("large", moment -> Math.abs(moment.vertex().value().item()) > 10);
    assertEquals("f", lecture.run().now().vertex().name());
    assertTrue(lecture.toString().endsWith("(stopped: large)"));
  }

  @Test
  void runStopsWhereAValueBecomesInfinite() {
    Leaf x = Variable.of(0.0).named("x");
    Stepper stepper = Stepper.of(Graph.of(x.log().mul(x).exp())).breakAtNonFinite();
    assertEquals("v1 = log(x) = log(0) = -∞", stepper.run().now().toString());
    assertEquals(Direction.BACKWARD, stepper.run().now().direction()); // NaN · 1 at the output
  }

  @Test
  void runStopsWhereAGradientBecomesInfinite() {
    Leaf x = Variable.of(0.0).named("x");
    Stepper stepper = Stepper.of(Graph.of(x.sqrt().named("r").mul(2.0))).breakAtNonFinite();
    assertEquals("r → x", stepper.run().now().toString().substring(0, 5));
    assertEquals(Double.POSITIVE_INFINITY, item(stepper.gradient("x")));
  }

  @Test
  void aSumOfFiniteSharesCanOverflow() {
    Leaf x = Variable.of(1e-300).named("x");
    Variable steep = x.mul(1e308).add(x.mul(1e308)).mul(1.5);
    Stepper stepper = Stepper.of(Graph.of(steep)).breakAtNonFinite().run();
    assertEquals(Double.POSITIVE_INFINITY, item(stepper.gradient("x")));
    assertTrue(stepper.toString().contains("stopped: not finite"), stepper::toString);
  }

  @Test
  void withoutDerivativesThereIsNoWayBack() {
    Leaf x = Variable.of(2.0).named("x");
    Stepper stepper = Stepper.of(Graph.forward(x.square())).toEnd();
    assertEquals(2, stepper.length());
    assertEquals(Direction.FORWARD, stepper.now().direction());
    assertNull(stepper.gradient("x"));
  }

  @Test
  void inAPartOfAGraphTheSumsAreOfItsPaths() {
    Leaf x = Variable.of(2.0).named("x");
    Variable h = x.mul(5.0).named("h");
    Graph graph = Graph.of(h.add(x.mul(7.0)).named("y"));
    Graph part = graph.subgraph(graph.find("h"), graph.find("y"));
    assertEquals(1, item(Stepper.of(part).toEnd().gradient("h")));
    Graph whole = graph.subgraph(graph.find("x"), graph.find("y"));
    assertEquals(12, item(Stepper.of(whole).toEnd().gradient("x")));
  }

  @Test
  void foldedPartsAreRefused() {
    Leaf x = Variable.of(2.0);
    Graph folded = Graph.of(Scope.named("part", () -> x.exp().add(1.0)).neg()).foldByModule();
    String message = assertThrows(StateException.class, () -> Stepper.of(folded)).getMessage();
    assertTrue(message.startsWith("1 parts are folded"), message);
  }

  @Test
  void valuesOfAnotherGraphAreRefused() {
    Vertex foreign = lecture().find("x");
    String message = assertThrows(StateException.class, () -> lecture.value(foreign)).getMessage();
    assertTrue(message.startsWith("x is a value of another graph"), message);
  }

  @Test
  void aNameThatIsLongOrHasLineEndsIsOneShortLine() {
    Leaf x = Variable.of(2.0).named("a\n\u001b[31m" + "𝕏".repeat(10_000));
    for (String picture : pictures(Stepper.of(Graph.of(x.square())))) {
      assertTrue(picture.length() < 1500, picture);
      assertTrue(picture.chars().noneMatch(Character::isISOControl), picture);
    }
  }

  @Test
  void aVariableThatWasGivenHasItsGradientFromTheStart() {
    Stepper stepper = Stepper.of(Graph.of(Variable.of(3.0).named("x")));
    assertEquals(List.of("[1/2 →] x = 3", "[2/2 ←] gradient of x: 1"), pictures(stepper));
    assertSame(stepper.graph().output(), stepper.now().vertex());
  }
}
