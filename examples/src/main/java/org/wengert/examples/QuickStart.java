package org.wengert.examples;

import static org.wengert.check.GradientAssert.assertThatGradient;

import org.wengert.Autograd;
import org.wengert.F;
import org.wengert.Op;
import org.wengert.Variable;
import org.wengert.graph.ChainRule;
import org.wengert.graph.Graph;
import org.wengert.nn.CrossEntropyLoss;
import org.wengert.nn.Linear;
import org.wengert.nn.Module;
import org.wengert.optim.SGD;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Tensor;

/// The code of the README: each region stands there word for word, and a test compares them.
public final class QuickStart {
  private QuickStart() {}

  /// Runs all regions.
  public static void main(String[] args) {
    firstGradient();
    chainRule();
    System.out.printf("accuracy %.2f%n", training());
    ownOperation();
    ownLoop();
  }

  @SuppressWarnings("NullAway") // after backward() the gradients are there
  static void firstGradient() {
    // region: first gradient
    Variable x = Variable.of(-2.0).named("x");
    Variable y = Variable.of(5.0).named("y");
    Variable z = Variable.of(-4.0).named("z");
    Variable f = x.add(y).mul(z); // recorded as it happens: f = (x + y) z

    f.backward();
    System.out.println(x.grad().item() + " " + y.grad().item() + " " + z.grad().item()); // -4 -4 3

    Variable slope = Autograd.grad(x.pow(3), x); // 3 x², itself recorded
    System.out.println(Autograd.grad(slope, x).item()); // 6 x = -12
    // end region
  }

  static void chainRule() {
    // region: chain rule
    Variable x = Variable.of(-2.0).named("x");
    Variable q = x.add(Variable.of(5.0).named("y")).named("q");
    Variable f = q.mul(Variable.of(-4.0).named("z")).named("f");
    System.out.println(Graph.of(f).text());
    System.out.println(ChainRule.explain(f, x).text());
    // end region
  }

  // region: model
  static final class Net extends Module { // org.wengert.nn.Module, imported by name
    final Linear hidden = new Linear(2, 16);
    final Linear output = new Linear(16, 2);

    @Override
    public Variable forward(Variable x) {
      return output.call(F.tanh(hidden.call(x)));
    }
  }

  // end region

  static double training() {
    // region: training
    Rng.seed(42);
    Tensor points = Tensor.randn(200, 2);
    Variable x = Variable.constant(points);
    Variable inside = F.sum(x.square(), false, 1).lt(1.4).to(DType.INT64); // in a circle: class 1

    Net model = new Net();
    CrossEntropyLoss criterion = new CrossEntropyLoss();
    SGD optimizer = new SGD(model.parameters(), 0.5, 0.9);
    for (int epoch = 0; epoch < 100; epoch++) {
      optimizer.zeroGrad();
      Variable loss = criterion.forward(model.call(x), inside);
      loss.backward();
      optimizer.step();
    }
    Variable predicted = F.argMax(model.call(x), 1, false);
    double accuracy = F.eq(predicted, inside).sum().item() / 200;
    // end region
    return accuracy;
  }

  // region: own operation
  record Swish(double beta) implements Op.Pointwise {
    @Override
    public double value(double x) {
      return x / (1 + Math.exp(-beta * x));
    }

    @Override
    public Variable backward(Variable gy, Variable x, Variable y) {
      Variable s = F.sigmoid(x.mul(beta));
      return gy.mul(s.add(y.mul(beta).mul(s.rsub(1))));
    }
  }

  // end region

  static void ownOperation() {
    // region: check
    assertThatGradient(x -> new Swish(1.5).apply(x)).at(0.3).isCorrectToSecondOrder();
    // end region
  }

  // region: loop
  static final class Grow extends Module {
    final Linear step = new Linear(3, 3);

    @Override
    public Variable forward(Variable x) {
      while (x.square().sum().item() < 100) { // as often as this input needs
        x = step.call(x).tanh().add(x.mul(1.5));
      }
      return x;
    }
  }

  // end region

  static void ownLoop() {
    // region: check loop
    Module model = new Grow().to(DType.FLOAT64);
    Tensor x = Tensor.of(new double[][] {{0.5, -1.0, 2.0}});
    assertThatGradient(model::call).at(x).withParameters(model.parameters()).isCorrect();
    // end region
  }
}
