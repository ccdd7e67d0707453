package org.wengert.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.wengert.examples.browser.WebDriver;
import org.wengert.graph.Graph;

/// What tests of pages in a browser share: one browser for each class, and keys.
abstract class Browsing {
  static final String SHIFT = "\uE008";
  static final String ENTER = "\uE007";
  static final String HOME = "\uE011";
  static final String END = "\uE010";
  static final String LEFT = "\uE012";
  static final String BACKSPACE = "\uE003";
  static final String ESCAPE = "\uE00C";

  @TempDir static Path folder;
  private static Optional<WebDriver> started = Optional.empty();

  @BeforeAll
  static void start() throws IOException {
    started = WebDriver.start();
    String missing = "skipped: chromedriver and Chromium are not both on the path";
    if (started.isEmpty()) {
      System.out.println(missing);
    }
    Assumptions.assumeTrue(started.isPresent(), missing);
  }

  @AfterAll
  static void end() throws IOException {
    if (started.isPresent()) {
      started.get().close();
    }
  }

  /// The browser, which has nothing to report yet.
  static WebDriver browser() {
    WebDriver browser = started.orElseThrow();
    browser.log("browser");
    browser.requests();
    return browser;
  }

  static WebDriver load(Graph graph) {
    Path page = folder.resolve("graph.html");
    graph.html(page);
    WebDriver browser = browser();
    browser.load(page);
    assertEquals("true", browser.run("return document.documentElement.dataset.ready"));
    return browser;
  }

  static void press(WebDriver browser, String keys) {
    browser.type("#picture", keys);
  }
}
