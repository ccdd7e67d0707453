package org.wengert.examples;

import static java.util.stream.Collectors.joining;
import static org.wengert.examples.Board.head;
import static org.wengert.examples.Board.note;
import static org.wengert.examples.Board.row;
import static org.wengert.examples.Text.say;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.wengert.F;
import org.wengert.Parameter;
import org.wengert.Variable;
import org.wengert.graph.ChainRule;
import org.wengert.graph.Explanation;
import org.wengert.graph.Factor;
import org.wengert.graph.Formula;
import org.wengert.nn.Linear;
import org.wengert.nn.Sequential;
import org.wengert.optim.IterationTable;
import org.wengert.optim.SGD;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Tensor;
import org.wengert.train.estimator.MLPRegressor;

/// Lesson 3, after Oke's lecture on deep networks for structured data: how large networks are, and
/// the chain rule through any number of layers.
public final class Lesson3DeepNetworks {
  private Lesson3DeepNetworks() {}

  /// A network of one neuron in each of so many layers, `z = w a + b` and `a = σ(z)`.
  ///
  /// @param w the weights, from the first layer to the last
  /// @param b the biases
  record Chain(List<Parameter> w, List<Parameter> b) {
    static Chain of(int layers) {
      List<Parameter> w = new ArrayList<>();
      List<Parameter> b = new ArrayList<>();
      for (int l = 1; l <= layers; l++) {
        w.add(new Parameter(Tensor.of(.5 + .25 * l)).named("w" + l));
        b.add(new Parameter(Tensor.of(.1 * l)).named("b" + l));
      }
      return new Chain(w, b);
    }

    /// The input 1.5 and the activation of each layer.
    List<Variable> activations() {
      List<Variable> a = new ArrayList<>(List.of(Variable.constant(1.5).named("a0")));
      for (int l = 1; l <= w.size(); l++) {
        Variable z = w.get(l - 1).mul(a.getLast()).add(b.get(l - 1)).named("z" + l);
        a.add(z.sigmoid().named("a" + l));
      }
      return a;
    }

    /// The squared error for the target 1, eqs 39 to 43.
    Variable loss() {
      return error(activations().getLast());
    }

    List<Parameter> parameters() {
      List<Parameter> all = new ArrayList<>(w);
      all.addAll(b);
      return all;
    }
  }

  /// Runs the lesson.
  public static void main(String[] args) {
    say("Lesson 3: deep networks. How many numbers they learn, and how gradients reach them.");
    sizes();
    identities();
    losses();
    hyperparameters();
    regressionHead();
    derivatives();
    updates();
    slips();
  }

  /// How many neurons and parameters the lecture's networks have.
  public static void sizes() {
    Rng random = new Rng(1);
    head("Counting", "printed");
    var two = new Sequential(new Linear(3, 4, random), new Linear(4, 2, random));
    var three =
        new Sequential(
            new Linear(3, 4, random), new Linear(4, 3, random), new Linear(3, 2, random));
    row("3-4-2: parameters, 4·4 + 5·2", "26", Lesson1GradientDescent.parameterCount(two));
    row("3-4-2: neurons, inputs not counted", "7", 4 + 2);
    note("7 counts the bias of the hidden layer as a neuron. The next network is counted without:");
    row("3-4-3-2: neurons", "9", 4 + 3 + 2);
    row("3-4-3-2: parameters, 4·4 + 5·3 + 4·2", "39", Lesson1GradientDescent.parameterCount(three));
    int d = 3;
    int m = 4;
    Linear hidden = new Linear(d, m, random);
    Linear output = new Linear(m, 1, random);
    int weights = hidden.weight().value().count() + output.weight().value().count();
    int biases =
        Lesson1GradientDescent.bias(hidden).value().count()
            + Lesson1GradientDescent.bias(output).value().count();
    row("D-M-1 with D = 3, M = 4: M (D + 1) weights", "16", weights);
    row("D-M-1 with D = 3, M = 4: D + 1 biases", "4", biases);
    note(
        "There are M + 1 biases: one for each hidden neuron and one for the output. D + 1 is right");
    note("only if M = D.");
  }

