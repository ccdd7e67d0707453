package org.wengert.nn;

import org.wengert.F;
import org.wengert.Pooling;
import org.wengert.Variable;
import org.wengert.tensor.OptionException;

/// `(Σ xᵖ)^(1/p)` over each window over images: the sum for `p` = 1, near the maximum for large
/// `p`.
///
/// Input of shape `(samples, channels, height, width)`, or one sample without the first axis. By
/// default windows lie side by side. Several threads may call `forward` at once.
///
/// Source: `torch.nn.LPPool2d`.
public final class LPPool2d extends PoolLayer {
  private final double p;

  /// Windows of this size, side by side.
  ///
  /// @throws OptionException if the size is below 1
  public LPPool2d(double p, int kernel) {
    this(p, Pooling.of(kernel));
  }

  /// These windows.
  ///
  /// @throws OptionException if they are not for 2 axes, or `p` is not positive
  public LPPool2d(double p, Pooling windows) {
    super(windows, 2);
    if (!(p > 0)) {
      throw new OptionException("LPPool2d with p " + p).hint("2 is the Euclidean norm");
    }
    this.p = p;
  }

  @Override
  Variable compute(Variable x) {
    return F.lpPool2d(x, p, windows());
  }

  @Override
  protected String settings() {
    return "p=" + p + ", " + super.settings();
  }
}
