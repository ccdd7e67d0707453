package org.wengert.examples;

import java.util.random.RandomGenerator;
import org.wengert.Autograd;
import org.wengert.Variable;
import org.wengert.nn.Module; // a single-type import, because there is a java.lang.Module
import org.wengert.optim.Adam;
import org.wengert.optim.LambdaLR;
import org.wengert.optim.Optimizer;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// A generator and its critic, who learn in turn: see [#step]. Holds state, theirs.
final class GanTraining {
  private static final int LATENT = 2;

  private final GanOptions options;
  private final Ring ring;
  private final RandomGenerator random;
  private final Module generator;
  private final Module critic;
  private final Player making;
  private final Player judging;

  /// Networks that know nothing yet.
  GanTraining(GanOptions options, Ring ring, RandomGenerator random) {
    this.options = options;
    this.ring = ring;
    this.random = random;
    generator = Wasserstein.network(LATENT, options.hidden(), 2, random);
    critic = Wasserstein.network(2, options.hidden(), 1, random);
    making = new Player(generator, options);
    judging = new Player(critic, options);
  }

  /// An optimizer and its schedule, which turns the learning rate down to nothing.
  private record Player(Optimizer optimizer, LambdaLR schedule) {
    Player(Module network, GanOptions options) {
      // No momentum: what the other side does changes too much for old gradients to be of use.
      Adam.Options adam = Adam.Options.defaults().learningRate(options.learningRate());
      this(new Adam(network.parameters(), adam.beta1(0).beta2(0.9)), options);
    }

    private Player(Optimizer optimizer, GanOptions options) {
      this(optimizer, new LambdaLR(optimizer, step -> 1 - (double) step / options.steps()));
    }
  }

  /// What the critic says after its steps.
  ///
  /// @param distance how far the points made are from the true ones, as the critic sees it
  /// @param penalty for being steep, without its weight
  record Report(double distance, double penalty) {}

  /// Some steps of the critic, who must be good before the generator can learn from it, then one of
  /// the generator.
  Report step() {
    Report report = judge();
    for (int i = 1; i < options.criticSteps(); i++) {
      report = judge();
    }
    making.optimizer.zeroGrad();
    Variable made = generator.call(latent(options.batch(), random));
    critic.call(made).mean().neg().backward();
    making.optimizer.step();
    making.schedule.step();
    judging.schedule.step();
    return report;
  }

  private Report judge() {
    Tensor real = ring.sample(options.batch(), random);
    Tensor fake = make(options.batch(), random);
    judging.optimizer.zeroGrad();
    Variable distance =
        Wasserstein.distance(critic, Variable.constant(real), Variable.constant(fake));
    Variable penalty = Wasserstein.penalty(critic, Wasserstein.between(real, fake, random));
    penalty.mul(options.penalty()).sub(distance).backward();
    judging.optimizer.step();
    return new Report(distance.item(), penalty.item());
  }

  /// Who tells how it goes: the loss is the distance that the critic sees.
  Journal journal(int reports, int every, Results results) {
    return new Journal(generator, making.optimizer, reports, every, results.callbacks());
  }

  /// Who makes points.
  Module generator() {
    return generator;
  }

  /// So many inputs of the generator.
  private static Variable latent(int count, RandomGenerator random) {
    return Variable.constant(Tensor.randn(Shape.of(count, LATENT), DType.FLOAT32, random));
  }

  /// Points that the generator makes, `(count, 2)`.
  Tensor make(int count, RandomGenerator random) {
    return Autograd.noGrad(() -> generator.call(latent(count, random)).value());
  }
}
