package org.wengert.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.wengert.Leaf;
import org.wengert.Variable;
import org.wengert.examples.browser.WebDriver;
import org.wengert.graph.ChainRule;
import org.wengert.graph.Graph;
import org.wengert.tensor.Tensor;

/// What the page of a graph says of one value in a real browser, and how that is found:
/// `mvn -Pbrowser`, see CONTRIBUTING.
class PathsInBrowser extends Browsing {
  @Test
  void aParameterShowsItsPathsByClick() {
    WebDriver browser = load(Pages.lecture());
    browser.click("#slot-v0 .shape");
    String panel = browser.text("#panel");
    assertTrue(panel.contains("Chain rule: 2 paths"), panel);
    assertTrue(panel.contains("∂E/∂w1 = 0.0013983 + (-8.443e-4) = 5.5401e-4"), panel);
    assertTrue(panel.contains("∂out_h1/∂net_h1"), panel);
    assertTrue(panel.contains("out_h1 (1 - out_h1)"), panel);
    assertEquals(1, browser.count("#slot-v0.on"));
    assertEquals(0, browser.count(".kind-parameter.on, #slot-v26:not(.on)"));
  }

  @Test
  void thePageWritesTheChainRuleAsTheExplanationDoes() {
    BackpropByHand.Net net = Pages.network();
    assertAgree(net.error(), net.weight(1));
    assertAgree(net.error(), net.weight(5));
  }

  @Test
  void sumsAreEnclosedWhereverTheyStandInAProduct() {
    Leaf w = Variable.of(0.6).named("w");
    assertAgree(w.mul(2).tanh().named("y"), w);
    assertAgree(w.square().tanh().neg().named("y"), w);
    assertAgree(w.exp().mul(-3).relu().named("y"), w);
    assertAgree(Variable.constant(3.0).div(w.exp().named("e")).named("y"), w);
  }

  private static void assertAgree(Variable y, Variable w) {
    WebDriver browser = load(Graph.of(y));
    find(browser, w.name());
    String panel = browser.text("#panel");
    String explained = ChainRule.explain(y, w).text().split("\nWhere\n")[0];
    List<String> lines =
        explained.lines().filter(line -> line.contains("= ") && line.contains("·")).toList();
    assertTrue(lines.size() >= 1, explained);
    for (String line : lines) {
      String part = line.substring(line.indexOf("= ") + 2);
      assertTrue(panel.contains(part), () -> part + " is not in " + panel);
    }
  }

  private static void find(WebDriver browser, String name) {
    press(browser, ESCAPE + "/");
    browser.type("#query", ESCAPE);
    press(browser, "/");
    browser.type("#query", name + ENTER);
    browser.run("document.getElementById('picture').focus()");
  }

  @Test
  void whatIsDerivedWithASeedIsCalledSoAndBeginsWithIt() {
    Leaf w = Variable.of(0.6).named("w");
    WebDriver browser = load(Graph.of(w.mul(2).tanh().named("y"), Tensor.of(2.5)));
    find(browser, "w");
    String panel = browser.text("#panel");
    assertTrue(panel.contains("Gradient ∂S/∂w"), panel);
    assertTrue(panel.contains("S = 2.5 y"), panel);
    assertTrue(panel.contains("∂S/∂y · ∂y/∂v2 · ∂v2/∂w"), panel);
    assertTrue(panel.contains("= 2.5 · (1 - y²) · 2"), panel);
    load(Graph.of(w.square().named("S"), Tensor.of(-1.0)));
    find(browser, "w");
    assertTrue(browser.text("#panel").contains("S′ = -S"), browser.text("#panel"));
    assertTrue(browser.text("#panel").contains("∂S′/∂S · ∂S/∂w"), browser.text("#panel"));
    Leaf v = Variable.of(Tensor.of(new double[] {1, 2})).named("v");
    load(Graph.of(v.tanh().named("y"), Tensor.of(new double[] {3, -1})));
    find(browser, "v");
    assertTrue(browser.text("#panel").contains("S = Σ seed · y"), browser.text("#panel"));
    assertTrue(browser.text("#panel").contains("∂S/∂y · ∂y/∂v"), browser.text("#panel"));
  }

  @Test
  void ofALongPathOnlyTheFactorsShownAreWritten() {
    WebDriver browser = load(Pages.CHAIN_50000.graph());
    browser.run(
        "const replace = String.prototype.replace; window.written = 0;"
            + "String.prototype.replace = function (...by) { window.written++;"
            + "return replace.apply(this, by); }; window.begin = performance.now()");
    find(browser, "w");
    String select = browser.run("return (performance.now() - window.begin).toFixed(0)");
    assertTrue(browser.text("#panel").contains("25000 paths, the 8 largest"));
    press(browser, ",");
    browser.run("window.begin = performance.now()");
    press(browser, ",");
    String step = browser.run("return (performance.now() - window.begin).toFixed(0)");
    System.out.println(
        "of 50,000: found and selected in " + select + " ms, a step " + step + " ms");
    int written = Integer.parseInt(browser.run("return String(window.written)"));
    assertTrue(written < 10_000, written + " texts are written");
  }

  @Test
  void whatIsStillToComeIsNotToldAhead() {
    BackpropByHand.Net net = Pages.network();
    net.error().backward();
    WebDriver browser = load(Graph.of(net.error()));
    find(browser, "w1");
    press(browser, HOME);
    String panel = browser.text("#panel");
    assertTrue(panel.contains("∂E/∂w1 = not computed"), panel);
    assertTrue(panel.contains("out_h1 (1 - out_h1)"), panel);
    assertFalse(panel.contains("e-4"), panel);
    assertFalse(panel.contains("0.2413"), panel);
    find(browser, "out_o1");
    String before = browser.text("#panel");
    assertTrue(before.contains("out_o1 = σ(net_o1)"), before);
    assertTrue(before.contains("out_o1 (1 - out_o1)"), before);
    assertFalse(before.contains("0.5546") || before.contains("0.6352"), before);
    press(browser, END);
    assertTrue(browser.text("#panel").contains("0.6352 (1 - 0.6352) = 0.23172"));
    press(browser, ESCAPE + HOME);
    assertTrue(browser.text("#panel").contains("E = not computed"), browser.text("#panel"));
  }

  @Test
  void aSearchBeginsWithTheNameItself() {
    Leaf w10 = Variable.of(1.0).named("w10");
    Leaf w1 = Variable.of(2.0).named("w1");
    WebDriver browser = load(Graph.of(w10.relu().mul(w1).named("W1sum").exp().named("E")));
    find(browser, "E");
    assertEquals("E", browser.text("#panel h2"));
    find(browser, "w1");
    assertEquals("w1", browser.text("#panel h2"));
    press(browser, "n");
    assertEquals("w10", browser.text("#panel h2"));
    find(browser, "re");
    assertEquals("v2", browser.text("#panel h2"));
  }

  @Test
  void pathsAreCountedHoweverMany() {
    Variable at = Variable.of(1.0).named("x");
    for (int i = 0; i < 60; i++) {
      at = at.add(at);
    }
    WebDriver browser = load(Graph.of(at.named("y")));
    browser.click("#slot-v0 .shape");
    assertTrue(browser.text("#panel").contains("1.15e18 paths, the 8 largest"));
  }
}
