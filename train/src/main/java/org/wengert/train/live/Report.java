package org.wengert.train.live;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.wengert.graph.Graph;
import org.wengert.graph.Vertex;
import org.wengert.nn.Module; // a single-type import, because there is a java.lang.Module
import org.wengert.train.History;
import org.wengert.train.plot.Plot;

/// A fit as one HTML file that needs nothing else: curves, the table of epochs, the model, and what
/// one adds: options, pictures, the operations of a graph. It can be opened from the disk, mailed
/// and kept. Immutable.
///
/// ```java
/// Report.write(history, model, Path.of("report.html"));
/// Report.of(history, model).option("seed", 1).picture("confusion", plot).write(path);
/// ```
public final class Report {
  private final String title;
  private final History history;
  private final SequencedMap<String, String> options;
  private final SequencedMap<String, String> texts;
  private final SequencedMap<String, Plot> pictures;

  private Report(
      String title,
      History history,
      SequencedMap<String, String> options,
      SequencedMap<String, String> texts,
      SequencedMap<String, Plot> pictures) {
    this.title = title;
    this.history = history;
    this.options = options;
    this.texts = texts;
    this.pictures = pictures;
  }

  /// Writes the report of a fit.
  ///
  /// @throws UncheckedIOException if the file cannot be written
  public static void write(History history, Module model, Path file) {
    of(history, model).write(file);
  }

  /// A report of a fit, to which more can be added.
  public static Report of(History history, Module model) {
    SequencedMap<String, String> texts = new LinkedHashMap<>();
    texts.put("Model", model.toString());
    texts.put("Parameters", parameters(model));
    return new Report(
        RunPage.title(model), history, new LinkedHashMap<>(), texts, new LinkedHashMap<>());
  }

  private static String parameters(Module model) {
    StringBuilder lines = new StringBuilder();
    long count = 0;
    for (var parameter : model.namedParameters().entrySet()) {
      var value = parameter.getValue().value();
      count += value.count();
      lines.append(parameter.getKey()).append("  ").append(value.shape()).append('\n');
    }
    return lines + String.format(Locale.ROOT, "%,d in all", count);
  }

  /// This with another title than the model's class.
  public Report title(String title) {
    return new Report(title, history, options, texts, pictures);
  }

  /// This with an option of the run, such as its seed.
  public Report option(String name, Object value) {
    SequencedMap<String, String> more = new LinkedHashMap<>(options);
    more.put(name, "" + value);
    return new Report(title, history, more, texts, pictures);
  }

  /// This with a summary of a graph: how many values it has, and of which operations.
  public Report graph(Graph graph) {
    TreeMap<String, Integer> counts = new TreeMap<>();
    for (Vertex vertex : graph.vertices()) {
      if (vertex instanceof Vertex.Operation operation) {
        counts.merge(operation.op().label(), 1, Integer::sum);
      }
    }
    StringBuilder lines = new StringBuilder(graph.vertices().size() + " values\n");
    counts.forEach((op, count) -> lines.append(count).append(" × ").append(op).append('\n'));
    return text("Graph of " + graph.output().label(), lines.toString().stripTrailing());
  }

  /// This with a text as it is.
  public Report text(String name, String text) {
    SequencedMap<String, String> more = new LinkedHashMap<>(texts);
    more.put(name, text);
    return new Report(title, history, options, more, pictures);
  }

  /// This with a picture.
  public Report picture(String name, Plot plot) {
    SequencedMap<String, Plot> more = new LinkedHashMap<>(pictures);
    more.put(name, plot);
    return new Report(title, history, options, texts, more);
  }

  /// Writes the file, and the folder if there is none.
  ///
  /// @throws UncheckedIOException if it cannot be written
  public void write(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, html());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private String html() {
    Progress progress = Progress.of(history);
    SequencedMap<String, Picture> images = new LinkedHashMap<>();
    pictures.forEach((name, plot) -> images.put(name, Picture.of(plot)));
    progress.show(images);
    JsonObject data = progress.since(Progress.Seen.NOTHING).json();
    data.addProperty("allSteps", 0);
    JsonArray all = new JsonArray();
    if (!options.isEmpty()) {
      StringBuilder lines = new StringBuilder();
      options.forEach((name, value) -> lines.append(name).append(" = ").append(value).append('\n'));
      all.add(text(lines.toString().stripTrailing()));
    }
    texts.forEach((name, value) -> all.add(json(name, value)));
    data.add("texts", all);
    return RunPage.of(title, data, "'none'");
  }

  private static JsonObject text(String options) {
    return json("Options", options);
  }

  private static JsonObject json(String name, String value) {
    JsonObject text = new JsonObject();
    text.addProperty("name", name);
    text.addProperty("text", value);
    return text;
  }
}
