package org.wengert.examples;

import static org.wengert.examples.Text.say;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.wengert.Variable;
import org.wengert.io.Safetensors;
import org.wengert.nn.CrossEntropyLoss;
import org.wengert.nn.Loss;
import org.wengert.nn.Module; // a single-type import, because there is a java.lang.Module
import org.wengert.optim.LearningRateScheduler;
import org.wengert.optim.Optimizer;
import org.wengert.optim.StepLR;
import org.wengert.tensor.Rng;
import org.wengert.train.History;
import org.wengert.train.data.DataLoader;
import org.wengert.train.data.Normalize;
import org.wengert.train.data.Sample;
import org.wengert.train.log.EpochTable;
import org.wengert.train.log.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Lecture 4's network, see [HelloMLP], learns to read digits in lecture 4's training loop, see
/// [#learn].
///
/// The digits are MNIST's, from a folder, or painted by the program itself. Same seed, same
/// numbers.
@Command(
    name = "Digits",
    sortOptions = false,
    description = "Teaches a small neural network to read handwritten digits.")
public final class Digits implements Callable<Integer> {
  @Mixin private final DigitSource source = new DigitSource(12_000, 6);
  @Mixin private final DigitsOptions options = new DigitsOptions(Path.of("target", "digits"));

  /// A run that has not begun; [#main] gives it its options.
  public Digits() {}

  /// Runs the example; the exit code is 2 if arguments or data are bad.
  public static void main(String[] args) {
    System.exit(Launcher.run(new Digits(), args));
  }

  @Override
  public Integer call() throws IOException {
    options.prepare();
    Rng random = new Rng(options.seed());
    DigitSource.Parts digits = source.read(random);
    Normalize scale = Normalize.standardize(digits.train().all().input(), 1);
    Module model = new HelloMLP(random);

    int count = model.parameters().stream().mapToInt(p -> p.value().count()).sum();
    say("%s: %,d parameters", model, count);
    int train = digits.train().size();
    say("%,d %s to learn from, %,d for the test", train, source.kind(), digits.test().size());
    say("%s%n", options.training());
    Results results =
        new Results(options, "HelloMLP: " + options.training())
            .showing(
                "misclassified.png",
                "digits that it got wrong",
                () -> Evaluation.of(model, digits.test(), scale).misclassified());
    History history = learn(model, digits, scale, results);
    Evaluation test = Evaluation.of(model, digits.test(), scale);
    say("%n%s", test.confusion());
    results.write(history, model);
    save(model, digits, scale, test);
    say("%ntest accuracy %.2f %%, test loss %.6f", 100 * test.accuracy(), test.loss());
    return 0;
  }

  /// The training loop of lecture 4. Start large, turn down late: the last three of ten epochs take
  /// steps a tenth as large.
  private History learn(Module model, DigitSource.Parts digits, Normalize scale, Results results) {
    DataLoader<Sample> loader = DataLoader.of(digits.train(), options.loading());
    Loss criterion = new CrossEntropyLoss();
    Optimizer optimizer = options.optimizer(model.parameters());
    int late = Math.max(1, (int) (options.epochs() * 0.7));
    LearningRateScheduler schedule = new StepLR(optimizer, late * loader.batches(), 0.1);
    var callbacks = results.callbacks(new ProgressBar(), new EpochTable());
    Journal journal = new Journal(model, optimizer, options.epochs(), loader.batches(), callbacks);
    for (int epoch = 1; epoch <= options.epochs(); epoch++) {
      for (Sample batch : loader) {
        Variable inputs = Variable.constant(scale.apply(batch.input()));
        Variable labels = Variable.constant(batch.target());

        optimizer.zeroGrad();
        Variable outputs = model.call(inputs);
        Variable loss = criterion.forward(outputs, labels);
        loss.backward();
        optimizer.step();

        journal.step(labels.size(0), loss.item());
        schedule.step();
      }
      Evaluation test = Evaluation.of(model, digits.test(), scale);
      journal.epoch(test.loss(), "accuracy", test.accuracy());
    }
    return journal.end(options.epochs() + " epochs done");
  }

  /// Keeps the weights, which must give the same answers when read back.
  private void save(Module model, DigitSource.Parts digits, Normalize scale, Evaluation test)
      throws IOException {
    Path weights = options.out().resolve("weights.safetensors");
    Safetensors.write(weights, model.stateDict());
    Module restored = new HelloMLP(new Rng(0));
    restored.loadStateDict(Safetensors.read(weights));
    Evaluation again = Evaluation.of(restored, digits.test(), scale);
    if (Double.compare(again.loss(), test.loss()) != 0 || again.accuracy() != test.accuracy()) {
      throw new IOException(weights + ": when read back, the loss is " + again.loss());
    }
    say("%s   the weights; read back, they score the same", weights);
  }
}
