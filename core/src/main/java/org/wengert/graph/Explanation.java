package org.wengert.graph;

import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wengert.tensor.Tensor;

/// Why a derivative is what it is: what [ChainRule#explain] found, as data and as text, Markdown,
/// LaTeX and HTML, which all say the same.
///
/// Immutable; of the recorded graph it keeps what [#element] needs.
public final class Explanation {
  private final Result result;
  private final Graph graph;
  private final List<Factor> factors;
  private final Wording wording;
  private final @Nullable Source source;

  /// What single elements are computed from.
  ///
  /// @param factors those that are known, in the order of the links
  record Source(List<Link> links, List<@Nullable Factor> factors, Walk walk) {}

  /// What was found.
  ///
  /// @param of what is differentiated: the result, or its sum with the seed
  /// @param by with respect to what
  /// @param links how many derivatives there are between named values
  /// @param ids of the values on the paths, from the result's side
  /// @param count of all paths
  /// @param paths the largest ones
  /// @param limit how many at most
  /// @param seed the gradient of the result
  /// @param gradient what the engine says
  /// @param grad what `backward()` left
  record Result(
      String of,
      String by,
      int links,
      List<Integer> ids,
      BigInteger count,
      List<ChainPath> paths,
      int limit,
      Tensor seed,
      Tensor gradient,
      @Nullable Tensor grad) {
    Result {
      ids = List.copyOf(ids);
      paths = List.copyOf(paths);
    }
  }

  Explanation(
      Result result, Graph graph, List<Factor> factors, Wording wording, @Nullable Source source) {
    this.result = result;
    this.graph = graph;
    this.factors = List.copyOf(factors);
    this.wording = wording;
    this.source = source;
  }

  /// Such as `∂E/∂w1`.
  public String symbol() {
    return "∂" + result.of + "/∂" + result.by;
  }

  /// What is differentiated: the result or, with a seed that is not a single 1, `S = Σ seed · y`.
  public String of() {
    return result.of;
  }

  /// With respect to what.
  public String by() {
    return result.by;
  }

  /// The number of all paths, exact however many.
  public BigInteger pathCount() {
    return result.count;
  }

  /// The paths, the largest contribution first: all, or as many as the limit allowed.
  public List<ChainPath> paths() {
    return result.paths;
  }

  /// Whether [#paths] are all there are.
  public boolean isComplete() {
    return result.count.equals(BigInteger.valueOf(result.paths.size()));
  }

  /// The gradient of the result. If it is not a single 1, every product begins with it, as the
  /// derivative of `S = Σ seed · y` with respect to the result.
  public Tensor seed() {
    return result.seed;
  }

  static boolean isOne(Tensor seed) {
    return seed.count() == 1 && seed.item() == 1;
  }

  /// The sum of the contributions of [#paths].
  public Tensor sum() {
    double[] sum = new double[result.gradient.count()];
    for (ChainPath path : result.paths) {
      double[] contribution = path.contribution().toDoubleArray();
      for (int i = 0; i < sum.length; i++) {
        sum[i] += contribution[i];
      }
    }
    return Tensor.of(sum).reshape(result.gradient.shape()).to(result.gradient.dtype());
  }

  /// What the engine says the gradient is, `Autograd.grad(y, x)`.
  public Tensor gradient() {
    return result.gradient;
  }

  /// What `backward()` calls had left in the leaf's `grad()`; null if none had.
  public @Nullable Tensor grad() {
    return result.grad;
  }

  /// What the paths contribute that are not among [#paths]: [#gradient] minus [#sum]. If there are
  /// none, it is what rounding left.
  public Tensor rest() {
    double[] rest = result.gradient.toDoubleArray();
    double[] sum = sum().toDoubleArray();
    for (int i = 0; i < rest.length; i++) {
      rest[i] = rest[i] == sum[i] ? 0 : rest[i] - sum[i];
    }
    return Tensor.of(rest).reshape(result.gradient.shape()).to(result.gradient.dtype());
  }

  /// The largest distance between an element of [#sum] and of [#gradient], never negative: with all
  /// paths what rounding left, with a limit the size of [#rest].
  public double difference() {
    return largestDifference(sum(), result.gradient);
  }

  static double largestDifference(Tensor a, Tensor b) {
    double[] left = a.toDoubleArray();
    double[] right = b.toDoubleArray();
    double largest = 0;
    for (int i = 0; i < left.length; i++) {
      boolean isSame = Double.compare(left[i], right[i]) == 0;
      double difference = isSame ? 0 : Math.abs(left[i] - right[i]);
      largest = Double.isNaN(difference) ? difference : Math.max(largest, difference);
    }
    return largest;
  }

  /// The snapshot in which [Factor#from] and [Factor#to] are ids.
  public Graph graph() {
    return graph;
  }

  /// Every derivative from which the paths are made, in the order of their results; of more than
  /// 256, those that the shown paths need.
  public List<Factor> factors() {
    return factors;
  }

  int links() {
    return result.links;
  }

  List<Integer> ids() {
    return result.ids;
  }

  int limit() {
    return result.limit;
  }

  /// The derivative with respect to one element: a sum of scalar paths, through every element of
  /// the tensors in between that matters, the largest first.
  ///
  /// What is not known yet is computed now, from the recorded graph.
  ///
  /// @throws org.wengert.StateException if the element reaches more than 1,024 columns of Jacobians
  ///     that are not known, or if a parameter has changed since
  /// @throws org.wengert.tensor.ShapeException if there is no such element
  public Explanation element(int... index) {
    return Elements.explanation(this, result.gradient.shape(), index);
  }

  @Nullable Source source() {
    return source;
  }

  Wording wording() {
    return wording;
  }

  /// The derivation as text, with a fixed width in mind.
  public String text() {
    return SheetText.of(Sheet.of(this));
  }

  /// The derivation as Markdown: formulas in code blocks, numbers in tables.
  public String markdown() {
    return SheetMarkdown.of(Sheet.of(this));
  }

  /// The derivation as a LaTeX document that needs nothing but `amsmath`. Every name is escaped;
  /// a character that plain LaTeX lacks appears as its number, such as `U+6743`.
  public String latex() {
    return SheetLatex.of(Sheet.of(this));
  }

  /// The derivation as an HTML page that needs nothing else, light or dark as the reader likes it.
  public String html() {
    return SheetHtml.of(Sheet.of(this));
  }

  /// In one line: `∂E/∂w5 = 1.2504 · 0.2317 · 0.5933 = 0.1719`, of several paths the sum.
  @Override
  public String toString() {
    if (result.paths.size() == 1 && isComplete()) {
      return symbol() + " = " + result.paths.getFirst();
    }
    String paths = " on " + result.count + " paths";
    return symbol() + " = " + Sheet.brief(result.gradient) + paths;
  }
}
