package org.wengert.examples;

import static org.wengert.examples.BackpropByHand.d;
import static org.wengert.examples.Board.head;
import static org.wengert.examples.Board.note;
import static org.wengert.examples.Board.row;
import static org.wengert.examples.Lesson1GradientDescent.distance;
import static org.wengert.examples.Text.say;

import java.util.List;
import java.util.Objects;
import org.wengert.Autograd;
import org.wengert.F;
import org.wengert.Leaf;
import org.wengert.Parameter;
import org.wengert.Variable;
import org.wengert.graph.Graph;
import org.wengert.graph.TraversalOrders;
import org.wengert.nn.MSELoss;
import org.wengert.optim.SGD;
import org.wengert.optim.Stability;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;
import org.wengert.train.estimator.Activation;
import org.wengert.train.estimator.MLPClassifier;
import org.wengert.train.estimator.MLPRegressor;

/// Lesson 4, after Kim's lecture on neural networks: from the perceptron to training, and graphs
/// with several paths.
public final class Lesson4Training {
  private Lesson4Training() {}

  /// Runs the lesson.
  public static void main(String[] args) {
    say("Lesson 4: from the perceptron to training.");
    perceptron();
    exclusiveOr();
    graphs();
    chainRule();
    diamonds();
    deltaRule();
    jacobian();
    losses();
    network();
    trainingLoop();
    learningRate();
    momentum();
    scaling();
    dynamicGraph();
    tensors();
    estimators();
  }

  /// One neuron draws one line.
  public static void perceptron() {
    Variable w = Variable.constant(-1, 1);
    head("A perceptron with w = (-1, 1): o(X) < 0 is class 1, o(X) > 0 is class 2", "checked");
    row("o(2, 1), class 1", "-1", w.matMul(Variable.constant(2, 1)).item());
    row("o(1, 2), class 2", "1", w.matMul(Variable.constant(1, 2)).item());
    row("o(3, 3), on the line o(X) = 0", "0", w.matMul(Variable.constant(3, 3)).item());
  }

  /// Exclusive or needs two.
  public static void exclusiveOr() {
    head("Exclusive or, of 4 rows", "checked");
    row("right by one perceptron, at best", "3", Xor.perceptron(1_000));
    note("Two lines, y1 = x1 + x2 - 1.5 and y2 = x1 + x2 - .5: class 1 if y1 < 0 and y2 > 0.");
    String[] signs = {"+, +", "-, +", "-, +", "-, -"};
    for (int i = 0; i < 4; i++) {
      double[] x = Xor.X[i];
      String what = "(%.0f, %.0f): signs (%s), class".formatted(x[0], x[1], signs[i]);
      row(what, Xor.Y[i][0] == 1 ? "1" : "2", Xor.byTwoLines(x));
    }
  }

  /// The lecture's four graphs, as recorded.
  public static void graphs() {
    Leaf x = Variable.of(new double[][] {{1, 2}}).named("xᵀ");
    Leaf w = Variable.of(new double[][] {{.5}, {-.5}}).named("w");
    Leaf inputs = Variable.of(new double[][] {{1, 2}, {3, 4}}).named("X");
    Leaf weights = Variable.of(new double[][] {{1, 0}, {-1, 1}}).named("W");
    Leaf b = Variable.of(.5, .5).named("b");
    say("");
    say("Graphs: z = x y, ŷ = σ(xᵀ w + b), H = max(0, X W + b), λ Σ w²");
    Leaf two = Variable.of(2.0).named("x");
    show(two.mul(Variable.of(3.0).named("y")).named("z"));
    show(x.matMul(w).add(Variable.of(.1).named("b")).sigmoid().named("ŷ"));
    show(F.relu(inputs.matMul(weights).add(b)).named("H"));
    show(w.square().sum().mul(.01).named("R"));
  }

  private static void show(Variable y) {
    Graph.forward(y).text().lines().forEach(line -> say("  %s", line));
  }

  /// The chain rule on one path, and on several.
  public static void chainRule() {
    Leaf x = Variable.of(-2.0);
    Leaf y = Variable.of(5.0);
    Leaf z = Variable.of(-4.0);
    Variable q = x.add(y);
    Variable f = q.mul(z);
    head("f = (x + y) z at x = -2, y = 5, z = -4", "printed");
    row("q = x + y", "3", q.item());
    row("f = q z", "-12", f.item());
    row("∂f/∂x = ∂f/∂q ∂q/∂x = z · 1", "-4", d(f, x));
    row("∂f/∂y", "-4", d(f, y));
    row("∂f/∂z = q", "3", d(f, z));
    row("∂f/∂q = z", "-4", d(f, q));
  }

