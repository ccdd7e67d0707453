package org.wengert.optim;

import java.util.Arrays;
import java.util.List;
import org.wengert.GradientException;
import org.wengert.Parameter;

/// Limits gradients between `backward()` and an optimizer's step, so that one bad batch or a steep
/// cliff does not throw the parameters away. Parameters without a gradient are left alone.
///
/// No state; not safe while another thread touches the gradients.
public final class GradientClipping {
  private static final double MARGIN = 1e-6;

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
      parameters.forEach(p -> p.scaleGrad(factor));
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
    parameters.forEach(p -> p.clampGrad(maxValue));
  }

  /// The norm of the parameters' norms, in units of the largest, so that no power overflows.
  private static double norm(List<Parameter> parameters, double p) {
    double[] norms = parameters.stream().mapToDouble(one -> one.gradNorm(p)).toArray();
    double largest = Arrays.stream(norms).reduce(0, Math::max);
    if (p == Double.POSITIVE_INFINITY || largest == 0 || !Double.isFinite(largest)) {
      return largest;
    }
    double sum = 0;
    for (double norm : norms) {
      double x = norm / largest;
      sum += p == 2 ? x * x : StrictMath.pow(x, p);
    }
    return largest * (p == 2 ? Math.sqrt(sum) : StrictMath.pow(sum, 1 / p));
  }

  private static void requireFinite(List<Parameter> parameters) {
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      double largest = parameter.gradNorm(Double.POSITIVE_INFINITY);
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
