package org.wengert.examples;

import static org.wengert.examples.Text.say;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.wengert.Variable;
import org.wengert.examples.digits.DigitImages;
import org.wengert.examples.digits.DigitPlots;
import org.wengert.examples.digits.DigitSplit;
import org.wengert.examples.digits.TrainingHistory;
import org.wengert.io.Safetensors;
import org.wengert.nn.CrossEntropyLoss;
import org.wengert.nn.Loss;
import org.wengert.nn.Module; // a single-type import, because there is a java.lang.Module
import org.wengert.optim.Optimizer;
import org.wengert.optim.StepLR;
import org.wengert.tensor.Rng;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Lecture 4's network learns to read digits, in lecture 4's training loop: see [#learn].
///
/// The digits are MNIST's, from a folder, or painted by the program itself. Same seed, same
/// numbers. Holds state: what happened so far.
@Command(
    name = "Digits",
    sortOptions = false,
    description = "Teaches a small neural network to read handwritten digits.")
public final class Digits implements Callable<Integer> {
  @Mixin private final DigitsOptions options = new DigitsOptions();

  private final Loss criterion = new CrossEntropyLoss();
  private final List<Double> losses = new ArrayList<>();
  private final List<TrainingHistory.Epoch> tests = new ArrayList<>();

  /// A run that has not begun; [#main] gives it its options.
  public Digits() {}

  /// Runs the example; the exit code is 2 if arguments or data are bad.
  public static void main(String[] args) {
    System.exit(Launcher.run(new Digits(), args));
  }

  @Override
  public Integer call() throws IOException {
    options.check();
    Rng random = new Rng(options.seed());
    DigitSplit digits = options.digits(random);
    Launcher.makeWritable("--out", options.out());
    Scaling scaling = Scaling.of(digits.train());
    HelloMLP model = new HelloMLP(random);

    int count = model.parameters().stream().mapToInt(p -> p.value().count()).sum();
    say("%s: %,d parameters", model, count);
    int train = digits.train().size();
    say("%,d %s to learn from, %,d for the test", train, options.kind(), digits.test().size());
    say("%s%n", options.training());
    Evaluation test = train(model, digits, scaling, random);
    say("%n%s", test.confusion());
    save(model, digits.test(), scaling, test);
    say("%ntest accuracy %.2f %%, test loss %.6f", 100 * test.accuracy(), test.loss());
    return 0;
  }

  /// All epochs; returns the last test.
  private Evaluation train(HelloMLP model, DigitSplit digits, Scaling scaling, Rng random) {
    Optimizer optimizer = options.optimizer(model.parameters());
    // Start large, turn down late: the last three of ten epochs take steps a tenth as large.
    StepLR schedule = new StepLR(optimizer, Math.max(1, (int) (options.epochs() * 0.7)), 0.1);
    say("epoch   train loss   test loss   test accuracy   seconds");
    for (int epoch = 1; ; epoch++) {
      long start = System.nanoTime();
      DigitImages images = digits.train().shuffled(random);
      double loss = learn(epoch, images, scaling, model, optimizer);
      schedule.step();
      Evaluation test = Evaluation.of(model, digits.test(), scaling);
      tests.add(new TrainingHistory.Epoch(losses.size(), test.loss(), test.accuracy()));
      say(
          "%5d   %10.4f   %9.4f   %11.2f %%   %7.1f",
          epoch, loss, test.loss(), 100 * test.accuracy(), (System.nanoTime() - start) / 1e9);
      if (epoch == options.epochs()) {
        return test;
      }
    }
  }

  /// The training loop of lecture 4, once through the images; returns the mean loss.
  private double learn(
      int epoch, DigitImages images, Scaling scaling, Module model, Optimizer optimizer) {
    double sum = 0;
    try (Progress progress = new Progress(epoch, images.size())) {
      for (DigitImages batch : images.batches(options.batch())) {
        Variable inputs = scaling.apply(batch);
        Variable labels = Scaling.labels(batch);

        optimizer.zeroGrad();
        Variable outputs = model.forward(inputs);
        Variable loss = criterion.forward(outputs, labels);
        loss.backward();
        optimizer.step();

        losses.add(loss.item());
        sum += loss.item() * batch.size();
        progress.advance(batch.size(), loss.item());
      }
    }
    return sum / images.size();
  }

  /// Draws what happened, and keeps the weights, which must give the same answers when read back.
  private void save(HelloMLP model, DigitImages images, Scaling scaling, Evaluation test)
      throws IOException {
    Path curve = options.out().resolve("loss.svg");
    Path wrong = options.out().resolve("misclassified.png");
    Path weights = options.out().resolve("weights.safetensors");
    String title = "HelloMLP 784-64-64-10: " + options.training();
    DigitPlots.lossCurve(new TrainingHistory(losses, tests), title, curve);
    DigitPlots.misclassified(images, test.predictions(), wrong);
    Safetensors.write(weights, model.stateDict());

    HelloMLP restored = new HelloMLP(new Rng(0));
    restored.loadStateDict(Safetensors.read(weights));
    Evaluation again = Evaluation.of(restored, images, scaling);
    if (Double.compare(again.loss(), test.loss()) != 0 || again.accuracy() != test.accuracy()) {
      throw new IOException(weights + ": when read back, the loss is " + again.loss());
    }
    say("%s   the loss curve", curve);
    say("%s   digits that it got wrong", wrong);
    say("%s   the weights; read back, they score the same", weights);
  }
}
