package org.wengert.examples;

import static org.wengert.examples.BackpropByHand.d;
import static org.wengert.examples.Board.head;
import static org.wengert.examples.Board.note;
import static org.wengert.examples.Board.row;
import static org.wengert.examples.Text.say;

import java.util.ArrayList;
import java.util.List;
import org.wengert.Autograd;
import org.wengert.F;
import org.wengert.Leaf;
import org.wengert.Variable;
import org.wengert.examples.BackpropByHand.Net;
import org.wengert.graph.ChainRule;

/// Lesson 2, after Yeum's lecture on backpropagation: the chain rule through a network of two
/// inputs, two hidden and two output neurons, by hand and by machine.
public final class Lesson2Backpropagation {
  /// The derivatives of the error by `w1` to `w8` and `b1` to `b4`, computed independently.
  static final String[] GRADIENTS = {
    "5.540071557e-4", "1.1080143e-3", "6.425303e-4", "1.2850605e-3", ".1718965154", ".1729437627",
    "-.0830331915", "-.0835390556", ".0110801431", ".0128506055", ".2897441599", "-.1399585224"
  };

  /// Learning rates, and the error after one step.
  static final String[][] STEPS = {
    {".1", ".4741515583"}, {".5", ".4056890538"}, {"1", ".3263900413"}
  };

  /// The weights of Mazur's network after one step.
  static final String[] MAZUR = {
    ".14978072", ".19956143", ".24975114", ".29950229",
    ".35891648", ".40866619", ".51130127", ".56137012"
  };

  private Lesson2Backpropagation() {}

  /// Runs the lesson.
  public static void main(String[] args) {
    say("Lesson 2: backpropagation through a 2-2-2 network of sigmoids.");
    twoInputs();
    biases();
    BackpropByHand.main(args);
    paths();
    explanations();
    descent();
    matrices();
    mazur();
  }

  /// The chain rule with two intermediate values: `d/dt f(x(t), y(t))`.
  public static void twoInputs() {
    Leaf t = Variable.of(2.0);
    Variable x = t.square();
    Variable y = F.sin(t);
    Variable f = x.mul(y);
    head(
        "d/dt f(x(t), y(t)) = ∂f/∂x dx/dt + ∂f/∂y dy/dt, for f = x y, x = t², y = sin t",
        "by hand");
    row("at t = 2: 2 t sin t + t² cos t", "1.972602361", d(f, x) * d(x, t) + d(f, y) * d(y, t));
    row("df/dt by backward()", "1.972602361", d(f, t));
  }

  /// What the lecture's text does not print, and how it was completed.
  public static void biases() {
    Net net = BackpropByHand.net();
    head("What the text does not print: i2, w1 ... w4, w6, w8 and the biases", "checked");
    note("With w1 = .15, w2 = .20 and i2 = .10, those of a widely used example by Mazur,");
    row("b1 = .3775 - .15·.05 - .20·.10", ".35", .3775 - .15 * .05 - .20 * .10);
    note(
        "With his w3 = .25, w4 = .30, w6 = .45, w8 = .55, too, and b2 = .35, the printed net_o1 and");
    note("net_o2 ask for biases that nobody would choose: the slide must have had other weights.");
    row("out_h2 = f(net_h2)", ".5968843783", net.h2().item());
    row("b3 = .5546 - .4 out_h1 - .45 out_h2", "0.04869403294", output(.5546, .4, .45));
    row("b4 = .7188 - .5 out_h1 - .55 out_h2", "0.09387859590", output(.7188, .5, .55));
    row("round b2, b3, b4 that give both to 4 digits", "0", roundBiases());
  }

  /// The bias with which an output neuron has this net value.
  private static double output(double value, double fromH1, double fromH2) {
    Net net = BackpropByHand.net();
    return value - fromH1 * net.h1().item() - fromH2 * net.h2().item();
  }

  /// How many biases `b2`, `b3`, `b4` from -1 to 1 on grids of .05, .01 and .005 give both printed
  /// net values.
  static int roundBiases() {
    double h1 = BackpropByHand.net().h1().item();
    int found = 0;
    for (double grid : new double[] {.05, .01, .005}) {
      for (int i = 0; i * grid <= 2; i++) {
        double h2 = 1 / (1 + StrictMath.exp(-(.25 * .05 + .30 * .10 + i * grid - 1)));
        boolean isFirst = isOn(grid, .5546 - .4 * h1 - .45 * h2);
        boolean isSecond = isOn(grid, .7188 - .5 * h1 - .55 * h2);
        found += isFirst && isSecond ? 1 : 0;
      }
    }
    return found;
  }

