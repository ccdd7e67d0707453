package org.wengert.examples.guide;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.wengert.Variable;
import org.wengert.nn.CrossEntropyLoss;
import org.wengert.nn.Dropout;
import org.wengert.nn.Linear;
import org.wengert.nn.Module; // a single-type import, because there is a java.lang.Module
import org.wengert.nn.ReLU;
import org.wengert.nn.Sequential;
import org.wengert.optim.Adam;
import org.wengert.tensor.Rng;
import org.wengert.train.Callback;
import org.wengert.train.Coach;
import org.wengert.train.EarlyStopping;
import org.wengert.train.EpochReport;
import org.wengert.train.History;
import org.wengert.train.LearningRateFinder;
import org.wengert.train.Trainer;
import org.wengert.train.data.DataLoader;
import org.wengert.train.data.Sample;
import org.wengert.train.data.Split;
import org.wengert.train.data.Synthetic;
import org.wengert.train.data.TensorDataset;
import org.wengert.train.metric.Accuracy;

/// The code of the guide's page on data and trainers.
public final class TrainerGuide {
  private TrainerGuide() {}

  // region: data
  static final TensorDataset<Sample> MOONS = Synthetic.moons(600, 0.2, new Rng(42));
  static final Split SPLIT = Split.trainTestSplit(600, 0.25, 42);
  static final DataLoader.Options BATCHES = DataLoader.Options.defaults().batchSize(32).seed(42);

  static DataLoader<Sample> train() {
    return DataLoader.of(SPLIT.train(MOONS), BATCHES);
  }

  static DataLoader<Sample> validation() {
    return DataLoader.of(SPLIT.test(MOONS), BATCHES);
  }

  static Module model() {
    Rng random = new Rng(42);
    return new Sequential(
        new Linear(2, 32, random), new ReLU(), new Dropout(0.1, random), new Linear(32, 2, random));
  }

  // end region

  /// Runs the page.
  public static void main(String[] args) throws IOException {
    loop();
    trainer();
    Path folder = Files.createTempDirectory("trainer");
    try {
      resume(folder);
    } finally {
      Files.delete(folder.resolve("last.safetensors"));
      Files.deleteIfExists(folder.resolve("best.safetensors"));
      Files.delete(folder);
    }
    finder();
  }

  static void loop() {
    // region: loop
    Module model = model();
    var criterion = new CrossEntropyLoss();
    var optimizer = new Adam(model.parameters(), 0.01);
    var loader = train();
    double loss = 0;
    for (int epoch = 1; epoch <= 10; epoch++) {
      for (Sample batch : loader) {
        optimizer.zeroGrad();
        Variable output = model.call(Variable.constant(batch.input()));
        Variable error = criterion.forward(output, Variable.constant(batch.target()));
        error.backward();
        optimizer.step();
        loss = error.item();
      }
    }
    System.out.printf("loss of the last batch: %.4f%n", loss);
    // end region
  }

  static void trainer() {
    // region: trainer
    Module model = model();
    Coach coach = new Coach(System.out::println);
    History history =
        Trainer.defaults()
            .epochs(40)
            .validation(validation())
            .metrics(Accuracy::new)
            .clipNorm(1)
            .earlyStopping(EarlyStopping.defaults().patience(5))
            .callbacks(coach)
            .fit(model, new CrossEntropyLoss(), new Adam(model.parameters(), 0.01), train());
    EpochReport last = history.epochs().getLast();
    System.out.println(history.end());
    System.out.printf(
        "validation: loss %.3f, accuracy %.3f%n",
        last.validationLoss(), last.validationMetrics().get("accuracy"));
    // end region
  }

  static void resume(Path folder) {
    // region: resume
    AtomicLong done = new AtomicLong();
    Callback.AfterStep count = step -> done.set(step.step());
    Trainer trainer =
        Trainer.defaults().epochs(10).callbacks(count).messages(line -> {}).resume(true);
    Module whole = model();
    trainer.fit(whole, new CrossEntropyLoss(), new Adam(whole.parameters(), 0.01), train());

    for (long step : new long[] {20, 77, 1000}) { // stopped twice, in the middle of epochs
      Module model = model(); // as in a program that is started again
      History history =
          trainer
              .checkpoints(folder)
              .stopWhen(() -> done.get() >= step)
              .fit(model, new CrossEntropyLoss(), new Adam(model.parameters(), 0.01), train());
      boolean same =
          model.parameters().getFirst().value().sameBits(whole.parameters().getFirst().value());
      System.out.println(history.end() + ", same bits as without a stop: " + same);
    }
    // end region
  }

  static void finder() {
    // region: finder
    Module model = model();
    var optimizer = new Adam(model.parameters());
    System.out.println(
        LearningRateFinder.defaults().find(model, new CrossEntropyLoss(), optimizer, train()));
    // end region
  }
}
