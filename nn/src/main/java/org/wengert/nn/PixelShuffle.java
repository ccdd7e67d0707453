package org.wengert.nn;

import org.wengert.F;
import org.wengert.Variable;
import org.wengert.tensor.OptionException;

/// Channels turned into places: `(.., c r², h, w)` becomes `(.., c, h r, w r)`, with the factor
/// `r`; what a convolution puts in front of it makes images larger without the chequered patterns
/// of transposed convolutions.
///
/// Several threads may call `forward` at once.
///
/// Source: Shi et al., "Real-time single image and video super-resolution using an efficient
/// sub-pixel convolutional neural network", CVPR 2016; `torch.nn.PixelShuffle`.
public final class PixelShuffle extends Watched {
  private final int factor;

  /// A layer of this kind.
  ///
  /// @param factor by how much the image grows
  /// @throws OptionException if it is below 1
  public PixelShuffle(int factor) {
    if (factor < 1) {
      throw new OptionException("PixelShuffle with factor " + factor)
          .hint("it is by how much the image grows, from 1");
    }
    this.factor = factor;
  }

  @Override
  Variable compute(Variable x) {
    return F.pixelShuffle(x, factor);
  }

  @Override
  protected String settings() {
    return "factor=" + factor;
  }
}
