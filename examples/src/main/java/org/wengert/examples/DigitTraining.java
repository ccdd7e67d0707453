package org.wengert.examples;

import static org.wengert.examples.Text.say;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.wengert.Variable;
import org.wengert.examples.digits.DigitImages;
import org.wengert.examples.digits.DigitSplit;
import org.wengert.io.Safetensors;
import org.wengert.nn.CrossEntropyLoss;
import org.wengert.nn.Loss;
import org.wengert.nn.Module; // a single-type import, because there is a java.lang.Module
import org.wengert.optim.LearningRateScheduler;
import org.wengert.optim.Optimizer;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Tensor;
import org.wengert.train.plot.Curves;
import org.wengert.train.plot.ImageSheet;
import org.wengert.train.plot.Plot;

/// How a network learns to read digits, is tested and shown: the same for all of them; see [#learn]
/// for the loop. Holds state: what happened so far.
final class DigitTraining {
  private final DigitsOptions options;
  private final Subject subject;
  private final Loss criterion = new CrossEntropyLoss();
  private final List<Double> losses = new ArrayList<>();
  private final List<Test> tests = new ArrayList<>();

  DigitTraining(DigitsOptions options, Subject subject) {
    this.options = options;
    this.subject = subject;
  }

  /// Who learns: what differs between the examples.
  interface Subject {
    /// A network that knows nothing yet: images `(N, 28, 28)` to logits `(N, 10)`.
    Module model(RandomGenerator random);

    /// How the learning rate changes; `step()` is called after every batch.
    ///
    /// @param epochs how often it will see the digits
    /// @param batches steps in an epoch
    LearningRateScheduler schedule(Optimizer optimizer, int epochs, int batches);
  }

  /// How well it did after so many steps.
  private record Test(double step, double loss, double accuracy) {}

  /// A network and what changes its weights.
  private record Pupil(Module model, Optimizer optimizer, LearningRateScheduler schedule) {}

  /// Learns, prints how it goes, and leaves pictures and weights; returns the exit code.
  int run() throws IOException {
    options.check();
    Rng random = new Rng(options.seed());
    DigitSplit digits = options.digits(random);
    Launcher.makeWritable("--out", options.out());
    Scaling scaling = Scaling.of(digits.train());
    Module model = subject.model(random);

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
  private Evaluation train(Module model, DigitSplit digits, Scaling scaling, Rng random) {
    Optimizer optimizer = options.optimizer(model.parameters());
    int batches = Math.ceilDiv(digits.train().size(), options.batch());
    Pupil pupil =
        new Pupil(model, optimizer, subject.schedule(optimizer, options.epochs(), batches));
    say("epoch   train loss   test loss   test accuracy   seconds");
    for (int epoch = 1; ; epoch++) {
      long start = System.nanoTime();
      DigitImages images = digits.train().shuffled(random);
      double loss = learn(epoch, images, scaling, pupil);
      Evaluation test = Evaluation.of(model, digits.test(), scaling);
      tests.add(new Test(losses.size(), test.loss(), test.accuracy()));
      say(
          "%5d   %10.4f   %9.4f   %11.2f %%   %7.1f",
          epoch, loss, test.loss(), 100 * test.accuracy(), (System.nanoTime() - start) / 1e9);
      if (epoch == options.epochs()) {
        return test;
      }
    }
  }

  /// The training loop of lecture 4, once through the images; returns the mean loss.
  private double learn(int epoch, DigitImages images, Scaling scaling, Pupil pupil) {
    Module model = pupil.model;
    Optimizer optimizer = pupil.optimizer;
    double sum = 0;
    try (Progress progress = new Progress(epoch, images.size())) {
      for (DigitImages batch : images.batches(options.batch())) {
        Variable inputs = scaling.apply(batch);
        Variable labels = Scaling.labels(batch);

        optimizer.zeroGrad();
        Variable outputs = model.call(inputs);
        Variable loss = criterion.forward(outputs, labels);
        loss.backward();
        optimizer.step();
        pupil.schedule.step();

        losses.add(loss.item());
        sum += loss.item() * batch.size();
        progress.advance(batch.size(), loss.item());
      }
    }
    return sum / images.size();
  }

  /// Draws what happened, and keeps the weights, which must give the same answers when read back.
  private void save(Module model, DigitImages images, Scaling scaling, Evaluation test)
      throws IOException {
    Path curve = options.out().resolve("loss.svg");
    Path wrong = options.out().resolve("misclassified.png");
    Path weights = options.out().resolve("weights.safetensors");
    String title = model.getClass().getSimpleName() + ": " + options.training();
    curves(title).save(curve);
    Tensor pixels =
        Tensor.of(images.pixels()).reshape(images.size(), DigitImages.SIDE, DigitImages.SIDE);
    ImageSheet.misclassified(
            "true → predicted", pixels, images.labels(), test.predictions(), List.of())
        .ink()
        .save(wrong);
    Safetensors.write(weights, model.stateDict());

    Module restored = subject.model(new Rng(0));
    restored.loadStateDict(Safetensors.read(weights));
    Evaluation again = Evaluation.of(restored, images, scaling);
    if (Double.compare(again.loss(), test.loss()) != 0 || again.accuracy() != test.accuracy()) {
      throw new IOException(weights + ": when read back, the loss is " + again.loss());
    }
    say("%s   the loss curve", curve);
    say("%s   digits that it got wrong", wrong);
    say("%s   the weights; read back, they score the same", weights);
  }

  private Plot curves(String title) {
    double[] steps = tests.stream().mapToDouble(Test::step).toArray();
    double[] tested = tests.stream().mapToDouble(Test::loss).toArray();
    double[] accuracies = tests.stream().mapToDouble(Test::accuracy).toArray();
    return Plot.column(
        Curves.of(title)
            .axes("training step", "loss")
            .logarithmic()
            .noisyLine("training loss", losses)
            .dottedLine("test loss, each epoch", steps, tested),
        Curves.of("")
            .axes("training step", "test accuracy")
            .size(900, 360)
            .range(0, losses.size(), Double.NaN, 1)
            .dottedLine("", steps, accuracies));
  }
}
