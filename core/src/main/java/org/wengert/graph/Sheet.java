package org.wengert.graph;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.wengert.tensor.Tensor;

/// A derivation before it is written as text, Markdown, LaTeX or HTML: what stands where.
final class Sheet {
  private static final int MOST_DEFINITIONS = 40;
  private static final int MOST_ELEMENTS = 64;
  private static final int MOST_FACTORS = 40;

  private final Explanation explanation;
  private final List<Alike> runs;
  private final List<Block> blocks = new ArrayList<>();

  /// A formula in both notations.
  record Maths(String text, String latex) {
    static Maths of(Formula formula) {
      return new Maths(formula.toString(), formula.latex());
    }

    static Maths name(String name) {
      return of(Formula.name(name));
    }

    static Maths numeral(String number) {
      boolean isNumber = !number.isEmpty() && Character.isDigit(number.charAt(number.length() - 1));
      return isNumber ? of(Formula.numeral(number)) : new Maths(number, Latex.number(number));
    }

    static Maths derivative(String of, String by) {
      String over = "\\partial " + Latex.name(of);
      String under = "\\partial " + Latex.name(by);
      return new Maths("∂" + of + "/∂" + by, "\\frac{" + over + "}{" + under + "}");
    }

    /// Words, with formulas written by [#of] elsewhere.
    static Maths words(String words) {
      return new Maths(words, "\\text{" + Latex.escaped(words) + "}");
    }

    Maths enclosed() {
      return new Maths("(" + text + ")", "\\left(" + latex + "\\right)");
    }
  }

  /// One side of an equation: a product.
  ///
  /// @param isBehind whether it stands in the line of the side before
  record Side(List<Maths> factors, boolean isBehind) {
    static Side of(Maths maths) {
      return new Side(List.of(maths), false);
    }
  }

  /// A part of the sheet.
  sealed interface Block {
    /// A title.
    record Heading(int level, Maths maths, String words) implements Block {}

    /// Words.
    record Prose(String words) implements Block {}

    /// `left = side = side ...`.
    record Equation(Maths left, List<Side> sides) implements Block {}

    /// What values are called, one below the other.
    record Definitions(List<Equation> equations) implements Block {}

    /// Rows below a header.
    record Table(List<String> header, List<List<Maths>> rows) implements Block {}
  }

  private Sheet(Explanation explanation) {
    this.explanation = explanation;
    this.runs = Alike.of(explanation.paths());
  }

  static List<Block> of(Explanation explanation) {
    Sheet sheet = new Sheet(explanation);
    sheet.write();
    return sheet.blocks;
  }

  private void write() {
    BigInteger count = explanation.pathCount();
    boolean isOne = count.equals(BigInteger.ONE);
    String words = ": " + (isOne ? "one path" : count + " paths");
    blocks.add(new Block.Heading(1, derivative(), words));
    runs.forEach(run -> write(run, isOne));
    definitions();
    blocks.addAll(Matrices.of(explanation));
    blocks.addAll(Remark.of(explanation));
    check();
    if (!explanation.isComplete() && !explanation.ids().isEmpty()) {
      blocks.addAll(NodeTable.of(explanation));
    }
  }

  private Maths derivative() {
    return Maths.derivative(explanation.of(), explanation.by());
  }

  private void write(Alike run, boolean isOnly) {
    ChainPath path = explanation.paths().get(run.first());
    if (!isOnly) {
      List<String> through = path.through();
      String by = through.isEmpty() ? "directly" : "through " + listed(through);
      blocks.add(new Block.Heading(2, Maths.words("P" + run.words().substring(1)), ", " + by));
    }
    Maths left = isOnly ? derivative() : Maths.words("path " + (run.first() + 1));
    blocks.add(new Block.Equation(left, distinct(left, sides(path))));
    if (run.count() > 1) {
      blocks.add(new Block.Prose(run.count() + " paths like this"));
    }
  }

  /// The sides without those that only repeat the one before.
  private static List<Side> distinct(Maths left, List<Side> sides) {
    List<Side> distinct = new ArrayList<>();
    List<Maths> before = List.of(left);
    for (Side side : sides) {
      if (!side.factors().equals(before)) {
        distinct.add(side);
      }
      before = side.factors();
    }
    return distinct;
  }

