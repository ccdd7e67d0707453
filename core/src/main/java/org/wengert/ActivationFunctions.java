package org.wengert;

import java.util.Arrays;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.WengertException;

/// The functions of [F] that serve as activations of neurons.
abstract class ActivationFunctions extends ArithmeticFunctions {
  ActivationFunctions() {}

  /// `x` if positive, else `alpha (exp(x/alpha) - 1)`; no kink at 0, where the derivative is 1.
  public static Variable celu(Variable x, double alpha) {
    return new Elu(alpha, 1, 1 / alpha).apply(x);
  }

  /// [#celu(Variable, double)] with `alpha` 1.
  public static Variable celu(Variable x) {
    return celu(x, 1);
  }

  /// `x` if positive, else `alpha (exp x - 1)`; the derivative at 0 is `alpha`.
  public static Variable elu(Variable x, double alpha) {
    return new Elu(alpha, 1, 1).apply(x);
  }

  /// [#elu(Variable, double)] with `alpha` 1.
  public static Variable elu(Variable x) {
    return elu(x, 1);
  }

  /// `x Φ(x)`, with `Φ` the normal distribution function.
  public static Variable gelu(Variable x) {
    return Elementary.GELU.apply(x);
  }

  /// `x/2 (1 + tanh(√(2/π) (x + 0.044715 x³)))`, close to [#gelu] and cheaper: PyTorch's
  /// `approximate='tanh'`.
  public static Variable geluTanh(Variable x) {
    return Elementary.GELU_TANH.apply(x);
  }

  /// The first half of an axis times `σ` of the second.
  ///
  /// @throws ShapeException if the size of the axis is odd
  public static Variable glu(Variable x, int axis) {
    try {
      int size = x.size(axis);
      if (size % 2 != 0) {
        throw new ShapeException("axis " + axis + " has the odd size " + size)
            .hint("glu halves the axis: make its size even");
      }
      return x.slice(axis, 0, size / 2).mul(x.slice(axis, size / 2, size).sigmoid());
    } catch (WengertException e) {
      throw refused(e, "glu", x);
    }
  }

  /// `x` outside `[-lambda, lambda]`, else 0 with derivative 0.
  public static Variable hardshrink(Variable x, double lambda) {
    return new Hardshrink(lambda).apply(x);
  }

  /// [#hardshrink(Variable, double)] with `lambda` 1/2.
  public static Variable hardshrink(Variable x) {
    return hardshrink(x, 0.5);
  }

  /// `(x + 3)/6` held between 0 and 1; the derivative at both ends is 0. In between it is
  /// 1/6, where libtorch multiplies by 1/6 rounded to a `float`: 3e-8 of it too much.
  public static Variable hardsigmoid(Variable x) {
    return Elementary.HARDSIGMOID.apply(x);
  }

  /// `x · hardsigmoid(x)`; the derivative at -3 is 0, at 3 it is 1.
  public static Variable hardswish(Variable x) {
    return Elementary.HARDSWISH.apply(x);
  }

  /// `x` held between two bounds, at which the derivative is 0, unlike [#clamp]'s.
  public static Variable hardtanh(Variable x, double least, double most) {
    return new Hardtanh(least, most).apply(x);
  }

  /// [#hardtanh(Variable, double, double)] between -1 and 1.
  public static Variable hardtanh(Variable x) {
    return hardtanh(x, -1, 1);
  }

  /// `x` if positive, else `slope · x`; the derivative at 0 is the slope.
  public static Variable leakyRelu(Variable x, double slope) {
    return new LeakyRelu(slope).apply(x);
  }

  /// [#leakyRelu(Variable, double)] with slope 0.01.
  public static Variable leakyRelu(Variable x) {
    return leakyRelu(x, 0.01);
  }

  /// `log σ(x)`, without overflow.
  public static Variable logSigmoid(Variable x) {
    return Elementary.LOG_SIGMOID.apply(x);
  }

  /// `x tanh(softplus(x))` (Misra, 2019).
  public static Variable mish(Variable x) {
    return Elementary.MISH.apply(x);
  }

  /// `x` if positive, else `weight · x`, with a learned weight: a single one, or one for each index
  /// of axis 1.
  public static Variable prelu(Variable x, Variable weight) {
    try {
      Variable slope = weight.shape().count() == 1 ? weight.reshape(Shape.SCALAR) : weight;
      if (x.rank() > 1 && weight.rank() == 1 && weight.size(0) > 1) {
        int[] sizes = new int[x.rank()];
        Arrays.fill(sizes, 1);
        sizes[1] = weight.size(0);
        slope = weight.reshape(sizes);
      }
      Variable positive = x.gt(0);
      return where(positive, x, slope.mul(where(positive, zerosLike(x), x)));
    } catch (WengertException e) {
      throw refused(e, "prelu", x, weight);
    }
  }

  /// The radial basis function `exp(-a (x - c)²)`.
  public static Variable rbf(Variable x, double a, double c) {
    return x.sub(c).square().mul(-a).exp();
  }

  /// `max(x, 0)`, with derivative 0 at 0.
  public static Variable relu(Variable x) {
    return x.relu();
  }

  /// `x` held between 0 and 6; the derivative at both ends is 0.
  public static Variable relu6(Variable x) {
    return hardtanh(x, 0, 6);
  }

  /// `scale · elu(x, alpha)` with the two constants that keep mean 0 and variance 1 through layers
  /// (Klambauer and others, 2017).
  public static Variable selu(Variable x) {
    return new Elu(1.6732632423543772, 1.0507009873554805, 1).apply(x);
  }

  /// `σ(x) = 1/(1 + exp(-x))`.
  public static Variable sigmoid(Variable x) {
    return x.sigmoid();
  }

  /// `σ(slope · x)`: the logistic function with a slope.
  public static Variable sigmoid(Variable x, double slope) {
    return x.mul(slope).sigmoid();
  }

  /// `x σ(x)`, also called swish.
  public static Variable silu(Variable x) {
    return Elementary.SILU.apply(x);
  }

  /// `log(1 + exp(beta x))/beta`, and `x` itself where `beta x` exceeds the threshold.
  public static Variable softplus(Variable x, double beta, double threshold) {
    return new Softplus(beta, threshold).apply(x);
  }

  /// `log(1 + exp x)`, and `x` itself above 20, as in PyTorch.
  public static Variable softplus(Variable x) {
    return softplus(x, 1, 20);
  }

  /// `x` moved towards 0 by `lambda`, and 0 within `[-lambda, lambda]`, with derivative 0.
  public static Variable softshrink(Variable x, double lambda) {
    return new Softshrink(lambda).apply(x);
  }

  /// [#softshrink(Variable, double)] with `lambda` 1/2.
  public static Variable softshrink(Variable x) {
    return softshrink(x, 0.5);
  }

  /// `x/(1 + |x|)`.
  public static Variable softsign(Variable x) {
    return x.div(F.abs(x).add(1));
  }

  /// `tanh x`.
  public static Variable tanh(Variable x) {
    return x.tanh();
  }

  /// `x - tanh x`.
  public static Variable tanhshrink(Variable x) {
    return x.sub(x.tanh());
  }

  /// `x` above the threshold, else `value`, with derivative 0 up to the threshold.
  public static Variable threshold(Variable x, double threshold, double value) {
    return new Threshold(threshold, value).apply(x);
  }
}
