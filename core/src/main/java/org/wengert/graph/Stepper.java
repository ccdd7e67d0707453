package org.wengert.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.wengert.StateException;
import org.wengert.Variable;
import org.wengert.tensor.Tensor;

/// A time machine for a computation: walks through a [Graph] forward, value by value in the order
/// of creation, and then backward, operation by operation from the last to the first, while the
/// gradients add up. To be used in JShell, where every call shows where you are.
///
/// ```java
/// Variable x = Variable.of(-2.0).named("x");
/// Variable y = Variable.of(5.0).named("y");
/// Variable z = Variable.of(-4.0).named("z");
/// Variable f = x.add(y).named("q").mul(z).named("f");
/// Stepper stepper = Stepper.of(Graph.of(f)); // [1/8 →] x = -2
/// stepper.next(3);                           // [4/8 →] q = x + y = -2 + 5 = 3
/// stepper.toEnd().previous();                // [7/8 ←] f → q: 1 · z = -4, gradient of q: -4
///                                            //         f → z: 1 · q = 3, gradient of z: 3
/// stepper.gradient("x");                     // null: not computed yet, which is not 0
/// stepper.next().gradient("x");              // -4
/// ```
///
/// Going backward begins with the gradient of the output with respect to itself, which is 1 for a
/// single number. Then each operation hands on its own gradient, complete by then since everything
/// that uses it came later: each operand gets a share, which is added to what others have brought.
/// A graph without derivatives has no way back and ends with its last value. In a part of a graph
/// ([Graph#subgraph]) the sums are of the paths in it.
///
/// Holds state: the moment, and where to stop. Not thread-safe; the graph is not changed, and any
/// number of steppers may walk through it.
public final class Stepper {
  private final Graph graph;
  private final List<Moment> path = new ArrayList<>();
  private final List<List<Arrival>> arrivals = new ArrayList<>();
  private final List<Break> breaks = new ArrayList<>();
  private int at;
  private String reason = "";

  /// Which way the computation goes at a moment.
  public enum Direction {
    /// A value is computed, or was given.
    FORWARD,
    /// A gradient is handed on to operands.
    BACKWARD
  }

  /// One step of the computation. Immutable.
  ///
  /// @param graph what is computed
  /// @param direction which way it goes
  /// @param vertex the value that is computed, or whose gradient is handed on
  /// @param contributions what each operand gets; none forward, for an operand without a gradient,
  ///     and for the first moment backward, in which the output gets the gradient to start with
  public record Moment(
      Graph graph, Direction direction, Vertex vertex, List<Contribution> contributions) {
    /// A copy of the list.
    public Moment {
      contributions = List.copyOf(contributions);
    }

    /// What happens, one line for each value or contribution.
    @Override
    public String toString() {
      return String.join("\n", MomentText.of(this));
    }
  }

  /// What an operand gets on the way back. Immutable.
  ///
  /// @param edge the use of the operand; [Graph#derivative] writes its local derivative
  /// @param operand who gets it
  /// @param share what is added
  /// @param before the gradient of the operand until now; null if this is the first share
  /// @param after the gradient of the operand from now on
  public record Contribution(
      Edge edge, Vertex operand, Tensor share, @Nullable Tensor before, Tensor after) {}

  /// The gradient that a vertex has from a moment on.
  private record Arrival(int moment, Tensor gradient) {}

  private record Break(String reason, Predicate<? super Moment> matches) {}

  private Stepper(Graph graph) {
    this.graph = graph;
    for (Vertex vertex : graph.vertices()) {
      path.add(new Moment(graph, Direction.FORWARD, vertex, List.of()));
      arrivals.add(new ArrayList<>());
    }
    Tensor seed = graph.output().gradient();
    if (seed != null) {
      arrivals.get(graph.output().id()).add(new Arrival(path.size(), seed));
      path.add(new Moment(graph, Direction.BACKWARD, graph.output(), List.of()));
      graph.vertices().reversed().forEach(this::handOn);
    }
  }

  private void handOn(Vertex vertex) {
    List<Contribution> contributions = new ArrayList<>();
    for (Edge edge : vertex.operands()) {
      Tensor share = edge.contribution();
      if (share != null) {
        List<Arrival> earlier = arrivals.get(edge.from());
        Tensor before = earlier.isEmpty() ? null : earlier.getLast().gradient;
        Tensor after = before == null ? share : sum(before, share);
        earlier.add(new Arrival(path.size(), after));
        contributions.add(new Contribution(edge, graph.vertex(edge.from()), share, before, after));
      }
    }
    if (!contributions.isEmpty()) {
      path.add(new Moment(graph, Direction.BACKWARD, vertex, contributions));
    }
  }

  private static Tensor sum(Tensor a, Tensor b) {
    return Variable.constant(a).add(Variable.constant(b)).value();
  }

  /// A stepper at the first value of a graph.
  ///
  /// @throws StateException if parts of the graph are folded
  public static Stepper of(Graph graph) {
    List<Vertex> groups = graph.find(Vertex.Group.class::isInstance);
    if (!groups.isEmpty()) {
      throw new StateException(
              groups.size() + " parts are folded, so their operations cannot be walked through")
          .hint("step through the graph before it was folded");
    }
    return new Stepper(graph);
  }

