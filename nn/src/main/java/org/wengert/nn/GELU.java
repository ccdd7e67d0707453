package org.wengert.nn;

import org.wengert.F;
import org.wengert.Variable;

/// `x Φ(x)`, with `Φ` the normal distribution function, element by element: what most transformers
/// use. Exact, or one of two approximations.
///
/// Several threads may call `forward` at once.
///
/// Source: Hendrycks, Gimpel, "Gaussian error linear units", 2016; `torch.nn.GELU`.
public final class GELU extends Activation {
  /// How `Φ` is computed.
  public enum Approximation {
    /// Exactly, by the error function.
    NONE,
    /// `(1 + tanh(√(2/π) (x + 0.044715 x³))) / 2`: `x Φ(x)` is at most 0.0005 off.
    TANH,
    /// `σ(1.702 x)`: `x Φ(x)` is at most 0.021 off. PyTorch has no name for it.
    SIGMOID;

    private Variable gelu(Variable x) {
      return switch (this) {
        case NONE -> F.gelu(x);
        case TANH -> F.geluTanh(x);
        case SIGMOID -> x.mul(F.sigmoid(x, 1.702));
      };
    }
  }

  /// Exact.
  public GELU() {
    super(F::gelu);
  }

  /// In the given form.
  public GELU(Approximation approximation) {
    super(approximation::gelu, "approximation=" + approximation);
  }
}
