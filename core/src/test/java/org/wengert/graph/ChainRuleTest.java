package org.wengert.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.wengert.F;
import org.wengert.GradientException;
import org.wengert.Leaf;
import org.wengert.Variable;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Tensor;

/// The chain rule, path by path.
class ChainRuleTest {
  private static final ChainRule.Options OPTIONS = ChainRule.Options.defaults();

  @Test
  void lectureTwosOutputWeightIsAProductOfThreeFactors() {
    LectureTwo net = new LectureTwo();
    Explanation explanation = ChainRule.explain(net.error, net.weight(5));
    assertEquals("∂E/∂w5 = 1.2504 · 0.2317 · 0.5933 = 0.1719", explanation.toString());
    String expected =
        """
        ∂E/∂w5: one path
        ================

        ∂E/∂w5 = ∂E/∂out_o1 · ∂out_o1/∂net_o1 · ∂net_o1/∂w5
               = -2 (0.01 - out_o1) · out_o1 (1 - out_o1) · out_h1
               = 1.2504 · 0.2317 · 0.5933 = 0.1719

        Check
                         ∂E/∂w5
          product        0.17189652
          Autograd.grad  0.17189652
          difference     0
        """;
    assertEquals(expected, explanation.text());
  }

  @Test
  void lectureTwosHiddenWeightIsASumOfTwoPaths() {
    LectureTwo net = new LectureTwo();
    Explanation explanation = ChainRule.explain(net.error, net.weight(1));
    assertEquals(BigInteger.TWO, explanation.pathCount());
    assertEquals(List.of("out_o1", "net_o1", "out_h1", "net_h1"), through(explanation, 0));
    assertEquals(List.of("out_o2", "net_o2", "out_h1", "net_h1"), through(explanation, 1));
    assertEquals(1.3983094e-3, explanation.paths().get(0).contribution().item(), 5e-11);
    assertEquals(-8.4430227e-4, explanation.paths().get(1).contribution().item(), 5e-12);
    assertEquals(5.5400716e-4, explanation.sum().item(), 5e-12);
    assertTrue(explanation.difference() <= 1e-18, "difference " + explanation.difference());
    assertEquals("∂E/∂w1 = 5.5400716e-4 on 2 paths", explanation.toString());
    for (String line :
        List.of(
            "path 1 = ∂E/∂out_o1 · ∂out_o1/∂net_o1 · ∂net_o1/∂out_h1 · ∂out_h1/∂net_h1 ·"
                + " ∂net_h1/∂w1",
            "       = -2 (0.01 - out_o1) · out_o1 (1 - out_o1) · w5 · out_h1 (1 - out_h1) · 0.05",
            "       = 1.2504 · 0.2317 · 0.4 · 0.2413 · 0.05 = 1.398e-3",
            "       = -0.6353 · 0.2203 · 0.5 · 0.2413 · 0.05 = -8.443e-4",
            "  path 1            +1.3983094e-3",
            "  path 2            -8.4430227e-4",
            "  sum of all paths  5.5400716e-4",
            "  Autograd.grad     5.5400716e-4")) {
      assertTrue(explanation.text().lines().anyMatch(line::equals), explanation.text());
    }
  }

  private static List<String> through(Explanation explanation, int path) {
    return explanation.paths().get(path).through();
  }

  @Test
  void allRenderingsHaveTheSameNumbers() {
    LectureTwo net = new LectureTwo();
    net.error.backward();
    for (int i : new int[] {1, 5, 8}) {
      Explanation explanation = ChainRule.explain(net.error, net.weight(i));
      List<Double> expected = numbers(explanation.text());
      assertTrue(expected.size() > 10, "numbers " + expected);
      assertEquals(expected, numbers(explanation.markdown().replace("\\", "")));
      assertEquals(expected, numbers(body(explanation.html())));
      String latex = explanation.latex();
      latex = latex.substring(latex.indexOf("\\begin{document}"));
      latex = latex.replace("\\cdot 10^{", "e").replaceAll("p\\{[0-9.]+", "");
      assertEquals(expected, numbers(latex));
    }
  }

  private static String body(String html) {
    return html.substring(html.indexOf("<body>")).replaceAll("</?h\\d>", "");
  }

  /// All numbers that are not part of a name.
  private static List<Double> numbers(String text) {
    Pattern number = Pattern.compile("(?<![\\w.{])-?\\d+(\\.\\d+)?(e-?\\d+)?(?![\\w.])");
    List<Double> numbers = new ArrayList<>();
    for (Matcher m = number.matcher(text); m.find(); ) {
      numbers.add(Double.parseDouble(m.group()));
    }
    return numbers;
  }

