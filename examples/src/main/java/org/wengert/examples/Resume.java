package org.wengert.examples;

import static org.wengert.examples.Text.say;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// A training that can be killed at any moment and started again, and ends with the same bits as if
/// nothing had happened: see [SavedTraining]. It proves that: whoever has been resumed trains once
/// more without interruption at the end, and compares the weights.
@Command(
    name = "Resume",
    sortOptions = false,
    description = "Trains with checkpoints: kill it, start it again, it ends with the same bits.")
public final class Resume implements Callable<Integer> {
  @Mixin private final ResumeOptions options = new ResumeOptions();

  /// A run that has not begun; [#main] gives it its options.
  public Resume() {}

  /// Runs the example; the exit code is 2 if arguments or the checkpoint are bad, 1 if the weights
  /// are not those of a training without interruption.
  public static void main(String[] args) {
    System.exit(Launcher.run(new Resume(), args));
  }

  @Override
  public Integer call() throws IOException {
    options.check();
    Path file = options.file();
    Launcher.makeWritable("--file", options.folder());
    SavedTraining training = new SavedTraining(options.seed());
    long begin = Files.exists(file) ? training.load(file) : 0;
    options.requireSteps(begin);
    say("from step %d of %d; the checkpoint is %s", begin, options.steps(), file);
    for (long step = begin + 1; step <= options.steps(); step++) {
      double loss = training.step();
      if (step % options.every() == 0 || step == options.steps()) {
        training.save(file, step);
        say("step %6d   loss %.6f   saved", step, loss);
      }
    }
    say("weights %s", training.digest());
    return begin == 0 || isUndisturbed(training) ? 0 : 1;
  }

  /// Trains once more from the beginning to the end, and says whether the weights are the same.
  private boolean isUndisturbed(SavedTraining resumed) {
    SavedTraining whole = new SavedTraining(options.seed());
    for (long step = 1; step <= options.steps(); step++) {
      whole.step();
    }
    boolean same = whole.digest().equals(resumed.digest());
    say("weights %s without interruption: %s", whole.digest(), same ? "the same" : "NOT the same");
    return same;
  }
}
