package org.wengert.examples;

import static org.wengert.examples.Text.say;

import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import org.wengert.StateException;
import org.wengert.train.Callback;
import org.wengert.train.History;
import org.wengert.train.Trainer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// A training that can be killed at any moment and started again, and ends with the same bits as if
/// nothing had happened: see [LengthTraining]. It proves that: whoever has been resumed trains once
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
  /// are not those of a training without interruption, 130 after Ctrl-C.
  public static void main(String[] args) {
    System.exit(Launcher.run(new Resume(), args));
  }

  @Override
  public Integer call() throws IOException {
    options.prepare();
    LengthTraining training = new LengthTraining(options.loading(), options.learningRate());
    boolean goesOn = Files.exists(options.out().resolve("last.safetensors"));
    Callback.AfterStep progress =
        step -> {
          if (step.step() % options.every() == 0) {
            say("step %6d   loss %.6f", step.step(), step.loss());
          }
        };
    Results results = new Results(options, "Resume");
    fit(training, training.trainer(options.epochs()), results.callbacks(progress));
    say("weights %s", training.digest());
    return !goesOn || isUndisturbed(training) ? 0 : 1;
  }

  private void fit(LengthTraining training, Trainer trainer, Callback... callbacks)
      throws IOException {
    try {
      History history =
          training.fit(
              trainer
                  .checkpoints(options.out())
                  .checkpointEvery(options.every())
                  .resume(true)
                  .messages(line -> say("%s", line))
                  .howToResume("run the same command again")
                  .callbacks(callbacks));
      say("%s", history.end());
    } catch (StateException e) {
      throw new IOException(e.getMessage(), e); // a checkpoint of another training
    }
  }

  /// Trains once more from the beginning to the end, and says whether the weights are the same.
  private boolean isUndisturbed(LengthTraining resumed) {
    LengthTraining whole = new LengthTraining(options.loading().workers(0), options.learningRate());
    whole.fit(whole.trainer(options.epochs()));
    boolean same = whole.digest().equals(resumed.digest());
    say("weights %s without interruption: %s", whole.digest(), same ? "the same" : "NOT the same");
    return same;
  }
}