  /// tanh and sigmoid, and a softmax that does not overflow.
  public static void identities() {
    Variable x = Variable.constant(Tensor.arange(1_001).to(DType.FLOAT64)).div(100.0).sub(5.0);
    Variable byEquation = x.mul(2.0).sigmoid().mul(2.0).sub(1.0);
    head("Identities", "checked");
    row(
        "eq 9: tanh(x) - (2 σ(2x) - 1) on [-5, 5]",
        Lesson1GradientDescent.distance(x.tanh(), byEquation));
    note("An independent check left 3.3e-16: rounding, which differs from one tanh to the next.");
    Variable z = Variable.constant(1, 2, 3);
    Variable high = z.add(1_000.0);
    row("eq 65: softmax(1, 2, 3), first", ".0900305732", F.softmax(z, 0).select(0, 0).item());
    row("second", ".2447284711", F.softmax(z, 0).select(0, 1).item());
    row("third", ".6652409558", F.softmax(z, 0).select(0, 2).item());
    row("softmax(1001, 1002, 1003), first", ".0900305732", F.softmax(high, 0).select(0, 0).item());
    row("as written, e^z / Σ e^z", high.exp().div(high.exp().sum()).select(0, 0).item());
    note("Subtracting the largest z from all changes nothing but the overflow.");
  }

  /// The losses, eqs 14 to 16: sums, where libraries take means.
  public static void losses() {
    Variable y = Variable.constant(new double[][] {{1, 0}, {0, 1}});
    Variable z = Variable.constant(new double[][] {{2, 1}, {.5, 1.5}});
    Variable f = F.softmax(z, 1);
    head("Losses of two observations, K = 2: logits (2, 1) and (.5, 1.5)", "checked");
    row("eq 14: Σ Σ (y - f)²", ".2893179525", y.sub(f).square().sum().item());
    row("eq 16: -Σ Σ y log f", ".6265233750", y.mul(f.log()).sum().neg().item());
    row("F.crossEntropy, the mean over n", ".3132616875", F.crossEntropy(z, y).item());
  }

  /// The lecture's typical values for structured data, and what the estimators begin with.
  public static void hyperparameters() {
    var defaults = MLPRegressor.defaults();
    String layers = Integer.toString(defaults.hiddenLayerSizes().size());
    String neurons = Integer.toString(defaults.hiddenLayerSizes().getFirst());
    String activation = defaults.activation().name().toLowerCase(Locale.ROOT);
    say("");
    say("Typical hyperparameters, and the defaults of MLPRegressor and MLPClassifier");
    say("  %-28s %-28s %s", "", "lecture", "default");
    say("  %-28s %-28s %s", "input neurons", "1 per input feature", "as the data");
    say("  %-28s %-28s %s", "hidden layers", "usually 1 - 5", layers);
    say("  %-28s %-28s %s", "neurons per hidden layer", "usually 10 - 100", neurons);
    say("  %-28s %-28s %s", "output neurons", "1 per prediction, or class", "as the data");
    say("  %-28s %-28s %s", "hidden activation", "ReLU", activation);
    say("  %-28s %-28s %s", "output activation", "none; of classes softmax", "the same");
    say("  %-28s %-28s %s", "loss", "MSE, MAE or Huber", "half the MSE");
    say("  %-28s %-28s %s", "loss of classes", "cross entropy", "the same");
  }

  /// A last layer without an activation, eqs 20 to 24: its derivative is 1.
  public static void regressionHead() {
    Variable a1 = Variable.constant(.5).named("a1");
    Parameter w2 = new Parameter(Tensor.of(.8)).named("w2");
    Parameter b2 = new Parameter(Tensor.of(.1)).named("b2");
    Variable a2 = w2.mul(a1).add(b2).named("a2");
    Variable loss = error(a2);
    say("");
    say("A regression head, a = z, for eqs 23 and 24: the factor σ'(z) is not there");
    explain(23, ChainRule.explain(loss, w2));
    explain(24, ChainRule.explain(loss, b2));
  }

