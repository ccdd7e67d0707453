package org.wengert.train.live;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.wengert.StateException;
import org.wengert.nn.Linear;
import org.wengert.optim.SGD;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Rng;
import org.wengert.train.EpochReport;
import org.wengert.train.History;
import org.wengert.train.Plan;
import org.wengert.train.StepReport;
import org.wengert.train.plot.Curves;

class LivePageTest {
  private final List<String> messages = new ArrayList<>();
  private final LivePage page = new LivePage(0, messages::add);
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void end() {
    page.close();
    client.close();
  }

  private static StepReport step(int number) {
    return new StepReport(number, 1, number, 1_000_000, 8, 1.0 / number, 0.1, Double.NaN);
  }

  private static EpochReport epoch(int number) {
    return new EpochReport(
        number, 9, number, 0.5, new LinkedHashMap<>(), 0.6, new LinkedHashMap<>(), 0.1, 1);
  }

  private void begin() {
    Linear model = new Linear(2, 1, new Rng(1));
    SGD optimizer = new SGD(model.parameters(), SGD.Options.defaults().learningRate(0.1));
    page.beforeFit(new Plan(model, optimizer, 9, 100, 0, History.empty()));
  }

  private <T> HttpResponse<T> get(String path, HttpResponse.BodyHandler<T> handler)
      throws IOException, InterruptedException {
    URI address = page.address().resolve(path);
    return client.send(HttpRequest.newBuilder(address).build(), handler);
  }