  /// Graphs in which several paths meet: three orders to walk back, one of them right.
  public static void diamonds() {
    head("Several paths: dz/dx = Σ dz/dy_i dy_i/dx, and why the order matters", "checked");
    diamond("c = b + b, b = a + a: dc/da", WhyOrderMatters.sums(), 0, "4", "8", "4");
    TraversalOrders both = WhyOrderMatters.sumsAndProducts();
    row("y = (a+b) + ab + (a+b) ab at 2, 3", "41", both.graph().output().value().item());
    diamond("dy/da", both, 0, "25", "29", "4");
    diamond("dy/db", both, 1, "19", "22", "3");
    diamond("f = 2 x (x a) + x² a at 1, 1: df/dx", WhyOrderMatters.cubes(), 0, "6", "7", "5");
    note(
        "Naive recursion goes into a node again with all that it has handed on before. Visiting once");
    note("goes on before everything has arrived. Last created first does neither: WhyOrderMatters");
    note("shows it addition by addition.");
  }

  private static void diamond(
      String what, TraversalOrders orders, int x, String right, String naive, String once) {
    row(what, right, gradient(orders, TraversalOrders.Order.CREATION, x));
    row("  by naive recursion", naive, gradient(orders, TraversalOrders.Order.NAIVE, x));
    row("  visiting each node once", once, gradient(orders, TraversalOrders.Order.VISIT_ONCE, x));
  }

  private static double gradient(TraversalOrders orders, TraversalOrders.Order order, int x) {
    return Objects.requireNonNull(orders.run(order).gradients().get(x));
  }

  /// The delta rule against backpropagation and against differences.
  public static void deltaRule() {
    DeltaRule net = DeltaRule.random(new Rng(1));
    Variable error = net.error(net.v(), net.w());
    head("The delta rule in a 3-4-2 network with random weights: largest differences", "");
    row("∂E/∂w_jk from backward()", distance(net.byW(), Autograd.grad(error, net.w())));
    row("∂E/∂v_ij from backward()", distance(net.byV(), Autograd.grad(error, net.v())));
    row("∂E/∂w_jk from central differences", net.fromDifferencesInW());
    row("∂E/∂v_ij from central differences", net.fromDifferencesInV());
    note(
        "Independent checks, with other weights, had 4.4e-12 and 1.3e-11. That is rounding in the");
    note("differences, not in the rule.");
  }

  /// The lecture's Jacobian `∂NET/∂W` of a layer, with the weights as one vector.
  public static void jacobian() {
    Variable y = Variable.constant(1, 2, 3);
    Variable w = Variable.constant(.1, .2, .3, .4, .5, .6);
    Variable j = Autograd.jacobian(flat -> flat.reshape(2, 3).matMul(y), w);
    say("");
    say("∂NET/∂W of a layer with y = (1, 2, 3) and two outputs: |NET| × |W| = 2 × 6, in blocks");
    for (int k = 0; k < 2; k++) {
      double[] line = j.select(0, k).value().toDoubleArray();
      say("  %3.0f%3.0f%3.0f%3.0f%3.0f%3.0f", line[0], line[1], line[2], line[3], line[4], line[5]);
    }
  }

  /// The lecture's losses, and how libraries count.
  public static void losses() {
    Variable y = Variable.constant(1, 2, 4);
    Variable target = Variable.constant(1, 1, 1);
    Variable logits = Variable.constant(new double[][] {{1, 2, 3}});
    Variable third = Variable.constant(new double[][] {{0, 0, 1}});
    head("Losses: outputs (1, 2, 4) for targets 1", "checked");
    row(
        "1/(2 K) Σ (ŷ_k - y_k)², as the lecture",
        "1.666666667",
        y.sub(target).square().sum().div(6).item());
    row("MSELoss, 1/K: twice that", "3.333333333", new MSELoss().forward(y, target).item());
    note("The lecture's \"(ŷ_k - y)²\" lacks an index: y_k.");
    row(
        "-Σ d_c log X_c, logits (1, 2, 3), class 3",
        "0.4076059644",
        F.crossEntropy(logits, third).item());
  }

  /// The network for handwritten digits.
  public static void network() {
    HelloMLP model = new HelloMLP(new Rng(1));
    List<Parameter> p = model.parameters();
    head("HelloMLP on MNIST", "printed");
    row("training images, 10 classes of 6,000", "60000", 10 * 6_000);
    row("test images, 10 classes of 1,000", "10000", 10 * 1_000);
    note("The sums are right; the real classes are not equally large.");
    head("Parameters", "checked");
    for (int layer = 0; layer < 3; layer++) {
      Shape shape = p.get(2 * layer).shape();
      int count = p.get(2 * layer).value().count() + p.get(2 * layer + 1).value().count();
      String what =
          "layer %d: %d·%d + %d".formatted(layer + 1, shape.size(1), shape.size(0), shape.size(0));
      row(what, List.of("50240", "4160", "650").get(layer), count);
    }
    row("all", "55050", Lesson1GradientDescent.parameterCount(model));
    note("There is no softmax at the end: CrossEntropyLoss contains it.");
  }