  @Test
  void whatBackwardLeftIsCompared() {
    LectureTwo net = new LectureTwo();
    assertNull(ChainRule.explain(net.error, net.weight(1)).grad());
    net.error.backward();
    net.error.backward();
    Explanation explanation = ChainRule.explain(net.error, net.weight(1));
    assertEquals(2 * 5.5400716e-4, explanation.grad().item(), 1e-10);
    assertTrue(explanation.text().contains("grad() after backward()  1.1080143e-3"));
  }

  @Test
  void everyStepCanBeShown() {
    LectureTwo net = new LectureTwo();
    Explanation explanation = ChainRule.explain(net.error, net.weight(5), OPTIONS.everyStep(true));
    assertEquals(7, explanation.paths().getFirst().factors().size());
    assertTrue(explanation.text().contains(" · 2 v"), explanation.text());
    assertTrue(explanation.text().contains(" = 0.01 - out_o1 = -0.6252"), explanation.text());
  }

  @Test
  void withoutNamesEveryStepIsShown() {
    Leaf x = Variable.of(0.5).named("x");
    Explanation explanation = ChainRule.explain(F.sin(x.square()).named("y"), x);
    assertTrue(explanation.text().contains("∂y/∂x = ∂y/∂v1 · ∂v1/∂x"), explanation.text());
    assertTrue(explanation.text().contains("= cos(v1) · 2 x"), explanation.text());
    assertTrue(explanation.text().contains("v1 = x² = 0.25"), explanation.text());
  }

  @Test
  void aSharedValueWithoutANameStays() {
    Leaf a = Variable.of(1.0).named("a");
    Variable b = a.add(a);
    Variable c = b.add(b);
    Explanation explanation = ChainRule.explain(c.exp().named("c").add(1).named("y"), a);
    assertEquals(4, explanation.paths().size());
    assertEquals(4 * Math.exp(4), explanation.sum().item(), 1e-12);
    assertTrue(explanation.text().contains("∂y/∂c · ∂c/∂v1 · ∂v1/∂a"), explanation.text());
  }

  @Test
  void ofTooManyPathsTheLargestAreShownAndAllAreCounted() {
    Leaf x = Variable.of(0.9).named("x");
    Variable y = x;
    for (int i = 0; i < 100; i++) {
      y = y.add(y.mul(0.25));
    }
    Explanation explanation = ChainRule.explain(y.named("y"), x, OPTIONS.limit(3));
    assertEquals(BigInteger.TWO.pow(100), explanation.pathCount());
    assertFalse(explanation.isComplete());
    assertEquals(
        List.of(1.0, 0.25, 0.25),
        explanation.paths().stream().map(path -> path.contribution().item()).toList());
    assertEquals(Math.pow(1.25, 100), explanation.gradient().item(), 1);
    assertTrue(explanation.text().contains("\nValue by value\n"));
  }

  @Test
  void manyDiamondsAreExplained() {
    Leaf x = Variable.of(0.9).named("x");
    Variable y = x;
    Variable z = x;
    for (int i = 0; i < 60; i++) {
      y = y.mul(1.1).add(y.mul(1.1));
      Variable s = z.sigmoid();
      z = s.add(s.mul(z));
    }
    Explanation diamonds = ChainRule.explain(y.named("y"), x);
    assertEquals(BigInteger.TWO.pow(60), diamonds.pathCount());
    assertEquals(64, diamonds.paths().size());
    assertEquals(Math.pow(1.1, 60), diamonds.paths().getLast().contribution().item(), 1e-10);
    assertEquals(64, ChainRule.explain(z.named("z"), x).paths().size());
  }

  @Test
  void whatTheOtherPathsContributeHasASign() {
    Leaf x = Variable.of(2.0).named("x");
    Variable y = x.mul(3.0).sub(x).named("y");
    Explanation explanation = ChainRule.explain(y, x, OPTIONS.limit(1));
    assertEquals(-1, explanation.rest().item());
    assertEquals(1, explanation.difference());
    assertTrue(
        explanation
            .text()
            .contains(
                """
                  path 1           +3
                  Autograd.grad    2
                  all other paths  -1
                """),
        explanation.text());
    Leaf v = Variable.of(1.0, 2.0).named("v");
    Variable sum = v.mul(3.0).sub(v).sum().named("s");
    String text = ChainRule.explain(sum, v, OPTIONS.limit(1)).text();
    assertTrue(text.contains("  all other paths  (2) of -1, -1\n"), text);
  }

