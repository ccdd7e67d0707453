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
  void thePageOpensWithAllOfItInTheWindow() {
    Variable x = Variable.of(0.5).named("what is given");
    for (int part = 1; part <= 3; part++) {
      Variable given = x;
      x = Scope.named("part " + part, () -> steps(given));
    }
    WebDriver browser = load(Graph.of(x.named("y")));
    assertEquals(3, browser.count(".frame"));
    String outside =
        """
        const window = document.getElementById('picture').getBoundingClientRect();
        return String([...document.querySelectorAll('.card')].filter((card) => {
          const own = card.getBoundingClientRect();
          return own.left < window.left || own.right > window.right
              || own.top < window.top || own.bottom > window.bottom;
        }).length)""";
    assertEquals("0", browser.run(outside));
    press(browser, "w");
    assertFalse("0".equals(browser.run(outside)));
    press(browser, "w0");
    assertEquals("0", browser.run(outside));
  }

  private static Variable steps(Variable given) {
    Variable at = given;
    for (int step = 1; step <= 6; step++) {
      at = at.tanh().named("what step " + step + " gives");
    }
    return at;
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
  void theKeysAreListed() {
    WebDriver browser = load(twice());
    press(browser, "?");
    assertEquals("true", browser.run("return String(document.getElementById('help').open)"));
    assertTrue(browser.count("#keys div") > 20);
  }
}
