package org.wengert.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.wengert.GradientException;
import org.wengert.Leaf;
import org.wengert.StateException;
import org.wengert.Variable;
import org.wengert.graph.TraversalOrders.Flaw;
import org.wengert.graph.TraversalOrders.Order;
import org.wengert.tensor.Rng;

/// Why the order matters: the diamond graphs of the worked examples.
class TraversalOrdersTest {
  private static TraversalOrders first() {
    Leaf a = Variable.of(1.0).named("a");
    Variable b = a.add(a).named("b");
    return TraversalOrders.compare(b.add(b).named("c"), a);
  }

  private static TraversalOrders second() {
    Leaf a = Variable.of(2.0).named("a");
    Leaf b = Variable.of(3.0).named("b");
    Variable s = a.add(b).named("s");
    Variable p = a.mul(b).named("p");
    return TraversalOrders.compare(s.add(p).add(s.mul(p)).named("y"));
  }

  private static TraversalOrders third() {
    Leaf x = Variable.of(1.0).named("x");
    Variable a = Variable.constant(1.0).named("a");
    Variable p = x.mul(a).named("p");
    return TraversalOrders.compare(x.mul(p).add(x.mul(p)).add(x.square().mul(a)).named("f"), x);
  }

  private static List<List<Double>> gradients(TraversalOrders orders) {
    List<List<Double>> found = new ArrayList<>();
    for (Order order : List.of(Order.CREATION, Order.NAIVE, Order.VISIT_ONCE)) {
      found.add(orders.run(order).gradients().stream().map(Objects::requireNonNull).toList());
    }
    return found;
  }

  @Test
  void theDiamondsGiveTheNumbersOfTheTable() {
    assertEquals(List.of(List.of(4.0), List.of(8.0), List.of(4.0)), gradients(first()));
    assertEquals(
        List.of(List.of(25.0, 19.0), List.of(29.0, 22.0), List.of(4.0, 3.0)), gradients(second()));
    assertEquals(List.of(List.of(6.0), List.of(7.0), List.of(5.0)), gradients(third()));
    assertEquals(41, second().graph().output().value().item());
  }

  @Test
  void theTextShowsTheAdditionsSideBySide() {
    assertEquals(
        """
        step    naive recursion                visit-once DFS         creation order, last first
        1       c → b: 1 · 1 = 1               c → b: 1 · 1 = 1       c → b: 1 · 1 = 1
        2       c → b: 1 + 1 · 1 = 2           c → b: 1 + 1 · 1 = 2   c → b: 1 + 1 · 1 = 2
        3       b → a: 2 · 1 = 2               b → a: 2 · 1 = 2       b → a: 2 · 1 = 2
        4       b → a: 2 + 2 · 1 = 4           b → a: 2 + 2 · 1 = 4   b → a: 2 + 2 · 1 = 4
        5       b → a: 4 + 2 · 1 = 6  again!
        6       b → a: 6 + 2 · 1 = 8  again!
        ∂c/∂a   8  wrong                       4                      4
        """,
        first().text());
  }

  @Test
  void theTableIsMarkdownToo() {
    String markdown = third().markdown();
    assertTrue(markdown.startsWith("| step | naive recursion | visit-once DFS | "), markdown);
    assertTrue(markdown.contains("| ∂f/∂x | 7  wrong | 5  wrong | 6 |\n"), markdown);
    Leaf x = Variable.of(1.0).named("a|b\n`<script>`");
    String hostile = TraversalOrders.compare(x.exp()).markdown();
    assertTrue(hostile.contains("a\\|b \\`\\<script\\>\\`"), hostile);
  }

  @Test
  void whatGoesWrongIsMarkedWhereItHappens() {
    TraversalOrders orders = second();
    assertEquals(
        List.of(10, 4),
        List.of(count(orders, Order.NAIVE, Flaw.NONE), count(orders, Order.NAIVE, Flaw.AGAIN)));
    assertEquals(4, count(orders, Order.VISIT_ONCE, Flaw.TOO_EARLY));
    assertEquals(10, count(orders, Order.CREATION, Flaw.NONE));
    assertTrue(orders.isWrong(Order.NAIVE, 0));
    assertTrue(orders.isWrong(Order.VISIT_ONCE, 1));
    assertFalse(orders.isWrong(Order.CREATION, 0));
    assertFalse(first().isWrong(Order.VISIT_ONCE, 0));
  }

