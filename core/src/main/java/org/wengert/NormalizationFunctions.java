package org.wengert;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.wengert.backend.Taps;
import org.wengert.backend.Window;
import org.wengert.tensor.Axes;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;
import org.wengert.tensor.WengertException;

/// The functions of [F] that bring numbers to a common scale. `eps` is
/// added to the variance before the root, which keeps constant operands finite.
abstract class NormalizationFunctions extends EmbeddingFunctions {
  NormalizationFunctions() {}

  /// `(x - mean) / √(var + eps) · weight + bias` over the last axes, with the biased variance.
  ///
  /// @param normalized the sizes of the axes that are normalized, the last ones
  /// @param weight of shape `normalized`; null means 1
  /// @param bias of shape `normalized`; null means 0
  /// @param eps PyTorch's default is 1e-5
  /// @throws ShapeException if the last axes, weight or bias have another shape
  public static Variable layerNorm(
      Variable x,
      Shape normalized,
      @Nullable Variable weight,
      @Nullable Variable bias,
      double eps) {
    try {
      requireLast(x, normalized);
      requireShape("weight", weight, normalized);
      requireShape("bias", bias, normalized);
      return Norms.of(
          new LayerNorm(normalized, true, weight != null, bias != null, eps), x, weight, bias);
    } catch (WengertException e) {
      throw refused(e, "layerNorm", x, weight, bias);
    }
  }

  /// `x / √(mean(x²) + eps) · weight` over the last axes: a layer norm without a mean.
  ///
  /// @param normalized the sizes of the axes that are normalized, the last ones
  /// @param weight of shape `normalized`; null means 1
  /// @param eps PyTorch's default is the distance from 1 to the next number of the type
  /// @throws ShapeException if the last axes or the weight have another shape
  public static Variable rmsNorm(
      Variable x, Shape normalized, @Nullable Variable weight, double eps) {
    try {
      requireLast(x, normalized);
      requireShape("weight", weight, normalized);
      return Norms.of(
          new LayerNorm(normalized, false, weight != null, false, eps), x, weight, null);
    } catch (WengertException e) {
      throw refused(e, "rmsNorm", x, weight);
    }
  }

  /// `(x - mean) / √(variance + eps) · weight + bias` for each channel, axis 1. The statistics are
  /// operands: those of the batch in training (`mean(x)` and `var(x)` with correction 0 over all
  /// other axes), through which gradients flow; running ones in evaluation.
  ///
  /// @param x of shape `(samples, channels, ..)`
  /// @param mean of shape `(channels)`, as all that follow
  /// @param weight null means 1
  /// @param bias null means 0
  /// @param eps PyTorch's default is 1e-5
  /// @throws ShapeException if an operand does not have one number for each channel
  public static Variable batchNorm(
      Variable x,
      Variable mean,
      Variable variance,
      @Nullable Variable weight,
      @Nullable Variable bias,
      double eps) {
    try {
      Shape channels = Shape.of(channels(x));
      requireShape("mean", mean, channels);
      requireShape("variance", variance, channels);
      requireShape("weight", weight, channels);
      requireShape("bias", bias, channels);
      Variable root = variance.add(eps).sqrt();
      Variable scale = weight == null ? root.pow(-1) : weight.div(root);
      Variable y = x.sub(ChannelNorm.aligned(mean, x.rank()));
      Variable scaled = y.mul(ChannelNorm.aligned(scale, x.rank()));
      return bias == null ? scaled : scaled.add(ChannelNorm.aligned(bias, x.rank()));
    } catch (WengertException e) {
      throw refused(e, "batchNorm", x, mean, variance, weight, bias);
    }
  }

  /// [#batchNorm(Variable, Variable, Variable, Variable, Variable, double)] with the statistics of
  /// the batch itself, as in training.
  ///
  /// @throws ShapeException also if there is only one number for each channel, whose variance says
  ///     nothing
  public static Variable batchNorm(
      Variable x, @Nullable Variable weight, @Nullable Variable bias, double eps) {
    try {
      requireBatch(x);
      requireShape("weight", weight, Shape.of(x.size(1)));
      requireShape("bias", bias, Shape.of(x.size(1)));
      return Norms.of(new ChannelNorm(0, weight != null, bias != null, eps), x, weight, bias);
    } catch (WengertException e) {
      throw refused(e, "batchNorm", x, weight, bias);
    }
  }

