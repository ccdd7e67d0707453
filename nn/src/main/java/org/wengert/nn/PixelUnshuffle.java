package org.wengert.nn;

import org.wengert.F;
import org.wengert.Variable;
import org.wengert.tensor.OptionException;

/// Places turned into channels, the inverse of [PixelShuffle]: `(.., c, h r, w r)` becomes
/// `(.., c r², h, w)`, with the factor `r`.
///
/// Several threads may call `forward` at once.
///
/// Source: `torch.nn.PixelUnshuffle`.
public final class PixelUnshuffle extends Watched {
  private final int factor;

  /// A layer of this kind.
  ///
  /// @param factor by how much the image shrinks
  /// @throws OptionException if it is below 1
  public PixelUnshuffle(int factor) {
    if (factor < 1) {
      throw new OptionException("PixelUnshuffle with factor " + factor)
          .hint("it is by how much the image shrinks, from 1");
    }
    this.factor = factor;
  }

  @Override
  Variable compute(Variable x) {
    return F.pixelUnshuffle(x, factor);
  }

  @Override
  protected String settings() {
    return "factor=" + factor;
  }
}
