package org.wengert.optim;

import java.util.List;
import java.util.function.Function;
import org.wengert.F;
import org.wengert.GradientException;
import org.wengert.Parameter;
import org.wengert.Variable;
import org.wengert.backend.CompiledUpdate;
import org.wengert.backend.Expr;
import org.wengert.backend.Kernel;
import org.wengert.tensor.Tensor;

/// Limits gradients between `backward()` and an optimizer's step, so that one bad batch or a steep
/// cliff does not throw the parameters away. Parameters without a gradient are left alone.
///
/// No state; not safe while another thread touches the gradients.
public final class GradientClipping {
  private static final double MARGIN = 1e-6;
  private static final double LEAST = 1e-280; // below, squares may have lost bits

  private static final Expr G = Expr.input(1);
  private static final Kernel SCALED = Kernel.of(G.mul(Expr.scalar(0)));
  private static final Kernel CLAMPED = Kernel.of(G.max(Expr.scalar(0)).min(Expr.scalar(1)));

  private GradientClipping() {}

  /// Scales all gradients together by `min(1, maxNorm / (norm + 1e-6))`, where `norm` is the
  /// Euclidean norm of all of them as one vector, and returns `norm`.
  ///
  /// @param maxNorm at least 0; with infinity nothing is scaled, only measured
  /// @throws org.wengert.tensor.OptionException if `maxNorm` is negative or not a number
  public static double clipByNorm(List<Parameter> parameters, double maxNorm) {
    return clipByNorm(parameters, maxNorm, 2, false);
  }

  /// Scales all gradients together by `min(1, maxNorm / (norm + 1e-6))`, where `norm` is
  /// `(Σ |g|ᵖ)^(1/p)` over the elements of all of them, and returns `norm`. Computed in `double`;
  /// squares do not overflow.
  ///
  /// Without the error, a norm that is not finite makes gradients 0 or not a number, as in PyTorch,
  /// unless `maxNorm` is infinite: then they stay as they are.
  ///
  /// Source: `torch.nn.utils.clip_grad_norm_`.
  ///
  /// @param maxNorm at least 0; with infinity nothing is scaled, only measured
  /// @param normType `p`, above 0; infinity means the largest magnitude
  /// @param errorIfNonFinite whether an infinite or undefined gradient is an error
  /// @throws GradientException if asked for and a gradient is not finite; names the parameter
  /// @throws org.wengert.tensor.OptionException if an argument is outside its domain
  public static double clipByNorm(
      List<Parameter> parameters, double maxNorm, double normType, boolean errorIfNonFinite) {
    String owner = "clipByNorm";
    Domain.require(maxNorm >= 0, owner, "maxNorm", maxNorm, "at least 0", "maxNorm 1.0");
    Domain.require(normType > 0, owner, "normType", normType, "above 0", "normType 2.0");
    if (errorIfNonFinite) {
      requireFinite(parameters);
    }
    double norm = norm(parameters, normType);
    double factor = maxNorm / (norm + MARGIN);
    if (maxNorm < Double.POSITIVE_INFINITY && !(factor >= 1)) {
      parameters.forEach(p -> p.rewriteGrad(new CompiledUpdate(SCALED, factor)));
    }
    return norm;
  }

  /// Moves every element of every gradient into `[-maxValue, maxValue]`.
  ///
  /// Source: `torch.nn.utils.clip_grad_value_`.
  ///
  /// @param maxValue at least 0
  /// @throws org.wengert.tensor.OptionException if `maxValue` is negative or not a number
  public static void clipByValue(List<Parameter> parameters, double maxValue) {
    boolean holds = maxValue >= 0;
    Domain.require(holds, "clipByValue", "maxValue", maxValue, "at least 0", "maxValue 1.0");
    CompiledUpdate clamp = new CompiledUpdate(CLAMPED, -maxValue, maxValue);
    parameters.forEach(p -> p.rewriteGrad(clamp));
  }

  private static double norm(List<Parameter> parameters, double p) {
    if (p == 2) {
      double sum = 0;
      for (Parameter parameter : parameters) {
        sum += read(parameter, SquareSum::of);
      }
      if (sum > LEAST && sum < Double.POSITIVE_INFINITY) {
        return Math.sqrt(sum);
      }
    }
    return scaledNorm(parameters, p);
  }

  /// In units of the largest magnitude, so that no power overflows.
  private static double scaledNorm(List<Parameter> parameters, double p) {
    double largest =
        parameters.stream().mapToDouble(GradientClipping::largest).reduce(0, Math::max);
    if (p == Double.POSITIVE_INFINITY || largest == 0 || !Double.isFinite(largest)) {
      return largest;
    }
    double sum = 0;
    for (Parameter parameter : parameters) {
      sum += read(parameter, g -> sumOfPowers(g, largest, p));
    }
    return largest * (p == 2 ? Math.sqrt(sum) : StrictMath.pow(sum, 1 / p));
  }

  /// A number of the gradient, 0 if there is none. It is not shown to anybody, so that its memory
  /// can be used again.
  private static double read(Parameter parameter, Function<Tensor, Double> number) {
    Double found = parameter.readGrad(number);
    return found == null ? 0 : found;
  }

  private static double largest(Parameter parameter) {
    return read(parameter, g -> g.count() == 0 ? 0.0 : F.max(F.abs(Variable.constant(g))).item());
  }

  private static double sumOfPowers(Tensor gradient, double unit, double p) {
    double sum = 0;
    for (double element : gradient.toDoubleArray()) {
      double x = Math.abs(element) / unit;
      sum += p == 2 ? x * x : StrictMath.pow(x, p);
    }
    return sum;
  }

  private static void requireFinite(List<Parameter> parameters) {
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      double largest = largest(parameter);
      if (!Double.isFinite(largest)) {
        String name = parameter.name().isEmpty() ? "parameter " + i : "'" + parameter.name() + "'";
        throw new GradientException(
                "the gradient of "
                    + name
                    + " of shape "
                    + parameter.shape()
                    + " is not finite: "
                    + largest)
            .hint(
                "look for a logarithm or root of 0, a division by 0 or a learning rate too large");
      }
    }
  }
}