  /// The lecture's training loop reports nothing, because two lines stand too far to the left.
  public static void trainingLoop() {
    head("The training loop: reports per epoch of 15,000 batches", "checked");
    row("\"if i % 2000 == 1999: print\" inside the loop", "7", reports(15_000, true));
    row("after the loop, as the lecture has it", "0", reports(15_000, false));
    note(
        "As printed, \"running_loss += ..\" and all that follows stand outside the inner loop: they");
    note("see the last batch only, and report only if its index happens to be 1999 modulo 2000.");
  }

  /// How often a loop over so many batches reports.
  static int reports(int batches, boolean isInside) {
    int reports = 0;
    int i = 0;
    for (; i < batches; i++) {
      reports += isInside && i % 2_000 == 1_999 ? 1 : 0;
    }
    return reports + (!isInside && (i - 1) % 2_000 == 1_999 ? 1 : 0);
  }

  /// The lecture's "general guideline for learning rate".
  public static void learningRate() {
    head("The learning rate: ten steps on E = w² from w = 1", "checked");
    row("η = 1.05, w oscillates, E gets worse", "6.727499949", errorAfterTen(1.05));
    row("η = .01, E falls consistently, but slowly", "0.6676079718", errorAfterTen(.01));
    row("η = .25", "9.536743164e-7", errorAfterTen(.25));
    note("Gets worse or oscillates: reduce the rate. Falls slowly and steadily: increase it.");
    head("E = (w - x)² for x = 1 and x = -1 by turns: in the end |w| is", "checked");
    row("η = .5, it jumps to and fro", "1", Math.abs(trained(.5, 1_000, 1, -1)));
    row("η = .05, turned down", "0.05263157895", Math.abs(trained(.05, 1_000, 1, -1)));
    note("The rate turned down reduces the fluctuations, η / (1 - η): do so when the validation");
    note("error stalls, not too soon. org.wengert.train.Coach says all this during a training.");
  }

  private static double errorAfterTen(double rate) {
    double w = trained(rate, 10, 0);
    return w * w;
  }

  /// The weight after so many steps on `(w - x)²` from 1, the samples by turns.
  static double trained(double rate, int steps, double... samples) {
    Parameter w = new Parameter(Tensor.of(1.0));
    SGD optimizer = new SGD(List.of(w), rate);
    for (int step = 0; step < steps; step++) {
      optimizer.zeroGrad();
      w.sub(samples[step % samples.length]).square().backward();
      optimizer.step();
    }
    return w.item();
  }

  /// Two ways to write momentum.
  public static void momentum() {
    head("Momentum .9 on w² from w = 1, ten steps", "checked");
    row("ΔW ← -η g + m ΔW, as the lecture, η = .1", "0.0043998706", byTheLecture(.1, .1));
    row("v ← m v + g, W ← W - η v, as SGD, η = .1", "0.0043998706", bySgd(.1, .1));
    row("the lecture's form, η = .05 from step 6 on", byTheLecture(.1, .05));
    row("SGD, η = .05 from step 6 on", bySgd(.1, .05));
    note(
        "Equal while the rate is constant. When it changes, SGD's next step is scaled as a whole,");
    note("the lecture's only in its newest part.");
  }

  /// `w²` from `w = 1`, five steps at one rate and five at another.
  static double bySgd(double first, double then) {
    Parameter w = new Parameter(Tensor.of(1.0));
    SGD optimizer = new SGD(List.of(w), first, 0.9);
    for (int step = 0; step < 10; step++) {
      optimizer.learningRates(step < 5 ? first : then);
      optimizer.zeroGrad();
      w.square().backward();
      optimizer.step();
    }
    return w.item();
  }

  /// The same with `Δw ← -η g + m Δw`, `w ← w + Δw`.
  static double byTheLecture(double first, double then) {
    double w = 1;
    double move = 0;
    for (int step = 0; step < 10; step++) {
      move = -(step < 5 ? first : then) * 2 * w + 0.9 * move;
      w += move;
    }
    return w;
  }

  /// Inputs of a neuron without bias that learns the targets 2 and 0.
  ///
  /// @param inputs of the two samples
  /// @param condition of the Hessian
  /// @param steps to a sum of squares below 1e-6 from zero, with the best constant rate
  record Scaled(Tensor inputs, String condition, String steps) {
    private Variable loss(Parameter w) {
      Variable target = Variable.constant(2, 0);
      return Variable.constant(inputs).matMul(w).sub(target).square().sum();
    }