  private static int count(TraversalOrders orders, Order order, Flaw flaw) {
    return (int) orders.run(order).events().stream().filter(e -> e.flaw() == flaw).count();
  }

  @Test
  void exponentiallyManyPathsStopAtALimit() {
    Leaf x = Variable.of(1.0).named("x");
    Variable y = x;
    for (int i = 0; i < 100; i++) {
      y = y.add(y);
    }
    TraversalOrders orders = TraversalOrders.compare(y, x);
    TraversalOrders.Run naive = orders.run(Order.NAIVE);
    assertFalse(naive.isComplete());
    assertEquals(10_000, naive.events().size());
    assertEquals(BigInteger.TWO.pow(101).subtract(BigInteger.TWO), naive.additions());
    assertEquals(0x1p100, orders.run(Order.CREATION).gradients().getFirst());
    assertEquals(200, orders.run(Order.CREATION).events().size());
    assertFalse(orders.isWrong(Order.NAIVE, 0)); // nobody knows
    String text = orders.text();
    assertTrue(
        text.endsWith(
            "The naive recursion was stopped after 10,000 additions: it goes every path, which"
                + " takes 2535301200456458802993406410750. The right order takes 200.\n"),
        text);
    assertTrue(text.contains("9,960 more"), text);
  }

  @Test
  void aDeepChainNeedsNoStack() {
    Variable y = Variable.of(1.0).named("x");
    for (int i = 0; i < 20_000; i++) {
      y = y.add(1.0);
    }
    TraversalOrders orders = TraversalOrders.compare(100_000, y);
    assertEquals(List.of(1.0), orders.run(Order.NAIVE).gradients());
    assertEquals(List.of(1.0), orders.run(Order.VISIT_ONCE).gradients());
  }

  /// On chains and trees of operands that are used once every order is right.
  @Test
  void withoutSharedNodesEveryOrderIsRight() {
    Leaf a = Variable.of(0.5).named("a");
    Leaf b = Variable.of(1.5).named("b");
    TraversalOrders orders = TraversalOrders.compare(a.tanh().mul(b.exp()).square());
    for (Order order : Order.values()) {
      assertFalse(orders.isWrong(order, 0) || orders.isWrong(order, 1), order.title());
      assertEquals(orders.run(order).events().size(), count(orders, order, Flaw.NONE));
    }
  }

  @Property(tries = 100)
  void theRightOrderIsTheEnginesOnRandomGraphs(@ForAll @IntRange(max = 100_000) int seed) {
    Rng random = new Rng(seed);
    List<Variable> values = new ArrayList<>();
    values.add(Variable.of(0.3).named("a"));
    values.add(Variable.of(-0.6).named("b"));
    for (int i = 0; i < 12; i++) {
      Variable left = values.get(random.nextInt(values.size()));
      Variable right = values.get(random.nextInt(values.size()));
      values.add(
          switch (random.nextInt(3)) {
            case 0 -> left.add(right);
            case 1 -> left.mul(right);
            default -> left.tanh();
          });
    }
    TraversalOrders orders = TraversalOrders.compare(values.getLast());
    for (int i = 0; i < orders.xs().size(); i++) {
      double expected = Objects.requireNonNull(orders.xs().get(i).gradient()).item();
      Double found = orders.run(Order.CREATION).gradients().get(i);
      assertEquals(expected, Objects.requireNonNull(found), 1e-12 * (1 + Math.abs(expected)));
    }
  }

  @Test
  void graphsOfTensorsAndForeignValuesAreRefused() {
    Leaf v = Variable.of(1.0, 2.0).named("v");
    String tensors =
        assertThrows(GradientException.class, () -> TraversalOrders.compare(v.sum())).getMessage();
    assertTrue(tensors.startsWith("'v', of shape (2), is not a single number"), tensors);
    Leaf x = Variable.of(1.0).named("x");
    Leaf other = Variable.of(1.0).named("other");
    assertThrows(StateException.class, () -> TraversalOrders.compare(x.exp(), other));
  }
}
