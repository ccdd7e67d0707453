package org.wengert.train.live;

import com.google.gson.Gson;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.wengert.tensor.OptionException;

/// Serves one page and its news on the loopback interface, by threads that keep no program alive.
///
/// A page elsewhere cannot read this one: requests must name this host (so that no name of theirs
/// can stand for it), and no response permits other origins. At most 16 pages get news at a time.
/// Each has a thread that waits for a slow browser; nothing is queued for it but where it was.
final class PageServer implements AutoCloseable {
  private static final int MOST_CLIENTS = 16;
  private static final int MILLISECONDS_BETWEEN_NEWS = 250;
  private static final int SECONDS_TO_SAY_GOODBYE = 1;
  private static final Gson GSON = new Gson();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore clients = new Semaphore(MOST_CLIENTS);
  private final byte[] page;
  private final Progress progress;

  private PageServer(HttpServer server, String page, Progress progress) {
    this.server = server;
    this.page = page.getBytes(StandardCharsets.UTF_8);
    this.progress = progress;
  }

  static PageServer start(int port, String page, Progress progress) {
    try {
      InetAddress here = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      HttpServer http = HttpServer.create(new InetSocketAddress(here, port), 0);
      PageServer started = new PageServer(http, page, progress);
      http.setExecutor(started.threads);
      http.createContext("/", started::answer);
      // The server's own thread is a daemon if the one that starts it is.
      Thread starter = Thread.ofPlatform().daemon().start(http::start);
      starter.join();
      return started;
    } catch (IOException e) {
      OptionException problem =
          new OptionException("cannot serve a page on port %d: %s".formatted(port, e.getMessage()));
      problem.addSuppressed(e);
      throw problem.hint("take another port, or 0 for a free one");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a page was to be served", e);
    }
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      if (!namesThisHost(exchange)) {
        refuse(exchange, 403);
      } else if (!exchange.getRequestMethod().equals("GET")) {
        refuse(exchange, 405);
      } else if (path.equals("/")) {
        head(exchange, "text/html; charset=utf-8");
        exchange.sendResponseHeaders(200, page.length);
        exchange.getResponseBody().write(page);
      } else if (path.equals("/events")) {
        news(exchange);
      } else {
        refuse(exchange, 404);
      }
    }
  }

  /// Whether a page listens.
  boolean hasClients() {
    return clients.availablePermits() < MOST_CLIENTS;
  }

  private boolean namesThisHost(HttpExchange exchange) {
    int port = server.getAddress().getPort();
    List<String> hosts = exchange.getRequestHeaders().getOrDefault("Host", List.of());
    return hosts.equals(List.of("127.0.0.1:" + port)) || hosts.equals(List.of("localhost:" + port));
  }

  private static void refuse(HttpExchange exchange, int code) throws IOException {
    exchange.sendResponseHeaders(code, -1);
  }

  private static void head(HttpExchange exchange, String type) {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", type);
    headers.set("Cache-Control", "no-store");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
  }

  private void news(HttpExchange exchange) throws IOException {
    if (!clients.tryAcquire()) {
      refuse(exchange, 503);
      return;
    }
    try {
      head(exchange, "text/event-stream");
      exchange.sendResponseHeaders(200, 0);
      send(exchange.getResponseBody());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      clients.release();
    }
  }

  /// Sends what is new until the end, or until the browser has gone, which a write reveals.
  private void send(OutputStream out) throws IOException, InterruptedException {
    Progress.Seen seen = Progress.Seen.NOTHING;
    while (true) {
      Progress.News news = progress.since(seen);
      seen = news.seen();
      String text = news.any() ? "data: " + GSON.toJson(news.json()) + "\n\n" : ":\n\n";
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
      if (news.last()) {
        return;
      }
      progress.await(MILLISECONDS_BETWEEN_NEWS);
    }
  }

  /// Pages that listen get the end; one that does not is left after a second.
  @Override
  public void close() {
    server.stop(SECONDS_TO_SAY_GOODBYE);
    threads.shutdownNow();
  }
}
