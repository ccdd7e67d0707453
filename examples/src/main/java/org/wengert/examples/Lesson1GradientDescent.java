package org.wengert.examples;

import static org.wengert.examples.Board.head;
import static org.wengert.examples.Board.note;
import static org.wengert.examples.Board.row;
import static org.wengert.examples.Board.verdict;
import static org.wengert.examples.Text.say;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.wengert.Autograd;
import org.wengert.F;
import org.wengert.Leaf;
import org.wengert.Parameter;
import org.wengert.Variable;
import org.wengert.nn.Layer;
import org.wengert.nn.Linear;
import org.wengert.nn.Module; // a single-type import, because there is a java.lang.Module
import org.wengert.nn.Sequential;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Lesson 1, after Kofke's lecture on neural networks: gradient descent on the simplest network,
/// what the learning rate does, and why networks need activation functions.
public final class Lesson1GradientDescent {
  private static final double[] AT = {-2, -1, -.5, 0, .5, 1, 2};

  private Lesson1GradientDescent() {}

  /// A line of the lecture's table of activation functions.
  ///
  /// @param name as there
  /// @param f the function
  /// @param values at -2, -1, -.5, 0, .5, 1 and 2, computed independently
  record Activation(String name, Layer f, List<String> values) {
    Activation(String name, Layer f, String... values) {
      this(name, f, List.of(values));
    }

    double[] computed() {
      return f.forward(Variable.constant(AT)).value().toDoubleArray();
    }
  }

  static final List<Activation> ACTIVATIONS =
      List.of(
          new Activation("ReLU", F::relu, "0", "0", "0", "0", ".5", "1", "2"),
          new Activation(
              "ELU, a = 1",
              x -> F.elu(x, 1),
              "-0.8646647168 -0.6321205588 -0.3934693403 0 .5 1 2".split(" ")),
          new Activation(
              "CELU, a = 2",
              x -> F.celu(x, 2),
              "-1.2642411177 -0.7869386806 -0.4423984339 0 .5 1 2".split(" ")),
          new Activation(
              "GELU",
              F::gelu,
              "-0.0455002639",
              "-0.1586552539",
              "-0.1542687694",
              "0",
              "0.3457312306",
              "0.8413447461",
              "1.9544997361"),
          new Activation(
              "GELU by tanh",
              F::geluTanh,
              "-0.0454023059",
              "-0.1588080094",
              "-0.1542859902",
              "0",
              "0.3457140098",
              "0.8411919906",
              "1.9545976941"),
          new Activation(
              "GELU by σ(1.702 v)",
              Lesson1GradientDescent::geluSigmoid,
              "-0.0643413769",
              "-0.1542042341",
              "-0.1496115634",
              "0",
              "0.3503884366",
              "0.8457957659",
              "1.9356586231"),
          new Activation(
              "RBF, a = 1, c = 0",
              x -> F.rbf(x, 1, 0),
              "0.0183156389",
              "0.3678794412",
              "0.7788007831",
              "1",
              "0.7788007831",
              "0.3678794412",
              "0.0183156389"),
          new Activation(
              "sigmoid",
              F::sigmoid,
              "0.1192029220",
              "0.2689414214",
              "0.3775406688",
              ".5",
              "0.6224593312",
              "0.7310585786",
              "0.8807970780"),
          new Activation(
              "softplus",
              F::softplus,
              "0.1269280110",
              "0.3132616875",
              "0.4740769842",
              "0.6931471806",
              "0.9740769842",
              "1.3132616875",
              "2.1269280110"),
          new Activation(
              "tanh",
              F::tanh,
              "-0.9640275801",
              "-0.7615941560",
              "-0.4621171573",
              "0",
              "0.4621171573",
              "0.7615941560",
              "0.9640275801"));

  /// Runs the lesson.
  public static void main(String[] args) {
    say("Lesson 1: gradient descent. A network of one weight and one bias learns a line.");
    LinearRegression.main(args);
    layers();
    activations();
    kinks();
  }

