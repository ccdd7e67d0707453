package org.wengert.examples;

import java.util.random.RandomGenerator;
import org.wengert.Autograd;
import org.wengert.F;
import org.wengert.Variable;
import org.wengert.nn.Layer;
import org.wengert.nn.Linear;
import org.wengert.nn.Module; // a single-type import, because there is a java.lang.Module
import org.wengert.nn.Sequential;
import org.wengert.nn.Tanh;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// The losses of a Wasserstein GAN with gradient penalty, and networks for points in the plane.
///
/// A critic `D` scores points: the true ones high, the ones made by a generator `G` low. If it is
/// nowhere steeper than 1, the difference is the distance that the earth has to be moved to make
/// one distribution from the other, and `G` learns to make it small. The penalty keeps `D` from
/// being steeper:
///
/// ```
/// critic      E[D(fake)] - E[D(real)] + λ E[(|∂D/∂x| - 1)²]      x between a real and a fake point
/// generator   -E[D(fake)]
/// ```
///
/// Source: Gulrajani, Ahmed, Arjovsky, Dumoulin, Courville, "Improved training of Wasserstein
/// GANs", 2017.
final class Wasserstein {
  private Wasserstein() {}

  /// Two hidden layers of `tanh`, which is smooth: the slope of a network of rectifiers jumps.
  static Module network(int in, int hidden, int out, RandomGenerator random) {
    return new Sequential(
        new Linear(in, hidden, random),
        new Tanh(),
        new Linear(hidden, hidden, random),
        new Tanh(),
        new Linear(hidden, out, random));
  }

  /// How much higher the critic scores real points than fake ones: about the distance to be moved,
  /// once the critic is good.
  static Variable distance(Layer critic, Variable real, Variable fake) {
    return critic.forward(real).mean().sub(critic.forward(fake).mean());
  }

  /// `E[(|∂D/∂x| - 1)²]` at these points `x`, `(count, 2)`, which must be recorded. The gradient
  /// with respect to the points is a function of the critic's weights, and recorded as such, so
  /// `backward()` differentiates it again.
  static Variable penalty(Layer critic, Variable x) {
    Variable slope = Autograd.grad(critic.forward(x).sum(), x);
    return F.norm(slope, 2, false, 1).sub(1).square().mean();
  }

  /// Points on the lines from real to fake ones, at a random place of each line; leaves, not
  /// connected with whatever made the fake ones.
  static Variable between(Tensor real, Tensor fake, RandomGenerator random) {
    Variable share =
        Variable.constant(Tensor.rand(Shape.of(real.size(0), 1), real.dtype(), random));
    Variable from = Variable.constant(real);
    return Variable.of(from.add(share.mul(Variable.constant(fake).sub(from))).value());
  }
}
