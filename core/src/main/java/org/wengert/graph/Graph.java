package org.wengert.graph;

import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.wengert.Node;
import org.wengert.NonFiniteException;
import org.wengert.StateException;
import org.wengert.Variable;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Tensor;

/// A snapshot of what was recorded: the values behind a result, how each was computed, and the
/// derivative of the result with respect to each.
///
/// ```java
/// Graph graph = Graph.of(loss);
/// System.out.println(graph.text());      // as a tree
/// graph.html(Path.of("loss.html"));      // a page to walk through
/// for (Vertex v : graph.vertices()) { .. } // or from code, see Vertex
/// ```
///
/// The snapshot keeps numbers, not variables: the recorded graph may be forgotten, and parameters
/// may change, without changing it. Vertices are in the order of creation, operands before results.
///
/// Immutable and thread-safe.
public final class Graph {
  private static final int SCREEN = 1920;

  private final List<Vertex> vertices;
  private final List<Integer> outputs;
  private final List<List<Edge>> uses;
  private final String finding;

  Graph(List<Vertex> vertices, List<Integer> outputs) {
    this(vertices, outputs, "");
  }

  private Graph(List<Vertex> vertices, List<Integer> outputs, String finding) {
    this.finding = finding;
    this.vertices = List.copyOf(vertices);
    this.outputs = List.copyOf(outputs);
    List<List<Edge>> uses = new ArrayList<>();
    vertices.forEach(_ -> uses.add(new ArrayList<>()));
    for (Vertex vertex : vertices) {
      vertex.operands().forEach(edge -> uses.get(edge.from()).add(edge));
    }
    this.uses = uses;
  }

  /// The graph behind `y`. If `y` is a single number that was recorded, the snapshot has the
  /// derivative of `y` with respect to every value, from a backward pass of its own that leaves
  /// `grad()` alone and calls no hooks; otherwise there are none, see [#of(Variable, Tensor)].
  public static Graph of(Variable y) {
    boolean isSingle = y.requiresGrad() && y.value().count() == 1;
    return of(List.of(y), isSingle ? Tensor.full(y.shape(), 1, y.dtype()) : null);
  }

  /// The graph behind `y` with the derivatives of `Σ seed · y`.
  ///
  /// @param seed of the shape of `y`
  public static Graph of(Variable y, Tensor seed) {
    return of(List.of(y), seed);
  }

  /// The graph behind several results, without derivatives.
  ///
  /// @throws StateException if there are none
  public static Graph of(List<? extends Variable> ys) {
    if (ys.isEmpty()) {
      throw new StateException("a graph of no results").hint("give at least one: Graph.of(loss)");
    }
    return of(ys, null);
  }

  /// The graph behind `y` without derivatives: no backward pass.
  public static Graph forward(Variable y) {
    return of(List.of(y), null);
  }

  /// The graph behind the first number that is not finite, as [org.wengert.Autograd#debug] found
  /// it; if that was on the way back, with the gradients from there on. Pictures mark the place,
  /// and the page says what was found in the words of the exception.
  public static Graph of(NonFiniteException found) {
    Graph graph = of(List.of(found.culprit()), found.gradient());
    return new Graph(graph.vertices, graph.outputs, String.valueOf(found.getMessage()));
  }

  private static Graph of(List<? extends Variable> ys, @Nullable Tensor seed) {
    List<Vertex> vertices = Snapshot.of(ys, seed == null ? null : Variable.constant(seed));
    List<Integer> outputs = new ArrayList<>();
    for (Variable y : ys) {
      outputs.add(Snapshot.find(vertices, y));
    }
    return new Graph(vertices, outputs);
  }

  /// All values, operands before results.
  public List<Vertex> vertices() {
    return vertices;
  }

  /// The value with this id.
  ///
  /// @throws StateException if there is none
  public Vertex vertex(int id) {
    if (id < 0 || id >= vertices.size()) {
      throw new StateException("there is no value " + id + " among " + vertices.size())
          .hint("ids are positions in vertices()");
    }
    return vertices.get(id);
  }

  /// A value, checked to be one of this graph.
  Vertex own(Vertex vertex) {
    if (vertex.id() >= vertices.size() || vertices.get(vertex.id()) != vertex) {
      throw new StateException(vertex.label() + " is a value of another graph")
          .hint("take it from this one, by find(..) or vertex(..)");
    }
    return vertex;
  }

  /// The value of a recorded variable.
  ///
  /// @throws StateException if it is not in this graph
  public Vertex vertex(Variable x) {
    if (x instanceof Node node) {
      for (Vertex vertex : vertices) {
        if (vertex.facts().number() == node.number()) {
          return vertex;
        }
      }
    }
    throw new StateException(
            (x.name().isEmpty() ? "the variable" : "'" + x.name() + "'") + " is not in this graph")
        .hint("the graph has what its output was computed from; constants are found by name only");
  }

