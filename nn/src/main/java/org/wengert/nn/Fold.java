package org.wengert.nn;

import org.wengert.Convolution;
import org.wengert.F;
import org.wengert.Variable;
import org.wengert.tensor.OptionException;

/// Images from columns, windows that overlap added up: `(samples, channels · kernel, windows)`
/// becomes `(samples, channels, height, width)`; one sample goes without the first axis. The
/// adjoint of [Unfold], not its inverse.
///
/// Several threads may call `forward` at once.
///
/// Source: `torch.nn.Fold`.
public final class Fold extends WindowColumns {
  private final int height;
  private final int width;

  /// Windows with stride 1, without padding, in images of a given size.
  ///
  /// @param kernel height and width of a window, or one number for both
  /// @throws OptionException if there are more numbers
  public Fold(int height, int width, int... kernel) {
    this(height, width, Convolution.defaults(), kernel);
  }

  /// Windows with options, in images of a given size.
  ///
  /// @param window stride, padding and dilation; stride 1 by default
  /// @param kernel height and width of a window, or one number for both
  /// @throws OptionException if there are more numbers, or options that only convolutions have
  public Fold(int height, int width, Convolution window, int... kernel) {
    super(window, kernel);
    this.height = height;
    this.width = width;
  }

  @Override
  Variable compute(Variable x) {
    int windows = windows(height, 0) * windows(width, 1);
    int area = kernel()[0] * kernel()[1];
    boolean fits = x.rank() == 2 || x.rank() == 3;
    if (!fits || x.size(-1) != windows || x.size(-2) % area != 0) {
      throw unexpected("(samples, a multiple of " + area + ", " + windows + " windows)", x)
          .hint("one sample goes without the first axis; the columns are those of an Unfold");
    }
    int[] size = {height, width};
    return F.col2im(x, size, kernel(), dilation(), padding(), stride());
  }

  private int windows(int size, int axis) {
    int room = size + 2 * padding()[axis] - dilation()[axis] * (kernel()[axis] - 1) - 1;
    return Math.floorDiv(room, stride()[axis]) + 1;
  }

  @Override
  protected String settings() {
    return "height=" + height + ", width=" + width + ", " + super.settings();
  }
}
