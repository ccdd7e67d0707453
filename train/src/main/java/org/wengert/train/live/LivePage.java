package org.wengert.train.live;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.wengert.StateException;
import org.wengert.tensor.OptionException;
import org.wengert.train.Callback;
import org.wengert.train.EpochReport;
import org.wengert.train.History;
import org.wengert.train.Plan;
import org.wengert.train.StepReport;
import org.wengert.train.plot.Plot;

/// A page in the browser that shows a fit while it runs: curves, the table of epochs, and pictures
/// that are painted anew after each epoch. It is served on this machine alone, for as long as the
/// fit runs; an open page keeps what it has. The fit never waits for a browser: it adds to a list,
/// and whoever looks at the page is sent what is new by a thread of his own, however slowly.
///
/// Holds state, the server and what it shows; to be used for one fit at a time.
///
/// ```java
/// LivePage page = new LivePage().showing("boundary", () -> DecisionBoundary.of("", model, x, y));
/// trainer.callbacks(page).fit(model, loss, optimizer, loader);
/// ```
public final class LivePage
    implements Callback.BeforeFit,
        Callback.AfterStep,
        Callback.AfterEpoch,
        Callback.AfterFit,
        AutoCloseable {
  private final int port;
  private final Consumer<String> messages;
  private final SequencedMap<String, Supplier<? extends Plot>> pictures = new LinkedHashMap<>();
  private Progress progress = new Progress();
  private @Nullable PageServer server;

  /// On any free port; the address is written to the standard error stream.
  public LivePage() {
    this(0, System.err::println);
  }

  /// On some port.
  ///
  /// @param port 0 for a free one
  /// @param messages who is told the address
  /// @throws OptionException if there is no such port
  public LivePage(int port, Consumer<String> messages) {
    if (port < 0 || port > 0xFFFF) {
      throw new OptionException("port " + port).hint("take 1024 to 65535, or 0 for a free one");
    }
    this.port = port;
    this.messages = messages;
  }

  /// Adds a picture that is painted after each epoch, by the thread that trains; returns this page.
  public LivePage showing(String name, Supplier<? extends Plot> picture) {
    pictures.put(name, picture);
    return this;
  }

  /// Where the page is.
  ///
  /// @throws StateException if no fit is running
  public URI address() {
    if (server == null) {
      throw new StateException("no fit is running, so there is no page")
          .hint("ask after fit(..) has begun");
    }
    return server.address();
  }

  @Override
  public void beforeFit(Plan plan) {
    close();
    progress = new Progress();
    plan.before().steps().forEach(progress::add);
    plan.before().epochs().forEach(progress::add);
    JsonObject empty = new JsonObject();
    for (String list : new String[] {"steps", "epochs", "pictures", "texts"}) {
      empty.add(list, new JsonArray());
    }
    empty.addProperty("allSteps", (long) plan.epochs() * plan.batches());
    empty.addProperty("live", true);
    String title = plan.model().getClass().getSimpleName();
    server = PageServer.start(port, RunPage.of(title, empty, "'self'"), progress);
    messages.accept("live page: " + server.address());
  }

  @Override
  public void afterStep(StepReport step) {
    progress.add(step);
  }

  @Override
  public void afterEpoch(EpochReport epoch) {
    progress.add(epoch);
    if (!pictures.isEmpty()) {
      SequencedMap<String, byte[]> painted = new LinkedHashMap<>();
      pictures.forEach((name, picture) -> painted.put(name, picture.get().png()));
      progress.show(painted);
    }
  }

  @Override
  public void afterFit(History history) {
    progress.finish(history.end());
    close();
  }

  /// Ends the page, also after a fit that failed; a program that ends need not call this.
  @Override
  public void close() {
    if (server != null) {
      progress.finish("");
      server.close();
      server = null;
    }
  }
}
