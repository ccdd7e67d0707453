package org.wengert.examples;

import static org.wengert.examples.Text.say;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.wengert.Autograd;
import org.wengert.F;
import org.wengert.Variable;
import org.wengert.examples.digits.DigitImages;
import org.wengert.examples.digits.DigitSplit;
import org.wengert.nn.CrossEntropyLoss;
import org.wengert.optim.LearningRateScheduler;
import org.wengert.optim.OneCycleLR;
import org.wengert.optim.Optimizer;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Tensor;
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
import org.wengert.train.log.EpochTable;
import org.wengert.train.log.ProgressBar;
import org.wengert.train.log.TensorBoardLog;
import org.wengert.train.metric.Accuracy;
import org.wengert.train.metric.ConfusionMatrix;
import org.wengert.train.plot.Curves;
import org.wengert.train.plot.ImageSheet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// A convolutional network, see [LeNet], learns to read the digits of [Digits] with fewer mistakes,
/// and with everything that a trainer has: digits shifted and turned at random, validation on a
/// tenth of them, one cycle of the learning rate, early stopping, checkpoints, a coach, a progress
/// bar, TensorBoard and plots. Ctrl-C saves, `--resume` goes on to the same bits.
@Command(
    name = "MnistConvNet",
    sortOptions = false,
    description = "Teaches a convolutional network to read handwritten digits.")
public final class MnistConvNet implements Callable<Integer> {
  @Mixin private final DigitsOptions options = new DigitsOptions(Path.of("target/mnist"));

  @Option(names = "--resume", description = "go on where the training in --out was interrupted")
  private boolean resume;

  @Option(
      names = "--workers",
      paramLabel = "N",
      defaultValue = "2",
      description = "threads that make batches, which changes no bit; default ${DEFAULT-VALUE}")
  private int workers;

  /// A run that has not begun; [#main] gives it its options.
  public MnistConvNet() {}

  /// Runs the example; the exit code is 2 if arguments or data are bad, 130 after Ctrl-C.
  public static void main(String[] args) {
    System.exit(Launcher.run(new MnistConvNet(), args));
  }

  @Override
  public Integer call() throws IOException {
    options.check();
    options.refuseUnless(workers >= 0, "--workers", workers, "0 or more");
    Launcher.makeWritable("--out", options.out());
    Rng random = new Rng(options.seed());
    DigitSplit digits = options.digits(random);
    TensorDataset<Sample> known = samples(digits.train());
    Split split = Split.trainTestSplit(known.all().target(), 0.1, options.seed());
    Normalize scale = Normalize.standardize(split.train(known).all().input(), 1);
    LeNet model = new LeNet(random);
    say("%s%n%s", model.getClass().getSimpleName(), options.training());
    DataLoader<Sample> loader =
        loader(
            split
                .train(known)
                .map(Augmentation.rotate(10).then(Augmentation.shift(2)).ofInput())
                .map(s -> s.mapInput(scale::apply)));
    History history =
        fit(model, loader, loader(split.test(known).map(s -> s.mapInput(scale::apply))));
    Curves.of(history, model.getClass().getSimpleName() + ": " + options.training())
        .save(options.out().resolve("curves.svg"));
    test(model, digits.test(), scale);
    return 0;
  }

  private static TensorDataset<Sample> samples(DigitImages images) {
    Tensor pixels = Tensor.of(images.pixels());
    return TensorDataset.of(
        pixels.reshape(images.size(), 1, DigitImages.SIDE, DigitImages.SIDE),
        Tensor.of(images.labels()));
  }

  private DataLoader<Sample> loader(Dataset<Sample> samples) {
    return DataLoader.of(
        samples,
        DataLoader.Options.defaults()
            .batchSize(options.batch())
            .seed(options.seed())
            .workers(workers));
  }

  private History fit(LeNet model, DataLoader<Sample> loader, DataLoader<Sample> validation) {
    Optimizer optimizer = options.optimizer(model.parameters());
    int steps = options.epochs() * loader.batches();
    LearningRateScheduler cycle =
        new OneCycleLR(optimizer, steps, OneCycleLR.Options.defaults().cycleMomentum(false));
    return Trainer.defaults()
        .epochs(options.epochs())
        .seed(options.seed())
        .validation(validation)
        .metrics(Accuracy::new)
        .goal(Goal.maximize("accuracy"))
        .everyStep(cycle)
        .earlyStopping(EarlyStopping.defaults().patience(5))
        .checkpoints(options.out())
        .checkpointEvery(100)
        .resume(resume)
        .howToResume("run the same command with --resume")
        .messages(line -> say("%s", line))
        .callbacks(
            new ProgressBar(),
            new EpochTable(),
            new TensorBoardLog(options.out().resolve("tensorboard")),
            new Coach(line -> say("%s", line)))
        .fit(model, new CrossEntropyLoss(), optimizer, loader);
  }

  /// What it makes of digits that had no part in the training.
  private void test(LeNet model, DigitImages digits, Normalize scale) throws IOException {
    TensorDataset<Sample> test = samples(digits);
    ConfusionMatrix confusion = new ConfusionMatrix(DigitImages.CLASSES);
    int[] predictions = new int[test.size()];
    double sum = 0;
    int done = 0;
    model.eval();
    var inOrder = DataLoader.Options.defaults().batchSize(500).shuffle(false);
    for (Sample batch : DataLoader.of(test, inOrder)) {
      Variable images = Variable.constant(scale.apply(batch.input()));
      Variable truth = Variable.constant(batch.target());
      Variable logits = Autograd.noGrad(() -> model.call(images));
      confusion.add(logits.value(), batch.target());
      sum += new CrossEntropyLoss().forward(logits, truth).item() * images.size(0);
      long[] best = F.argMax(logits, 1, false).value().toLongArray();
      for (long digit : best) {
        predictions[done++] = (int) digit;
      }
    }
    ImageSheet.misclassified(
            "true → predicted", test.all().input(), digits.labels(), predictions, List.of())
        .ink()
        .save(options.out().resolve("misclassified.png"));
    say("%n%s", confusion);
    say("%ncurves, wrong digits and the best weights are in %s", options.out());
    say("test accuracy %.2f %%, test loss %.6f", 100 * confusion.value(), sum / test.size());
  }
}
