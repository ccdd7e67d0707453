package org.wengert.examples.guide;

import java.util.List;
import org.wengert.Parameter;
import org.wengert.Variable;
import org.wengert.nn.Linear;
import org.wengert.nn.MSELoss;
import org.wengert.nn.Sequential;
import org.wengert.nn.Tanh;
import org.wengert.optim.Adam;
import org.wengert.optim.CosineAnnealingLR;
import org.wengert.optim.IterationTable;
import org.wengert.optim.SGD;
import org.wengert.optim.Stability;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Tensor;

/// The code of the page on training.
public final class TrainingGuide {
  private TrainingGuide() {}

  /// Runs all regions.
  public static void main(String[] args) {
    loop();
    table();
    stability();
  }

  static void loop() {
    // region: loop
    Rng.seed(42);
    Variable x = Variable.constant(Tensor.rand(256, 1)).mul(6).sub(3); // -3 to 3
    Variable y = x.square(); // what to learn
    var model = new Sequential(new Linear(1, 32), new Tanh(), new Linear(32, 1));
    var criterion = new MSELoss();
    var optimizer = new Adam(model.parameters(), 0.02);
    var schedule = new CosineAnnealingLR(optimizer, 300);
    for (int step = 0; step <= 300; step++) {
      optimizer.zeroGrad(); // gradients add up otherwise
      Variable loss = criterion.forward(model.call(x), y);
      loss.backward();
      optimizer.step();
      schedule.step();
      if (step % 100 == 0) {
        System.out.printf("step %3d, loss %.4f%n", step, loss.item());
      }
    }
    // end region
  }

  // region: line
  static final Variable X = Variable.constant(1, 2, 3, 4, 5);
  static final Variable Y = Variable.constant(5.082, 7.950, 10.96, 14.05, 17.04);

  static Variable loss(Parameter w, Parameter b) {
    return Y.sub(w.mul(X).add(b)).square().sum();
  }

  // end region

  static void table() {
    // region: table
    Parameter w = new Parameter(Tensor.of(1.0)).named("w");
    Parameter b = new Parameter(Tensor.of(0.0)).named("b");
    var optimizer = new SGD(List.of(w, b), 0.01);
    System.out.print(IterationTable.run(optimizer, () -> loss(w, b), 4).text());
    // end region
  }

  static void stability() {
    // region: stability
    Parameter w = new Parameter(Tensor.of(1.0));
    Parameter b = new Parameter(Tensor.of(0.0));
    Stability here = Stability.of(() -> loss(w, b), List.of(w, b));
    System.out.printf("diverges above %.7f, best %.4f%n", here.limit(), here.bestRate());
    System.out.println(here.advice());
    // end region
  }
}