  private static List<Side> sides(ChainPath path) {
    List<Side> sides = new ArrayList<>();
    sides.add(new Side(shortened(path.factors(), Sheet::symbols), false));
    if (path.factors().stream().noneMatch(Sheet::isBare)) {
      sides.add(new Side(shortened(path.factors(), Sheet::derivatives), false));
    }
    if (path.factors().stream().allMatch(factor -> factor.number() != null)) {
      sides.add(new Side(shortened(path.factors(), Sheet::numbers), false));
      sides.add(new Side(List.of(product(path.contribution())), true));
    } else {
      sides.add(sizes(path));
      sides.add(Side.of(Maths.words(brief(path.contribution()))));
    }
    return sides;
  }

  /// The first and the last factors, if there are very many.
  static List<Factor> shown(List<Factor> factors) {
    if (factors.size() <= MOST_FACTORS) {
      return factors;
    }
    List<Factor> shown = new ArrayList<>(factors.subList(0, MOST_FACTORS / 2));
    shown.addAll(factors.subList(factors.size() - MOST_FACTORS / 2, factors.size()));
    return shown;
  }

  private static List<Maths> shortened(
      List<Factor> factors, Function<List<Factor>, List<Maths>> written) {
    List<Maths> shown = new ArrayList<>(written.apply(shown(factors)));
    if (factors.size() > MOST_FACTORS) {
      shown.add(shown.size() - MOST_FACTORS / 2, new Maths("…", "\\cdots "));
    }
    return shown;
  }

  private static String listed(List<String> names) {
    int half = MOST_FACTORS / 4;
    if (names.size() <= 2 * half) {
      return String.join(", ", names);
    }
    List<String> last = names.subList(names.size() - half, names.size());
    return String.join(", ", names.subList(0, half)) + ", …, " + String.join(", ", last);
  }

  private static List<Maths> symbols(List<Factor> factors) {
    List<Maths> symbols = new ArrayList<>();
    factors.forEach(f -> symbols.add(Maths.derivative(f.of(), f.by())));
    return symbols.isEmpty() ? List.of(Maths.numeral("1")) : symbols;
  }

  private static List<Maths> derivatives(List<Factor> factors) {
    return product(factors.stream().map(Factor::derivative).toList());
  }

  private static List<Maths> numbers(List<Factor> factors) {
    return product(factors.stream().map(Sheet::number).toList());
  }

  /// Whether a factor has no derivative but its symbol.
  static boolean isBare(Factor factor) {
    return factor.derivative().toString().equals(factor.symbol());
  }

  private static Formula number(Factor factor) {
    Double number = factor.number();
    return Formula.numeral(Numbers.factor(number == null ? Double.NaN : number));
  }

  private static Maths product(Tensor contribution) {
    return Maths.numeral(Numbers.factor(contribution.item()));
  }

  /// Factors, enclosed where they are no factors.
  private static List<Maths> product(List<Formula> factors) {
    List<Maths> product = new ArrayList<>();
    for (Formula factor : factors) {
      boolean isLeading = product.isEmpty() && factor.toString().startsWith("-");
      boolean isFree = factors.size() == 1 || (isLeading ? factor.from(1) : factor).isFactor();
      product.add(isFree ? Maths.of(factor) : Maths.of(factor).enclosed());
    }
    return product.isEmpty() ? List.of(Maths.numeral("1")) : product;
  }

  /// Matrices.
  private static Side sizes(ChainPath path) {
    return new Side(
        shortened(path.factors(), factors -> factors.stream().map(Sheet::size).toList()), false);
  }

  private static Maths size(Factor factor) {
    String size = "[" + factor.size() + "]";
    return new Maths(size, size.replace("×", "\\times"));
  }

  private void definitions() {
    List<Formula> written = new ArrayList<>();
    for (ChainPath path : explanation.paths()) {
      for (Factor factor : shown(path.factors())) {
        written.add(Formula.name(factor.of()));
        written.add(factor.derivative());
      }
    }
    List<Vertex> unnamed = explanation.wording().unnamed(written, MOST_DEFINITIONS);
    List<Block.Equation> equations = new ArrayList<>(seeded());
    for (Vertex vertex : unnamed) {
      Side formula = Side.of(Maths.of(explanation.wording().formula(vertex)));
      Side value = new Side(List.of(value(vertex.value())), true);
      Maths label = Maths.name(TextTree.name(vertex));
      equations.add(new Block.Equation(label, List.of(formula, value)));
    }
    if (!equations.isEmpty()) {
      blocks.add(new Block.Heading(2, Maths.words("Where"), ""));
      blocks.add(new Block.Definitions(equations));
    }
  }

