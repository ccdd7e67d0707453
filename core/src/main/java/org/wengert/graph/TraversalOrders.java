package org.wengert.graph;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.wengert.GradientException;
import org.wengert.StateException;
import org.wengert.Variable;

/// Why the order matters in which a graph is walked back: two orders that learners try first, side
/// by side with the right one, addition by addition.
///
/// ```java
/// Variable a = Variable.of(1.0).named("a");
/// Variable b = a.add(a).named("b");
/// Variable c = b.add(b).named("c");
/// System.out.println(TraversalOrders.compare(c, a).text()); // ∂c/∂a: 8, 4 and 4
/// ```
///
/// All three do the same at a node: to the gradient of each operand, left to right, they add the
/// local derivative times the node's own gradient as it is at that moment. Then
///
/// - [Order#NAIVE] does the same at each operand, left to right, by recursion, however often it has
///   been there. On its second visit a node hands on all that has arrived so far, also what it
///   handed on the first time: paths count twice.
/// - [Order#VISIT_ONCE] does so too, but passes by a node where it has been. A node that is visited
///   before all its users hands on too little, and what arrives later goes no further.
/// - [Order#CREATION] goes from the last node to the first as they were created. Who uses a node
///   was created later, so its gradient is complete when it is handed on, once. This is what
///   `backward()` does.
///
/// The naive recursion goes every path, of which there may be exponentially many; it is stopped at
/// a limit. Immutable.
///
/// @param graph the graph, which has single numbers only
/// @param xs the values whose gradients are compared
/// @param runs one for each order
public record TraversalOrders(Graph graph, List<Vertex> xs, List<Run> runs) {
  private static final int LIMIT = 10_000;
  private static final double ROUNDING = 1e-9; // sums in another order

  /// Copies of the lists.
  public TraversalOrders {
    xs = List.copyOf(xs);
    runs = List.copyOf(runs);
  }

  /// An order in which to walk back.
  public enum Order {
    /// Recursion into every operand of every node, each time it is met.
    NAIVE("naive recursion"),
    /// The same recursion, which passes by nodes where it has been.
    VISIT_ONCE("visit-once DFS"),
    /// The last created node first: the right order.
    CREATION("creation order, last first");

    private final String title;

    Order(String title) {
      this.title = title;
    }

    /// What it is called.
    public String title() {
      return title;
    }
  }

  /// What is wrong with an addition.
  public enum Flaw {
    /// Nothing.
    NONE,
    /// The node hands on what it has handed on before.
    AGAIN,
    /// More will arrive at the node after it has handed on its gradient.
    TOO_EARLY
  }

  /// One addition: `after = before + gradient · local`.
  ///
  /// @param edge from the operand that gets it to the node that hands on
  /// @param gradient the node's gradient at that moment
  /// @param local the local derivative along the edge
  /// @param before the operand's gradient until then; null for none
  /// @param after the operand's gradient from then on
  /// @param flaw what is wrong
  public record Event(
      Edge edge, double gradient, double local, @Nullable Double before, double after, Flaw flaw) {}

  /// One walk back.
  ///
  /// @param order the order
  /// @param events the additions one after another
  /// @param gradients of the compared values, as the walk left them; null for none
  /// @param isComplete whether the walk came to its end, not to the limit
  /// @param additions how many additions the whole walk takes
  public record Run(
      Order order,
      List<Event> events,
      List<@Nullable Double> gradients,
      boolean isComplete,
      BigInteger additions) {}

  /// Walks back from `y` in all three orders.
  ///
  /// @param xs whose gradients to compare; without any, all leaves
  /// @throws GradientException if not all values behind `y` are single numbers
  /// @throws StateException if `y` does not depend on one of `xs`
  public static TraversalOrders compare(Variable y, Variable... xs) {
    return compare(LIMIT, y, xs);
  }

  /// The same with another limit.
  ///
  /// @param limit after how many additions the naive recursion is stopped
  public static TraversalOrders compare(int limit, Variable y, Variable... xs) {
    Graph graph = Graph.of(y);
    for (Vertex vertex : graph.vertices()) {
      if (vertex.value().count() != 1) {
        throw new GradientException(
                "'" + vertex.label() + "', of shape " + vertex.shape() + ", is not a single number")
            .hint("orders are compared number by number: give a graph of single numbers");
      }
    }
    List<Vertex> wanted =
        xs.length == 0
            ? graph.find(Vertex.Leaf.class::isInstance)
            : Arrays.stream(xs).map(graph::vertex).toList();
    List<Run> runs = new ArrayList<>();
    for (Order order : Order.values()) {
      runs.add(new Walker(graph, order, limit).run(wanted));
    }
    return new TraversalOrders(graph, wanted, runs);
  }

