package org.wengert.nn;

import java.util.Arrays;
import org.wengert.F;
import org.wengert.Variable;

/// One axis made several, the inverse of [Flatten]: `new Unflatten(1, 1, 28, 28)` makes `(32, 784)`
/// to `(32, 1, 28, 28)`.
///
/// Several threads may call `forward` at once.
///
/// Source: `torch.nn.Unflatten`.
public final class Unflatten extends Watched {
  private final int axis;
  private final int[] sizes;

  /// The given axis split.
  ///
  /// @param axis negative ones count from the end
  /// @param sizes of the new axes; one may be -1, which means what is left
  public Unflatten(int axis, int... sizes) {
    this.axis = axis;
    this.sizes = sizes.clone();
  }

  @Override
  Variable compute(Variable x) {
    return F.unflatten(x, axis, sizes);
  }

  @Override
  protected String settings() {
    return "axis=" + axis + ", sizes=" + Arrays.toString(sizes);
  }
}
