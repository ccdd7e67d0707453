package org.wengert.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.wengert.StateException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// Expands the derivative with respect to one element: the same chain rule between the elements of
/// all tensors, with the numbers of the local Jacobians as derivatives. Goes from the element
/// forward: of each Jacobian it needs the columns of what the element has reached.
final class Elements {
  private static final int MOST_COLUMNS = 1_024;

  private final Explanation whole;
  private final Explanation.Source source;
  private final Graph graph;
  private final int[] starts;
  private final BitSet[] reached;
  private final List<Factor> arcs = new ArrayList<>();
  private final Heaviest heaviest;
  private int columns;

  private Elements(Explanation whole, Explanation.Source source, int element) {
    this.whole = whole;
    this.source = source;
    this.graph = whole.graph();
    this.starts = new int[graph.vertices().size() + 1];
    whole.ids().forEach(id -> starts[id + 1] = graph.vertex(id).value().count());
    for (int id = 0; id < graph.vertices().size(); id++) {
      starts[id + 1] += starts[id];
    }
    this.reached = new BitSet[graph.vertices().size()];
    Arrays.setAll(reached, _ -> new BitSet());
    reached[whole.ids().getLast()].set(element);
    heaviest = new Heaviest(starts[starts.length - 1] + 1);
    for (int i = 0; i < source.links().size(); i++) {
      add(source.links().get(i), source.factors().get(i));
    }
    seed();
  }

  static Explanation explanation(Explanation whole, Shape shape, int... index) {
    int element = flat(shape, index);
    Explanation.Source source = whole.source();
    if (source == null) {
      throw new StateException(whole.symbol() + " is that of one element already")
          .hint("ask the explanation that ChainRule.explain gave");
    }
    return new Elements(whole, source, element).explanation(element);
  }

  private static int flat(Shape shape, int... index) {
    boolean isInside = index.length == shape.rank();
    int flat = 0;
    for (int axis = 0; axis < index.length && isInside; axis++) {
      isInside = index[axis] >= 0 && index[axis] < shape.size(axis);
      flat = flat * shape.size(axis) + index[axis];
    }
    if (!isInside) {
      throw new ShapeException("there is no element " + Arrays.toString(index) + " in " + shape)
          .hint("give an index from 0 for each axis, of which there are " + shape.rank());
    }
    return flat;
  }

  /// The derivatives of a link that the element reaches, in the order of links: what comes later
  /// goes on from there.
  private void add(Link link, @Nullable Factor factor) {
    Vertex of = graph.vertex(link.to());
    Vertex by = graph.vertex(link.from());
    for (int column : reached[link.from()].stream().toArray()) {
      double[] numbers = column(link, factor, column);
      for (int row = 0; row < numbers.length; row++) {
        if (numbers[row] != 0) {
          String above = TextTree.name(of) + index(of.shape(), row);
          String below = TextTree.name(by) + index(by.shape(), column);
          int from = starts[link.from()] + column;
          add(from, starts[link.to()] + row, above, below, numbers[row]);
          reached[link.to()].set(row);
        }
      }
    }
  }

  /// How all elements of the result move with one of the operand.
  private double[] column(Link link, @Nullable Factor factor, int column) {
    if (factor != null && factor.number() != null) {
      return new double[] {factor.number()};
    }
    @Nullable LocalJacobian jacobian = factor == null ? null : factor.jacobian();
    if (jacobian != null && jacobian.numbers() != null) {
      Tensor numbers = jacobian.numbers();
      double[] found = new double[numbers.size(0)];
      Arrays.setAll(found, row -> numbers.at(row, column));
      return found;
    }
    if (++columns > MOST_COLUMNS) {
      throw new StateException(
              whole.by() + " reaches too much of '" + graph.vertex(link.from()).label() + "'")
          .hint("explain it with fewer examples in the batch, or a value that is nearer");
    }
    return source
        .walk()
        .forth(link, Probe.unit(graph.vertex(link.from()).value(), column))
        .toDoubleArray();
  }

  private void add(int from, int to, String of, String by, double number) {
    heaviest.add(arcs.size(), from, to, number);
    Formula symbol = Formula.name("∂" + of + "/∂" + by);
    arcs.add(new Factor(from, to, of, by, symbol, number, null));
  }

  /// From the elements of the result to the one number whose gradient they have.
  private void seed() {
    if (Explanation.isOne(whole.seed())) {
      return;
    }
    double[] seed = whole.seed().toDoubleArray();
    Vertex output = graph.output();
    String name = TextTree.name(output);
    for (int i : reached[output.id()].stream().toArray()) {
      String by = name + index(output.shape(), i);
      add(starts[output.id()] + i, starts[starts.length - 1], whole.of(), by, seed[i]);
    }
  }

  private Explanation explanation(int element) {
    Vertex x = graph.vertex(whole.ids().getLast());
    Vertex y = graph.output();
    int from = starts[x.id()] + element;
    boolean isOne = Explanation.isOne(whole.seed());
    int to = isOne ? starts[y.id()] : starts[starts.length - 1];
    List<ChainPath> paths = new ArrayList<>();
    for (List<Integer> path : heaviest.paths(from, to, whole.limit())) {
      List<Factor> factors = path.stream().map(arcs::get).toList();
      double product = 1;
      for (Factor factor : factors) {
        product *= factor.number() == null ? Double.NaN : factor.number();
      }
      paths.add(new ChainPath(factors, Tensor.of(product)));
    }
    Explanation.Result result =
        new Explanation.Result(
            isOne ? whole.of() + index(y.shape(), 0) : whole.of(),
            whole.by() + index(x.shape(), element),
            arcs.size(),
            List.of(),
            heaviest.count(from, to),
            paths,
            whole.limit(),
            whole.seed(),
            at(whole.gradient(), element),
            whole.grad() == null ? null : at(whole.grad(), element));
    return new Explanation(result, graph, arcs, whole.wording(), null);
  }

  private static Tensor at(Tensor x, int element) {
    return Tensor.of(x.toDoubleArray()[element]);
  }

  /// `[0, 1]`; nothing for a single number without axes.
  private static String index(Shape shape, int element) {
    if (shape.rank() == 0) {
      return "";
    }
    int[] index = new int[shape.rank()];
    int rest = element;
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      index[axis] = rest % shape.size(axis);
      rest /= shape.size(axis);
    }
    StringJoiner text = new StringJoiner(", ", "[", "]");
    for (int i : index) {
      text.add(Integer.toString(i));
    }
    return text.toString();
  }
}
