package org.wengert.examples;

import static java.util.stream.Collectors.joining;
import static org.wengert.examples.Text.say;

import java.util.ArrayList;
import java.util.List;
import org.wengert.Autograd;
import org.wengert.Leaf;
import org.wengert.Variable;

/// Lecture 2: the chain rule through a network of two inputs, two hidden and two output neurons,
/// every factor by `Autograd.grad` beside the formula that a student writes.
///
/// The lecture's text lacks some numbers; `i2`, `w2` ... follow a widely used example, and `b3`,
/// `b4` are such that `net_o1` and `net_o2` are the printed .5546 and .7188.
public final class BackpropByHand {
  static final double[] WEIGHTS = {.15, .20, .25, .30, .40, .45, .50, .55};
  static final double[] BIASES = {.35, .35, 0.04869403294, 0.09387859590};
  static final double[] MAZUR_BIASES = {.35, .35, .60, .60};

  private BackpropByHand() {}

  /// The network after one forward pass, with every intermediate result by its name in the lecture.
  record Net(
      List<Leaf> w,
      List<Leaf> b,
      Variable neth1,
      Variable neth2,
      Variable h1,
      Variable h2,
      Variable neto1,
      Variable neto2,
      Variable o1,
      Variable o2,
      Variable error) {

    /// Computes `E = scale · Σ (target - out)²`; the lecture has scale 1.
    static Net of(double[] weights, double[] biases, double scale) {
      List<Leaf> w = leaves("w", weights);
      List<Leaf> b = leaves("b", biases);
      double i1 = .05;
      double i2 = .10;
      Variable neth1 = w.get(0).mul(i1).add(w.get(1).mul(i2)).add(b.get(0));
      Variable neth2 = w.get(2).mul(i1).add(w.get(3).mul(i2)).add(b.get(1));
      Variable h1 = neth1.sigmoid();
      Variable h2 = neth2.sigmoid();
      Variable neto1 = w.get(4).mul(h1).add(w.get(5).mul(h2)).add(b.get(2));
      Variable neto2 = w.get(6).mul(h1).add(w.get(7).mul(h2)).add(b.get(3));
      Variable o1 = neto1.sigmoid();
      Variable o2 = neto2.sigmoid();
      Variable error = o1.rsub(.01).square().add(o2.rsub(.99).square()).mul(scale);
      return new Net(w, b, neth1, neth2, h1, h2, neto1, neto2, o1, o2, error);
    }

    private static List<Leaf> leaves(String name, double[] values) {
      List<Leaf> leaves = new ArrayList<>();
      for (double value : values) {
        leaves.add(Variable.of(value).named(name + (leaves.size() + 1)));
      }
      return leaves;
    }

    /// Weight `i` of the lecture, counted from 1.
    Leaf weight(int i) {
      return w.get(i - 1);
    }

    /// The same network after one step of gradient descent, `w ← w - α ∂E/∂w`.
    Net step(double alpha, boolean biasesToo, double scale) {
      return of(moved(w, alpha), moved(b, biasesToo ? alpha : 0), scale);
    }

    private double[] moved(List<Leaf> leaves, double alpha) {
      return leaves.stream().mapToDouble(x -> x.item() - alpha * d(error, x)).toArray();
    }
  }

  /// `∂y/∂x`, of anything by anything before it.
  static double d(Variable y, Variable x) {
    return Autograd.grad(y, x).item();
  }

  /// Prints every number of lecture 2.
  public static void main(String[] args) {
    Net net = Net.of(WEIGHTS, BIASES, 1);
    forward(net);
    w5(net);
    w1(net);
    descent(net);
    companion();
  }

  private static void forward(Net net) {
    say("%-38s %14s   %s", "Forward", "computed", "printed");
    row("net_h1 = w1 i1 + w2 i2 + b1", net.neth1, ".3775");
    row("out_h1 = f(net_h1)", net.h1, ".5933");
    row("net_o1 = w5 out_h1 + w6 out_h2 + b3", net.neto1, ".5546");
    row("out_o1 = f(net_o1)", net.o1, ".6352");
    row("net_o2 = w7 out_h1 + w8 out_h2 + b4", net.neto2, ".7188");
    row("out_o2 = f(net_o2)", net.o2, ".6723");
    row("E = (o1 - out_o1)² + (o2 - out_o2)²", net.error, "");
  }

