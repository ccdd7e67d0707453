package org.wengert.examples;

import static org.wengert.examples.Text.say;

import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.wengert.Autograd;
import org.wengert.F;
import org.wengert.Parameter;
import org.wengert.Variable;
import org.wengert.examples.text.TextBatch;
import org.wengert.examples.text.TextData;
import org.wengert.optim.AdamW;
import org.wengert.optim.GradientClipping;
import org.wengert.optim.LambdaLR;
import org.wengert.optim.Optimizer;
import org.wengert.tensor.Rng;
import org.wengert.train.History;
import org.wengert.train.read.Tokenizer;
import org.wengert.train.read.Vocabulary;

/// How a model of text learns, is tested and writes: the same for all of them. Holds state: the
/// model's.
final class CharTraining {
  private static final int REPORTS = 10;
  private static final int VALIDATION_PIECES = 200;
  private static final int WARM_UP = 100;
  private static final double MAX_NORM = 1;
  private static final double MINUTE = 60e9;

  private final CharOptions options;
  private final TextData text;
  private final CharModel model;

  CharTraining(CharOptions options, TextData text, CharModel model) {
    this.options = options;
    this.text = text;
    this.model = model;
  }

  /// Learns from batches, prints how it goes, and writes something at the end.
  void run(Supplier<TextBatch> batches) {
    Rng.seed(options.seed()); // dropout draws from the thread's generator
    int count = model.parameters().stream().mapToInt(p -> p.value().count()).sum();
    say("%s: %,d parameters", model.getClass().getSimpleName(), count);
    say(
        "%,d characters of %s to learn from, %,d for validation, %d different ones%n",
        text.trainingSize(), options.kind(), text.validationSize(), text.vocabulary().size());
    Results results = new Results(options, model.getClass().getSimpleName());
    History history = learn(batches, results);
    results.write(history, model);
    say("%n%s", write(new Rng(options.seed() + 1)));
    say("%nvalidation loss %.4f", validate());
  }

  private History learn(Supplier<TextBatch> batches, Results results) {
    List<Parameter> parameters = model.parameters();
    Optimizer optimizer = new AdamW(parameters, options.learningRate());
    LambdaLR schedule = new LambdaLR(optimizer, step -> rate(step, options.steps()));
    int every = Math.max(1, options.steps() / REPORTS);
    int reports = Math.ceilDiv(options.steps(), every);
    Journal journal = new Journal(model, optimizer, reports, every, results.callbacks());
    long start = System.nanoTime();
    say(" step   train loss   validation loss   ms/step");
    for (int step = 1; step <= options.steps(); step++) {
      TextBatch batch = batches.get();
      journal.step(options.batch(), step(batch, parameters, optimizer));
      schedule.step();
      boolean late = System.nanoTime() - start > options.minutes() * MINUTE;
      if (step % every == 0 || step == options.steps() || late) {
        double milliseconds = journal.millisecondsAStep();
        double loss = validate();
        say("%5d   %10.4f   %15.4f   %7.0f", step, journal.meanLoss(), loss, milliseconds);
        journal.epoch(loss);
      }
      if (late) {
        String end = options.minutes() + " minutes are over";
        say("%s", end);
        return journal.end(end);
      }
    }
    return journal.end(options.steps() + " steps done");
  }

  /// One step on a batch; returns the loss before it.
  private double step(TextBatch batch, List<Parameter> parameters, Optimizer optimizer) {
    optimizer.zeroGrad();
    Variable loss = model.loss(model.learn(batch), batch);
    loss.backward();
    GradientClipping.clipByNorm(parameters, MAX_NORM);
    optimizer.step();
    return loss.item();
  }

  /// The share of the highest learning rate: it rises during the first steps, when gradients say
  /// little, and then falls in half a cosine to a tenth.
  private static double rate(long step, int steps) {
    int rising = Math.min(WARM_UP, steps / 10);
    if (step < rising) {
      return (step + 1.0) / rising;
    }
    double done = (step - rising) / (double) Math.max(1, steps - rising);
    return 0.55 + 0.45 * StrictMath.cos(Math.PI * Math.min(1, done));
  }

  /// The mean loss on text that was not learned from.
  private double validate() {
    model.eval();
    double mean =
        Autograd.noGrad(
            () -> {
              double sum = 0;
              int count = 0;
              for (TextBatch batch :
                  text.validation(options.batch(), options.context(), VALIDATION_PIECES)) {
                int characters = batch.targets().size(0);
                sum += model.loss(model.call(batch.inputs()), batch).item() * characters;
                count += characters;
              }
              return sum / count;
            });
    model.train();
    return mean;
  }

  /// A new text, one character after the other.
  private String write(RandomGenerator random) {
    Vocabulary vocabulary = text.vocabulary();
    int[] written = new int[options.sample()];
    model.eval();
    Autograd.noGrad(
        () -> {
          CharModel.Reader reader = model.reader();
          int character = vocabulary.contains("\n") ? vocabulary.number("\n") : 0;
          for (int i = 0; i < written.length; i++) {
            character = drawn(reader.next(character), random);
            written[i] = character;
          }
        });
    model.train();
    return Tokenizer.CHARACTERS.join(vocabulary.decode(written));
  }

  /// A character: the likelier, the more often. A low temperature makes the likely ones likelier.
  private int drawn(Variable logits, RandomGenerator random) {
    double[] shares = F.softmax(logits.div(options.temperature()), 0).value().toDoubleArray();
    double left = random.nextDouble();
    int character = 0;
    while (character < shares.length - 1 && left >= shares[character]) {
      left -= shares[character++];
    }
    return character;
  }
}
