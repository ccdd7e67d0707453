package org.wengert.nn;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.wengert.Convolution;
import org.wengert.F;
import org.wengert.Variable;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Rng;

/// A convolution over volumes: each output is a weighted sum of the inputs in a window, with the
/// same weights in every place.
///
/// ```
/// y[n, o, i] = bias[o] + Σ weight[o, c, k] x[n, c, stride i + dilation k - padding]
/// ```
///
/// with `i` and `k` running over all axes of the plane. Input
/// `(samples, in, depth, height, width)`, or one sample without the first axis; output
/// `(samples, out, ..)` with three new sizes, each size being
/// `⌊(size + 2 padding - dilation (kernel - 1) - 1) / stride⌋ + 1`. `weight` has shape
/// `(out, in / groups, kernel..)`, `bias` shape `(out)`; both start uniform in `[-1/√fan, 1/√fan]`
/// with `fan` the number of weights of one output channel.
///
/// Input and weights have one type. Holds state, its parameters; several threads may call `forward`
/// at once while nobody changes them.
///
/// Source: `torch.nn.Conv3d`.
public final class Conv3d extends ConvLayer {
  /// With PyTorch's defaults, initialised by the thread's generator.
  public Conv3d(int in, int out, int kernel) {
    this(in, out, ConvOptions.of(kernel));
  }

  /// Initialised by the thread's generator.
  public Conv3d(int in, int out, ConvOptions options) {
    this(in, out, options, Rng.current());
  }

  /// From `in` to `out` channels.
  ///
  /// @throws OptionException if a number of channels is below 1 or no multiple of the groups, or
  ///     the options do not fit 3 axes
  public Conv3d(int in, int out, ConvOptions options, RandomGenerator random) {
    super(3, false, in, out, options, random);
  }

  @Override
  Variable convolve(Variable x, Variable weight, @Nullable Variable bias, Convolution window) {
    return F.conv3d(x, weight, bias, window);
  }
}
