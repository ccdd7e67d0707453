package org.wengert.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.wengert.Autograd;
import org.wengert.Leaf;
import org.wengert.NonFiniteException;
import org.wengert.Scope;
import org.wengert.Variable;
import org.wengert.examples.browser.WebDriver;
import org.wengert.graph.Graph;

/// The first number that is not finite, in the page.
class NonFiniteInBrowser extends Browsing {
  @Test
  void whatIsNotFiniteIsFoundFirst() {
    Leaf x = Variable.of(-1.0).named("x");
    WebDriver browser =
        load(
            Graph.of(
                x.exp().add(Scope.named("part", () -> x.log().named("bad").mul(x))).named("y")));
    assertEquals("bad", browser.text("#panel h2"));
    assertTrue(browser.text("#nonfinite").contains("not finite"));
    assertTrue(browser.has("#slot-v2", "bad"));
    assertFalse(browser.has("#slot-v1", "bad"));
    assertTrue(browser.has("#slot-v2 .value", "bad"));
    assertFalse(browser.has("#slot-v2 .gradient", "bad"));
    press(browser, ESCAPE + "f");
    assertTrue(browser.has("#slot-b1", "bad"));
    press(browser, "x");
    assertTrue(browser.has("#slot-v2", "selected"));
  }

  @Test
  void whatDebuggingFoundIsShownInWords() throws IOException {
    Leaf x = Variable.of(-1.0).named("x");
    WebDriver browser = load(found(() -> Scope.named("loss", () -> x.add(1.0).log()).mul(2.0)));
    assertEquals("⚠ log", browser.text("#slot-v3 .title"));
    assertTrue(browser.has("#slot-v3", "selected"));
    assertTrue(browser.has("#slot-v3", "culprit"));
    assertEquals(1, browser.count(".culprit"));
    String panel = browser.text("#panel .finding");
    assertTrue(panel.contains("v3: the first value here that is not finite"), panel);
    assertTrue(panel.contains("part 'loss': log: the result has -Infinity, at NonFinite"), panel);
    assertTrue(panel.contains("input 0  () 0.0"), panel);
    assertTrue(panel.contains("hint: keep the operand above 0"), panel);
    browser.screenshot(Path.of("target", "screenshots", "culprit-forward.png"));
  }

  @Test
  void aDerivativeThatIsNotFiniteIsShownWhereItArises() throws IOException {
    Leaf x = Variable.of(3.0, 0.0).named("x");
    WebDriver browser = load(found(() -> x.mul(2.0).sqrt().named("root").sum().backward()));
    assertTrue(browser.has("#slot-v3", "culprit"));
    assertTrue(browser.has("#slot-v3", "selected"));
    assertFalse(browser.has("#slot-v3", "bad"));
    assertTrue(browser.has("#slot-v0", "bad"));
    String panel = browser.text("#panel .finding");
    assertTrue(panel.contains("root: its derivative is the first that is not finite"), panel);
    assertTrue(panel.contains("sqrt: the gradient of input 0 has Infinity in 1 of 2"), panel);
    browser.screenshot(Path.of("target", "screenshots", "culprit-backward.png"));
  }

  @Test
  void whatIsNotFiniteIsCountedAmongAll() {
    Leaf x = Variable.of(1.0, 0.0).named("x");
    WebDriver browser = load(found(() -> x.log()));
    assertEquals("1 of 2 not finite", browser.text("#slot-v1 .value"));
    String panel = browser.text("#panel");
    assertTrue(panel.contains("= 1 of 2 not finite"), panel);
    assertFalse(panel.contains("∂v1/∂v1"), panel);
  }

  private static Graph found(Runnable work) {
    return Graph.of(assertThrows(NonFiniteException.class, () -> Autograd.debug(work)));
  }
}
