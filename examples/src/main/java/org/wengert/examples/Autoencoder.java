package org.wengert.examples;

import static org.wengert.examples.Text.say;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.wengert.Autograd;
import org.wengert.F;
import org.wengert.Variable;
import org.wengert.nn.Linear;
import org.wengert.nn.MSELoss;
import org.wengert.nn.Module; // a single-type import, because there is a java.lang.Module
import org.wengert.nn.ReLU;
import org.wengert.nn.Sequential;
import org.wengert.nn.Sigmoid;
import org.wengert.optim.Adam;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.train.History;
import org.wengert.train.Trainer;
import org.wengert.train.data.Augmentation;
import org.wengert.train.data.DataLoader;
import org.wengert.train.data.Dataset;
import org.wengert.train.data.Digits;
import org.wengert.train.data.Sample;
import org.wengert.train.data.TensorDataset;
import org.wengert.train.log.EpochTable;
import org.wengert.train.plot.ImageSheet;
import org.wengert.train.plot.Plot;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// A network learns to squeeze a drawn digit of 784 pixels through a few numbers and to draw it
/// again from them; what goes in is noisy, what comes out shall not be. The pictures show digits
/// that it never saw, and what lies between two of them.
@Command(
    name = "Autoencoder",
    sortOptions = false,
    description = "Teaches a network to draw digits again from a few numbers.")
public final class Autoencoder implements Callable<Integer> {
  private static final int PIXELS = Digits.SIDE * Digits.SIDE;
  private static final int CODE = 24;
  private static final int COLUMNS = 10;
  private static final double NOISE = 0.2;

  @Mixin private final DigitSource source = new DigitSource(7_200, 6);

  @Mixin
  private final EpochOptions options =
      new EpochOptions(Path.of("target", "autoencoder"), 30, 64, 0.002);

  /// A run that has not begun; [#main] gives it its options.
  public Autoencoder() {}

  /// Runs the example; the exit code is 2 if arguments are bad.
  public static void main(String[] args) {
    System.exit(Launcher.run(new Autoencoder(), args));
  }

  /// 784-128-24-128-784.
  static final class Model extends Module {
    private final Sequential encoder;
    private final Sequential decoder;

    Model(RandomGenerator random) {
      encoder =
          new Sequential(
              new Linear(PIXELS, 128, random), new ReLU(), new Linear(128, CODE, random));
      decoder =
          new Sequential(
              new Linear(CODE, 128, random),
              new ReLU(),
              new Linear(128, PIXELS, random),
              new Sigmoid());
    }

    /// The few numbers, `(N, 24)`.
    Variable encode(Variable images) {
      return encoder.call(images.reshape(images.size(0), PIXELS));
    }

    /// Images of such numbers, `(N, 28, 28)`.
    Variable decode(Variable codes) {
      return decoder.call(codes).reshape(codes.size(0), 1, Digits.SIDE, Digits.SIDE);
    }

    @Override
    public Variable forward(Variable images) {
      return decode(encode(images));
    }
  }

  @Override
  public Integer call() throws IOException {
    options.prepare();
    Rng random = new Rng(options.seed());
    DigitSource.Parts digits = source.read(random);
    Model model = new Model(random);
    say("%s%n", model.summary(Shape.of(1, 1, Digits.SIDE, Digits.SIDE)));
    DataLoader<Sample> others =
        DataLoader.of(noisy(digits.test()), options.loading().shuffle(false));
    Sample some = some(digits.test());
    Results results =
        new Results(options, "Autoencoder")
            .showing("again.png", "digits given, asked for, drawn again", () -> again(model, some))
            .showing("between.png", "from one digit to another", () -> between(model, some));
    History history =
        Trainer.defaults()
            .epochs(options.epochs())
            .validation(others)
            .callbacks(results.callbacks(new EpochTable()))
            .fit(
                model,
                new MSELoss(),
                new Adam(model.parameters(), options.learningRate()),
                DataLoader.of(noisy(digits.train()), options.loading()));
    results.write(history, model);
    return 0;
  }

  /// Digits with noise, another one each epoch, and without as what should come out.
  private static Dataset<Sample> noisy(Dataset<Sample> digits) {
    return digits
        .map(sample -> new Sample(sample.input(), sample.input()))
        .map(Augmentation.noise(NOISE).ofInput());
  }

  /// As many digits as are drawn.
  private Sample some(TensorDataset<Sample> others) {
    DataLoader.Options first =
        DataLoader.Options.defaults().batchSize(COLUMNS).shuffle(false).seed(options.seed());
    return DataLoader.of(noisy(others), first).iterator().next();
  }

  private static Plot again(Model model, Sample some) {
    Variable given = Variable.constant(some.input());
    Variable drawn = Autograd.noGrad(() -> model.call(given));
    return sheet(
        "given, asked for, drawn again",
        F.cat(List.of(given, Variable.constant(some.target()), drawn), 0));
  }

  /// What is drawn from numbers between those of two digits, for some pairs.
  private static Plot between(Model model, Sample some) {
    Variable drawn =
        Autograd.noGrad(
            () -> {
              Variable codes = model.encode(Variable.constant(some.target()));
              List<Variable> rows = new ArrayList<>();
              for (int pair = 0; pair + 1 < codes.size(0) && pair < 6; pair += 2) {
                Variable from = codes.select(0, pair);
                Variable way = codes.select(0, pair + 1).sub(from);
                for (int i = 0; i < COLUMNS; i++) {
                  rows.add(from.add(way.mul(i / (COLUMNS - 1.0))));
                }
              }
              return model.decode(F.stack(rows, 0));
            });
    return sheet("from one digit to another", drawn);
  }

  private static Plot sheet(String title, Variable images) {
    return ImageSheet.of(title, F.clamp(images, 0, 1).value()).columns(COLUMNS).ink();
  }
}
