package org.wengert.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.wengert.examples.browser.WebDriver;
import org.wengert.nn.Linear;
import org.wengert.optim.SGD;
import org.wengert.tensor.Rng;
import org.wengert.train.EpochReport;
import org.wengert.train.History;
import org.wengert.train.Plan;
import org.wengert.train.StepReport;
import org.wengert.train.live.LivePage;
import org.wengert.train.live.Report;
import org.wengert.train.plot.Curves;

/// The page of a fit in a real browser, live and as a report: `mvn -Pbrowser`, see CONTRIBUTING.
class LiveInBrowser extends Browsing {
  private static final String HOSTILE = "<img src=x onerror=alert(1)>";
  private static final Path PICTURES = Path.of("target", "screenshots");

  private static StepReport step(int number) {
    double loss = 2.3 * Math.exp(-number / 200.0) * (1 + 0.3 * Math.sin(number * number));
    return new StepReport(number, 1, number, 100, 8, loss, 0.1 / number, Double.NaN);
  }

  private static EpochReport epoch(int number) {
    double loss = 2.3 * Math.exp(-number / 2.0);
    SequencedMap<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("accuracy", 1 - Math.exp(-number / 3.0));
    metrics.put(HOSTILE, number == 1 ? Double.NaN : 0.5);
    return new EpochReport(
        number, 6, 100L * number, loss, metrics, loss + 0.1, metrics, 0.1 / number, 1.5);
  }

  private static void learn(LivePage page, int from, int to) {
    for (int i = from; i <= to; i++) {
      page.afterStep(step(i));
      if (i % 100 == 0) {
        page.afterEpoch(epoch(i / 100));
      }
    }
  }

  /// What pages asked for; the browser's own start page is not ours.
  private static List<String> fetched(WebDriver browser) {
    return browser.requests().stream()
        .filter(url -> !url.startsWith("data:") && !url.startsWith("chrome"))
        .toList();
  }

  @Test
  void thePageGrowsWithTheFitAndEndsWithIt() throws IOException {
    WebDriver browser = browser();
    LivePage page =
        new LivePage(0, _ -> {})
            .showing(HOSTILE, () -> Curves.of("now").line("", List.of(3.0, 1.0)).size(400, 200));
    Linear model = new Linear(2, 1, new Rng(1));
    SGD optimizer = new SGD(model.parameters(), SGD.Options.defaults().learningRate(0.1));
    page.beforeFit(new Plan(model, optimizer, 6, 100, 0, History.empty()));
    learn(page, 1, 250);
    URI address = page.address();
    browser.load(address);
    browser.await("document.querySelectorAll('#epochs tbody tr').length === 2");
    learn(page, 251, 251);
    browser.await("document.querySelector('#pictures img')?.naturalWidth === 400");
    browser.screenshot(PICTURES.resolve("live.png"));
    learn(page, 252, 600);
    page.afterFit(new History(List.of(), List.of(), "6 epochs done"));
    browser.await("document.getElementById('state').textContent.endsWith('epochs done')");
    assertEquals("6", browser.run("return '' + document.querySelectorAll('tbody tr').length"));
    assertEquals("1", browser.run("return '' + document.querySelectorAll('img').length"));
    assertTrue(browser.text("#state").startsWith("step 600 of 600, loss "));
    assertEquals(List.of(), browser.log("browser"));
    assertTrue(
        fetched(browser).stream().allMatch(url -> url.startsWith(address.toString())), "foreign");
  }

  /// A server that breaks off, then has no room, then has all: what a page that was left alone for
  /// a while may meet.
  @Test
  void aPageTakesUpALostConnectionAgain() throws Exception {
    byte[] html;
    LivePage page = new LivePage(0, _ -> {});
    Linear model = new Linear(2, 1, new Rng(1));
    SGD optimizer = new SGD(model.parameters(), SGD.Options.defaults().learningRate(0.1));
    page.beforeFit(new Plan(model, optimizer, 6, 100, 0, History.empty()));
    try (page;
        InputStream in = page.address().toURL().openStream()) {
      html = in.readAllBytes();
    }
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    AtomicInteger visits = new AtomicInteger();
    server.createContext("/", exchange -> answer(exchange, 200, "text/html; charset=utf-8", html));
    server.createContext(
        "/events",
        exchange -> {
          int visit = visits.incrementAndGet();
          String end = visit == 3 ? ", \"end\": \"done at last\"" : "";
          String news = "data: {\"fresh\": true, \"steps\": [], \"epochs\": []" + end + "}\n\n";
          answer(exchange, visit == 2 ? 503 : 200, "text/event-stream", news.getBytes(UTF_8));
        });
    server.start();
    try {
      WebDriver browser = browser();
      browser.load(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"));
      browser.await("document.getElementById('state').textContent.endsWith('done at last')");
      assertEquals(3, visits.get());
    } finally {
      server.stop(0);
    }
  }

  private static void answer(HttpExchange exchange, int code, String type, byte[] content)
      throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(code, content.length);
      exchange.getResponseBody().write(content);
    }
  }

  @Test
  void theReportIsWholeAndFetchesNothing() throws IOException {
    WebDriver browser = browser();
    List<StepReport> steps = new ArrayList<>();
    List<EpochReport> epochs = new ArrayList<>();
    for (int i = 1; i <= 600; i++) {
      steps.add(step(i));
      if (i % 100 == 0) {
        epochs.add(epoch(i / 100));
      }
    }
    Path file = folder.resolve("report.html");
    Report.of(new History(steps, epochs, HOSTILE), new Linear(2, 3, new Rng(1)))
        .title(HOSTILE)
        .option("seed", 42)
        .picture("weights", Curves.of("w").size(300, 200))
        .write(file);
    browser.load(file);
    for (String scheme : List.of("dark", "light")) {
      browser.prefer(scheme);
      browser.screenshot(PICTURES.resolve("report-" + scheme + ".png"));
    }
    assertEquals(HOSTILE, browser.text("h1"));
    assertEquals("1", browser.run("return '' + document.querySelectorAll('img').length"));
    assertEquals("3", browser.run("return '' + document.querySelectorAll('.chart svg').length"));
    assertEquals(List.of(), browser.log("browser"));
    assertEquals(List.of(file.toUri().toString()), fetched(browser));
  }
}
