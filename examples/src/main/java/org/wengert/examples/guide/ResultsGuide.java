package org.wengert.examples.guide;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.wengert.Autograd;
import org.wengert.Variable;
import org.wengert.graph.Graph;
import org.wengert.nn.CrossEntropyLoss;
import org.wengert.nn.Module; // a single-type import, because there is a java.lang.Module
import org.wengert.optim.Adam;
import org.wengert.tensor.Tensor;
import org.wengert.train.History;
import org.wengert.train.Trainer;
import org.wengert.train.data.Sample;
import org.wengert.train.live.LivePage;
import org.wengert.train.live.Report;
import org.wengert.train.log.CsvLog;
import org.wengert.train.log.EpochTable;
import org.wengert.train.log.JsonLog;
import org.wengert.train.log.ProgressBar;
import org.wengert.train.log.TensorBoardLog;
import org.wengert.train.metric.Accuracy;
import org.wengert.train.metric.ConfusionMatrix;
import org.wengert.train.plot.Curves;
import org.wengert.train.plot.DecisionBoundary;
import org.wengert.train.plot.HeatMap;
import org.wengert.train.plot.Histogram;
import org.wengert.train.plot.Plot;

/// The code of the guide's page on results.
public final class ResultsGuide {
  private ResultsGuide() {}

  /// Runs the page.
  public static void main(String[] args) throws IOException {
    Path folder = Files.createTempDirectory("results");
    try {
      fit(folder);
      try (Stream<Path> files = Files.list(folder)) {
        files.map(file -> file.getFileName().toString()).sorted().forEach(System.out::println);
      }
    } finally {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static void fit(Path folder) throws IOException {
    // region: fit
    Module model = TrainerGuide.model();
    Sample points = TrainerGuide.SPLIT.test(TrainerGuide.MOONS).all();
    LivePage page =
        new LivePage()
            .showing(
                "regions", () -> DecisionBoundary.of("", model, points.input(), points.target()));
    TensorBoardLog board = new TensorBoardLog(folder.resolve("tensorboard"), true);
    History history =
        Trainer.defaults()
            .epochs(5)
            .validation(TrainerGuide.validation())
            .metrics(Accuracy::new)
            .callbacks(
                new ProgressBar(), // on standard error
                new EpochTable(System.err),
                new CsvLog(folder.resolve("epochs.csv")),
                new JsonLog(folder.resolve("log.jsonl")),
                board,
                page)
            .fit(
                model,
                new CrossEntropyLoss(),
                new Adam(model.parameters(), 0.01),
                TrainerGuide.train());
    // end region
    Plot confusion = plots(folder, model, history, points);
    report(folder, model, history, confusion);
    board(board, model, points, confusion);
  }

  private static Plot plots(Path folder, Module model, History history, Sample points) {
    // region: plots
    Curves.of(history, "Moons").save(folder.resolve("curves.svg"));
    DecisionBoundary.of("Regions", model, points.input(), points.target())
        .save(folder.resolve("regions.png"));
    Histogram.weights(model).save(folder.resolve("weights.png"));

    ConfusionMatrix matrix = new ConfusionMatrix(List.of("upper", "lower"));
    Tensor scores = Autograd.noGrad(() -> model.call(Variable.constant(points.input())).value());
    matrix.add(scores, points.target());
    Plot confusion = HeatMap.confusion("Which moon is taken for which", matrix);
    confusion.save(folder.resolve("confusion.png"));
    // end region
    return confusion;
  }

  private static void report(Path folder, Module model, History history, Plot confusion) {
    // region: report
    Report.of(history, model)
        .title("Moons")
        .option("learning rate", 0.01)
        .picture("confusion", confusion)
        .write(folder.resolve("report.html"));
    // end region
  }

  private static void board(TensorBoardLog board, Module model, Sample points, Plot confusion) {
    // region: tensorboard
    board.events().image("confusion", 75, confusion);
    board.events().text("remark", 75, "learned from 450 points, **judged** by 150");
    board.events().graph(Graph.of(model.call(Variable.constant(points.input()))));
    // end region
  }
}
