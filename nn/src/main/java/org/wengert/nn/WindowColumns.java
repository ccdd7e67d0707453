package org.wengert.nn;

import java.util.Arrays;
import org.wengert.Convolution;
import org.wengert.tensor.OptionException;

/// What [Fold] and [Unfold] share: windows over images.
abstract class WindowColumns extends Watched {
  private final int[] kernel;
  private final Convolution window;

  WindowColumns(Convolution window, int... kernel) {
    this.kernel = PerAxis.of("kernel", Arrays.stream(kernel).boxed().toList(), 2);
    this.window = window;
    boolean more = window.outputPadding().stream().anyMatch(n -> n > 0);
    if (window.samePadding() || window.groups() != 1 || more) {
      throw new OptionException(described() + " with options that only convolutions have")
          .hint("it has stride, padding and dilation");
    }
  }

  final int[] kernel() {
    return kernel;
  }

  final int[] stride() {
    return PerAxis.of("stride", window.stride(), 2);
  }

  final int[] padding() {
    return PerAxis.of("padding", window.padding(), 2);
  }

  final int[] dilation() {
    return PerAxis.of("dilation", window.dilation(), 2);
  }

  @Override
  protected String settings() {
    return PerAxis.text("kernel", Arrays.stream(kernel).boxed().toList(), 2)
        + (", " + PerAxis.text("stride", window.stride(), 2))
        + PerAxis.text("padding", window.padding(), 2, 0)
        + PerAxis.text("dilation", window.dilation(), 2, 1);
  }
}
