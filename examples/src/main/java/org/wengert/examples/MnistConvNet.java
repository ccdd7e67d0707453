package org.wengert.examples;

import static org.wengert.examples.Text.say;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.wengert.Variable;
import org.wengert.graph.Graph;
import org.wengert.nn.CrossEntropyLoss;
import org.wengert.optim.LearningRateScheduler;
import org.wengert.optim.OneCycleLR;
import org.wengert.optim.Optimizer;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Tensor;
import org.wengert.train.Callback;
import org.wengert.train.Coach;
import org.wengert.train.EarlyStopping;
import org.wengert.train.Goal;
import org.wengert.train.History;
import org.wengert.train.Trainer;
import org.wengert.train.data.Augmentation;
import org.wengert.train.data.DataLoader;
import org.wengert.train.data.Dataset;
import org.wengert.train.data.Normalize;
import org.wengert.train.data.Sample;
import org.wengert.train.data.Split;
import org.wengert.train.data.TensorDataset;
import org.wengert.train.log.CsvLog;
import org.wengert.train.log.EpochTable;
import org.wengert.train.log.JsonLog;
import org.wengert.train.log.ProgressBar;
import org.wengert.train.log.TensorBoardLog;
import org.wengert.train.metric.Accuracy;
import org.wengert.train.metric.TopK;
import org.wengert.train.plot.Histogram;
import org.wengert.train.plot.ImageSheet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// A convolutional network, see [LeNet], learns to read the digits of [Digits] with fewer mistakes,
/// and with all that makes a training safe and visible:
///
/// - data: images turned and shifted at random, made by other threads; a tenth kept for validation;
/// - training: one cycle of the learning rate, clipped gradients, early stopping, the best weights;
/// - safety: checkpoints; Ctrl-C saves, `--resume` goes on to the same bits;
/// - on the terminal: a progress bar, a table of epochs, a coach;
/// - in files: CSV, JSON lines, TensorBoard, plots and a report of one file; `--live` shows that
///   while it is made.
@Command(
    name = "MnistConvNet",
    sortOptions = false,
    description = "Teaches a convolutional network to read handwritten digits.")
public final class MnistConvNet implements Callable<Integer> {
  @Mixin private final DigitSource source = new DigitSource(12_000, 6);
  @Mixin private final DigitsOptions options = new DigitsOptions(Path.of("target", "mnist"));

  @Option(names = "--resume", description = "go on where the training in --out was interrupted")
  private boolean resume;

  /// A run that has not begun; [#main] gives it its options.
  public MnistConvNet() {}

  /// Runs the example; the exit code is 2 if arguments or data are bad, 130 after Ctrl-C.
  public static void main(String[] args) {
    System.exit(Launcher.run(new MnistConvNet(), args));
  }

  @Override
  public Integer call() throws IOException {
    options.prepare();
    Rng random = new Rng(options.seed());
    DigitSource.Parts digits = source.read(random);
    Tensor known = digits.train().all().target();
    Split split = Split.trainTestSplit(known, 0.1, options.seed());
    TensorDataset<Sample> learned = split.train(digits.train());
    TensorDataset<Sample> validation = split.test(digits.train());
    Normalize scale = Normalize.standardize(learned.all().input(), 1);
    LeNet model = new LeNet(random);
    say("LeNet%n%s", options.training());

    Results results = results(model, validation, scale);
    TensorBoardLog board = new TensorBoardLog(options.out().resolve("tensorboard"), true);
    Augmentation change = Augmentation.rotate(10).then(Augmentation.shift(2));
    History history =
        fit(
            model,
            loader(learned.map(change.ofInput()), scale),
            loader(validation, scale),
            results.callbacks(callbacks(board)));

    Evaluation test = Evaluation.of(model, digits.test(), scale);
    say("%n%s", test.confusion());
    leave(results, test, board, history, model);
    say("%ntest accuracy %.2f %%, test loss %.6f", 100 * test.accuracy(), test.loss());
    return 0;
  }

  /// What is to be seen after each epoch, of digits for validation.
  private Results results(LeNet model, TensorDataset<Sample> digits, Normalize scale) {
    return new Results(options, "LeNet: " + options.training())
        .showing(
            "misclassified.png",
            "digits that it got wrong",
            () -> Evaluation.of(model, digits, scale).misclassified())
        .showing(
            "confusion.png",
            "which digits it takes for which",
            () -> Evaluation.of(model, digits, scale).confusionMatrix())
        .showing(
            "filters.png",
            "what its first layer looks for",
            () -> ImageSheet.filters("First-layer filters", model.filters()))
        .showing("weights.png", "how weights are distributed", () -> Histogram.weights(model));
  }

  private DataLoader<Sample> loader(Dataset<Sample> samples, Normalize scale) {
    return DataLoader.of(samples.map(s -> s.mapInput(scale::apply)), options.loading());
  }

  private Callback[] callbacks(TensorBoardLog board) {
    return new Callback[] {
      new ProgressBar(),
      new EpochTable(),
      new CsvLog(options.out().resolve("epochs.csv")),
      new JsonLog(options.out().resolve("log.jsonl")),
      board,
      new Coach(line -> say("%s", line))
    };
  }

  private History fit(
      LeNet model,
      DataLoader<Sample> loader,
      DataLoader<Sample> validation,
      Callback... callbacks) {
    Optimizer optimizer = options.optimizer(model.parameters());
    int steps = options.epochs() * loader.batches();
    LearningRateScheduler cycle =
        new OneCycleLR(optimizer, steps, OneCycleLR.Options.defaults().cycleMomentum(false));
    return Trainer.defaults()
        .epochs(options.epochs())
        .seed(options.seed())
        .validation(validation)
        .metrics(Accuracy::new, () -> new TopK(2))
        .goal(Goal.maximize("accuracy"))
        .everyStep(cycle)
        .clipNorm(5)
        .earlyStopping(EarlyStopping.defaults().patience(5))
        .checkpoints(options.out())
        .checkpointEvery(100)
        .resume(resume)
        .howToResume("run the same command with --resume")
        .messages(line -> say("%s", line))
        .callbacks(callbacks)
        .fit(model, new CrossEntropyLoss(), optimizer, loader);
  }

  /// Pictures of digits that had no part in the training, and all else, in files.
  private void leave(
      Results results, Evaluation test, TensorBoardLog board, History history, LeNet model) {
    results
        .showing("misclassified.png", "digits that it got wrong", test::misclassified)
        .showing("confusion.png", "which digits it takes for which", test::confusionMatrix);
    if (model.parameters().getFirst().hasGrad()) { // not if all epochs were done before
      results.showing(
          "gradients.png", "how gradients are distributed", () -> Histogram.gradients(model));
    }
    model.eval();
    Tensor two = test.digits().input().slice(0, 0, 2, 1);
    Graph graph = Graph.of(model.call(Variable.constant(two)).named("logits"));
    board.events().graph(graph);
    results.log(board.events(), history.steps().getLast().step());
    results.write(
        history, model, report -> report.graph(graph).text("Test", test.confusion().toString()));
    say("%s   for tensorboard --logdir", options.out().resolve("tensorboard"));
  }
}
