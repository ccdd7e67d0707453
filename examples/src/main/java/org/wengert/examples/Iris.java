package org.wengert.examples;

import static org.wengert.examples.Text.say;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Tensor;
import org.wengert.train.estimator.CrossValidation;
import org.wengert.train.estimator.MLPClassifier;
import org.wengert.train.estimator.Pipeline;
import org.wengert.train.estimator.StandardScaler;
import org.wengert.train.metric.ConfusionMatrix;
import org.wengert.train.plot.Curves;
import org.wengert.train.plot.HeatMap;
import org.wengert.train.plot.Plot;
import org.wengert.train.read.Column;
import org.wengert.train.read.CsvData;
import org.wengert.train.read.CsvSchema;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// From a CSV file to a measured, saved model without a loop: which species an iris is of, by the
/// lengths and widths of its leaves, measured by cross-validation.
@Command(
    name = "Iris",
    sortOptions = false,
    description = "Tells irises apart, by cross-validation of a small network.")
public final class Iris implements Callable<Integer> {
  /// Mean and deviation of each measure in Fisher's data (1936), in the columns' order.
  private static final double[][] MEANS = {
    {5.006, 3.428, 1.462, 0.246}, {5.936, 2.770, 4.260, 1.326}, {6.588, 2.974, 5.552, 2.026}
  };

  private static final double[][] DEVIATIONS = {
    {0.352, 0.379, 0.174, 0.105}, {0.516, 0.314, 0.470, 0.198}, {0.636, 0.322, 0.552, 0.275}
  };

  private static final List<String> SPECIES = List.of("setosa", "versicolor", "virginica");

  @Mixin private final Options options = new Options();

  /// A run that has not begun; [#main] gives it its options.
  public Iris() {}

  /// The command line. Holds state: picocli fills the fields.
  static final class Options extends ExampleOptions {
    @Option(
        names = "--data",
        paramLabel = "FILE",
        description = "a CSV file with a header; default: irises invented by this program")
    private @Nullable Path data;

    @Option(
        names = "--label",
        paramLabel = "NAME",
        defaultValue = "species",
        description = "the column to be told; all others are numbers; default ${DEFAULT-VALUE}")
    private String label = "species";

    @Option(
        names = "--folds",
        paramLabel = "N",
        defaultValue = "5",
        description = "parts of the cross-validation; default ${DEFAULT-VALUE}")
    private int folds;

    /// Options that are their defaults until picocli fills them in.
    Options() {
      super(Path.of("target", "iris"));
    }

    @Override
    void check() {
      refuseUnless(folds >= 2, "--folds", folds, "at least 2");
    }
  }

  /// Runs the example; the exit code is 2 if arguments or data are bad.
  public static void main(String[] args) {
    System.exit(Launcher.run(new Iris(), args));
  }

  @Override
  public Integer call() throws IOException {
    options.prepare();
    Path file = options.data == null ? invented() : options.data;
    CsvData data = CsvSchema.of(Column.label(options.label)).withOtherNumbers().read(file);
    List<String> species = MLPClassifier.labels(data.targets(), data.classes());
    say(
        "%s: %d samples, %s, of %s",
        file.getFileName(), data.size(), data.features(), data.classes());
    measure(data.inputs(), species);
    return 0;
  }

  private Pipeline<List<String>, MLPClassifier<String>> model() {
    var network = MLPClassifier.defaults().maxIter(1_000).randomState(options.seed());
    return Pipeline.of(new StandardScaler(), new MLPClassifier<String>(network));
  }

  private void measure(Tensor x, List<String> species) throws IOException {
    double[] scores = CrossValidation.defaults().folds(options.folds).scores(model(), x, species);
    for (int fold = 0; fold < scores.length; fold++) {
      say("part %d of %d: %.1f %%", fold + 1, scores.length, 100 * scores[fold]);
    }
    double mean = Arrays.stream(scores).average().orElseThrow();
    say("accuracy by %d-fold cross-validation %.2f %%", scores.length, 100 * mean);

    var model = model().fit(x, species);
    var network = model.last();
    var matrix = new ConfusionMatrix(network.classes());
    matrix.add(numbers(model.predict(x), network), numbers(species, network));
    say("%nLearned from all, in %d epochs, and asked for the same:%n%s", network.nIter(), matrix);
    Path saved = options.out().resolve("iris.safetensors");
    model.save(saved);
    say("model: %s", saved);
    Path picture = options.out().resolve("iris.svg");
    Plot.row(
            HeatMap.confusion("Irises of these species", matrix),
            Curves.of("Learning from all").axes("epoch", "loss").line("", network.lossCurve()))
        .save(picture);
    say("picture: %s", picture);
  }

  private static Tensor numbers(List<String> labels, MLPClassifier<String> network) {
    return Tensor.of(labels.stream().mapToInt(network.classes()::indexOf).toArray());
  }

  /// 50 irises of each species, with the means and deviations of Fisher's.
  private Path invented() throws IOException {
    Rng random = new Rng(options.seed());
    StringBuilder text =
        new StringBuilder("species,sepal_length,sepal_width,petal_length,petal_width\n");
    for (int i = 0; i < 150; i++) {
      int kind = i / 50;
      text.append(SPECIES.get(kind));
      for (int column = 0; column < 4; column++) {
        double drawn = MEANS[kind][column] + DEVIATIONS[kind][column] * Rng.normal(random);
        text.append(',').append(Math.max(1, Math.round(10 * drawn)) / 10.0);
      }
      text.append('\n');
    }
    Path file = options.out().resolve("invented-irises.csv");
    Files.writeString(file, text);
    return file;
  }
}
