package org.wengert.examples;

import static org.wengert.examples.Text.say;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Tensor;
import org.wengert.train.data.BatchDataset;
import org.wengert.train.data.Digits;
import org.wengert.train.data.Sample;
import org.wengert.train.estimator.MLPClassifier;
import org.wengert.train.metric.ConfusionMatrix;
import org.wengert.train.read.LabelledImages;
import org.wengert.train.read.Mnist;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Handwritten digits by `MLPClassifier` with its defaults: what needs a loop elsewhere is a `fit`.
@Command(
    name = "DigitsMlp",
    sortOptions = false,
    description = "Reads handwritten digits with MLPClassifier as it is by default.")
public final class DigitsMlp implements Callable<Integer> {
  @Mixin private final Options options = new Options();

  /// A run that has not begun; [#main] gives it its options.
  public DigitsMlp() {}

  /// The command line. Holds state: picocli fills the fields.
  static final class Options extends ExampleOptions {
    @Option(
        names = "--data",
        paramLabel = "DIR",
        description = "a folder with MNIST's IDX files; default: painted by this program")
    private @Nullable Path data;

    @Option(
        names = "--samples",
        paramLabel = "N",
        defaultValue = "5000",
        description =
            "digits to paint, of which one in five is for the test; default ${DEFAULT-VALUE}")
    private int samples;

    @Option(
        names = "--epochs",
        paramLabel = "N",
        defaultValue = "200",
        description = "the most passes over the data; default ${DEFAULT-VALUE}")
    private int epochs;

    @Override
    void check() {
      refuseUnless(samples >= 50, "--samples", samples, "at least 50");
      requireAtLeastOne("--epochs", epochs);
    }
  }

  /// Runs the example; the exit code is 2 if arguments or data are bad.
  public static void main(String[] args) {
    System.exit(Launcher.run(new DigitsMlp(), args));
  }

  @Override
  public Integer call() throws IOException {
    options.check();
    if (options.data != null) {
      LabelledImages.Split digits = Mnist.read(options.data);
      learn(digits.train(), digits.test());
    } else {
      Rng random = new Rng(options.seed());
      int test = options.samples / 5;
      learn(Digits.paint(options.samples - test, random), Digits.paint(test, random));
    }
    return 0;
  }

  private void learn(BatchDataset<Sample> train, BatchDataset<Sample> test) throws IOException {
    Sample seen = all(train);
    Sample unseen = all(test);
    say("%,d digits to learn from, %,d for the test", train.size(), test.size());
    var defaults = MLPClassifier.defaults().randomState(options.seed()).maxIter(options.epochs);
    var model = new MLPClassifier<Integer>(defaults);
    model.fit(seen.input(), MLPClassifier.labels(seen.target()));
    List<Integer> predicted = model.predict(unseen.input());
    var matrix = new ConfusionMatrix(model.classes().size());
    matrix.add(Tensor.of(predicted.stream().mapToInt(digit -> digit).toArray()), unseen.target());
    say("%n%s", matrix);
    say(
        "%d epochs, loss %.6f, test accuracy %.2f %%",
        model.nIter(), model.loss(), 100 * matrix.value());
  }

  /// All samples as rows of pixels.
  private static Sample all(BatchDataset<Sample> digits) throws IOException {
    int[] indices = IntStream.range(0, digits.size()).toArray();
    Sample batch = digits.batch(indices);
    return new Sample(batch.input().reshape(digits.size(), -1), batch.target());
  }
}
