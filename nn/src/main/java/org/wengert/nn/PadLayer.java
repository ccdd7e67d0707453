package org.wengert.nn;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.wengert.F;
import org.wengert.PadMode;
import org.wengert.Variable;
import org.wengert.tensor.OptionException;

/// What the padding layers share: how much goes to each end, and what.
abstract class PadLayer extends Watched {
  private final int[] padding;
  private final @Nullable PadMode mode;
  private final double value;

  /// @param mode null means `value`
  /// @param padding one number for all ends, or one for each: those of the innermost axis first
  PadLayer(int axes, @Nullable PadMode mode, double value, int... padding) {
    if (padding.length != 1 && padding.length != 2 * axes) {
      throw new OptionException(described() + " with " + padding.length + " numbers")
          .hint("give one for all ends, or " + 2 * axes + ", two for each axis, innermost first");
    }
    this.padding = new int[2 * axes];
    Arrays.setAll(this.padding, i -> padding[padding.length == 1 ? 0 : i]);
    this.mode = mode;
    this.value = value;
  }

  @Override
  final Variable compute(Variable x) {
    int axes = padding.length / 2;
    if (x.rank() != axes + 1 && x.rank() != axes + 2) {
      throw unexpected("channels in front of " + axes + (axes == 1 ? " axis" : " axes"), x)
          .hint("its axes are (samples, channels, plane..); one sample goes without the first");
    }
    return mode == null ? F.pad(x, padding, value) : F.pad(x, padding, mode);
  }

  @Override
  protected String settings() {
    boolean zero = mode != null || value == 0;
    return Arrays.toString(padding) + (zero ? "" : ", value=" + value);
  }
}
