package org.wengert.examples;

import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.wengert.train.Callback;
import org.wengert.train.data.DataLoader;

/// A program that trains, with a step that does not end, or ends the program.
final class UnendingStep {
  private UnendingStep() {}

  public static void main(String[] args) {
    LengthTraining training = new LengthTraining(DataLoader.Options.defaults(), 0.001);
    Callback.AfterStep unending =
        step -> {
          if (args[1].equals("exit")) {
            System.exit(3);
          }
          Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hooks run")));
          System.out.println("in the step");
          while (true) {
            LockSupport.park();
          }
        };
    training.fit(training.trainer(1).checkpoints(Path.of(args[0])).callbacks(unending));
  }
}
