package org.wengert.examples.browser;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A browser that does what it is told: what the tests need of the W3C's protocol WebDriver, spoken
/// with ChromeDriver. Holds state: the driver's process and its session.
public final class WebDriver implements AutoCloseable {
  private static final List<String> BROWSERS =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final List<String> FLAGS =
      List.of(
          "--headless",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--force-device-scale-factor=1",
          "--window-size=1600,900");

  private final Process process;
  private final Path profile;
  private final HttpClient client = HttpClient.newHttpClient();
  private final String server;
  private String session = "";

  private WebDriver(Process process, Path profile, int port) {
    this.process = process;
    this.profile = profile;
    this.server = "http://127.0.0.1:" + port;
  }

  /// Starts a browser, if there are `chromedriver` and Chromium or Chrome on the path.
  public static Optional<WebDriver> start() throws IOException {
    Optional<String> driver = program(List.of("chromedriver"));
    Optional<String> browser = program(BROWSERS);
    if (driver.isEmpty() || browser.isEmpty()) {
      return Optional.empty();
    }
    Process process =
        new ProcessBuilder(driver.get(), "--port=0").redirectErrorStream(true).start();
    Path profile = Files.createTempDirectory("wengert-browser-");
    WebDriver started = new WebDriver(process, profile, port(process));
    started.session = "/session/" + started.open(browser.get(), profile);
    return Optional.of(started);
  }

