package org.wengert.examples.guide;

import java.util.Arrays;
import org.wengert.Autograd;
import org.wengert.F;
import org.wengert.Leaf;
import org.wengert.Variable;
import org.wengert.graph.Graph;

/// The code of the page on derivatives of derivatives.
public final class DoubleBackwardGuide {
  private DoubleBackwardGuide() {}

  /// Runs all regions.
  public static void main(String[] args) {
    twice();
    derivativeGraph();
    hessian();
    penalty();
    forward();
  }

  static void twice() {
    // region: twice
    Leaf x = Variable.of(2.0);
    Variable first = Autograd.grad(x.pow(3), x); // 3 x²
    Variable second = Autograd.grad(first, x); // 6 x
    Variable third = Autograd.grad(second, x);
    System.out.println(first.item() + " " + second.item() + " " + third.item());
    // end region
  }

  static void derivativeGraph() {
    // region: derivativeGraph
    Leaf x = Variable.of(0.5).named("x");
    Variable slope = Autograd.grad(x.sigmoid().named("y"), x).named("slope");
    System.out.print(Graph.forward(slope).text());
    // end region
  }

  static void hessian() {
    // region: hessian
    Variable at = Variable.constant(1.0, 2.0);
    Variable h = Autograd.hessian(x -> x.square().sum().square(), at); // of (x·x)²
    System.out.println(Arrays.deepToString(h.value().toArray(double[][].class)));
    Variable v = Variable.constant(1.0, 0.0);
    Variable hv = Autograd.hvp(x -> x.square().sum().square(), at, v); // H v without H
    System.out.println(Arrays.toString(hv.value().toDoubleArray()));
    // end region
  }

  @SuppressWarnings("NullAway") // after backward() the gradient is there
  static void penalty() {
    // region: penalty
    Leaf w = Variable.of(0.5, -1.0).named("w");
    Leaf x = Variable.of(1.0, 2.0).named("x");
    Variable critic = F.tanh(w.mul(x).sum());
    Variable slope = Autograd.grad(critic, x); // depends on w, and is recorded
    Variable penalty = slope.square().sum().sqrt().sub(1.0).square(); // (‖∇‖ - 1)²
    penalty.backward();
    System.out.println(Arrays.toString(w.grad().toDoubleArray()));
    // end region
  }

  static void forward() {
    // region: forward
    Variable x = Variable.constant(1.0, 2.0, 3.0);
    Variable dx = Variable.constant(0.0, 1.0, 0.0);
    var product = Autograd.jvp(v -> v.square().sum(), x, dx); // along one direction
    System.out.println(product.value().item() + " " + product.derivative().item());
    // end region
  }
}
