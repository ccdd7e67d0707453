package org.wengert.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.wengert.nn.Module; // a single-type import, because there is a java.lang.Module
import org.wengert.optim.LearningRateScheduler;
import org.wengert.optim.OneCycleLR;
import org.wengert.optim.Optimizer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// A convolutional network learns to read the digits of [Digits], with fewer mistakes: see [LeNet]
/// and [DigitTraining]. Same seed, same numbers.
@Command(
    name = "ConvNet",
    sortOptions = false,
    description = "Teaches a convolutional network to read handwritten digits.")
public final class ConvNet implements Callable<Integer>, DigitTraining.Subject {
  @Mixin private final DigitsOptions options = new DigitsOptions(Path.of("target/convnet"));

  /// A run that has not begun; [#main] gives it its options.
  public ConvNet() {}

  /// Runs the example; the exit code is 2 if arguments or data are bad.
  public static void main(String[] args) {
    System.exit(Launcher.run(new ConvNet(), args));
  }

  @Override
  public Integer call() throws IOException {
    return new DigitTraining(options, this).run();
  }

  @Override
  public Module model(RandomGenerator random) {
    return new LeNet(random);
  }

  /// One cycle: the rate rises to the one asked for during the first third, and falls to nothing.
  @Override
  public LearningRateScheduler schedule(Optimizer optimizer, int epochs, int batches) {
    return new OneCycleLR(
        optimizer, epochs * batches, OneCycleLR.Options.defaults().cycleMomentum(false));
  }
}