  /// The chain rule through three layers, eqs 62 to 64; any other layer is like these.
  public static void derivatives() {
    Chain net = Chain.of(3);
    List<Variable> a = net.activations();
    Variable loss = error(a.getLast());
    say("");
    say("Backpropagation through three layers, written out by ChainRule.explain(L, w)");
    Explanation outer = ChainRule.explain(loss, a.get(2));
    explain(32, outer);
    continued(27, outer, ChainRule.explain(a.get(2), net.w.get(1)));
    continued(28, outer, ChainRule.explain(a.get(2), net.b.get(1)));
    for (int l = 3; l >= 1; l--) {
      explain(65 - l, ChainRule.explain(loss, net.w.get(l - 1)));
    }
    explain(58, ChainRule.explain(loss, net.b.getFirst()));
    note(
        "Eqs 19 and 44 are eq 62, eqs 33, 34 and 48 are eq 63, eqs 52 and 57 are eq 64 with other");
    note(
        "numbers of layers; eqs 35, 36, 45, 49, 53 and 58 are the same for b, whose last factor is 1.");
  }

  private static void explain(int equation, Explanation explanation) {
    say("  (%d)  %s", equation, product(explanation));
    List<Factor> factors = explanation.paths().getFirst().factors();
    say("        = %s", Formula.product(factors.stream().map(Factor::derivative).toList()));
    say("        = %s", explanation.toString().replaceFirst("^[^=]*= ", ""));
  }

  /// A derivative that goes on from one that is known.
  private static void continued(int equation, Explanation outer, Explanation inner) {
    List<Factor> factors = inner.paths().getFirst().factors();
    String symbols = factors.stream().map(Factor::symbol).collect(joining(" · "));
    String numbers = factors.stream().map(Factor::toString).collect(joining(" · "));
    double known = outer.gradient().item();
    double product = known * inner.gradient().item();
    say("  (%d)  ∂L/∂%s = %s · %s", equation, inner.by(), outer.symbol(), symbols);
    say("        = %s · %s = %s", Text.digits(4, known), numbers, Text.digits(4, product));
  }

  private static Variable error(Variable a) {
    return a.sub(Variable.constant(1.0).named("y")).square().named("L");
  }

  /// A derivative as a product of symbols.
  static String product(Explanation explanation) {
    List<Factor> factors = explanation.paths().getFirst().factors();
    return explanation.symbol()
        + factors.stream().map(Factor::symbol).collect(joining(" · ", " = ", ""));
  }

  /// Gradient descent on all layers, eqs 25, 26, 37, 38 and 46 to 60: a row for each `r`.
  public static void updates() {
    Chain net = Chain.of(3);
    var table = IterationTable.run(new SGD(net.parameters(), .5), net::loss, 3);
    say("");
    say("Updates w ← w - η ∂L/∂w and b ← b - η ∂L/∂b with η = .5, for r = 0 to 3");
    List<String> names = List.of("w3", "w2", "w1", "b3", "b2", "b1", "L");
    say("  r%s", names.stream().map(name -> "%11s".formatted(name)).collect(joining()));
    for (int r = 0; r <= 3; r++) {
      StringBuilder line = new StringBuilder();
      for (String name : names) {
        double number = Objects.requireNonNull(table.column(name).get(r));
        line.append("%11s".formatted(Text.digits(6, number)));
      }
      say("  %d%s", r, line);
    }
  }

  /// Slips that no number shows.
  public static void slips() {
    say("");
    say("Slips in the formulas");
    note("eq 11  \"w_0 a_m\": the first weight belongs to the first activation, w_0 a_1.");
    note("eq 13  biases b_0 ... b_M are M + 1 numbers for M rows: b_1 ... b_M are meant.");
    note("eq 18  W without the superscript of its layer, which eq 61 has.");
    note("eq 23  keeps σ'(z), although eq 21 says a = z: in a regression head that factor is 1.");
    note("eq 29  \"∝\" says proportional; meant is: depends on.");
  }
}