  /// [#batchNorm(Variable, Variable, Variable, double)] with the running statistics that belong to
  /// it: `(1 - momentum) running + momentum` times that of the batch, whose variance counts
  /// unbiased here. They are what the evaluation form takes as mean and variance.
  ///
  /// @param runningMean of shape `(channels)`, as it was before; PyTorch starts from zeros
  /// @param runningVar of shape `(channels)`, as it was before; PyTorch starts from ones
  /// @param weight null means 1
  /// @param bias null means 0
  /// @param momentum PyTorch's default is 0.1; with `1 / n` at batch `n` they are averages
  /// @param eps PyTorch's default is 1e-5
  /// @throws ShapeException if there is only one number for each channel, or an operand does not
  ///     have one for each
  public static Normalized batchNorm(
      Variable x,
      Tensor runningMean,
      Tensor runningVar,
      @Nullable Variable weight,
      @Nullable Variable bias,
      double momentum,
      double eps) {
    try {
      Variable y = batchNorm(x, weight, bias, eps);
      VarMean batch = Norms.ofBatch(y, x, weight, bias);
      double count = (double) x.shape().count() / x.size(1);
      return new Normalized(
          y,
          moved(runningMean, batch.mean(), momentum),
          moved(runningVar, batch.var().mul(count / (count - 1)), momentum));
    } catch (WengertException e) {
      throw refused(e, "batchNorm", x, weight, bias);
    }
  }

  private static void requireBatch(Variable x) {
    if (x.shape().count() == channels(x)) {
      throw new ShapeException("one number for each channel has no variance")
          .hint("train on more than one sample, or use running statistics");
    }
  }

  private static Tensor moved(Tensor running, Variable statistic, double momentum) {
    Variable old = Variable.constant(running);
    requireShape("running statistic", old, statistic.shape());
    Variable moved = old.mul(1 - momentum).add(statistic.detach().mul(momentum));
    return moved.value().to(running.dtype());
  }

  /// A normalization of each sample over groups of neighbouring channels.
  ///
  /// @param x of shape `(samples, channels, ..)`
  /// @param weight of shape `(channels)`; null means 1
  /// @param bias of shape `(channels)`; null means 0
  /// @param eps PyTorch's default is 1e-5
  /// @throws ShapeException if the channels do not divide into groups, or an operand has another
  ///     shape
  public static Variable groupNorm(
      Variable x, int groups, @Nullable Variable weight, @Nullable Variable bias, double eps) {
    try {
      int channels = channels(x);
      if (groups < 1 || channels % groups != 0) {
        throw new ShapeException(channels + " channels do not divide into " + groups + " groups")
            .hint("the channels, axis 1, must be a multiple of the groups");
      }
      requireShape("weight", weight, Shape.of(channels));
      requireShape("bias", bias, Shape.of(channels));
      return Norms.of(new ChannelNorm(groups, weight != null, bias != null, eps), x, weight, bias);
    } catch (WengertException e) {
      throw refused(e, "groupNorm", x, weight, bias);
    }
  }

  /// A normalization of each channel of each sample over its plane.
  ///
  /// @param x of shape `(samples, channels, plane..)`
  /// @param weight of shape `(channels)`; null means 1
  /// @param bias of shape `(channels)`; null means 0
  /// @param eps PyTorch's default is 1e-5
  /// @throws ShapeException if an operand has another shape
  public static Variable instanceNorm(
      Variable x, @Nullable Variable weight, @Nullable Variable bias, double eps) {
    try {
      int channels = channels(x);
      requireShape("weight", weight, Shape.of(channels));
      requireShape("bias", bias, Shape.of(channels));
      if (x.rank() < 3) {
        throw new ShapeException("an operand of rank " + x.rank())
            .hint("it has axes for samples, channels and at least one more");
      }
      return Norms.of(
          new ChannelNorm(channels, weight != null, bias != null, eps), x, weight, bias);
    } catch (WengertException e) {
      throw refused(e, "instanceNorm", x, weight, bias);
    }
  }

