package org.wengert.nn;

import org.wengert.F;
import org.wengert.tensor.OptionException;

/// `x` held between two bounds, element by element, at which the derivative is 0.
///
/// Several threads may call `forward` at once.
///
/// Source: `torch.nn.Hardtanh`.
public final class Hardtanh extends Activation {
  /// Between -1 and 1.
  public Hardtanh() {
    this(-1, 1);
  }

  /// Between the given bounds.
  ///
  /// @throws OptionException unless `least < most`
  public Hardtanh(double least, double most) {
    super(x -> F.hardtanh(x, least, most), "least=" + least + ", most=" + most);
    if (!(least < most)) {
      throw new OptionException("Hardtanh between " + least + " and " + most)
          .hint("give the lower bound first");
    }
  }
}