  private static void w5(Net net) {
    say("%n%-38s %14s %14s   %s", "Back to w5", "autograd", "by hand", "printed");
    double out = net.o1.item();
    double first = -2 * (.01 - out);
    double second = out * (1 - out);
    double third = net.h1.item();
    row("∂E/∂out_o1 = -2 (o1 - out_o1)", d(net.error, net.o1), first, "1.2504");
    row("∂out_o1/∂net_o1 = f(net) f(-net)", d(net.o1, net.neto1), second, ".2317");
    row("∂net_o1/∂w5 = out_h1", d(net.neto1, net.weight(5)), third, ".5933");
    row("∂E/∂w5 = the product", d(net.error, net.weight(5)), first * second * third, ".1719");
  }

  private static void w1(Net net) {
    say("%n%-38s %14s %14s   %s", "Back to w1, on two paths", "autograd", "by hand", "printed");
    double slope = net.h1.item() * (1 - net.h1.item()) * .05;
    double w5 = net.weight(5).item() * slope;
    double w7 = net.weight(7).item() * slope;
    double first = -2 * (.01 - net.o1.item()) * net.o1.item() * (1 - net.o1.item());
    double second = -2 * (.99 - net.o2.item()) * net.o2.item() * (1 - net.o2.item());
    row("∂E/∂net_o1", d(net.error, net.neto1), first, "");
    row("∂net_o1/∂w1 = w5 f(net) f(-net) i1", d(net.neto1, net.weight(1)), w5, ".0048");
    row("∂E/∂net_o2", d(net.error, net.neto2), second, "");
    row("∂net_o2/∂w1 = w7 f(net) f(-net) i1", d(net.neto2, net.weight(1)), w7, ".0006");
    row("path through o1", through(net.error, net.neto1, net.weight(1)), first * w5, "");
    row("path through o2", through(net.error, net.neto2, net.weight(1)), second * w7, "");
    double sum = first * w5 + second * w7;
    row("∂E/∂w1 = the sum", d(net.error, net.weight(1)), sum, "5.5090e-04");
    say(
        "  .0006 is a slip for .0060. With .0048 and .0060, rounded, the sum is %.4e as printed;",
        rounded(.0048, .0060));
    say(
        "  with .0006 it would be %.4e. Without rounding in between it is %.4e.",
        rounded(.0048, .0006), d(net.error, net.weight(1)));
  }

  /// `∂y/∂m · ∂m/∂x`: what flows from `y` to `x` through `m` alone.
  private static double through(Variable y, Variable m, Variable x) {
    return d(y, m) * d(m, x);
  }

  /// The lecture's last line for `∂E/∂w1`, with these values of `∂net_o1/∂w1` and `∂net_o2/∂w1`.
  static double rounded(double first, double second) {
    Variable net1 = Variable.of(.5546);
    Variable net2 = Variable.of(.7188);
    return -2 * (.01 - .6352) * d(net1.sigmoid(), net1) * first
        - 2 * (.99 - .6723) * d(net2.sigmoid(), net2) * second;
  }

  private static void descent(Net net) {
    say(
        "%nOne step of gradient descent on all twelve parameters, from E = %.10f",
        net.error.item());
    for (double alpha : new double[] {.1, .5, 1}) {
      say("  α = %-4s E = %.10f", alpha, net.step(alpha, true, 1).error.item());
    }
  }

  private static void companion() {
    Net net = Net.of(WEIGHTS, MAZUR_BIASES, .5);
    say("%nMazur's version: E = ½ Σ (..)², biases .35 and .60 that stay, α = .5");
    say("  E = %.10f, ∂E/∂w5 = %.10f", net.error.item(), d(net.error, net.weight(5)));
    Net next = net.step(.5, false, .5);
    say("  after a step: E = %.10f, and w1 ... w8 are", next.error.item());
    say("  %s", next.w.stream().map(w -> Text.digits(8, w.item())).collect(joining("  ")));
    for (int step = 1; step < 10_000; step++) {
      next = next.step(.5, false, .5);
    }
    say(
        "  after 10,000 steps: E = %.6e, outputs %.7f and %.7f",
        next.error.item(), next.o1.item(), next.o2.item());
  }

  private static void row(String what, Variable value, String printed) {
    say("%-38s %14.10f   %s", what, value.item(), printed);
  }

  private static void row(String what, double autograd, double hand, String printed) {
    say("%-38s %14.10f %14.10f   %s", what, autograd, hand, printed);
  }
}