  /// What the seed makes of the result.
  private List<Block.Equation> seeded() {
    Tensor seed = explanation.seed();
    if (Explanation.isOne(seed)) {
      return List.of();
    }
    Vertex y = explanation.graph().output();
    Formula name = Formula.name(TextTree.name(y));
    boolean isSingle = seed.count() == 1;
    Formula sum =
        isSingle
            ? Product.of(List.of(Formula.number(seed.item()), name))
            : Formula.of("Σ seed · y").with(Map.of("y", name));
    double total = 0;
    double[] factors = seed.toDoubleArray();
    double[] values = y.value().toDoubleArray();
    for (int i = 0; i < factors.length; i++) {
      total += factors[i] * values[i];
    }
    Side value = new Side(List.of(Maths.of(Formula.number(total))), true);
    Maths left = Maths.name(explanation.of());
    Block.Equation whole = new Block.Equation(left, List.of(Side.of(Maths.of(sum)), value));
    Side numbers = Side.of(Maths.words(brief(seed)));
    return isSingle
        ? List.of(whole)
        : List.of(whole, new Block.Equation(Maths.name("seed"), List.of(numbers)));
  }

  static Maths value(Tensor value) {
    return value.count() == 1
        ? Maths.numeral(Numbers.brief(value.item()))
        : Maths.words(TextTree.brief(value));
  }

  /// The sum, and what the engine says.
  private void check() {
    blocks.add(new Block.Heading(2, Maths.words("Check"), ""));
    List<List<Maths>> rows = new ArrayList<>();
    List<ChainPath> paths = explanation.paths();
    boolean isComplete = explanation.isComplete();
    boolean isProduct = isComplete && paths.size() == 1;
    for (Alike run : isProduct ? List.<Alike>of() : runs) {
      String each = run.count() > 1 ? ", each" : "";
      rows.add(row(run.words() + each, result(paths.get(run.first()).contribution(), true)));
    }
    if (isComplete || paths.size() > 1) {
      String shown = isComplete ? "sum of all paths" : "sum of the paths shown";
      rows.add(row(isProduct ? "product" : shown, result(explanation.sum(), false)));
    }
    rows.add(row("Autograd.grad", result(explanation.gradient(), false)));
    rows.add(
        isComplete
            ? row("difference", Maths.numeral(Numbers.brief(explanation.difference())))
            : row("all other paths", result(explanation.rest(), true)));
    boolean isOther = !compare(rows);
    blocks.add(new Block.Table(List.of("", explanation.symbol()), rows));
    if (isOther) {
      blocks.add(new Block.Prose("Each backward() adds to what grad() has from those before it."));
    }
  }

  /// Whether what `backward()` has left is the derivative, as far as rounding lets it.
  private boolean compare(List<List<Maths>> rows) {
    Tensor grad = explanation.grad();
    if (grad == null) {
      return true;
    }
    rows.add(row("grad() after backward()", result(grad, false)));
    double difference = Explanation.largestDifference(grad, explanation.gradient());
    rows.add(row("difference", Maths.numeral(Numbers.brief(difference))));
    return !(difference > 1e-4 * Numbers.norm(explanation.gradient()));
  }

  private static List<Maths> row(String what, Maths value) {
    return List.of(Maths.words(what), value);
  }

  /// A number in eight digits, of several the list, or if they are many shape and norm.
  private static Maths result(Tensor x, boolean isSigned) {
    if (x.count() == 1) {
      String number = Numbers.result(x.item());
      boolean hasSign = number.startsWith("-") || !isSigned;
      return Maths.numeral(hasSign ? number : "+" + number);
    }
    return Maths.words(brief(x));
  }

  /// The numbers, or if they are many their shape and norm.
  static String brief(Tensor x) {
    if (x.count() == 1) {
      return Numbers.result(x.item());
    }
    if (x.count() == 0 || x.count() > MOST_ELEMENTS / 4) {
      return TextTree.brief(x);
    }
    List<String> numbers = new ArrayList<>();
    for (double number : x.toDoubleArray()) {
      numbers.add(Numbers.brief(number));
    }
    return x.shape() + " of " + String.join(", ", numbers);
  }
}