  @Test
  void aLongChainIsAbbreviated() {
    Leaf x = Variable.of(0.3).named("x");
    Variable y = x;
    for (int i = 0; i < 2_000; i++) {
      y = F.sin(y);
    }
    Explanation explanation = ChainRule.explain(y.named("y"), x);
    assertEquals(2_000, explanation.paths().getFirst().factors().size());
    assertTrue(explanation.text().contains(" · ∂v1981/∂v1980 · …\n"), explanation.text());
    assertTrue(explanation.text().length() < 5_000, "length " + explanation.text().length());
  }

  @Test
  void anyValueIsExplained() {
    Leaf x = Variable.of(2.0).named("x");
    assertEquals("∂x/∂x = 1", ChainRule.explain(x, x).toString());
    Variable z = x.square().named("z");
    assertEquals("∂y/∂z = 3", ChainRule.explain(z.mul(3).named("y"), z).toString());
    Leaf v = Variable.of(1.0, 2.0, 3.0).named("v");
    Tensor seed = Tensor.of(1.0, 0.0, -1.0);
    Explanation squares = ChainRule.explain(v.square().named("s"), v, OPTIONS.seed(seed));
    assertEquals(List.of(2.0, 0.0, -6.0), list(squares.sum()));
    assertEquals(0, squares.difference());
  }

  @Test
  void aSeedIsTheFirstFactor() {
    Leaf w = Variable.of(2.0).named("w");
    Variable y = w.square().named("y");
    Explanation tripled = ChainRule.explain(y, w, OPTIONS.seed(Tensor.of(3.0)));
    assertEquals("∂S/∂w = 3 · 4 = 12", tripled.toString());
    String text = tripled.text();
    assertTrue(text.contains("= ∂S/∂y · ∂y/∂w\n      = 3 · 2 w\n      = 3 · 4 = 12\n"), text);
    assertTrue(text.contains("\nS = 3 y = 12\n"), text);
    assertEquals("S", tripled.of());
    assertEquals(tripled.graph().vertices().size(), tripled.factors().getLast().to());
    Variable s = w.square().named("S"); // the sum of all is called another name then
    assertEquals("∂S′/∂S = -1", ChainRule.explain(s, s, OPTIONS.seed(Tensor.of(-1.0))).toString());
    String none = ChainRule.explain(y, w, OPTIONS.seed(Tensor.of(Double.NaN))).text();
    assertTrue(none.contains("= NaN · 4 = NaN") && !none.contains("Remark"), none);
  }

  @Test
  void aSeedOfTensorsIsTheFirstMatrix() {
    Leaf v = Variable.of(1.0, 2.0, 3.0).named("v");
    Variable y = v.square().named("y");
    Explanation some = ChainRule.explain(y, v, OPTIONS.seed(Tensor.of(2.0, -4.0, 3.0)));
    String text = some.text();
    assertTrue(text.contains("= seed · 2 v\n      = [1 × 3] · [3 × 3]\n"), text);
    assertTrue(text.contains("\nS = Σ seed · y = 13\nseed = (3) of 2, -4, 3\n"), text);
    assertTrue(some.element(1).text().contains("= ∂S/∂y[1] · ∂y[1]/∂v[1]\n"));
    assertTrue(some.element(1).text().contains("= -4 · 4 = -16\n"), some.element(1).text());
  }

  @Test
  void gradientsThatWereAddedUpAreSaidToBe() {
    Leaf w = Variable.of(2.0).named("w");
    Variable y = w.square().named("y");
    y.backward();
    String once = ChainRule.explain(y, w).text();
    assertTrue(once.endsWith("  grad() after backward()  4\n  difference               0\n"), once);
    y.backward();
    String twice = ChainRule.explain(y, w).text();
    assertTrue(
        twice.endsWith("Each backward() adds to what grad() has from those before it.\n"), twice);
  }

  @Test
  void longNamesAreCut() {
    Leaf w = Variable.of(2.0).named("w".repeat(10_000));
    String text = ChainRule.explain(w.exp().mul(w), w).text();
    assertTrue(text.contains("w…") && text.length() < 3_000, "length " + text.length());
  }

  private static List<Double> list(Tensor x) {
    List<Double> list = new ArrayList<>();
    for (double number : x.toDoubleArray()) {
      list.add(number);
    }
    return list;
  }

  @Test
  void whatCannotBeExplainedIsRefused() {
    Leaf x = Variable.of(1.0, 2.0).named("x");
    Leaf other = Variable.of(1.0).named("other");
    String shape =
        assertThrows(GradientException.class, () -> ChainRule.explain(x.square(), x)).getMessage();
    assertTrue(shape.contains("of shape (2), is not a single number"), shape);
    String none =
        assertThrows(GradientException.class, () -> ChainRule.explain(x.sum(), other)).getMessage();
    assertTrue(none.contains("does not depend on 'other'"), none);
    assertThrows(OptionException.class, () -> OPTIONS.limit(0));
  }

