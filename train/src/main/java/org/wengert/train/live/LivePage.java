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
/// that are painted anew after each epoch while somebody looks, and at the end. It is served on
/// this machine alone, for as long as the fit runs, or until it is closed ([#untilClosed]); an open
/// page keeps what it has. The fit never waits for a browser: it adds to a list, and whoever looks
/// at the page is sent what is new by a thread of his own, however slowly. A picture that fails is
/// a remark on the page, not the end of the fit.
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
        Callback.AfterFailure,
        AutoCloseable {
  private final int port;
  private final Consumer<String> messages;
  private final SequencedMap<String, Supplier<? extends Plot>> pictures = new LinkedHashMap<>();
  private Progress progress = new Progress();
  private @Nullable PageServer server;
  private boolean untilClosed;
  private boolean painted = true;

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

  /// Adds a picture that is painted by the thread that trains, after each epoch while a page is
  /// open, at the next step when one is opened, and at the end; returns this page.
  public LivePage showing(String name, Supplier<? extends Plot> picture) {
    pictures.put(name, picture);
    return this;
  }

  /// Serves the page also after the fit, until it is closed, another fit begins or the program
  /// ends: for whoever comes late, or loads it again; returns this page.
  public LivePage untilClosed() {
    untilClosed = true;
    return this;
  }

  /// Where the page is.
  ///
  /// @throws StateException if no page is served
  public URI address() {
    if (server == null) {
      throw new StateException("no fit is running, so there is no page")
          .hint("ask after fit(..) has begun, or serve it untilClosed()");
    }
    return server.address();
  }

  /// Serves the page.
  ///
  /// @throws OptionException if the port is in use, or not for everybody
  @Override
  public void beforeFit(Plan plan) {
    close();
    painted = true;
    progress = new Progress();
    plan.before().steps().forEach(progress::add);
    plan.before().epochs().forEach(progress::add);
    JsonObject empty = new JsonObject();
    for (String list : new String[] {"steps", "epochs", "pictures", "texts"}) {
      empty.add(list, new JsonArray());
    }
    empty.addProperty("allSteps", (long) plan.epochs() * plan.batches());
    empty.addProperty("live", true);
    String title = RunPage.title(plan.model());
    server = PageServer.start(port, RunPage.of(title, empty, "'self'"), progress);
    messages.accept("live page: " + server.address());
  }

  @Override
  public void afterStep(StepReport step) {
    progress.add(step);
    paintIfSeen(); // for a page that was opened since the epoch
  }

  @Override
  public void afterEpoch(EpochReport epoch) {
    progress.add(epoch);
    painted = pictures.isEmpty();
    paintIfSeen();
  }

  private void paintIfSeen() {
    if (!painted && server != null && server.hasClients()) {
      paint();
    }
  }

  private void paint() {
    if (!painted) {
      SequencedMap<String, Picture> all = new LinkedHashMap<>();
      pictures.forEach((name, picture) -> all.put(name, Picture.of(picture)));
      progress.show(all);
      painted = true;
    }
  }

  @Override
  public void afterFit(History history) {
    paint();
    end(history.end());
  }

  /// Says on the page what ended the fit.
  @Override
  public void afterFailure(Throwable failure) {
    end("ended by " + failure);
  }

  private void end(String why) {
    progress.finish(why);
    if (!untilClosed) {
      close();
    }
  }

  /// Ends the page; a program that ends need not call this.
  @Override
  public void close() {
    if (server != null) {
      progress.finish("");
      server.close();
      server = null;
    }
  }
}
