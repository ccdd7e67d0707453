package org.wengert.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wengert.Autograd;
import org.wengert.GradientException;
import org.wengert.Variable;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Tensor;

/// Writes out the chain rule: every path from a result to what it was computed from, as a product
/// of local derivatives in symbols and in numbers; their sum; and what the engine says.
///
/// ```java
/// System.out.println(ChainRule.explain(error, w5).text());
/// // ∂E/∂w5 = ∂E/∂out_o1 · ∂out_o1/∂net_o1 · ∂net_o1/∂w5
/// //        = -2 (0.01 - out_o1) · out_o1 (1 - out_o1) · out_h1
/// //        = 1.2504 · 0.2317 · 0.5933 = 0.1719
/// ```
///
/// Give names to the values that should appear (`net.named("net_o1")`). Where something between the
/// two is named, what is not becomes part of the derivatives around it; but where several paths
/// both meet and part, the value stays, called `v7` for its place in the Wengert list, and its
/// formula is given. Where nothing is named, every step is shown. See
/// [Options#everyStep(boolean)].
public final class ChainRule {
  private ChainRule() {}

  /// How much is written out.
  ///
  /// @param limit the number of paths; of more, the largest ones are shown
  /// @param everyStep whether each operation is a factor of its own, also those on values without a
  ///     name
  /// @param seed the gradient of `y`, of its shape; null for 1, if `y` is a single number
  public record Options(int limit, boolean everyStep, @Nullable Tensor seed) {
    /// Checks the limit.
    ///
    /// @throws OptionException if it is not positive
    public Options {
      if (limit < 1) {
        throw new OptionException("the limit of paths is " + limit)
            .hint("64 by default; the count, the sum and the engine's gradient are exact anyway");
      }
    }

    /// At most 64 paths, from named value to named value, of a single number.
    public static Options defaults() {
      return new Options(64, false, null);
    }

    /// These with another limit of paths.
    public Options limit(int limit) {
      return new Options(limit, everyStep, seed);
    }

    /// These with each operation as a factor of its own, or not.
    public Options everyStep(boolean everyStep) {
      return new Options(limit, everyStep, seed);
    }

    /// These with a gradient of `y`: explains the derivative of `Σ seed · y`.
    public Options seed(Tensor seed) {
      return new Options(limit, everyStep, seed);
    }
  }

  /// Why the derivative of `y` with respect to `x` is what it is.
  ///
  /// @param y a single number that was recorded
  /// @param x a leaf, or a value in between
  /// @throws org.wengert.GradientException if `y` is not a single number, or does not depend on `x`
  public static Explanation explain(Variable y, Variable x) {
    return explain(y, x, Options.defaults());
  }

  /// The same, written out as the options say.
  ///
  /// If there are more paths than the limit, the largest ones are shown, by the product of the
  /// sizes of their derivatives: between single numbers that is what a path contributes; between
  /// tensors the size of a derivative is how much longer or shorter it makes the gradient that
  /// passes, so that the choice is an estimate.
  public static Explanation explain(Variable y, Variable x, Options options) {
    Tensor seed = options.seed == null ? one(y) : options.seed;
    Variable start = Variable.constant(seed);
    Variable gradient = Autograd.noGrad(() -> Autograd.grad(y, List.of(x), start).getFirst());
    if (gradient == null) {
      gradient = Autograd.grad(y.sum(), x); // which says that there is none
    }
    return new Explainer(y, x, seed, options).explanation(gradient.value());
  }

  private static Tensor one(Variable y) {
    if (y.value().count() != 1) {
      throw new GradientException("the result, of shape " + y.shape() + ", is not a single number")
          .hint("reduce it with sum() or mean(), or explain with Options.defaults().seed(..)");
    }
    return Tensor.full(y.shape(), 1, y.dtype());
  }
}