  /// Answers to a request as it is given, first line only.
  private String raw(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", page.address().getPort())) {
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      return new String(socket.getInputStream().readNBytes(12), US_ASCII);
    }
  }

  @Test
  void thePageIsWholeAndForbidsWhateverIsForeign() throws Exception {
    begin();
    assertEquals(List.of("live page: " + page.address()), messages);
    HttpResponse<String> response = get("", HttpResponse.BodyHandlers.ofString());
    assertEquals(200, response.statusCode());
    assertTrue(response.body().contains("default-src 'none'"), response.body());
    assertFalse(response.body().contains("{{"), "a part was left out");
    assertEquals("nosniff", response.headers().firstValue("X-Content-Type-Options").orElse(""));
    assertTrue(response.headers().firstValue("Access-Control-Allow-Origin").isEmpty());
    assertEquals(404, get("x", HttpResponse.BodyHandlers.ofString()).statusCode());
  }

  @Test
  void onlyThisMachineIsServedAndOnlyUnderItsOwnName() throws Exception {
    begin();
    int port = page.address().getPort();
    assertTrue(InetAddress.getByName(page.address().getHost()).isLoopbackAddress());
    assertEquals("HTTP/1.1 200", raw("GET / HTTP/1.1\r\nHost: localhost:" + port + "\r\n\r\n"));
    assertEquals("HTTP/1.1 403", raw("GET / HTTP/1.1\r\nHost: evil.example:" + port + "\r\n\r\n"));
    assertEquals("HTTP/1.1 403", raw("GET /events HTTP/1.1\r\nHost: evil.example\r\n\r\n"));
    assertEquals("HTTP/1.1 403", raw("GET / HTTP/1.1\r\n\r\n"));
    assertEquals(
        "HTTP/1.1 405",
        raw("POST / HTTP/1.1\r\nHost: localhost:" + port + "\r\nContent-Length: 0\r\n\r\n"));
  }

  @Test
  void aBrowserGetsWhatWasWhatComesAndTheEnd() throws Exception {
    begin();
    page.afterStep(step(1));
    HttpResponse<InputStream> events = get("events", HttpResponse.BodyHandlers.ofInputStream());
    Thread trainer =
        Thread.ofVirtual()
            .start(
                () -> {
                  page.afterStep(step(2));
                  page.afterEpoch(epoch(1));
                  page.afterFit(new History(List.of(), List.of(), "9 epochs <done>"));
                });
    String all = new String(events.body().readAllBytes(), StandardCharsets.UTF_8);
    trainer.join();
    List<JsonObject> news =
        all.lines()
            .filter(line -> line.startsWith("data: "))
            .map(line -> JsonParser.parseString(line.substring(6)).getAsJsonObject())
            .toList();
    assertTrue(news.getFirst().get("fresh").getAsBoolean());
    assertEquals(
        List.of(1, 2),
        news.stream()
            .flatMap(n -> n.getAsJsonArray("steps").asList().stream())
            .map(s -> s.getAsJsonObject().get("step").getAsInt())
            .toList());
    assertEquals(1, news.stream().mapToInt(n -> n.getAsJsonArray("epochs").size()).sum());
    assertEquals("9 epochs <done>", news.getLast().get("end").getAsString());
    assertThrows(StateException.class, page::address);
  }

  @Test
  void aFitDoesNotWaitForAClientThatNeverReads() throws Exception {
    AtomicInteger painted = new AtomicInteger();
    page.showing(
        "curve " + "x".repeat(100_000),
        () -> {
          painted.incrementAndGet();
          return Curves.of("").size(200, 100);
        });
    begin();
    int port = page.address().getPort();
    try (Socket silent = new Socket("127.0.0.1", port)) {
      silent.setReceiveBufferSize(1_024);
      String request = "GET /events HTTP/1.1\r\nHost: localhost:" + port + "\r\n\r\n";
      silent.getOutputStream().write(request.getBytes(US_ASCII));
      assertEquals("HTTP", new String(silent.getInputStream().readNBytes(4), US_ASCII));
      for (int i = 1; i <= 100; i++) { // 10 MB of news, far more than a socket holds
        page.afterStep(step(i));
        page.afterEpoch(epoch(i));
      }
      page.afterFit(History.empty());
    }
    assertEquals(100, painted.get());
    assertThrows(StateException.class, page::address);
  }

  @Test
  void picturesAreNotPaintedForNobodyButAtTheEnd() throws Exception {
    AtomicInteger painted = new AtomicInteger();
    page.untilClosed()
        .showing("fails", () -> Curves.of("").size(0, 0))
        .showing(
            "works",
            () -> {
              painted.incrementAndGet();
              return Curves.of("").size(200, 100);
            });
    begin();
    for (int i = 1; i <= 5; i++) {
      page.afterStep(step(i));
      page.afterEpoch(epoch(i));
    }
    assertEquals(0, painted.get());
    page.afterFit(new History(List.of(), List.of(), "done"));
    assertEquals(1, painted.get());
    String all = get("events", HttpResponse.BodyHandlers.ofString()).body();
    JsonObject news = JsonParser.parseString(all.substring(all.indexOf('{'))).getAsJsonObject();
    assertEquals("done", news.get("end").getAsString());
    List<JsonObject> pictures =
        news.getAsJsonArray("pictures").asList().stream()
            .map(JsonElement::getAsJsonObject)
            .toList();
    String problem = pictures.get(0).get("problem").getAsString();
    assertTrue(problem.contains("curves in 0 × 0 pixels"), problem);
    assertTrue(pictures.get(1).has("png"));
  }

  @Test
  void aPageThatIsKeptIsServedUntilItIsClosed() throws Exception {
    page.untilClosed();
    begin();
    URI address = page.address();
    page.afterFit(History.empty());
    assertEquals(200, get("", HttpResponse.BodyHandlers.ofString()).statusCode());
    page.close();
    assertThrows(ConnectException.class, () -> new Socket("127.0.0.1", address.getPort()).close());
  }

  @Test
  void aPageSaysWhatEndedItsFit() throws Exception {
    page.untilClosed();
    begin();
    page.afterFailure(new IllegalStateException("boom"));
    String all = get("events", HttpResponse.BodyHandlers.ofString()).body();
    assertTrue(all.contains("\"end\":\"ended by java.lang.IllegalStateException: boom\""), all);
  }

  @Test
  void aPortInUseIsSaidWithWhatToDo() {
    begin();
    LivePage second = new LivePage(page.address().getPort(), messages::add);
    Linear model = new Linear(2, 1, new Rng(1));
    SGD optimizer = new SGD(model.parameters(), SGD.Options.defaults().learningRate(0.1));
    Plan plan = new Plan(model, optimizer, 9, 100, 0, History.empty());
    String problem = assertThrows(OptionException.class, () -> second.beforeFit(plan)).getMessage();
    assertTrue(
        problem.matches(
            "cannot serve a page on port \\d+: .*\n  hint: take another port, or 0 for a free one"),
        problem);
  }

  @Test
  void afterTheFitNobodyListens() throws Exception {
    begin();
    URI address = page.address();
    page.afterFit(History.empty());
    assertThrows(ConnectException.class, () -> new Socket("127.0.0.1", address.getPort()).close());
    begin();
    assertEquals(200, get("", HttpResponse.BodyHandlers.ofString()).statusCode());
  }

  @Test
  void aFitThatFailedKeepsNoProgramAlive() {
    begin();
    assertTrue(
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("HTTP-Dispatcher"))
            .allMatch(Thread::isDaemon));
  }

  @Test
  void ofVeryManyStepsSomeAreKeptUpToTheLast() {
    Progress progress = new Progress();
    for (int i = 1; i <= 100_000; i++) {
      progress.add(step(i));
    }
    Progress.News news = progress.since(Progress.Seen.NOTHING);
    int count = news.json().getAsJsonArray("steps").size();
    assertTrue(count > 1_000 && count <= 4_000, "" + count);
    assertTrue(news.seen().step() > 99_900, "" + news.seen());
    assertFalse(progress.since(news.seen()).any());
  }

  @Test
  void aPortMustBeOne() {
    assertThrows(OptionException.class, () -> new LivePage(70_000, messages::add));
  }
}
