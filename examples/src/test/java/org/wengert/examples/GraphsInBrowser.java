package org.wengert.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.wengert.Leaf;
import org.wengert.Scope;
import org.wengert.Variable;
import org.wengert.examples.browser.WebDriver;
import org.wengert.graph.ChainRule;
import org.wengert.graph.Graph;
import org.wengert.nn.Linear;
import org.wengert.nn.Sequential;
import org.wengert.tensor.Tensor;

/// The page of a graph in a real browser: `mvn -Pbrowser`, see CONTRIBUTING.
class GraphsInBrowser extends Browsing {
  private static Graph twice() {
    Leaf x = Variable.of(2.0).named("x");
    return Graph.of(x.mul(0.25).named("a").add(x.mul(0.1).named("b")).named("y"));
  }

  private static Graph inParts() {
    Leaf x = Variable.of(0.5).named("x");
    return Graph.of(
        Scope.named("outer", () -> Scope.named("inner", () -> x.exp().tanh()).mul(x).exp())
            .named("y"));
  }

  @ParameterizedTest
  @EnumSource
  void thePageFetchesNothingAndComplainsAboutNothing(Pages page) throws IOException {
    WebDriver browser = load(page.graph());
    String time =
        browser.run("return performance.getEntriesByName('interactive')[0].startTime.toFixed(0)");
    System.out.println(page + ": interactive after " + time + " ms");
    Path pictures = Path.of("target", "screenshots");
    for (String scheme : List.of("dark", "light")) {
      browser.prefer(scheme);
      browser.screenshot(pictures.resolve(page.file(scheme)));
    }
    press(browser, "u");
    browser.screenshot(pictures.resolve(page.file("unfolded")));
    press(browser, "f");
    browser.screenshot(pictures.resolve(page.file("folded")));
    page.walk().forEach(keys -> press(browser, keys));
    browser.screenshot(pictures.resolve(page.file("halfway")));
    assertEquals(List.of(), browser.log("browser"));
    assertEquals(1, browser.requests().stream().filter(url -> !url.startsWith("data:")).count());
  }

  @Test
  void valuesAppearAsTheyAreComputed() {
    WebDriver browser = load(twice());
    press(browser, HOME);
    assertEquals("not computed", browser.text("#slot-v2 .value"));
    assertTrue(browser.has("#slot-v2 .hatch", "missing"));
    assertEquals("not computed", browser.text("#slot-v0 .gradient"));
    assertEquals("2", browser.text("#slot-v0 .value"));
    press(browser, ".");
    assertEquals("0.5", browser.text("#slot-v2 .value"));
    assertEquals("not computed", browser.text("#slot-v5 .value"));
    assertTrue(browser.text("#step").contains("a = x · 0.25 = 2 · 0.25 = 0.5"));
    browser.click("#next");
    assertEquals("0.2", browser.text("#slot-v4 .value"));
    press(browser, ",");
    assertEquals("not computed", browser.text("#slot-v4 .value"));
  }

  @Test
  void gradientsGrowByWhatFlowsBack() {
    WebDriver browser = load(twice());
    press(browser, END + ",");
    assertEquals("∂ 0.1", browser.text("#slot-v0 .gradient"));
    assertTrue(browser.has("#slot-v0", "growing"));
    press(browser, ".");
    assertEquals("∂ 0.35", browser.text("#slot-v0 .gradient"));
    assertTrue(browser.text("#step").contains("0.1 + 0.25 = 0.35"), browser.text("#step"));
    assertTrue(browser.has("#slot-v0", "current"));
    assertEquals(1, browser.count(".line.backward"));
  }

  @Test
  void boxesFoldByClickAndByKey() {
    WebDriver browser = load(inParts());
    assertEquals(2, browser.count(".frame"));
    browser.click("#slot-b2 .head");
    assertEquals(1, browser.count(".frame"));
    assertTrue(browser.text("#slot-b2").contains("2 values"));
    press(browser, ENTER);
    assertEquals(2, browser.count(".frame"));
    press(browser, BACKSPACE);
    assertEquals(1, browser.count(".frame"));
    press(browser, "f");
    assertEquals(0, browser.count(".frame"));
    press(browser, "1");
    assertEquals(1, browser.count(".frame"));
    press(browser, "u");
    assertEquals(2, browser.count(".frame"));
  }