  /// Whether a number of the grid is so near that four decimals do not tell.
  private static boolean isOn(double grid, double bias) {
    return Math.abs(bias - grid * Math.rint(bias / grid)) < 5e-5;
  }

  /// The two paths to `w1`, and the gradient of every parameter.
  public static void paths() {
    Net net = BackpropByHand.net();
    head("What full precision says", "checked");
    row("E", ".4917838998", net.error().item());
    row("path to w1 through o1", "1.3983094e-3", through(net, net.neto1()));
    row("path to w1 through o2", "-8.4430227e-4", through(net, net.neto2()));
    for (int i = 0; i < GRADIENTS.length; i++) {
      Leaf leaf = parameters(net).get(i);
      row("∂E/∂" + leaf.name(), GRADIENTS[i], d(net.error(), leaf));
    }
    note("w5 and w6 move out_o1 only: where there is no path, there is nothing to add.");
  }

  /// The same derivations, written out by the machine.
  public static void explanations() {
    Net net = BackpropByHand.net();
    say("");
    say("The chain rule, written out by ChainRule.explain(E, w5) and ChainRule.explain(E, w1)");
    say("%s", ChainRule.explain(net.error(), net.weight(5)).text());
    say("%s", ChainRule.explain(net.error(), net.weight(1)).text());
  }

  /// What flows from the error to `w1` through one value alone.
  private static double through(Net net, Variable middle) {
    return d(net.error(), middle) * d(middle, net.weight(1));
  }

  static List<Leaf> parameters(Net net) {
    List<Leaf> all = new ArrayList<>(net.w());
    all.addAll(net.b());
    return all;
  }

  /// One step of gradient descent, for several learning rates.
  public static void descent() {
    Net net = BackpropByHand.net();
    head("One step on all twelve parameters, θ ← θ - α ∂E/∂θ", "checked");
    for (String[] step : STEPS) {
      double alpha = Double.parseDouble(step[0]);
      row("E with α = " + step[0], step[1], net.step(alpha, true, 1).error().item());
    }
  }

  /// The same network in matrices, as in the lecture's tutorial: `Z = W A + B`.
  public static void matrices() {
    Leaf w1 = Variable.of(new double[][] {{.15, .20}, {.25, .30}});
    Leaf w2 = Variable.of(new double[][] {{.40, .45}, {.50, .55}});
    Variable b1 = Variable.constant(new double[][] {{.35}, {.35}});
    Variable b2 = Variable.constant(new double[][] {{0.04869403294}, {0.09387859590}});
    Variable inputs = Variable.constant(new double[][] {{.05}, {.10}});
    Variable target = Variable.constant(new double[][] {{.01}, {.99}});
    Variable hidden = w1.matMul(inputs).add(b1).sigmoid();
    Variable error = target.sub(w2.matMul(hidden).add(b2).sigmoid()).square().sum();
    double[] gradients = Autograd.grad(error, w1).value().toDoubleArray();
    head(
        "The same in matrices: Z = W A + B, with n × m weights, m × 1 inputs, n × 1 biases",
        "checked");
    row("E", ".4917838998", error.item());
    for (int i = 0; i < gradients.length; i++) {
      row("∂E/∂W1, row " + (i / 2 + 1) + ", column " + (i % 2 + 1), GRADIENTS[i], gradients[i]);
    }
  }

  /// A network of the same shape whose numbers are widely known.
  public static void mazur() {
    Net net = Net.of(BackpropByHand.WEIGHTS, BackpropByHand.MAZUR_BIASES, .5);
    head("Mazur's network: E = ½ Σ (..)², biases .35 and .60 that stay, α = .5", "checked");
    row("E", ".2983711088", net.error().item());
    row("out_o1", ".7513650696", net.o1().item());
    row("out_o2", ".7729284653", net.o2().item());
    row("∂E/∂w5", ".0821670406", d(net.error(), net.weight(5)));
    Net next = net.step(.5, false, .5);
    for (int i = 1; i <= MAZUR.length; i++) {
      row("w" + i + " after a step", MAZUR[i - 1], next.weight(i).item());
    }
    row("E after a step", ".2910277737", next.error().item());
    for (int step = 1; step < 10_000; step++) {
      next = next.step(.5, false, .5);
    }
    row("E after 10,000 steps", "3.510188e-5", next.error().item());
    row("out_o1", ".0159136", next.o1().item());
    row("out_o2", ".9840643", next.o2().item());
  }
}