  /// The result that the snapshot was made of; the first, if there are several.
  public Vertex output() {
    return vertices.get(outputs.getFirst());
  }

  /// What was found at the output, if the snapshot is that of an exception; otherwise empty.
  String finding() {
    return finding;
  }

  /// The results that the snapshot was made of.
  public List<Vertex> outputs() {
    return outputs.stream().map(vertices::get).toList();
  }

  /// All edges, in the order of their results.
  public List<Edge> edges() {
    return vertices.stream().flatMap(vertex -> vertex.operands().stream()).toList();
  }

  /// The edges to what a value was used for.
  ///
  /// @throws StateException if it is a value of another graph
  public List<Edge> uses(Vertex vertex) {
    return Collections.unmodifiableList(uses.get(own(vertex).id()));
  }

  /// The value of this name.
  ///
  /// @throws StateException if there is none, or more than one
  public Vertex find(String name) {
    List<Vertex> found = find(vertex -> vertex.name().equals(name));
    if (found.size() != 1) {
      throw new StateException(
              (found.isEmpty() ? "no value is" : found.size() + " values are")
                  + (" named '" + name + "'"))
          .hint("named are " + String.join(", ", names()));
    }
    return found.getFirst();
  }

  /// The values that match, in the order of creation.
  public List<Vertex> find(Predicate<? super Vertex> matches) {
    return vertices.stream().filter(matches).toList();
  }

