package org.wengert.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.wengert.Variable;
import org.wengert.io.Checkpoint;
import org.wengert.nn.Dropout;
import org.wengert.nn.Linear;
import org.wengert.nn.MSELoss;
import org.wengert.nn.Module;
import org.wengert.nn.Sequential;
import org.wengert.nn.Tanh;
import org.wengert.optim.AdamW;
import org.wengert.optim.Optimizer;
import org.wengert.optim.StepLR;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// A small training that saves a checkpoint after every other step and goes on from the one it
/// finds. Prints the number of each step, so that whoever wants to kill it knows where it is.
final class KilledTraining {
  private KilledTraining() {}

  /// Arguments: the checkpoint's file and the number of steps.
  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[0]);
    long steps = Long.parseLong(arguments[1]);
    Rng.seed(1);
    Module model =
        new Sequential(new Linear(16, 64), new Tanh(), new Dropout(0.3), new Linear(64, 1));
    Optimizer optimizer = new AdamW(model.parameters());
    StepLR schedule = new StepLR(optimizer, 7, 0.9);
    Checkpoint checkpoint =
        Checkpoint.of("model", model)
            .with("optimizer", optimizer)
            .with("schedule", schedule)
            .with("random", Rng.current());
    long step = Files.exists(file) ? checkpoint.load(file) : 0;
    System.out.println("from " + step);
    MSELoss criterion = new MSELoss();
    while (step < steps) {
      Variable x = Variable.constant(Tensor.randn(Shape.of(8, 16), DType.FLOAT32, Rng.current()));
      optimizer.zeroGrad();
      criterion.forward(model.forward(x), x.square().mean(1).reshape(8, 1)).backward();
      optimizer.step();
      schedule.step();
      step++;
      if (step % 2 == 0) {
        checkpoint.save(file, step);
      }
      System.out.println(step);
    }
  }
}
