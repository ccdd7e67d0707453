package org.wengert.nn;

import org.wengert.F;
import org.wengert.Variable;
import org.wengert.tensor.OptionException;

/// Each number divided by a power of the mean square over neighbouring channels in its place, so
/// that strong responses inhibit those beside them:
///
/// ```
/// y = x / (k + alpha · mean of x² over size channels)^beta
/// ```
///
/// Input of shape `(samples, channels, ..)`. Several threads may call `forward` at once.
///
/// Source: Krizhevsky, Sutskever, Hinton, "ImageNet classification with deep convolutional neural
/// networks", 2012; `torch.nn.LocalResponseNorm`.
public final class LocalResponseNorm extends Watched {
  private final int size;
  private final double alpha;
  private final double beta;
  private final double k;

  /// With PyTorch's defaults: `alpha` 1e-4, `beta` 0.75, `k` 1.
  ///
  /// @throws OptionException if the size is below 1
  public LocalResponseNorm(int size) {
    this(size, 1e-4, 0.75, 1);
  }

  /// Over `size` channels.
  ///
  /// @throws OptionException if the size is below 1
  public LocalResponseNorm(int size, double alpha, double beta, double k) {
    if (size < 1) {
      throw new OptionException("LocalResponseNorm over " + size + " channels")
          .hint("it is the number of neighbouring channels, at least 1");
    }
    this.size = size;
    this.alpha = alpha;
    this.beta = beta;
    this.k = k;
  }

  @Override
  Variable compute(Variable x) {
    if (x.rank() < 3) {
      throw unexpected("(samples, channels, ..) of at least 3 axes", x)
          .hint("add the axis that is missing with F.unsqueeze");
    }
    return F.localResponseNorm(x, size, alpha, beta, k);
  }

  @Override
  protected String settings() {
    return size + ", alpha=" + alpha + ", beta=" + beta + ", k=" + k;
  }
}
