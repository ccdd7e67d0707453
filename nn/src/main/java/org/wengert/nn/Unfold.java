package org.wengert.nn;

import org.wengert.Convolution;
import org.wengert.F;
import org.wengert.Variable;
import org.wengert.tensor.OptionException;

/// The windows of images as columns, as a convolution sees them:
/// `(samples, channels, height, width)` becomes `(samples, channels · kernel, windows)`; one sample
/// goes without the first axis.
///
/// Several threads may call `forward` at once.
///
/// Source: `torch.nn.Unfold`.
public final class Unfold extends WindowColumns {
  /// Windows one beside the other with stride 1, without padding.
  ///
  /// @param kernel height and width of a window, or one number for both
  /// @throws OptionException if there are more numbers
  public Unfold(int... kernel) {
    this(Convolution.defaults(), kernel);
  }

  /// Windows with options.
  ///
  /// @param window stride, padding and dilation; stride 1 by default
  /// @param kernel height and width of a window, or one number for both
  /// @throws OptionException if there are more numbers, or options that only convolutions have
  public Unfold(Convolution window, int... kernel) {
    super(window, kernel);
  }

  @Override
  Variable compute(Variable x) {
    if (x.rank() != 3 && x.rank() != 4) {
      throw unexpected("(samples, channels, height, width)", x)
          .hint("one sample goes without the first axis");
    }
    return F.im2col(x, kernel(), dilation(), padding(), stride());
  }
}
