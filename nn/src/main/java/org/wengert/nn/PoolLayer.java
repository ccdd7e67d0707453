package org.wengert.nn;

import org.wengert.Pooling;

/// What poolings with windows of a given size share: the windows and their text.
abstract class PoolLayer extends Watched {
  private final Pooling windows;
  private final int axes;

  PoolLayer(Pooling windows, int axes) {
    PerAxis.of("kernel", windows.kernel(), axes);
    PerAxis.of("padding", windows.padding(), axes);
    PerAxis.of("dilation", windows.dilation(), axes);
    this.windows = windows;
    this.axes = axes;
  }

  /// Which windows this layer looks at.
  public final Pooling windows() {
    return windows;
  }

  @Override
  protected String settings() {
    return PerAxis.text("kernel", windows.kernel(), axes)
        + (windows.stride().isEmpty() ? "" : ", " + PerAxis.text("stride", windows.stride(), axes))
        + PerAxis.text("padding", windows.padding(), axes, 0)
        + PerAxis.text("dilation", windows.dilation(), axes, 1)
        + (windows.ceilMode() ? ", ceilMode=true" : "")
        + (windows.countIncludePad() ? "" : ", countIncludePad=false")
        + (windows.divisorOverride() == 0 ? "" : ", divisorOverride=" + windows.divisorOverride());
  }
}
