package org.wengert.backend.plain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.wengert.backend.Window;

/// How one axis of a convolution's operand leads to one axis of its result, as a convolution of
/// stride 1: a stride divides the operand into phases (every second element, and the others), or,
/// on the way back, the result.
///
/// @param outputs how many elements of the result are computed
/// @param first the first of them in the result
/// @param step the distance from one to the next
/// @param size the length of the operand's axis
/// @param stride the distance in the operand between neighbours of a phase
/// @param before the padding: element `j` of phase `r` is element `j stride + r - before`
/// @param taps which elements of the kernel take part, ascending
/// @param phases the phase that each of them sees
/// @param shifts how far in its phase it is ahead of the element of the result
@SuppressWarnings("ArrayRecordComponent") // handed over, not compared
record Track(
    int outputs,
    int first,
    int step,
    int size,
    int stride,
    int before,
    int[] taps,
    int[] phases,
    int[] shifts) {

  /// The number of elements of a phase, padding included.
  int padded() {
    int most = 0;
    for (int shift : shifts) {
      most = Math.max(most, shift);
    }
    return outputs + most;
  }

  /// From the operand to the windows.
  static Track forward(Window window) {
    int[] taps = new int[window.kernel()];
    int[] phases = new int[taps.length];
    int[] shifts = new int[taps.length];
    for (int k = 0; k < taps.length; k++) {
      taps[k] = k;
      phases[k] = k * window.dilation() % window.stride();
      shifts[k] = k * window.dilation() / window.stride();
    }
    return new Track(
        window.outputs(),
        0,
        1,
        window.size(),
        window.stride(),
        window.before(),
        taps,
        phases,
        shifts);
  }

  /// From the windows back to the elements that they see, which are divided into phases.
  static List<Track> backward(Window window) {
    List<Track> tracks = new ArrayList<>();
    int phases = Math.min(window.stride(), window.size()); // others have no element
    for (int i = 0; i < phases; i++) {
      int phase = (window.before() + i) % window.stride();
      int from = Math.ceilDiv(window.before() - phase, window.stride());
      int to = Math.ceilDiv(window.before() + window.size() - phase, window.stride());
      tracks.add(backward(window, phase, from, to));
    }
    return tracks;
  }

  private static Track backward(Window window, int phase, int from, int to) {
    int stride = window.stride();
    int[] taps = new int[window.kernel()];
    int count = 0;
    for (int k = 0; k < taps.length; k++) {
      if (k * window.dilation() % stride == phase) {
        taps[count++] = k;
      }
    }
    taps = Arrays.copyOf(taps, count);
    int[] shifts = new int[count];
    int most = count == 0 ? 0 : taps[count - 1] * window.dilation() / stride;
    for (int i = 0; i < count; i++) {
      shifts[i] = most - taps[i] * window.dilation() / stride;
    }
    int first = from * stride + phase - window.before();
    return new Track(
        to - from, first, stride, window.outputs(), 1, most - from, taps, new int[count], shifts);
  }
}
