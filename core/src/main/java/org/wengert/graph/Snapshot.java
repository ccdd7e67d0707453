package org.wengert.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.wengert.Autograd;
import org.wengert.Constant;
import org.wengert.Leaf;
import org.wengert.Node;
import org.wengert.Parameter;
import org.wengert.Step;
import org.wengert.Variable;
import org.wengert.tensor.Tensor;

/// Makes the vertices of a [Graph]: collects the variables behind the outputs, brings them into the
/// order of creation, and walks back once for the gradients. Loops only, no recursion.
final class Snapshot {
  private final List<Variable> order = new ArrayList<>();
  private final IdentityHashMap<Variable, Integer> ids = new IdentityHashMap<>();
  private final Part[] parts;
  private final Wholes wholes;
  private final List<String> names;
  private final List<String> labels;
  private final @Nullable Variable[] gradients;
  private final List<@Nullable Variable>[] pulled;
  private boolean isDifferentiated;

  @SuppressWarnings({"unchecked", "rawtypes"}) // an array of lists
  private Snapshot(List<? extends Variable> ys) {
    collect(ys);
    List<Step> steps = steps();
    wholes = Wholes.of(steps);
    parts = new Part[order.size()];
    gradients = new Variable[order.size()];
    pulled = new List[order.size()];
    locate(steps);
    names = names();
    labels = Labels.of(names);
  }

  /// The vertices behind the outputs, with the gradients of the first, seeded, if there is a seed.
  static List<Vertex> of(List<? extends Variable> ys, @Nullable Variable seed) {
    Snapshot snapshot = new Snapshot(ys);
    if (seed != null) {
      Autograd.noGrad(() -> snapshot.differentiate(ys.getFirst(), seed));
    }
    List<Vertex> vertices = new ArrayList<>(snapshot.order.size());
    for (int id = 0; id < snapshot.order.size(); id++) {
      vertices.add(snapshot.vertex(id));
    }
    return vertices;
  }

  /// The variables behind an output: the vertex of each has its position here as its id.
  static List<Variable> variables(Variable y) {
    return List.copyOf(new Snapshot(List.of(y)).order);
  }

  /// The id of an output.
  static int find(List<Vertex> vertices, Variable y) {
    for (Vertex vertex : vertices) {
      boolean isNode = y instanceof Node node && vertex.facts().number() == node.number();
      if (isNode || y instanceof Constant && vertex.value() == y.value()) {
        return vertex.id();
      }
    }
    throw new IllegalStateException("an output is missing from its graph");
  }

  private void collect(List<? extends Variable> ys) {
    List<Variable> nodes = new ArrayList<>();
    IdentityHashMap<Variable, Boolean> seen = new IdentityHashMap<>();
    ArrayDeque<Variable> open = new ArrayDeque<>(ys);
    while (!open.isEmpty()) {
      Variable x = open.pop();
      if (seen.put(x, Boolean.TRUE) == null) {
        nodes.add(x);
        if (x instanceof Step step) {
          open.addAll(step.inputs());
        }
      }
    }
    nodes.removeIf(Constant.class::isInstance);
    nodes.sort(Comparator.comparingLong(x -> ((Node) x).number()));
    for (Variable x : nodes) {
      if (x instanceof Step step) {
        step.inputs().forEach(this::add); // constants just before their first use
      }
      add(x);
    }
    ys.forEach(this::add);
  }

  private void add(Variable x) {
    if (ids.putIfAbsent(x, order.size()) == null) {
      order.add(x);
    }
  }

  /// The names. What is there in several shapes has its own in one of them, if possible as it was
  /// given, so that it is found by it.
  private List<String> names() {
    Set<Variable> origins = Collections.newSetFromMap(new IdentityHashMap<>());
    order.stream().filter(x -> !(x instanceof Constant c) || c.origin() == c).forEach(origins::add);
    List<String> names = new ArrayList<>(order.size());
    for (Variable x : order) {
      boolean isAnother = x instanceof Constant c && c.origin() != c && !origins.add(c.origin());
      names.add(isAnother ? wholes.name(x) + "′" : wholes.name(x));
    }
    return names;
  }

