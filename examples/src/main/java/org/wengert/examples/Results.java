package org.wengert.examples;

import static org.wengert.examples.Text.say;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.wengert.nn.Module; // a single-type import, because there is a java.lang.Module
import org.wengert.train.Callback;
import org.wengert.train.History;
import org.wengert.train.live.LivePage;
import org.wengert.train.live.Report;
import org.wengert.train.log.EventFile;
import org.wengert.train.plot.Curves;
import org.wengert.train.plot.Plot;

/// What a training shows while it runs, and what it leaves: pictures, which `--live` shows in a
/// browser after each epoch, curves, and a report of one file. Holds state: which pictures.
final class Results {
  private final TrainingOptions options;
  private final String title;
  private final SequencedMap<String, Picture> pictures = new LinkedHashMap<>();

  /// A picture, and what it shows in words.
  private record Picture(String words, Supplier<? extends Plot> plot) {}

  /// Results without pictures yet.
  ///
  /// @param title of curves and report
  Results(TrainingOptions options, String title) {
    this.options = options;
    this.title = title;
  }

  /// Adds a picture, painted when it is asked for, and returns these.
  ///
  /// @param file the name of its file, which says whether it is PNG or SVG
  /// @param words what it shows
  Results showing(String file, String words, Supplier<? extends Plot> plot) {
    pictures.put(file, new Picture(words, plot));
    return this;
  }

  /// These callbacks, and with `--live` a page in the browser.
  Callback[] callbacks(Callback... others) {
    List<Callback> all = new ArrayList<>(List.of(others));
    if (options.live()) {
      LivePage page = new LivePage();
      pictures.forEach((file, picture) -> page.showing(name(file), picture.plot));
      all.add(page);
    }
    return all.toArray(Callback[]::new);
  }

  private static String name(String file) {
    return file.replaceAll("\\.[a-z]+$", "");
  }

  /// The pictures as they are now, for TensorBoard.
  void log(EventFile events, long step) {
    pictures.forEach((file, picture) -> events.image(name(file), step, picture.plot.get()));
  }

  /// Saves curves, pictures and report, and says where they are.
  void write(History history, Module model) {
    write(history, model, report -> report);
  }

  /// The same with more in the report.
  void write(History history, Module model, UnaryOperator<Report> more) {
    Report report = Report.of(history, model).title(title).option("--lr", options.learningRate());
    for (var option : options.all().entrySet()) {
      if (!option.getKey().equals("--lr")) { // one that was not given may depend on others
        report = report.option(option.getKey(), option.getValue());
      }
    }
    save("curves.svg", Curves.of(history, title), "how it learned");
    for (var picture : pictures.entrySet()) {
      Plot plot = picture.getValue().plot.get();
      save(picture.getKey(), plot, picture.getValue().words);
      report = report.picture(name(picture.getKey()), plot);
    }
    Path file = options.out().resolve("report.html");
    more.apply(report).write(file);
    say("%s   all of this in one page", file);
  }

  private void save(String name, Plot plot, String what) {
    Path file = options.out().resolve(name);
    plot.save(file);
    say("%s   %s", file, what);
  }
}