  @Test
  void namesHarmNothing() {
    String evil = "a\"|\n```\n<script>alert(1)</script>\\end{align*} `$(rm)` & % \u0000\ud800 权重";
    Leaf x = Variable.of(1.5).named(evil);
    Variable y = F.sin(x).named("</pre>" + evil).square().named("\\input{x}#_^~{");
    Explanation explanation = ChainRule.explain(y, x);
    assertFalse(explanation.html().contains("<script"));
    assertFalse(explanation.html().contains("\ud800"));
    String latex = explanation.latex();
    assertTrue(latex.contains("U+6743") && !latex.contains("\\input{"), latex);
    assertEquals(1, latex.split("\\\\end\\{align\\*\\}", -1).length - 1);
    assertEquals(
        latex.replace("\\{", "").chars().filter(c -> c == '{').count(),
        latex.replace("\\}", "").chars().filter(c -> c == '}').count());
    assertFalse(explanation.markdown().lines().anyMatch(line -> line.startsWith("<")));
    assertEquals(0, explanation.markdown().lines().filter("```"::equals).count());
  }

  @Test
  void nothingIsWrittenTwiceOfASingleFactor() {
    Leaf x = Variable.of(3.0).named("x");
    Explanation square = ChainRule.explain(x.square().named("y"), x);
    assertTrue(square.text().contains("\n∂y/∂x = 2 x\n      = 6\n"), square.text());
    assertEquals("∂y/∂x = 6", square.toString());
    Explanation sum = ChainRule.explain(x.add(1).named("y"), x);
    assertTrue(sum.text().contains("\n∂y/∂x = 1\n\n"), sum.text());
  }

  @Test
  void manyPathsThatAreAlikeAreWrittenOnce() {
    Leaf x = Variable.of(1.0).named("x");
    Variable y = x;
    for (int i = 0; i < 6; i++) {
      y = y.add(y);
    }
    Explanation explanation = ChainRule.explain(y.named("y"), x);
    assertEquals(64, explanation.paths().size());
    String text = explanation.text();
    assertTrue(text.contains("Paths 1 to 64, through v"), text);
    assertTrue(text.contains("\n64 paths like this\n"), text);
    assertTrue(text.contains("paths 1 to 64, each  +1\n"), text);
    assertTrue(text.lines().count() < 40, text);
  }

  @Test
  void aValueThatIsNotFiniteIsRemarked() {
    Leaf x = Variable.of(-1.0).named("x");
    Explanation log = ChainRule.explain(F.log(x).named("l").mul(2).named("y"), x);
    String remark = "l = log(x) = NaN, which is not finite: derivatives that pass it mean nothing.";
    assertTrue(log.text().contains("Remark\n" + remark), log.text());
    Leaf zero = Variable.of(0.0).named("z");
    String root = ChainRule.explain(F.sqrt(zero).named("r"), zero).text();
    assertTrue(root.contains("∂r/∂z = ∞: there is no finite derivative at this place."), root);
    assertTrue(!ChainRule.explain(x.exp().named("e"), x).text().contains("Remark"));
  }

  @Test
  void powersAndRootsAreWrittenWithoutNeedlessMarks() {
    Leaf x = Variable.of(4.0).named("x");
    Variable y = x.pow(2).named("y");
    assertTrue(ChainRule.explain(y, x).text().contains("= 2 x\n"));
    assertTrue(Graph.of(x.pow(1)).text().contains("= x = 4"), Graph.of(x.pow(1)).text());
    Variable root = F.sqrt(F.sqrt(x)).add(1).named("r");
    String merged = ChainRule.explain(root.mul(2).named("s"), x).text();
    assertTrue(!merged.contains("(√x)"), merged);
  }

  @Test
  void markdownEscapesOnlyWhatWouldBeMarkup() {
    Leaf x = Variable.of(4.0).named("b-c.w: [*]");
    String sheet = ChainRule.explain(x.square().named("loss"), x).markdown();
    assertTrue(sheet.startsWith("# ∂loss/∂b-c.w: \\[\\*\\]: one path\n"), sheet);
    assertEquals("\\- a - b", SheetMarkdown.escaped("- a - b"));
    assertEquals("-1.5", SheetMarkdown.escaped("-1.5"));
    assertEquals("http\\://a", SheetMarkdown.escaped("http://a"));
  }

  @Test
  void anEmptyTensorIsSaidToBeEmpty() {
    Leaf x = Variable.of(Tensor.zeros(0, 3)).named("x");
    String text = ChainRule.explain(x.sum().named("y"), x).text();
    assertTrue(text.contains("(0, 3), empty"), text);
    assertFalse(text.contains("(0, 3) of "), text);
  }
}
