package org.wengert.nn;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.wengert.Convolution;
import org.wengert.F;
import org.wengert.Variable;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Rng;

/// A transposed convolution over volumes: the adjoint of [Conv3d] with respect to its input. Each
/// input puts the kernel, times itself, into the output, which makes volumes larger where a
/// convolution makes them smaller.
///
/// Input `(samples, in, depth, height, width)`, or one sample without the first axis; output
/// `(samples, out, ..)` with three new sizes, each size being
/// `(size - 1) stride - 2 padding + dilation (kernel - 1) + outputPadding + 1`. `weight` has shape
/// `(in, out / groups, kernel..)`, `bias` shape `(out)`; both start uniform in `[-1/√fan, 1/√fan]`
/// with `fan` the number of weights of one input channel.
///
/// Input and weights have one type. Holds state, its parameters; several threads may call `forward`
/// at once while nobody changes them.
///
/// Source: `torch.nn.ConvTranspose3d`.
public final class ConvTranspose3d extends ConvLayer {
  /// With PyTorch's defaults, initialised by the thread's generator.
  public ConvTranspose3d(int in, int out, int kernel) {
    this(in, out, ConvOptions.of(kernel));
  }

  /// Initialised by the thread's generator.
  public ConvTranspose3d(int in, int out, ConvOptions options) {
    this(in, out, options, Rng.current());
  }

  /// From `in` to `out` channels.
  ///
  /// @throws OptionException if a number of channels is below 1 or no multiple of the groups, or
  ///     the options do not fit 3 axes
  public ConvTranspose3d(int in, int out, ConvOptions options, RandomGenerator random) {
    super(3, true, in, out, options, random);
  }

  @Override
  Variable convolve(Variable x, Variable weight, @Nullable Variable bias, Convolution window) {
    return F.convTranspose3d(x, weight, bias, window);
  }
}