  private static Optional<String> program(List<String> names) {
    for (String name : names) {
      for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
        Path file = Path.of(folder, name);
        if (Files.isExecutable(file)) {
          return Optional.of(file.toString());
        }
      }
    }
    return Optional.empty();
  }

  private static int port(Process process) throws IOException {
    BufferedReader said =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    Pattern started = Pattern.compile("started successfully on port (\\d+)");
    String line = said.readLine();
    while (line != null) {
      Matcher matcher = started.matcher(line);
      if (matcher.find()) {
        return Integer.parseInt(matcher.group(1));
      }
      line = said.readLine();
    }
    throw new IOException("chromedriver did not start");
  }

  private String open(String browser, Path profile) {
    JsonArray flags = new JsonArray();
    FLAGS.forEach(flags::add);
    flags.add("--user-data-dir=" + profile);
    JsonObject options = new JsonObject();
    options.addProperty("binary", browser);
    options.add("args", flags);
    JsonObject wanted = new JsonObject();
    wanted.add("goog:chromeOptions", options);
    wanted.add("goog:loggingPrefs", object("browser", "ALL", "performance", "ALL"));
    JsonObject capabilities = new JsonObject();
    capabilities.add("alwaysMatch", wanted);
    JsonObject body = new JsonObject();
    body.add("capabilities", capabilities);
    return post("/session", body).getAsJsonObject().get("sessionId").getAsString();
  }

  private static JsonObject object(String... keysAndValues) {
    JsonObject object = new JsonObject();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      object.addProperty(keysAndValues[i], keysAndValues[i + 1]);
    }
    return object;
  }

  private JsonElement post(String path, JsonObject body) {
    HttpRequest.BodyPublisher text = HttpRequest.BodyPublishers.ofString(body.toString());
    return answer(HttpRequest.newBuilder(URI.create(server + path)).POST(text).build());
  }

  private JsonElement answer(HttpRequest request) {
    try {
      HttpResponse<String> response =
          client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      JsonElement value = JsonParser.parseString(response.body()).getAsJsonObject().get("value");
      if (response.statusCode() != 200) {
        throw new IllegalStateException(request.uri() + ": " + value);
      }
      return value;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// Opens a page and waits until it is loaded.
  public void load(Path page) {
    load(page.toUri());
  }

  /// Opens an address and waits until its page is loaded.
  public void load(URI page) {
    post(session + "/url", object("url", page.toString()));
  }

  /// What a script returns, as text.
  public String run(String script) {
    JsonObject body = object("script", script);
    body.add("args", new JsonArray());
    JsonElement result = post(session + "/execute/sync", body);
    return result.isJsonNull() ? "null" : result.getAsString();
  }

  /// The text of the first element that a selector finds.
  public String text(String selector) {
    return run("return document.querySelector(`" + selector + "`).textContent");
  }

  /// Whether an element has a class.
  public boolean has(String selector, String name) {
    String classes = "document.querySelector(`" + selector + "`).classList";
    return Boolean.parseBoolean(run("return String(" + classes + ".contains('" + name + "'))"));
  }

  /// How many elements a selector finds.
  public int count(String selector) {
    return Integer.parseInt(
        run("return String(document.querySelectorAll(`" + selector + "`).length)"));
  }

  /// Clicks on an element with the mouse.
  public void click(String selector) {
    post(session + "/element/" + element(selector) + "/click", new JsonObject());
  }

  /// Types into an element; keys without letters are those of the WebDriver protocol.
  public void type(String selector, String keys) {
    post(session + "/element/" + element(selector) + "/value", object("text", keys));
  }

  private String element(String selector) {
    JsonObject query = object("using", "css selector", "value", selector);
    JsonObject found = post(session + "/element", query).getAsJsonObject();
    return found.get(found.keySet().iterator().next()).getAsString();
  }

  /// Makes the desktop a `dark` or `light` one.
  public void prefer(String scheme) {
    JsonArray features = new JsonArray();
    features.add(object("name", "prefers-color-scheme", "value", scheme));
    JsonObject parameters = new JsonObject();
    parameters.add("features", features);
    JsonObject body = object("cmd", "Emulation.setEmulatedMedia");
    body.add("params", parameters);
    post(session + "/goog/cdp/execute", body);
    awaitFrame();
  }

  /// Waits until something is true.
  public void await(String condition) {
    JsonObject body =
        object(
            "script",
            "const done = arguments[0];"
                + ("const look = () => (" + condition + ") ? done(null) : setTimeout(look, 20);")
                + "look();");
    body.add("args", new JsonArray());
    post(session + "/execute/async", body);
  }

  /// Waits until the page has been told and drawn.
  private void awaitFrame() {
    String frame = "requestAnimationFrame(() => requestAnimationFrame(() => done(null)))";
    JsonObject body = object("script", "const done = arguments[0]; " + frame);
    body.add("args", new JsonArray());
    post(session + "/execute/async", body);
  }

  /// What the browser has noted since it was asked last: `browser` for the console.
  public List<String> log(String type) {
    List<String> messages = new ArrayList<>();
    for (JsonElement entry : post(session + "/se/log", object("type", type)).getAsJsonArray()) {
      messages.add(entry.getAsJsonObject().get("message").getAsString());
    }
    return messages;
  }

  /// The addresses that were asked for since this was asked last.
  public List<String> requests() {
    List<String> addresses = new ArrayList<>();
    for (String message : log("performance")) {
      JsonObject event =
          JsonParser.parseString(message).getAsJsonObject().getAsJsonObject("message");
      if (event.get("method").getAsString().equals("Network.requestWillBeSent")) {
        JsonObject request = event.getAsJsonObject("params").getAsJsonObject("request");
        addresses.add(request.get("url").getAsString());
      }
    }
    return addresses;
  }

  /// Writes what is to be seen as PNG.
  public void screenshot(Path file) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server + session + "/screenshot")).GET().build();
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, Base64.getDecoder().decode(answer(request).getAsString()));
  }

  /// Ends browser and driver.
  @Override
  public void close() throws IOException {
    if (!session.isEmpty()) {
      answer(HttpRequest.newBuilder(URI.create(server + session)).DELETE().build());
    }
    process.destroy();
    try (var files = Files.walk(profile)) {
      File[] all = files.map(Path::toFile).toArray(File[]::new);
      Arrays.stream(all).sorted((a, b) -> b.compareTo(a)).forEach(File::delete);
    }
  }
}
