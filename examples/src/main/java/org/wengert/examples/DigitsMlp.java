package org.wengert.examples;

import static org.wengert.examples.Text.say;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Tensor;
import org.wengert.train.data.Sample;
import org.wengert.train.estimator.MLPClassifier;
import org.wengert.train.metric.ConfusionMatrix;
import org.wengert.train.plot.Curves;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Handwritten digits by `MLPClassifier` with its defaults: what needs a loop elsewhere is a `fit`.
@Command(
    name = "DigitsMlp",
    sortOptions = false,
    description = "Reads handwritten digits with MLPClassifier as it is by default.")
public final class DigitsMlp implements Callable<Integer> {
  @Mixin private final DigitSource source = new DigitSource(5_000, 5);
  @Mixin private final Options options = new Options();

  /// A run that has not begun; [#main] gives it its options.
  public DigitsMlp() {}

  /// The command line. Holds state: picocli fills the fields.
  static final class Options extends ExampleOptions {
    @Option(
        names = "--epochs",
        paramLabel = "N",
        defaultValue = "200",
        description = "the most passes over the data; default ${DEFAULT-VALUE}")
    private int epochs;

    /// Options that are their defaults until picocli fills them in.
    Options() {
      super(Path.of("target", "digits-mlp"));
    }

    @Override
    void check() {
      requireAtLeastOne("--epochs", epochs);
    }
  }

  /// Runs the example; the exit code is 2 if arguments or data are bad.
  public static void main(String[] args) {
    System.exit(Launcher.run(new DigitsMlp(), args));
  }

  @Override
  public Integer call() throws IOException {
    options.prepare();
    DigitSource.Parts digits = source.read(new Rng(options.seed()));
    Sample seen = digits.train().all();
    Sample unseen = digits.test().all();
    say("%,d digits to learn from, %,d for the test", seen.input().size(0), unseen.input().size(0));
    var defaults = MLPClassifier.defaults().randomState(options.seed()).maxIter(options.epochs);
    var model = new MLPClassifier<Integer>(defaults);
    model.fit(rows(seen), MLPClassifier.labels(seen.target()));
    List<Integer> predicted = model.predict(rows(unseen));
    var matrix = new ConfusionMatrix(model.classes().size());
    matrix.add(Tensor.of(predicted.stream().mapToInt(digit -> digit).toArray()), unseen.target());
    say("%n%s", matrix);
    Path picture = options.out().resolve("loss.svg");
    Curves.of("MLPClassifier")
        .axes("epoch", "loss")
        .logarithmic()
        .line("", model.lossCurve())
        .save(picture);
    say("%s   the loss of each epoch", picture);
    say(
        "%d epochs, loss %.6f, test accuracy %.2f %%",
        model.nIter(), model.loss(), 100 * matrix.value());
    return 0;
  }

  /// The images as rows of pixels.
  private static Tensor rows(Sample digits) {
    return digits.input().reshape(digits.input().size(0), -1);
  }
}
