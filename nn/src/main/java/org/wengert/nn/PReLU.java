package org.wengert.nn;

import org.wengert.F;
import org.wengert.Parameter;
import org.wengert.Variable;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Tensor;

/// `x` if positive, else `weight · x`, element by element: a leaky ReLU that learns its slope, one
/// for all, or one for each index of axis 1.
///
/// `weight` has shape `(slopes)`. Holds state, its parameter; several threads may call `forward` at
/// once while nobody changes it.
///
/// Source: He et al., "Delving deep into rectifiers", ICCV 2015; `torch.nn.PReLU`.
public final class PReLU extends Watched {
  private final Parameter weight;

  /// With one slope, which starts at 0.25.
  public PReLU() {
    this(1, 0.25);
  }

  /// With the given number of slopes, 1 or that of the channels, and what they start at.
  ///
  /// @throws OptionException if there are none
  public PReLU(int slopes, double start) {
    if (slopes < 1) {
      throw new OptionException("PReLU with " + slopes + " slopes")
          .hint("1 for all, or one for each channel");
    }
    weight = Init.constant(new Parameter(Tensor.zeros(slopes)).named("weight"), start);
  }

  @Override
  Variable compute(Variable x) {
    int slopes = weight.size(0);
    if (slopes > 1 && (x.rank() < 2 || x.size(1) != slopes)) {
      throw unexpected(slopes + " channels in axis 1", x)
          .hint("build this layer for the channels of its input, or with one slope for all");
    }
    requireType(x, weight.dtype());
    return F.prelu(x, weight);
  }

  /// The slopes.
  public Parameter weight() {
    return weight;
  }

  @Override
  protected String settings() {
    return "slopes=" + weight.size(0);
  }
}
