package org.wengert.nn;

import org.wengert.F;
import org.wengert.Variable;
import org.wengert.tensor.ShapeException;

/// `exp(x) / Σ exp(x)` over the channels of images `(samples, channels, height, width)`, or of one
/// image: at each pixel, positive numbers of sum 1.
///
/// Several threads may call `forward` at once.
///
/// Source: `torch.nn.Softmax2d`.
public final class Softmax2d extends Activation {
  /// The only kind there is.
  public Softmax2d() {
    super(Softmax2d::overChannels);
  }

  private static Variable overChannels(Variable x) {
    if (x.rank() != 3 && x.rank() != 4) {
      throw new ShapeException("no images: shape " + x.shape())
          .hint("the input is (samples, channels, height, width), or one image without samples");
    }
    return F.softmax(x, -3);
  }
}