  /// The graph that this walks through.
  public Graph graph() {
    return graph;
  }

  /// The moment.
  public Moment now() {
    return path.get(at);
  }

  /// How many steps were taken since the first value.
  public int position() {
    return at;
  }

  /// How many moments there are, forward and backward.
  public int length() {
    return path.size();
  }

  /// One moment later; stays at the end.
  public Stepper next() {
    return next(1);
  }

  /// So many moments later, breaks or not; stays at the end.
  public Stepper next(int steps) {
    return to(at + (long) steps);
  }

  /// One moment earlier; stays at the start.
  public Stepper previous() {
    return previous(1);
  }

  /// So many moments earlier; stays at the start.
  public Stepper previous(int steps) {
    return to(at - (long) steps);
  }

  /// To the first value.
  public Stepper toStart() {
    return to(0);
  }

  /// To the last gradient.
  public Stepper toEnd() {
    return to(path.size());
  }

  private Stepper to(long moment) {
    at = (int) Math.clamp(moment, 0L, path.size() - 1L);
    reason = "";
    return this;
  }

  /// On to the next moment with a break, or to the end. The present moment does not count, so that
  /// each call goes further.
  public Stepper run() {
    reason = "";
    while (at + 1 < path.size()) {
      next();
      for (Break place : breaks) {
        if (place.matches.test(now())) {
          reason = place.reason;
          return this;
        }
      }
    }
    return this;
  }

  /// Lets [#run] stop where the operation with this label, such as `log`, computes or hands on its
  /// gradient.
  public Stepper breakAtOp(String label) {
    return breakAt(
        "op " + label,
        moment ->
            moment.vertex instanceof Vertex.Operation(var _, var op, var _)
                && op.label().equals(label));
  }

  /// Lets [#run] stop where the value of this name is given or computed, gets a share of its
  /// gradient, or hands it on.
  public Stepper breakAtName(String name) {
    return breakAt(
        name,
        moment ->
            moment.vertex.name().equals(name)
                || moment.contributions.stream().anyMatch(c -> c.operand.name().equals(name)));
  }

  /// Lets [#run] stop where a value or gradient that is not finite arises: infinite or `NaN`,
  /// though all that it was computed from is finite.
  public Stepper breakAtNonFinite() {
    return breakAt("not finite", this::arisesNonFinite);
  }

  /// Lets [#run] stop at every moment that matches.
  ///
  /// @param reason what is said there
  public Stepper breakAt(String reason, Predicate<? super Moment> matches) {
    breaks.add(new Break(reason, matches));
    return this;
  }

  /// Forgets all breaks.
  public Stepper withoutBreaks() {
    breaks.clear();
    return this;
  }

  private boolean arisesNonFinite(Moment moment) {
    Vertex vertex = moment.vertex;
    if (moment.direction == Direction.FORWARD) {
      return !isFinite(vertex.value())
          && vertex.operands().stream().allMatch(e -> isFinite(graph.vertex(e.from()).value()));
    }
    if (moment.contributions.isEmpty()) {
      return !isFinite(vertex.gradient());
    }
    boolean isFromFinite = isFinite(arrivals.get(vertex.id()).getLast().gradient);
    for (Contribution each : moment.contributions) {
      boolean arises = isFinite(each.share) ? isFinite(each.before) : isFromFinite;
      if (arises && !isFinite(each.after)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isFinite(@Nullable Tensor x) {
    return x == null || x.count() == 0 || Statistics.of(x).nonFinite() == 0;
  }

  /// The numbers of a value; null if it is not computed yet.
  public @Nullable Tensor value(Vertex vertex) {
    return vertex.id() <= at ? graph.own(vertex).value() : null;
  }

  /// The numbers of the value of this name; null if it is not computed yet.
  ///
  /// @throws StateException if there is no such name, or more than one value has it
  public @Nullable Tensor value(String name) {
    return value(graph.find(name));
  }

  /// The sum of what has come back to a value so far; null if nothing has, which is not the same as
  /// zeros.
  public @Nullable Tensor gradient(Vertex vertex) {
    Tensor found = null;
    for (Arrival arrival : arrivals.get(graph.own(vertex).id())) {
      if (arrival.moment <= at) {
        found = arrival.gradient;
      }
    }
    return found;
  }

  /// The sum of what has come back to the value of this name so far; null if nothing has.
  ///
  /// @throws StateException if there is no such name, or more than one value has it
  public @Nullable Tensor gradient(String name) {
    return gradient(graph.find(name));
  }

  /// Where it stands and what happens there: `[4/8 →] q = x + y = -2 + 5 = 3`. If [#run] stopped,
  /// it says why.
  @Override
  public String toString() {
    String arrow = now().direction == Direction.FORWARD ? " →] " : " ←] ";
    String place = "[" + (at + 1) + "/" + path.size() + arrow;
    String lines = String.join("\n" + " ".repeat(place.length()), MomentText.of(now()));
    return place + lines + (reason.isEmpty() ? "" : "   (stopped: " + reason + ")");
  }
}