  private List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    for (Variable x : order) {
      if (x instanceof Step step) {
        steps.add(step);
      }
    }
    return steps;
  }

  /// Steps by the calls around them; parameters and numbers by what uses them. Data is outside.
  private void locate(List<Step> steps) {
    List<Part> found = Parts.of(steps, wholes);
    for (int i = 0; i < steps.size(); i++) {
      Part part = found.get(i);
      parts[id(steps.get(i))] = part;
      for (Variable x : steps.get(i).inputs()) {
        if (x instanceof Parameter || x instanceof Constant && x.value().count() == 1) {
          Part before = parts[id(x)];
          parts[id(x)] = before == null ? part : Parts.common(before, part);
        }
      }
    }
    Part whole = found.isEmpty() ? new Part(null, "", "", 1) : Parts.whole(found.getFirst());
    Arrays.setAll(parts, id -> parts[id] == null ? whole : parts[id]);
  }

  private int id(Variable x) {
    return ids.getOrDefault(x, -1);
  }

  /// One walk back: creation order is a topological order.
  private void differentiate(Variable y, Variable seed) {
    isDifferentiated = true;
    gradients[id(y)] = seed;
    for (int id = id(y); id >= 0; id--) {
      Variable gy = gradients[id];
      if (gy != null && order.get(id) instanceof Step step) {
        List<@Nullable Variable> back = Autograd.pullback(step, gy);
        pulled[id] = back;
        for (int i = 0; i < back.size(); i++) {
          if (back.get(i) != null) {
            int to = id(step.input(i));
            Variable sum = gradients[to];
            gradients[to] = sum == null ? back.get(i) : sum.add(back.get(i));
          }
        }
      }
    }
  }

  private Vertex vertex(int id) {
    Variable x = order.get(id);
    return switch (x) {
      case Constant c -> new Vertex.Constant(facts(id, 0, ""));
      case Leaf leaf ->
          new Vertex.Leaf(
              facts(id, leaf.number(), ""),
              leaf.hasGrad() ? leaf.grad() : null,
              leaf instanceof Parameter);
      case Step step ->
          new Vertex.Operation(facts(id, step.number(), step.line()), step.op(), edges(id, step));
    };
  }

  private Vertex.Facts facts(int id, long number, String line) {
    Variable x = order.get(id);
    return new Vertex.Facts(
        id,
        number,
        names.get(id),
        labels.get(id),
        kept(x.value()),
        value(gradients[id]),
        parts[id],
        line);
  }

  private List<Edge> edges(int id, Step step) {
    List<Edge> edges = new ArrayList<>(step.inputCount());
    List<@Nullable Variable> locals = locals(step);
    for (int i = 0; i < step.inputCount(); i++) {
      Variable back = pulled[id] == null ? null : pulled[id].get(i);
      Variable local = step.input(i).value().count() == 1 ? locals.get(i) : null;
      edges.add(
          new Edge(
              id(step.input(i)), id, i, value(back), local == null ? null : local.value().item()));
    }
    return edges;
  }

  /// What comes back for a gradient of 1, if the result is a single number. A gradient of 0 would
  /// hide it, and division would round.
  private List<@Nullable Variable> locals(Step step) {
    if (!isDifferentiated || step.value().count() != 1) {
      return Collections.nCopies(step.inputCount(), null);
    }
    Variable one = Variable.constant(Tensor.full(step.shape(), 1, step.dtype()));
    return Autograd.noGrad(() -> Autograd.pullback(step, one));
  }

  private static @Nullable Tensor value(@Nullable Variable x) {
    return x == null ? null : kept(x.value());
  }

  /// Numbers that will not change: a parameter's will, and so will those of its views.
  private static Tensor kept(Tensor x) {
    return x.storage().changedAt() == 0 ? x : x.copy();
  }
}
