package org.wengert.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.wengert.nn.Module; // a single-type import, because there is a java.lang.Module
import org.wengert.optim.LearningRateScheduler;
import org.wengert.optim.Optimizer;
import org.wengert.optim.StepLR;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Lecture 4's network learns to read digits, in lecture 4's training loop: see [HelloMLP] and
/// [DigitTraining].
///
/// The digits are MNIST's, from a folder, or painted by the program itself. Same seed, same
/// numbers.
@Command(
    name = "Digits",
    sortOptions = false,
    description = "Teaches a small neural network to read handwritten digits.")
public final class Digits implements Callable<Integer>, DigitTraining.Subject {
  @Mixin private final DigitsOptions options = new DigitsOptions(Path.of("target/digits"));

  /// A run that has not begun; [#main] gives it its options.
  public Digits() {}

  /// Runs the example; the exit code is 2 if arguments or data are bad.
  public static void main(String[] args) {
    System.exit(Launcher.run(new Digits(), args));
  }

  @Override
  public Integer call() throws IOException {
    return new DigitTraining(options, this).run();
  }

  @Override
  public Module model(RandomGenerator random) {
    return new HelloMLP(random);
  }

  /// Start large, turn down late: the last three of ten epochs take steps a tenth as large.
  @Override
  public LearningRateScheduler schedule(Optimizer optimizer, int epochs, int batches) {
    return new StepLR(optimizer, Math.max(1, (int) (epochs * 0.7)) * batches, 0.1);
  }
}
