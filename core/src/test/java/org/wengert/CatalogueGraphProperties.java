package org.wengert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import org.wengert.OpCatalogue.Entry;
import org.wengert.check.GradCheck;
import org.wengert.check.GradReport;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Random graphs over **all** operations of the catalogue: each is put behind values that earlier
/// ones gave, brought into its shape and domain, and the whole is held against finite differences
/// and forward mode. Numbers pick, modulo what there is, so that shrinking drops operations first.
///
/// The number of graphs is `jqwik.tries.default`; the profile `nightly` raises it.
class CatalogueGraphProperties {
  /// The entries of each operation.
  private static final List<List<Entry>> OPERATIONS =
      List.copyOf(
          OpCatalogue.entries().stream()
              .filter(e -> e.op().isDifferentiable() && !calls(e).isEmpty())
              .collect(Collectors.groupingBy(Entry::toString, TreeMap::new, Collectors.toList()))
              .values());
  private static final double SKIPPED_AT_MOST = 0.05;

  private static final TreeSet<String> COVERED = new TreeSet<>();
  private static int graphs;
  private static int skipped;

  @Property(edgeCases = EdgeCasesMode.NONE)
  void everyGraphHasTheGradientThatDifferencesGive(
      @ForAll @Size(min = 1, max = 6) List<@IntRange(max = 1 << 24) Integer> picks,
      @ForAll @IntRange(max = 1 << 20) int seed) {
    List<Tensor> at = point(seed);
    GradReport report =
        GradCheck.defaults().seeded(seed).firstOrder(xs -> run(picks, xs), at, List.of());
    assertNotEquals(GradReport.Verdict.WRONG, report.verdict(), report::toString);
    graphs++;
    skipped += report.verdict() == GradReport.Verdict.CORRECT ? 0 : 1;
    compareModes(picks, at, seed);
  }

  private static void compareModes(List<Integer> picks, List<Tensor> at, int seed) {
    Rng random = new Rng(seed);
    List<Variable> xs = new ArrayList<>();
    List<Variable> dxs = new ArrayList<>();
    for (Tensor x : at) {
      xs.add(Variable.of(x));
      dxs.add(Variable.constant(Tensor.randn(x.shape(), DType.FLOAT64, random)));
    }
    Variable y = run(picks, xs);
    List<Variable> gradients = Autograd.grad(y, xs);
    double reverse = 0;
    double size = 1;
    for (int i = 0; i < xs.size(); i++) {
      if (gradients.get(i) != null) {
        Variable product = gradients.get(i).mul(dxs.get(i));
        reverse += product.sum().item();
        size += F.abs(product).sum().item();
      }
    }
    assertEquals(reverse, Forward.tangent(y, xs, dxs).item(), 1e-11 * size);
  }

  private static List<Tensor> point(int seed) {
    Rng random = new Rng(seed);
    return List.of(
        Tensor.randn(Shape.of(3), DType.FLOAT64, random),
        Tensor.randn(Shape.of(2, 2), DType.FLOAT64, random));
  }

  /// Puts one operation behind another; the result is the sum of all values, each squashed, so that
  /// every operation matters and none drowns the others.
  private static Variable run(List<Integer> picks, List<? extends Variable> xs) {
    List<Variable> values = new ArrayList<>(xs);
    for (int pick : picks) {
      Rng choice = new Rng(pick);
      List<Entry> entries = OPERATIONS.get(pick % OPERATIONS.size());
      Entry entry = entries.get(choice.nextInt(entries.size()));
      List<List<Shape>> calls = calls(entry);
      List<Shape> shapes = calls.get(choice.nextInt(calls.size()));
      List<Variable> operands = new ArrayList<>();
      for (int i = 0; i < shapes.size(); i++) {
        Variable source = values.get(choice.nextInt(values.size()));
        Domain domain = entry.domains().get(Math.min(i, entry.domains().size() - 1));
        operands.add(fitted(source, shapes.get(i), domain, i));
      }
      Variable y = entry.apply(operands);
      COVERED.add(entry.toString());
      if (y.value().count() > 0) {
        values.add(y);
      }
    }
    Variable sum = Variable.constant(0);
    for (Variable value : values) {
      sum = sum.add(value.mul(0.3).tanh().sum());
    }
    return sum;
  }

  /// The ways to call an operation that have elements to go on with.
  private static List<List<Shape>> calls(Entry entry) {
    return entry.shapes().stream()
        .filter(shapes -> shapes.stream().allMatch(s -> s.count() > 0))
        .toList();
  }

  /// The values of `x`, repeated to fill `shape`, each pressed into its own part of the domain.
  private static Variable fitted(Variable x, Shape shape, Domain domain, int operand) {
    int count = x.value().count();
    long[] index = IntStream.range(0, shape.count()).mapToLong(i -> i % count).toArray();
    Variable flat = x.reshape(-1);
    Variable picked = F.indexSelect(flat, 0, Variable.constant(Tensor.of(index)));
    double[] low = new double[shape.count()];
    double[] width = new double[shape.count()];
    for (int i = 0; i < low.length; i++) {
      double[] part = domain.part(i, low.length, operand);
      low[i] = part[0];
      width[i] = part[1] - part[0];
    }
    domain.lift(low, shape);
    Variable pressed = picked.sigmoid().mul(Variable.constant(width)).add(Variable.constant(low));
    return pressed.reshape(shape);
  }

  @AfterContainer
  static void coversTheCatalogue() {
    System.out.printf(
        "Catalogue graphs: %d, with %d of %d operations, %d undecided%n",
        graphs, COVERED.size(), OPERATIONS.size(), skipped);
    assertTrue(skipped <= SKIPPED_AT_MOST * graphs, skipped + " of " + graphs + " skipped");
  }
}
