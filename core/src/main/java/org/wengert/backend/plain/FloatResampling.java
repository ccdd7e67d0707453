package org.wengert.backend.plain;

import java.util.Arrays;
import org.wengert.backend.Taps;
import org.wengert.tensor.Storage;
import org.wengert.tensor.Tensor;

/// The loops of [ResampleKernel] on `float`.
@SuppressWarnings("cast") // of a weight: needed here, not on the other width
final class FloatResampling {
  private static final int CHAIN = 256; // elements that are added one by one

  private FloatResampling() {}

  static void run(Tensor x, Tensor y, Taps taps, int inner, int first, int last) {
    float[] from = ((Storage.Floats) x.storage()).array();
    float[] to = ((Storage.Floats) y.storage()).array();
    float[] sum = new float[inner];
    float[] row = new float[inner];
    float[] total = new float[inner];
    for (int output = 0; output < taps.outputs(); output++) {
      int[] positions = taps.positions(output);
      double[] weights = taps.weights(output);
      for (int i = first; i < last; i++) {
        int at = x.offset() + i * taps.size() * inner;
        int target = (i * taps.outputs() + output) * inner;
        if (inner == 1) {
          to[target] = dot(from, at, positions, weights, 0, positions.length);
          continue;
        }
        Arrays.fill(total, 0);
        for (int begin = 0; begin < positions.length; begin += CHAIN) {
          float[] part = begin == 0 ? total : sum;
          Arrays.fill(part, 0);
          for (int t = begin; t < Math.min(begin + CHAIN, positions.length); t++) {
            System.arraycopy(from, at + positions[t] * inner, row, 0, inner);
            add((float) weights[t], row, part);
          }
          if (begin > 0) {
            add(1, sum, total);
          }
        }
        System.arraycopy(total, 0, to, target, inner);
      }
    }
  }

  /// The sums of two halves, down to few elements.
  private static float dot(
      float[] from, int at, int[] positions, double[] weights, int begin, int end) {
    if (end - begin > CHAIN) {
      int middle = begin + (end - begin) / 2;
      return dot(from, at, positions, weights, begin, middle)
          + dot(from, at, positions, weights, middle, end);
    }
    float sum = 0;
    for (int t = begin; t < end; t++) {
      sum += (float) weights[t] * from[at + positions[t]];
    }
    return sum;
  }

  private static void add(float weight, float[] row, float[] sum) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += weight * row[i];
    }
  }
}