  /// The walk in this order.
  public Run run(Order order) {
    return runs.get(order.ordinal());
  }

  /// Whether an order was walked to its end and leaves a wrong gradient at the compared value `i`:
  /// one that the right order does not.
  public boolean isWrong(Order order, int i) {
    Double right = run(Order.CREATION).gradients.get(i);
    Double found = run(order).gradients.get(i);
    if (right == null || found == null || !run(order).isComplete) {
      return run(order).isComplete && (right == null) != (found == null);
    }
    double scale = Math.max(1e-300, Math.max(Math.abs(right), Math.abs(found)));
    return !right.equals(found) && !(Math.abs(right - found) <= ROUNDING * scale);
  }

  /// The walks side by side, addition by addition, and what they leave.
  public String text() {
    return OrdersText.text(this);
  }

  /// The same as a table in Markdown.
  public String markdown() {
    return OrdersText.markdown(this);
  }

  /// [#text()].
  @Override
  public String toString() {
    return text();
  }

  /// A walk back with a stack of its own, which pops nodes in the order in which the recursion
  /// would visit them.
  private static final class Walker {
    private final Graph graph;
    private final Order order;
    private final int limit;
    private final List<Event> events = new ArrayList<>();
    private final @Nullable Double[] gradients;
    private final int[] visits;

    Walker(Graph graph, Order order, int limit) {
      this.graph = graph;
      this.order = order;
      this.limit = order == Order.NAIVE ? limit : Integer.MAX_VALUE;
      this.gradients = new Double[graph.vertices().size()];
      this.visits = new int[graph.vertices().size()];
    }

    Run run(List<Vertex> xs) {
      gradients[graph.output().id()] = 1.0;
      boolean isComplete = order == Order.CREATION ? descend() : recurse();
      if (order == Order.VISIT_ONCE) {
        markEarly();
      }
      List<@Nullable Double> found = new ArrayList<>();
      xs.forEach(x -> found.add(gradients[x.id()]));
      BigInteger additions = isComplete ? BigInteger.valueOf(events.size()) : additions();
      return new Run(order, List.copyOf(events), found, isComplete, additions);
    }

    private boolean descend() {
      for (Vertex vertex : graph.vertices().reversed()) {
        handOn(vertex);
      }
      return true;
    }

    private boolean recurse() {
      Deque<Vertex> open = new ArrayDeque<>();
      open.push(graph.output());
      while (!open.isEmpty()) {
        Vertex vertex = open.pop();
        if (order == Order.VISIT_ONCE && visits[vertex.id()] > 0) {
          continue;
        }
        if (events.size() + vertex.operands().size() > limit) {
          return false;
        }
        handOn(vertex);
        for (Edge edge : vertex.operands().reversed()) {
          open.push(graph.vertex(edge.from()));
        }
      }
      return true;
    }

    /// What every order does at a node.
    private void handOn(Vertex vertex) {
      Double gradient = gradients[vertex.id()];
      Flaw flaw = visits[vertex.id()]++ > 0 ? Flaw.AGAIN : Flaw.NONE;
      for (Edge edge : vertex.operands()) {
        if (edge.local() != null && edge.contribution() != null && gradient != null) {
          Double before = gradients[edge.from()];
          double share = gradient * edge.local();
          double after = before == null ? share : before + share;
          gradients[edge.from()] = after;
          events.add(new Event(edge, gradient, edge.local(), before, after, flaw));
        }
      }
    }

    /// Marks what was handed on by nodes at which something arrived later.
    private void markEarly() {
      boolean[] arrives = new boolean[gradients.length];
      for (int i = events.size() - 1; i >= 0; i--) {
        Event e = events.get(i);
        if (arrives[e.edge.to()]) {
          events.set(i, new Event(e.edge, e.gradient, e.local, e.before, e.after, Flaw.TOO_EARLY));
        }
        arrives[e.edge.from()] = true;
      }
    }

    /// The additions of the naive recursion: one for each path from the output to an operand.
    private BigInteger additions() {
      BigInteger[] paths = new BigInteger[gradients.length];
      Arrays.fill(paths, BigInteger.ZERO);
      paths[graph.output().id()] = BigInteger.ONE;
      BigInteger sum = BigInteger.ZERO;
      for (int id : IntStream.range(0, paths.length).map(i -> paths.length - 1 - i).toArray()) {
        for (Edge edge : graph.vertex(id).operands()) {
          if (edge.contribution() != null) {
            paths[edge.from()] = paths[edge.from()].add(paths[id]);
            sum = sum.add(paths[id]);
          }
        }
      }
      return sum;
    }
  }
}