  /// Counting parameters, and why layers without activation functions are one layer.
  public static void layers() {
    Rng random = new Rng(1);
    head("More inputs, more layers", "printed");
    Module small = new Sequential(new Linear(2, 2, random), new Linear(2, 1, random));
    row("parameters of 2-2-1: 2·2 + 2 + 2·1 + 1", "9", parameterCount(small));

    Linear one = new Linear(3, 5, random);
    Linear two = new Linear(5, 4, random);
    Linear three = new Linear(4, 2, random);
    Module deep = new Sequential(one, two, three).to(DType.FLOAT64);
    Variable x = Variable.constant(Tensor.randn(Shape.of(7, 3), DType.FLOAT64, random));
    Variable w32 = three.weight().matMul(two.weight());
    Variable a = w32.matMul(one.weight());
    Variable c = w32.matMul(bias(one)).add(three.weight().matMul(bias(two))).add(bias(three));
    row("3-5-4-2 without activations - (A x + c)", distance(deep.call(x), x.matMul(a.mT()).add(c)));
    note("A = W3 W2 W1 and c = W3 W2 b1 + W3 b2 + b3: three layers, and still a line.");
    Variable ones = Variable.constant(Tensor.full(Shape.of(7, 1), 1, DType.FLOAT64));
    Variable wide = F.cat(List.of(one.weight(), bias(one).reshape(-1, 1)), 1);
    row(
        "W x + b - (W b) (x 1)",
        distance(one.call(x), F.cat(List.of(x, ones), 1).matMul(wide.mT())));
    note("The bias is a last column of W, for an input that is always 1.");
  }

  /// The lecture's table of activation functions.
  public static void activations() {
    say("");
    say("Activation functions, at -2 ... 2; checked against ten digits computed elsewhere");
    for (Activation activation : ACTIVATIONS) {
      double[] computed = activation.computed();
      StringBuilder line = new StringBuilder();
      boolean isExact = true;
      for (int i = 0; i < computed.length; i++) {
        line.append(String.format(Locale.ROOT, "%9.5f", computed[i]));
        isExact &= verdict(activation.values.get(i), computed[i]).equals("exact");
      }
      say("  %-19s%s   %s", activation.name, line, isExact ? "exact" : "WRONG");
    }
    note("CELU: the lecture prints a (exp(v_a) - 1), an index where a fraction is meant:");
    note("a (exp(v/a) - 1).");
  }

  /// How good the short forms of GELU are, and which functions have a kink.
  public static void kinks() {
    Variable x =
        Variable.constant(Tensor.arange(12_001).to(DType.FLOAT64)).sub(6_000.0).div(1_000.0);
    head("\"Faster approximated versions\" of GELU on [-6, 6]; slopes beside 0", "checked");
    row("largest error by tanh", "4.73e-4", distance(F.gelu(x), F.geluTanh(x)));
    row("largest error by σ(1.702 v)", "2.03e-2", distance(F.gelu(x), geluSigmoid(x)));
    row("ELU, a = 2: slope left of 0, a kink", "2.0000000", slope(v -> F.elu(v, 2), -1e-9));
    row("right of 0", "1.0000000", slope(v -> F.elu(v, 2), 1e-9));
    row("CELU, a = 2: slope left of 0, no kink", "1.0000000", slope(v -> F.celu(v, 2), -1e-9));
  }

  /// The lecture's shortest form of GELU, `v σ(1.702 v)`.
  static Variable geluSigmoid(Variable v) {
    return v.mul(v.mul(1.702).sigmoid());
  }

  /// The bias of a layer that has one.
  static Parameter bias(Linear layer) {
    return Objects.requireNonNull(layer.bias());
  }

  /// How many numbers a model learns.
  static int parameterCount(Module model) {
    return model.parameters().stream().mapToInt(p -> p.value().count()).sum();
  }

  /// The largest difference of two elements.
  static double distance(Variable a, Variable b) {
    return F.amax(F.abs(a.sub(b)), false).item();
  }

  private static double slope(Layer f, double at) {
    Leaf x = Variable.of(at);
    return Autograd.grad(f.forward(x), x).item();
  }
}
