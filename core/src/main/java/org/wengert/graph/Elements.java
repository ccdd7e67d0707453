package org.wengert.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.wengert.StateException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Expands the derivative with respect to one element: the same chain rule between the elements of
/// all tensors, with the numbers of the local Jacobians as derivatives.
final class Elements {
  private final Explanation whole;
  private final Graph graph;
  private final int[] starts;
  private final List<Factor> arcs = new ArrayList<>();
  private final Heaviest heaviest;

  private Elements(Explanation whole) {
    this.whole = whole;
    this.graph = whole.graph();
    this.starts = new int[graph.vertices().size() + 1];
    whole.ids().forEach(id -> starts[id + 1] = graph.vertex(id).value().count());
    for (int id = 0; id < graph.vertices().size(); id++) {
      starts[id + 1] += starts[id];
    }
    if (whole.factors().size() < whole.links()) {
      throw new StateException(whole.symbol() + " has " + whole.links() + " derivatives, too many")
          .hint("single elements are explained where there are at most 256; name fewer values");
    }
    heaviest = new Heaviest(starts[starts.length - 1] + 1);
    whole.factors().forEach(this::add);
    seed();
  }

  static Explanation explanation(Explanation whole, Shape shape, int... index) {
    int element = flat(shape, index);
    if (whole.ids().isEmpty()) {
      throw new StateException(whole.symbol() + " is that of one element already")
          .hint("ask the explanation that ChainRule.explain gave");
    }
    return new Elements(whole).explanation(element);
  }

  private static int flat(Shape shape, int... index) {
    boolean isInside = index.length == shape.rank();
    int flat = 0;
    for (int axis = 0; axis < index.length && isInside; axis++) {
      isInside = index[axis] >= 0 && index[axis] < shape.size(axis);
      flat = flat * shape.size(axis) + index[axis];
    }
    if (!isInside) {
      throw new IndexOutOfBoundsException(
          "there is no element " + Arrays.toString(index) + " in shape " + shape);
    }
    return flat;
  }

  private void add(Factor factor) {
    if (factor.number() != null) {
      add(factor, 0, 0, factor.number());
      return;
    }
    LocalJacobian jacobian = factor.jacobian();
    @Nullable Tensor numbers = jacobian == null ? null : jacobian.numbers();
    if (numbers == null) {
      throw new StateException(factor.symbol() + " has " + factor.size() + " numbers, too many")
          .hint("single elements are explained where no derivative has more than 65,536 numbers");
    }
    int columns = numbers.size(1);
    double[] flat = numbers.toDoubleArray();
    for (int i = 0; i < flat.length; i++) {
      if (flat[i] != 0) {
        add(factor, i / columns, i % columns, flat[i]);
      }
    }
  }

  private void add(Factor factor, int row, int column, double number) {
    String of = factor.of() + index(graph.vertex(factor.to()).shape(), row);
    String by = factor.by() + index(graph.vertex(factor.from()).shape(), column);
    int from = starts[factor.from()] + column;
    add(from, starts[factor.to()] + row, of, by, number);
  }

  private void add(int from, int to, String of, String by, double number) {
    heaviest.add(arcs.size(), from, to, number);
    Formula symbol = Formula.name("∂" + of + "/∂" + by);
    arcs.add(new Factor(from, to, of, by, symbol, number, null));
  }

  /// From the elements of the result to the one number whose gradient they have.
  private void seed() {
    double[] seed = whole.seed().toDoubleArray();
    if (seed.length == 1 && seed[0] == 1) {
      return;
    }
    Vertex output = graph.output();
    for (int i = 0; i < seed.length; i++) {
      String by = whole.of() + index(output.shape(), i);
      add(starts[output.id()] + i, starts[starts.length - 1], "S", by, seed[i]);
    }
  }

  private Explanation explanation(int element) {
    Vertex x = graph.vertex(whole.ids().getLast());
    Vertex y = graph.output();
    int from = starts[x.id()] + element;
    int seeds = whole.seed().count();
    boolean isOne = seeds == 1 && whole.seed().toDoubleArray()[0] == 1;
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
            isOne ? whole.of() + index(y.shape(), 0) : "S",
            whole.by() + index(x.shape(), element),
            arcs.size(),
            List.of(),
            heaviest.count(from, to),
            paths,
            whole.limit(),
            Tensor.of(1.0),
            at(whole.gradient(), element),
            whole.grad() == null ? null : at(whole.grad(), element));
    return new Explanation(result, graph, arcs, whole.wording());
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