    Stability stability() {
      Parameter w = new Parameter(Tensor.of(0.0, 0.0));
      return Stability.of(() -> loss(w), List.of(w));
    }

    int stepsTaken() {
      Parameter w = new Parameter(Tensor.of(0.0, 0.0));
      SGD optimizer = new SGD(List.of(w), stability().bestRate());
      for (int taken = 0; ; taken++) {
        optimizer.zeroGrad();
        Variable loss = loss(w);
        if (loss.item() < 1e-6) {
          return taken;
        }
        loss.backward();
        optimizer.step();
      }
    }
  }

  static final List<Scaled> SCALED =
      List.of(
          new Scaled(Tensor.of(new double[][] {{101, 101}, {101, 99}}), "40005.92", "152041"),
          new Scaled(Tensor.of(new double[][] {{1, 1}, {1, -1}}), "1", "1"),
          new Scaled(Tensor.of(new double[][] {{.1, 10}, {.1, -10}}), "10000", "38005"));

  /// "Shifting and scaling input values makes a big difference."
  public static void scaling() {
    head("Shifting and scaling inputs: SSE < 1e-6 from w = 0 at the best rate", "checked");
    for (Scaled scaled : SCALED) {
      double[][] x = scaled.inputs.toArray(double[][].class);
      String name =
          "%s, %s → 2; %s, %s → 0"
              .formatted(
                  Text.digits(3, x[0][0]),
                  Text.digits(3, x[0][1]),
                  Text.digits(3, x[1][0]),
                  Text.digits(3, x[1][1]));
      row(name + ": condition", scaled.condition, scaled.stability().condition());
      row("steps", scaled.steps, scaled.stepsTaken());
    }
    note("Subtract the mean of each input, and divide by its deviation.");
  }

  /// A graph that is recorded while the program runs.
  public static void dynamicGraph() {
    Rng.seed(1);
    Variable nextH = DynamicGraph.lecture();
    say("");
    say("A dynamic graph: next_h = tanh(W_h prev_hᵀ + W_x xᵀ), of shape %s", nextH.shape());
    DynamicGraph.lines(DynamicGraph.recorded(nextH)).forEach(line -> say("  %s", line));
    note(
        "PyTorch's own page has backward(ones(1, 20)) for this value of shape (20, 1): the seed must");
    note("have the value's shape, ones(20, 1); or take sum() first.");
  }

  /// The lecture's calls on tensors, in Java.
  public static void tensors() {
    Rng.seed(1);
    Variable x = Variable.constant(Tensor.rand(5, 3));
    Variable y = Variable.constant(Tensor.zeros(5, 3));
    say("");
    say("Tensors: the lecture's calls in Java, and the shapes they give");
    say("  %-34s %-42s %s", "torch.tensor(array)", "Tensor.of(array)", "");
    say(
        "  %-34s %-42s %s",
        "torch.rand(5, 3), zeros(5, 3)", "Tensor.rand(5, 3), Tensor.zeros(5, 3)", x.shape());
    say("  %-34s %-42s %s", "x + y", "x.add(y)", x.add(y).shape());
    say("  %-34s %-42s %s", "x[:, 1]", "x.select(1, 1)", x.select(1, 1).shape());
    say("  %-34s %-42s %s", "torch.randn(1)", "Tensor.randn(1)", Tensor.randn(1).shape());
    say("  %-34s %-42s %s", "x.item()", "x.item()", "a double");
    say("  %-34s %-42s %s", "a.numpy()", "a.value().toArray(float[][].class)", "a float[5][3]");
    note("Layers, losses and optimizers have PyTorch's names: Linear, LSTM, MSELoss, SGD, ...");
  }

  /// The lecture's two networks of scikit-learn, on exclusive or.
  public static void estimators() {
    List<Integer> classes = List.of(1, 2, 2, 1);
    var options = MLPClassifier.defaults().randomState(0).hiddenLayerSizes(100);
    var mlp = new MLPClassifier<Integer>(options).fit(Xor.X, classes);
    var logistic = MLPRegressor.defaults().activation(Activation.LOGISTIC).maxIter(100_000);
    var mlpR = new MLPRegressor(logistic.hiddenLayerSizes(50, 50, 50).randomState(0));
    mlpR.fit(Xor.X, new double[] {0, 1, 1, 0});
    say("");
    say("scikit-learn: MLPClassifier and MLPRegressor have its parameters and defaults");
    note("new MLPClassifier<Integer>(options).fit(x, y).predict(x) gives %s", mlp.predict(Xor.X));
    note(
        "new MLPRegressor(options).fit(x, y).predict(x) has shape %s", mlpR.predict(Xor.X).shape());
  }
}