  /// [#instanceNorm(Variable, Variable, Variable, double)] with the running statistics that belong
  /// to it: `(1 - momentum) running + momentum` times the mean over the samples of their means and
  /// unbiased variances. [#batchNorm(Variable, Variable, Variable, Variable, Variable, double)]
  /// takes them in evaluation.
  ///
  /// @param runningMean of shape `(channels)`, as it was before; PyTorch starts from zeros
  /// @param runningVar of shape `(channels)`, as it was before; PyTorch starts from ones
  /// @param weight null means 1
  /// @param bias null means 0
  /// @param momentum PyTorch's default is 0.1
  /// @param eps PyTorch's default is 1e-5
  /// @throws ShapeException if an operand has another shape
  public static Normalized instanceNorm(
      Variable x,
      Tensor runningMean,
      Tensor runningVar,
      @Nullable Variable weight,
      @Nullable Variable bias,
      double momentum,
      double eps) {
    try {
      Variable y = instanceNorm(x, weight, bias, eps);
      VarMean each = Norms.ofPlanes(y, x, weight, bias);
      return new Normalized(
          y,
          moved(runningMean, each.mean().mean(0), momentum),
          moved(runningVar, each.var().mean(0), momentum));
    } catch (WengertException e) {
      throw refused(e, "instanceNorm", x, weight, bias);
    }
  }

  /// `x / (k + alpha · mean of x² over size neighbouring channels)^beta`. PyTorch's defaults are
  /// `alpha` 1e-4, `beta` 0.75 and `k` 1.
  ///
  /// @param x of shape `(samples, channels, ..)`
  public static Variable localResponseNorm(
      Variable x, int size, double alpha, double beta, double k) {
    try {
      int channels = channels(x);
      if (size < 1) {
        throw new OptionException("a window of " + size + " channels").hint("1 or more");
      }
      Window window = Window.sliding(channels, size, 1, 1, size / 2, channels);
      Variable sums = new Resample(1, Taps.sums(window)).apply(x.square());
      return x.div(sums.mul(alpha / size).add(k).pow(beta));
    } catch (WengertException e) {
      throw refused(e, "localResponseNorm", x);
    }
  }

  /// `x / max(|x|, eps)` along an axis, in the norm `p`: vectors of length 1.
  ///
  /// @param p PyTorch's default is 2
  /// @param axis PyTorch's default is 1
  /// @param eps PyTorch's default is 1e-12
  public static Variable normalize(Variable x, double p, int axis, double eps) {
    return attempt("normalize", () -> x.div(clampMin(norm(x, p, true, axis), eps)), x);
  }

  /// `v g / |v|`: vectors with a length of their own, learned apart from their direction.
  ///
  /// @param v the directions
  /// @param g the lengths, one for each index of `axis`: of the size of `v` there, 1 elsewhere
  /// @throws ShapeException if the shapes do not fit
  public static Variable weightNorm(Variable v, Variable g, int axis) {
    try {
      Check.hasAxes(v.shape());
      int at = Axes.normalize(axis, v.rank());
      int[] others = allBut(v.rank(), at);
      requireShape("length", g, Axes.of(v.rank(), others).kept(v.shape()));
      return v.mul(g.div(norm(v, 2, true, others)));
    } catch (WengertException e) {
      throw refused(e, "weightNorm", v, g);
    }
  }

  private static int[] allBut(int rank, int axis) {
    int[] axes = new int[rank - 1];
    Arrays.setAll(axes, i -> i < axis ? i : i + 1);
    return axes;
  }

  private static int channels(Variable x) {
    if (x.rank() < 2) {
      throw new ShapeException("an operand of rank " + x.rank())
          .hint("its first axes are samples and channels");
    }
    return x.size(1);
  }

  private static void requireLast(Variable x, Shape normalized) {
    int lead = x.rank() - normalized.rank();
    boolean fits = lead >= 0 && normalized.rank() > 0;
    for (int axis = 0; fits && axis < normalized.rank(); axis++) {
      fits = x.size(lead + axis) == normalized.size(axis);
    }
    if (!fits) {
      throw new ShapeException("the last axes of " + x.shape() + " are not " + normalized)
          .hint("name the sizes of the axes that are normalized, the last ones");
    }
  }

  private static void requireShape(String role, @Nullable Variable operand, Shape expected) {
    if (operand != null && !operand.shape().equals(expected)) {
      throw new ShapeException("a " + role + " of shape " + operand.shape())
          .hint("it must have shape " + expected);
    }
  }
}