  private Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    vertices.forEach(vertex -> names.add(vertex.name()));
    names.remove("");
    return names;
  }

  /// The number of paths from a value to one that was computed from it; exact, however many.
  ///
  /// @throws StateException if one is a value of another graph
  public BigInteger pathCount(Vertex from, Vertex to) {
    own(from);
    own(to);
    BigInteger[] counts = new BigInteger[vertices.size()];
    Arrays.fill(counts, BigInteger.ZERO);
    counts[from.id()] = BigInteger.ONE;
    for (int id = from.id() + 1; id <= to.id(); id++) {
      for (Edge edge : vertices.get(id).operands()) {
        counts[id] = counts[id].add(counts[edge.from()]);
      }
    }
    return from.id() > to.id() ? BigInteger.ZERO : counts[to.id()];
  }

  /// The paths from a value to one that was computed from it, each as its edges from the operand to
  /// the result; in lexical order of the edges, at most `limit` of them.
  ///
  /// @throws StateException if one is a value of another graph
  public List<List<Edge>> pathsBetween(Vertex from, Vertex to, int limit) {
    return new Paths(this, from, to).first(limit);
  }

  /// The graph of all paths from a value to one that was computed from it; other operands are left
  /// out.
  ///
  /// @throws StateException if there is none, or one is a value of another graph
  public Graph subgraph(Vertex from, Vertex to) {
    boolean[] onPath = new Paths(this, from, to).onPath();
    if (!onPath[to.id()]) {
      throw new StateException("no path leads from " + from.label() + " to " + to.label())
          .hint("the value that was computed from the other comes second; see pathCount(..)");
    }
    return Folds.restricted(this, onPath, to);
  }

  /// The parts in which the values were made, outer ones first, without the whole.
  public List<Part> parts() {
    Set<Part> parts = new LinkedHashSet<>();
    for (Vertex vertex : vertices) {
      List<Part> around = new ArrayList<>();
      for (Part at = vertex.facts().part(); at.parent() != null; at = at.parent()) {
        around.addFirst(at);
      }
      parts.addAll(around);
    }
    return List.copyOf(parts);
  }

  /// This graph with each outermost part folded into one vertex.
  public Graph foldByModule() {
    return foldByModule(1);
  }

  /// This graph with each part at this depth folded into one vertex; 1 for the outermost.
  public Graph foldByModule(int depth) {
    return fold(parts().stream().filter(part -> part.depth() == depth).toList());
  }

  /// This graph with each of these parts folded into one vertex.
  ///
  /// @throws StateException if one is a part of another graph
  public Graph fold(List<Part> folded) {
    Set<Part> own = new LinkedHashSet<>(parts());
    for (Part part : folded) {
      if (!own.contains(part)) {
        throw new StateException("'" + part + "' is a part of another graph")
            .hint("take it from parts() of this one");
      }
    }
    return Folds.folded(this, folded);
  }

  /// The graph as a tree of text, the output first, each value with its formula, number and
  /// gradient and above what it was computed from. What was written before is not written again.
  public String text() {
    return TextTree.of(this);
  }

  /// The graph in DOT, for Graphviz: parts are clusters, edges bear local derivatives.
  public String dot() {
    return Drawing.dot(this);
  }

  /// The graph as a Mermaid flowchart, which Markdown pages show: parts are subgraphs, edges bear
  /// local derivatives.
  public String mermaid() {
    return Drawing.mermaid(this);
  }

  /// The forward computation in LaTeX: one equation for each value, in the order of creation, in an
  /// `align*` of `amsmath` that may go on on the next page. A character that plain LaTeX lacks
  /// appears as its number, such as `U+6743`.
  public String latex() {
    return Equations.latex(this);
  }

  /// How a value was computed, in the labels of its operands: `σ(net_o1)`. A given value is its own
  /// label.
  public Formula formula(Vertex vertex) {
    return Notation.formula(this, own(vertex));
  }

  /// The local derivative along an edge as a student writes it: `out_o1 · (1 - out_o1)`.
  public Formula derivative(Edge edge) {
    return Notation.derivative(this, edge);
  }

  /// The graph as JSON (RFC 8259), ASCII only and without `<`, `>` and `&`: the data of all
  /// pictures.
  ///
  /// ```
  /// {"format": "wengert graph", "version": 1,
  ///  "outputs": [4],                        // ids
  ///  "finding": "log: the result has ..",   // of an exception, see #of(NonFiniteException)
  ///  "parts": [{"path": "blocks.0", "kind": "Block", "call": 1, "parent": 0}, ...],
  ///  "vertices": [
  ///   {"id": 2, "kind": "parameter", "name": "w5", "label": "w5", "part": 0,
  ///    "shape": [], "dtype": "float64", "value": 0.4, "gradient": 0.172, "grad": 0.172},
  ///   {"id": 3, "kind": "operation", "label": "v3", "shape": [], "dtype": "float64",
  ///    "value": 0.2373, "gradient": 0.2897, "line": "Net.java:41",
  ///    "op": "mul", "attributes": {"axis": "1"}, "formula": "w5 · h1", "numbers": "0.4 · 0.5933",
  ///    "operands": [{"from": 2, "derivative": "h1", "numbers": "0.5933", "local": 0.5933,
  ///                  "contribution": 0.172}, ...]}, ...]}
  /// ```
  ///
  /// The position of a vertex in the list is its id. Its kind is `constant`, `leaf`, `parameter`,
  /// `operation` or `group`, which has `members`, their number. What is not there is absent:
  /// `name`; `part`, the position of the innermost part, for what is in none; `gradient` and
  /// `contribution`, if not computed; `grad`, if `backward()` has left none; `line`, outside debug
  /// mode; `numbers` and `local`, except between single numbers; `culprit`, in words, except where
  /// the first numbers arise that are not finite.
  ///
  /// A scalar is a number. What has axes is an object with `data`, the elements in row-major order,
  /// if there are at most 64, else `first`, the first 16, and with `min`, `max`, `mean` and `norm`
  /// of the finite elements and `nonFinite`, the number of others if there are any. `NaN`,
  /// `Infinity` and `-Infinity` are texts.
  public String json() {
    return GraphJson.of(this);
  }

  /// [#svg(int)] as wide as a usual screen, 1920.
  public String svg() {
    return svg(SCREEN);
  }

  /// A picture in SVG: columns from what is given to the output, parts in frames of their own, on
  /// each vertex its value and, marked by `∂`, its gradient. What would be too much to see is
  /// folded: parts first, then runs of consecutive steps; [#html(Path)] lets the reader choose.
  ///
  /// @param width in pixels, of which letters have 13: about 1000 for a page of Markdown or a sheet
  ///     of paper. What is wider goes on below, in rows, like lines of text; only what cannot be
  ///     broken, a single column in its frames, may be wider than that
  /// @throws OptionException if the width is not above 0
  public String svg(int width) {
    return SvgPicture.of(this, width);
  }

  /// Writes [#svg()] to a file.
  ///
  /// @throws UncheckedIOException if that fails
  public void svg(Path file) {
    TextFile.write(file, svg());
  }

  /// Writes [#svg(int)] to a file.
  ///
  /// @throws OptionException if the width is not above 0
  /// @throws UncheckedIOException if writing fails
  public void svg(Path file, int width) {
    TextFile.write(file, svg(width));
  }

  /// Writes a page for the browser that shows this graph: values and gradients in one picture,
  /// boxes to fold, search, and for each value its formula and derivatives with the numbers plugged
  /// in; it walks through the computation forward and backward, and shows the chain-rule paths of a
  /// parameter. One file that needs no network; its key `?` lists the keys.
  ///
  /// @throws UncheckedIOException if that fails
  public void html(Path file) {
    TextFile.write(file, Page.of(this));
  }

  /// Writes the page of [#html] to a temporary file and opens it in the desktop's browser; where
  /// there is none, says on `System.out` which file to open.
  ///
  /// @return the file
  /// @throws UncheckedIOException if it cannot be written
  public Path open() {
    return Browser.open(this);
  }

  /// How many values there are, and of what the output is.
  @Override
  public String toString() {
    return "Graph of " + output().label() + ", " + vertices.size() + " values";
  }
}
