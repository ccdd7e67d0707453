package org.wengert.examples;

import static java.util.stream.Collectors.joining;
import static org.wengert.examples.Text.say;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.wengert.Constant;
import org.wengert.Leaf;
import org.wengert.Step;
import org.wengert.Variable;
import org.wengert.nn.Linear;
import org.wengert.nn.MSELoss;
import org.wengert.nn.Module; // a single-type import, because there is a java.lang.Module
import org.wengert.optim.Adam;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Lecture 4: the graph is recorded while the program runs, so a model may use `for` and `if` like
/// any other program, and each input has the graph that it needs.
public final class DynamicGraph {
  private DynamicGraph() {}

  /// A small recurrent network that reads numbers one by one, as many as there are, and skips
  /// zeros: a loop as long as the data, and an `if` that looks at the data. From `(T)` to `(1, 1)`.
  static final class Reader extends Module {
    private final Linear i2h = new Linear(1, 8);
    private final Linear h2h = new Linear(8, 8, false);
    private final Linear h2o = new Linear(8, 1);

    @Override
    public Variable forward(Variable numbers) {
      Variable h = Variable.constant(Tensor.zeros(Shape.of(1, 8), numbers.dtype()));
      for (int t = 0; t < numbers.size(0); t++) {
        Variable x = numbers.select(0, t).reshape(1, 1);
        if (x.item() != 0) {
          h = i2h.call(x).add(h2h.call(h)).tanh();
        }
      }
      return h2o.call(h);
    }
  }

  /// What was recorded to compute `y`, oldest first, found by walking from results to operands.
  static List<Step> recorded(Variable y) {
    Set<Step> found = new LinkedHashSet<>(); // variables are equal only to themselves
    Deque<Variable> open = new ArrayDeque<>(List.of(y));
    while (!open.isEmpty()) {
      if (open.pop() instanceof Step step && found.add(step)) {
        open.addAll(step.inputs());
      }
    }
    return found.stream().sorted(Comparator.comparingLong(Step::number)).toList();
  }

  /// One line for each recorded step: `s3 = matMul(x, s1)`, where `x` is a constant without a name.
  static List<String> lines(List<Step> steps) {
    List<String> lines = new ArrayList<>();
    for (Step step : steps) {
      String operands =
          step.inputs().stream().map(x -> name(x, steps)).collect(joining(", ", "(", ")"));
      lines.add(name(step, steps) + " = " + step.op().label() + operands);
    }
    return lines;
  }

  private static String name(Variable x, List<Step> steps) {
    return switch (x) {
      case Step step -> "s" + (steps.indexOf(step) + 1);
      case Leaf leaf -> leaf.name();
      case Constant constant -> constant.name().isEmpty() ? "x" : constant.name();
    };
  }

  /// Teaches the reader to add up; returns the mean loss of the first and of the last 50 steps.
  static double[] learnToAdd(Reader reader, int steps) {
    Rng random = Rng.current();
    var optimizer = new Adam(reader.parameters(), 0.01);
    double[] mean = new double[2];
    for (int step = 0; step < steps; step++) {
      Tensor numbers = Tensor.rand(1 + random.nextInt(5));
      Variable x = Variable.constant(numbers).sub(0.5);
      optimizer.zeroGrad();
      Variable loss = new MSELoss().forward(reader.call(x), x.sum().reshape(1, 1));
      loss.backward();
      optimizer.step();
      mean[0] += step < 50 ? loss.item() / 50 : 0;
      mean[1] += step >= steps - 50 ? loss.item() / 50 : 0;
    }
    return mean;
  }

  /// The lecture's own graph, after `backward`. The seed is the gradient of a sum: ones. The
  /// lecture's, of shape `(1, 20)`, does not fit the result, which is `(20, 1)`.
  static Variable lecture() {
    Variable x = Variable.constant(Tensor.randn(1, 10)).mT().named("xᵀ");
    Variable prevH = Variable.constant(Tensor.randn(1, 20)).mT().named("prev_hᵀ");
    Leaf wH = Variable.of(Tensor.randn(20, 20)).named("W_h");
    Leaf wX = Variable.of(Tensor.randn(20, 10)).named("W_x");

    Variable i2h = wX.matMul(x);
    Variable h2h = wH.matMul(prevH);
    Variable nextH = i2h.add(h2h).tanh();
    nextH.backward(Tensor.ones(20, 1));
    return nextH;
  }

  /// Shows graphs that follow the data, and a model of that kind that learns.
  public static void main(String[] args) {
    Rng.seed(1); // layers and tensors take their random numbers from there
    Reader reader = new Reader();
    reader.parameters(); // names them
    say("The same model, and what it records for different inputs");
    for (float[] numbers : new float[][] {{0}, {.3f}, {.3f, 0, .2f}, {.3f, .1f, .2f}}) {
      List<Step> steps = recorded(reader.call(Variable.constant(Tensor.of(numbers))));
      long rounds = steps.stream().filter(step -> step.op().label().equals("tanh")).count();
      say("%n%s: %d steps, of which %d tanh", Arrays.toString(numbers), steps.size(), rounds);
      if (rounds < 2) {
        lines(steps).forEach(line -> say("  %s", line));
      }
    }
    double[] loss = learnToAdd(reader, 2_000);
    say("%nIt learns to add up 1 to 5 numbers, by mean square: loss %.4f at first", loss[0]);
    say("and %.4f after 2,000 steps, each through a graph of its own.", loss[1]);
    for (float[] numbers : new float[][] {{.3f}, {.3f, 0, .2f}, {.4f, -.1f, -.2f, .1f}}) {
      double sum = reader.call(Variable.constant(Tensor.of(numbers))).item();
      say("  %-22s %7.3f", Arrays.toString(numbers), sum);
    }
    say("%nThe lecture's graph: next_h = tanh(W_h prev_hᵀ + W_x xᵀ), and back from a seed of ones");
    Variable nextH = lecture();
    lines(recorded(nextH)).forEach(line -> say("  %s", line));
    for (Leaf leaf : leaves(nextH)) {
      Tensor grad = Objects.requireNonNull(leaf.grad());
      say("  gradient of %s: shape %s", leaf.name(), grad.shape());
    }
  }

  /// Where the gradients of `y` arrived.
  static List<Leaf> leaves(Variable y) {
    return recorded(y).stream()
        .flatMap(step -> step.inputs().stream())
        .filter(Leaf.class::isInstance)
        .map(Leaf.class::cast)
        .distinct()
        .toList();
  }
}