  @Test
  void searchUnfoldsAndJumpsToWhatItFinds() {
    WebDriver browser = load(inParts());
    press(browser, "f/");
    browser.type("#query", "tanh");
    assertEquals("1 found", browser.text("#found"));
    assertTrue(browser.has("#slot-b1", "found"));
    browser.type("#query", ENTER);
    assertEquals("1 of 1 found", browser.text("#found"));
    assertEquals(1, browser.count(".card.selected.found"));
    assertTrue(browser.text("#panel").contains("tanh(v"));
    browser.type("#query", ESCAPE);
    browser.type("#query", "value > 1.5");
    assertEquals("2 found", browser.text("#found"));
  }

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
    WebDriver browser = load(Graph.of(net.error()));
    for (int weight : List.of(1, 5)) {
      press(browser, ESCAPE + "/");
      browser.type("#query", ESCAPE);
      browser.type("#query", "w" + weight + ENTER);
      String panel = browser.text("#panel");
      String explained = ChainRule.explain(net.error(), net.weight(weight)).text();
      List<String> lines =
          explained.lines().filter(line -> line.contains("= ") && line.contains("·")).toList();
      assertTrue(lines.size() >= 3, explained);
      for (String line : lines) {
        String part = line.substring(line.indexOf("= ") + 2);
        assertTrue(panel.contains(part), () -> part + " is not in " + panel);
      }
    }
  }

  @Test
  void pathsAndLinesAreShownByKey() {
    WebDriver browser = load(twice());
    press(browser, SHIFT + LEFT); // the output
    press(browser, SHIFT + LEFT); // its operand a
    assertTrue(browser.has("#slot-v2", "selected"));
    press(browser, "p");
    assertTrue(browser.text("#panel").contains("Chain rule: 1 path"));
    assertEquals(2, browser.count(".card.on"));
    press(browser, "e");
    assertEquals(1, browser.count(".line.selected"));
    assertTrue(browser.text("#panel").contains("∂a/∂x = 0.25"), browser.text("#panel"));
    assertEquals("× 0.25", browser.text("#labels .local"));
    press(browser, ESCAPE);
    assertEquals(0, browser.count(".selected, .card.on"));
  }

  @Test
  void formulasHaveTheNumbersPluggedIn() {
    WebDriver browser = load(Pages.lecture());
    press(browser, "/");
    browser.type("#query", "out_o1" + ENTER);
    String panel = browser.text("#panel");
    assertTrue(panel.contains("out_o1 = σ(net_o1)"), panel);
    assertTrue(panel.contains("= σ(0.5546) = 0.6352"), panel);
    assertTrue(panel.contains("0.6352 (1 - 0.6352) = 0.23172"), panel);
  }

  @Test
  void darkAndLightFollowTheDesktopAndTheSwitch() {
    WebDriver browser = load(twice());
    String ground = "return getComputedStyle(document.body).backgroundColor";
    browser.prefer("dark");
    String dark = browser.run(ground);
    browser.prefer("light");
    String light = browser.run(ground);
    assertFalse(dark.equals(light));
    press(browser, "d");
    assertEquals(dark, browser.run(ground));
    browser.click("#dark");
    assertEquals(light, browser.run(ground));
  }

  @Test
  void hostileNamesAreOnlyShown() {
    WebDriver browser = load(Pages.hostile());
    press(browser, "u");
    for (int i = 0; i < browser.count(".card"); i++) {
      press(browser, SHIFT + LEFT);
    }
    assertEquals("undefined", browser.run("return typeof window.hacked"));
    assertEquals(1, browser.count("html:root script:not([type])"));
    assertEquals(0, browser.count("img, iframe, b"));
    assertEquals(List.of(), browser.log("browser"));
  }

  @Test
  void foldedBoxesAreColouredByTheLargestInside() {
    WebDriver browser = load(inParts());
    press(browser, "fcc");
    assertTrue(browser.has("#slot-b1", "size6"));
    press(browser, HOME);
    assertFalse(browser.has("#slot-b1", "size6"));
  }

  @Test
  void notComputedDoesNotLookLikeZero() {
    Leaf x = Variable.of(0.0).named("x");
    WebDriver browser = load(Graph.of(x.square().named("y")));
    assertEquals("∂ 0", browser.text("#slot-v0 .gradient"));
    assertEquals(0, browser.count(".hatch.missing"));
    load(Graph.forward(x.square().named("y")));
    assertEquals("not computed", browser.text("#slot-v0 .gradient"));
    assertEquals(2, browser.count(".hatch.missing"));
  }

  @Test
  void aFoldedGraphIsAGraph() {
    WebDriver browser = load(inParts().foldByModule());
    assertEquals(2, browser.count(".card"));
    assertEquals(1, browser.count(".kind-group"));
    assertEquals("∂ 1", browser.text(".kind-group .gradient"));
    assertTrue(browser.text("#slot-v0 .gradient").startsWith("∂ "));
  }

  @Test
  void whatHappensIsExplainedWhileStepping() {
    WebDriver browser = load(twice());
    press(browser, END + ",");
    assertEquals("x", browser.text("#panel h2"));
    assertTrue(browser.text("#panel").contains("Comes from (1 of 2)"), browser.text("#panel"));
    press(browser, ".");
    assertTrue(browser.text("#panel").contains("0.1 + 0.25 = 0.35"), browser.text("#panel"));
  }

  @Test
  void thePictureZoomsAndMoves() {
    WebDriver browser = load(twice());
    String place = "return document.getElementById('world').getAttribute('transform')";
    String fitted = browser.run(place);
    press(browser, "+");
    assertFalse(fitted.equals(browser.run(place)));
    press(browser, "0");
    assertEquals(fitted, browser.run(place));
    press(browser, LEFT);
    String moved = browser.run(place);
    assertFalse(fitted.equals(moved));
    browser.run(
        "document.getElementById('picture').dispatchEvent(new WheelEvent('wheel', {deltaY: -90}))");
    assertFalse(moved.equals(browser.run(place)));
    browser.click("#fit");
    assertEquals(fitted, browser.run(place));
  }

  @Test
  void coloursAndLettersChangeByKey() {
    WebDriver browser = load(twice());
    press(browser, "cc");
    assertEquals("gradient", browser.run("return document.getElementById('colour').value"));
    assertEquals(1, browser.count("#slot-v5.size6"));
    press(browser, "c");
    assertEquals("time", browser.run("return document.getElementById('colour').value"));
    assertEquals(1, browser.count("#slot-v0.size1"));
    String width = "return document.querySelector('#slot-v0 .shape').getAttribute('width')";
    double before = Double.parseDouble(browser.run(width));
    press(browser, "l");
    assertEquals(1.4 * before, Double.parseDouble(browser.run(width)), 1e-6);
    press(browser, "s");
    assertEquals("true", browser.run("return String(document.getElementById('panel').hidden)"));
  }

  @Test
  void parametersAreListedWithTheirPathsOnce() {
    Variable x = Variable.constant(Tensor.ones(1, 2));
    WebDriver browser =
        load(Graph.of(new Sequential(new Linear(2, 2), new Linear(2, 1)).call(x).sum()));
    String panel = browser.text("#panel");
    assertTrue(panel.contains("Sequential.1.weight"), panel);
    assertFalse(panel.contains("1.1.weight"), panel);
  }

  @Test
  void playWalksByItselfAndPauses() {
    WebDriver browser = load(twice());
    String time = "return document.getElementById('time').value";
    press(browser, " ");
    assertEquals("0", browser.run(time));
    assertTrue(browser.text("#play").contains("Pause"));
    browser.await("document.getElementById('time').value > 0");
    browser.click("#play");
    assertTrue(browser.text("#play").contains("Play"));
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

  @Test
  void theKeysAreListed() {
    WebDriver browser = load(twice());
    press(browser, "?");
    assertEquals("true", browser.run("return String(document.getElementById('help').open)"));
    assertTrue(browser.count("#keys div") > 20);
  }
}
