package org.wengert.graph;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.wengert.Leaf;
import org.wengert.Variable;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Makes an [Explanation]: links, paths, and the numbers along them from the live variables.
final class Explainer {
  private static final int MOST_MATRICES = 256;
  private static final int MOST_NUMBERS = 1 << 21;

  private final Variable x;
  private final Tensor seed;
  private final Graph graph;
  private final Vertex from;
  private final Vertex to;
  private final ChainRule.Options options;
  private final List<Link> links;
  private final Wording wording;
  private final Walk walk;
  private final @Nullable Factor[] factors;
  private final @Nullable Factor start;
  private int numbers;

  Explainer(Variable y, Variable x, Tensor seed, ChainRule.Options options) {
    this.x = x;
    this.seed = seed;
    this.options = options;
    this.graph = Graph.of(y, seed);
    this.from = graph.vertex(x);
    this.to = graph.output();
    this.links = Links.between(graph, from, to, options.everyStep());
    this.wording = new Wording(graph, links);
    this.walk = new Walk(y);
    this.factors = new Factor[links.size()];
    this.start = Explanation.isOne(seed) ? null : start();
  }

  /// The seed, as the derivative with respect to `y` of a sum that is named here.
  private Factor start() {
    String sum = "S";
    while (labels().contains(sum)) {
      sum += "′";
    }
    double[] all = seed.toDoubleArray();
    int id = graph.vertices().size();
    if (all.length == 1) {
      Formula number = Formula.numeral(Numbers.factor(all[0]));
      return new Factor(to.id(), id, sum, label(to), number, all[0], null);
    }
    Tensor row = Tensor.of(all).reshape(Shape.of(1, all.length));
    LocalJacobian jacobian =
        new LocalJacobian(Shape.of(), seed.shape(), "row", Numbers.norm(seed), true, row);
    return new Factor(to.id(), id, sum, label(to), Formula.name("seed"), null, jacobian);
  }

  private List<String> labels() {
    return graph.vertices().stream().map(Vertex::label).toList();
  }

  Explanation explanation(Tensor gradient) {
    Heaviest heaviest = new Heaviest(graph.vertices().size());
    for (int i = 0; i < links.size(); i++) {
      heaviest.add(i, links.get(i).from(), links.get(i).to(), size(links.get(i)));
    }
    BigInteger count = heaviest.count(from.id(), to.id());
    List<ChainPath> paths = paths(heaviest);
    for (int i = 0; i < links.size(); i++) {
      if (links.size() <= MOST_MATRICES || number(links.get(i)) != null) {
        factor(i);
      }
    }
    Tensor grad = x instanceof Leaf leaf && leaf.hasGrad() ? leaf.grad() : null;
    Explanation.Result result =
        new Explanation.Result(
            start == null ? label(to) : start.of(),
            label(from),
            links.size(),
            ids(),
            count,
            paths,
            options.limit(),
            seed,
            gradient,
            grad);
    List<@Nullable Factor> all =
        Collections.<@Nullable Factor>unmodifiableList(Arrays.<@Nullable Factor>asList(factors));
    return new Explanation(
        result, graph, known(), wording, new Explanation.Source(links, all, walk));
  }

  /// The largest paths, by what they contribute.
  private List<ChainPath> paths(Heaviest heaviest) {
    List<ChainPath> paths = new ArrayList<>();
    for (List<Integer> path : heaviest.paths(from.id(), to.id(), options.limit())) {
      Tensor contribution = walk.back(path.stream().map(links::get).toList(), seed);
      List<Factor> product = new ArrayList<>();
      if (start != null) {
        product.add(start);
      }
      path.forEach(link -> product.add(factor(link)));
      paths.add(new ChainPath(product, contribution));
    }
    paths.sort((a, b) -> Double.compare(b.norm(), a.norm()));
    return paths;
  }

  private List<Integer> ids() {
    boolean[] onPath = new Paths(graph, from, to).onPath();
    return IntStream.iterate(to.id(), id -> id >= from.id(), id -> id - 1)
        .filter(id -> onPath[id])
        .boxed()
        .toList();
  }

  private List<Factor> known() {
    List<Factor> known = new ArrayList<>();
    for (Factor factor : factors) {
      if (factor != null) {
        known.add(factor);
      }
    }
    if (start != null) {
      known.add(start);
    }
    return known;
  }

  private static String label(Vertex vertex) {
    return TextTree.name(vertex);
  }

  /// By how much a link makes the gradient that passes it larger.
  private double size(Link link) {
    double size = 1;
    for (Edge edge : link.edges()) {
      size *= size(edge);
    }
    return size;
  }

  private double size(Edge edge) {
    if (edge.local() != null) {
      return edge.local();
    }
    Tensor passed = edge.contribution();
    Tensor arrived = graph.vertex(edge.to()).gradient();
    if (passed == null || arrived == null) {
      return 0;
    }
    double norm = Numbers.norm(passed);
    return norm == 0 ? 0 : norm / Numbers.norm(arrived);
  }

  private Factor factor(int index) {
    Factor known = factors[index];
    if (known != null) {
      return known;
    }
    Link link = links.get(index);
    Vertex of = graph.vertex(link.to());
    Vertex by = graph.vertex(link.from());
    Double number = number(link);
    LocalJacobian jacobian = number == null ? kept(Probe.of(walk, link, of, by)) : null;
    Formula derivative = wording.derivative(link);
    Factor factor =
        new Factor(link.from(), link.to(), label(of), label(by), derivative, number, jacobian);
    factors[index] = factor;
    return factor;
  }

  /// A Jacobian without its numbers, if there would be too many in all.
  private LocalJacobian kept(LocalJacobian found) {
    if (found.numbers() == null || numbers + found.numbers().count() > MOST_NUMBERS) {
      return found.withoutNumbers();
    }
    numbers += found.numbers().count();
    return found;
  }

  /// The product of the local derivatives, if all are of single numbers.
  private static @Nullable Double number(Link link) {
    double product = 1;
    for (Edge edge : link.edges()) {
      if (edge.local() == null) {
        return null;
      }
      product *= edge.local();
    }
    return product;
  }
}
