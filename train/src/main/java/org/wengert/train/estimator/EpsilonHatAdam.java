package org.wengert.train.estimator;

import java.util.List;
import org.wengert.Parameter;
import org.wengert.backend.CompiledUpdate;
import org.wengert.backend.Expr;
import org.wengert.backend.Kernel;
import org.wengert.backend.Update;
import org.wengert.optim.Adam;
import org.wengert.optim.ElementwiseOptimizer;
import org.wengert.optim.ParameterGroup;

/// Adam as scikit-learn has it: `ε` is added before the averages are corrected for their start, the
/// `ε̂` of Kingma and Ba (section 2), not after. In the first steps that is a larger `ε`, which
/// tells for inputs that are nearly always 0.
///
/// ```
/// w ← w - η √(1 - β₂ᵗ)/(1 - β₁ᵗ) m / (√u + ε̂)
/// ```
///
/// Only rates, decays and `eps` of the options count. Holds state; not thread-safe.
final class EpsilonHatAdam extends ElementwiseOptimizer<Adam.Options> {
  private static final Kernel STEP = kernel();

  EpsilonHatAdam(List<Parameter> parameters, Adam.Options options) {
    super(List.of(ParameterGroup.of(parameters, options)));
  }

  /// Inputs: gradient, parameter, mean, square. Numbers: the decays and what they leave, rate,
  /// `ε̂`.
  private static Kernel kernel() {
    Expr g = Expr.input(0);
    Expr mean = g.fma(Expr.scalar(1), Expr.input(2).mul(Expr.scalar(0)));
    Expr square = g.square().fma(Expr.scalar(3), Expr.input(3).mul(Expr.scalar(2)));
    Expr move = mean.mul(Expr.scalar(4)).div(square.sqrt().add(Expr.scalar(5)));
    return Kernel.of(Expr.input(1).sub(move), mean, square);
  }

  @Override
  protected List<String> slots(Adam.Options options) {
    return List.of("expAvg", "expAvgSq");
  }

  @Override
  protected Update rule(Adam.Options o, long step) {
    double root = Math.sqrt(1 - StrictMath.pow(o.beta2(), (double) step));
    double rate = o.learningRate() * root / (1 - StrictMath.pow(o.beta1(), (double) step));
    return new CompiledUpdate(
        STEP, o.beta1(), 1 - o.beta1(), o.beta2(), 1 - o.beta2(), rate, o.eps());
  }
}
