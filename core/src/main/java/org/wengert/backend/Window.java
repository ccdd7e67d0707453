package org.wengert.backend;

import java.util.Arrays;

/// The windows that a convolution or a pooling lays along one axis: which elements each of them
/// sees, written out once as a table, so that kernels need not know about stride, dilation and
/// padding.
///
/// Immutable and safe to share. Two are equal if they see the same elements.
public final class Window {
  private final int size;
  private final int[][] positions;
  private final int outputs;
  private final int stride;
  private final int dilation;
  private final int before;

  private Window(int size, int[][] positions, int outputs, int stride, int dilation, int before) {
    this.size = size;
    this.positions = positions;
    this.outputs = outputs;
    this.stride = stride;
    this.dilation = dilation;
    this.before = before;
  }

  /// Windows of `kernel` elements, `dilation` apart; the first begins `before` elements in front of
  /// the axis, each further one `stride` later.
  ///
  /// @param size the length of the axis
  /// @param outputs the number of windows
  public static Window sliding(
      int size, int kernel, int stride, int dilation, int before, int outputs) {
    int[][] positions = new int[kernel][outputs];
    for (int tap = 0; tap < kernel; tap++) {
      for (int output = 0; output < outputs; output++) {
        long at = (long) output * stride - before + (long) tap * dilation;
        positions[tap][output] = at < 0 || at >= size ? -1 : (int) at;
      }
    }
    return new Window(size, positions, outputs, stride, dilation, before);
  }

  /// `outputs` windows that divide an axis as evenly as possible: window `i` goes from
  /// `⌊i size / outputs⌋` up to `⌈(i + 1) size / outputs⌉`.
  public static Window adaptive(int size, int outputs) {
    int[] first = new int[outputs];
    int[] end = new int[outputs];
    int kernel = 0;
    for (int i = 0; i < outputs; i++) {
      first[i] = (int) ((long) i * size / outputs);
      end[i] = (int) (((i + 1L) * size + outputs - 1) / outputs);
      kernel = Math.max(kernel, end[i] - first[i]);
    }
    int[][] positions = new int[kernel][outputs];
    for (int tap = 0; tap < kernel; tap++) {
      for (int i = 0; i < outputs; i++) {
        positions[tap][i] = first[i] + tap < end[i] ? first[i] + tap : -1;
      }
    }
    return new Window(size, positions, outputs, 0, 0, 0);
  }

  /// The length of the axis.
  public int size() {
    return size;
  }

  /// The number of elements in a window, padding included.
  public int kernel() {
    return positions.length;
  }

  /// The number of windows.
  public int outputs() {
    return outputs;
  }

  /// How far each window begins behind the one before; 0 if that differs.
  public int stride() {
    return stride;
  }

  /// How far neighbours in a window are apart; 0 if that differs.
  public int dilation() {
    return dilation;
  }

  /// How far in front of the axis the first window begins.
  public int before() {
    return before;
  }

  /// Whether there is one window, and it sees the only element.
  public boolean isSingle() {
    return size == 1 && outputs == 1 && kernel() == 1 && before == 0;
  }

  /// Whether the windows are pairs of neighbours, side by side from the start of the axis.
  public boolean isPairs() {
    return kernel() == 2 && stride == 2 && dilation == 1 && before == 0 && 2 * outputs <= size;
  }

  /// Where element `tap` of window `output` lies on the axis; -1 in the padding.
  public int position(int output, int tap) {
    return positions[tap][output];
  }

  /// How many elements of the axis window `output` sees, padding not counted.
  public int count(int output) {
    int count = 0;
    for (int[] row : positions) {
      count += row[output] >= 0 ? 1 : 0;
    }
    return count;
  }

  /// Where element `tap` of every window lies. Shared: read it only.
  public int[] positions(int tap) {
    return positions[tap];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Window w
        && size == w.size
        && outputs == w.outputs
        && Arrays.deepEquals(positions, w.positions);
  }

  @Override
  public int hashCode() {
    return 31 * size + Arrays.deepHashCode(positions);
  }

  @Override
  public String toString() {
    return outputs + " windows of " + kernel() + " over " + size;
  }
}
