package org.wengert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import org.wengert.graph.ChainPath;
import org.wengert.graph.ChainRule;
import org.wengert.graph.Explanation;
import org.wengert.graph.Graph;
import org.wengert.graph.Pictures;
import org.wengert.tensor.Tensor;
import org.xml.sax.InputSource;

/// The chain rule on random programs, some of their values named: paths add up to the gradient, and
/// what is written is well formed.
class ChainRuleProperties {
  private static final ChainRule.Options OPTIONS = ChainRule.Options.defaults();
  private static final int MOST_PATHS = 1_000;

  private static int complete;
  private static int partial;

  @Provide
  Arbitrary<Program> programs() {
    return Program.any();
  }

  @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
  void pathsAddUpToTheGradientAndPicturesParse(@ForAll("programs") Program program)
      throws Exception {
    Plan plan = new Plan(program);
    Recording run = named(plan, program.seed());
    Pictures.assertParse(Graph.of(run.loss()));
    double magnitude = magnitude(plan);
    for (Leaf leaf : run.leaves) {
      if (!dependsOn(run, leaf)) {
        continue;
      }
      Explanation merged = ChainRule.explain(run.loss(), leaf, OPTIONS.limit(MOST_PATHS));
      assertAddsUp(merged, magnitude);
      Explanation steps =
          ChainRule.explain(run.loss(), leaf, OPTIONS.limit(MOST_PATHS).everyStep(true));
      assertAddsUp(steps, magnitude);
      assertEquals(steps.pathCount(), merged.pathCount());
    }
  }

  /// What the derivative along all ones would be if nothing cancelled.
  private static double magnitude(Plan plan) {
    List<double[]> ones = new ArrayList<>();
    for (double[] leaf : plan.leaves) {
      double[] one = new double[leaf.length];
      Arrays.fill(one, 1);
      ones.add(one);
    }
    return plan.compute(ones).getLast().magnitude[0];
  }

  private static Recording named(Plan plan, long seed) {
    Recording run = Recording.of(plan);
    SplittableRandom random = new SplittableRandom(seed);
    for (Variable value : run.values()) {
      if (random.nextInt(3) == 0) {
        value.named("t" + random.nextInt(1000));
      }
    }
    return run;
  }

  private static boolean dependsOn(Recording run, Leaf leaf) {
    return run.loss().requiresGrad() && Autograd.grad(run.loss(), List.of(leaf)).getFirst() != null;
  }

  private static void assertAddsUp(Explanation explanation, double magnitude) {
    if (!explanation.isComplete()) {
      partial++;
      assertEquals(MOST_PATHS, explanation.paths().size());
      return;
    }
    complete++;
    double[] gradient = explanation.gradient().toDoubleArray();
    double[] sum = explanation.sum().toDoubleArray();
    for (int i = 0; i < sum.length; i++) {
      assertEquals(gradient[i], sum[i], 1e-12 * magnitude, explanation::text);
    }
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void scalarPathsAddUpToAnElement(@ForAll("programs") Program program) {
    Plan plan = new Plan(program);
    Recording run = named(plan, program.seed());
    Leaf leaf = run.leaves.getFirst();
    if (!dependsOn(run, leaf)) {
      return;
    }
    Explanation whole = ChainRule.explain(run.loss(), leaf, OPTIONS.limit(MOST_PATHS));
    int[] last = leaf.shape().toArray();
    Arrays.setAll(last, axis -> last[axis] - 1);
    Explanation element = whole.element(last);
    if (element.isComplete()) {
      assertEquals(
          element.gradient().item(), element.sum().item(), 1e-12 * magnitude(plan), element::text);
    }
    assertEquals(leaf.value().rank() > 0, element.by().endsWith("]"));
  }

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void printedProductsAreTrueForAnySeed(@ForAll("programs") Program program) {
    Recording run = named(new Plan(program), program.seed());
    Leaf leaf = run.leaves.getFirst();
    if (!dependsOn(run, leaf)) {
      return;
    }
    double seed = new SplittableRandom(program.seed()).nextDouble(-3, 3);
    Tensor seeds = Tensor.full(run.loss().shape(), seed, run.loss().dtype());
    int[] first = new int[leaf.value().rank()];
    Explanation whole = ChainRule.explain(run.loss(), leaf, OPTIONS.seed(seeds));
    Explanation element = whole.element(first);
    assertTrue(element.symbol().startsWith("∂S/∂"));
    List<ChainPath> paths = new ArrayList<>(element.paths());
    paths.addAll(whole.paths());
    paths.removeIf(path -> path.factors().stream().anyMatch(f -> f.number() == null));
    paths.forEach(ChainRuleProperties::assertPrintsATrueProduct);
  }

  /// Each factor is printed with four digits, and so is the product.
  private static void assertPrintsATrueProduct(ChainPath path) {
    String[] sides = path.toString().split(" = ", 2);
    double product = 1;
    int count = 0;
    for (String factor : sides[0].split(" · ")) {
      product *= Double.parseDouble(factor.replaceAll("[()]", "").replace("∞", "Infinity"));
      count++;
    }
    double printed = Double.parseDouble(sides[sides.length - 1].replace("∞", "Infinity"));
    if (Double.isFinite(product)) {
      assertEquals(product, printed, 6e-4 * (count + 1) * Math.abs(product), path::toString);
    }
  }

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void everythingWrittenIsWellFormed(@ForAll("programs") Program program) throws Exception {
    Plan plan = new Plan(program);
    Recording run = named(plan, program.seed());
    if (!dependsOn(run, run.leaves.getFirst())) {
      return;
    }
    Explanation explanation = ChainRule.explain(run.loss(), run.leaves.getFirst());
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(explanation.html())));
    assertLatexBalances(explanation.latex());
    long fences = explanation.markdown().lines().filter(l -> l.startsWith("```")).count();
    assertTrue(fences >= 2 && fences % 2 == 0, explanation.markdown());
    assertTrue(explanation.text().lines().anyMatch(l -> l.startsWith("  Autograd.grad")));
  }

  private static void assertLatexBalances(String latex) {
    Deque<String> open = new ArrayDeque<>();
    Matcher mark = Pattern.compile("\\\\(begin|end)\\{([a-z*]+)}|\\\\.|[{}]").matcher(latex);
    while (mark.find()) {
      if ("begin".equals(mark.group(1))) {
        open.push(mark.group(2));
      } else if ("end".equals(mark.group(1))) {
        assertEquals(open.pop(), mark.group(2), latex);
      } else if (mark.group().equals("{")) {
        open.push("{");
      } else if (mark.group().equals("}")) {
        assertEquals("{", open.pop(), latex);
      }
    }
    assertTrue(open.isEmpty(), latex);
  }

  @AfterContainer
  static void enoughWasCompared() {
    System.out.printf(
        "Chain rule: the paths of %d derivatives add up, %d have too many%n", complete, partial);
    assertTrue(partial <= 0.05 * complete, partial + " of " + complete + " have too many paths");
  }
}
