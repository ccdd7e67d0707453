package org.wengert.backend.plain;

import java.util.Arrays;
import org.wengert.backend.Taps;
import org.wengert.backend.Workers;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Storage;
import org.wengert.tensor.Tensor;

/// A sparse matrix along one axis: each element of the result is the sum of a few elements, each
/// times a weight, in the order of the taps and in the type of the elements.
final class ResampleKernel {
  private static final int CHUNK = 32_768; // elements that are worth a thread's attention

  private final Tensor x;
  private final Tensor y;
  private final Taps taps;
  private final int inner;

  private ResampleKernel(Tensor x, Tensor y, Taps taps, int inner) {
    this.x = x;
    this.y = y;
    this.taps = taps;
    this.inner = inner;
  }

  static Tensor resample(Tensor x, int axis, Taps taps, Shape to) {
    if (!x.dtype().isFloating()) {
      return resample(x.to(DType.FLOAT64), axis, taps, to).to(x.dtype());
    }
    Tensor y = Tensor.empty(to, x.dtype());
    if (y.count() > 0) {
      int inner = PaddedPlane.area(to, to.rank() - axis - 1);
      new ResampleKernel(Panels.rowMajor(x), y, taps, inner).run();
    }
    return y;
  }

  private void run() {
    int block = taps.outputs() * inner;
    int blocks = y.count() / block;
    int together = Math.max(1, CHUNK / Math.max(block, taps.size() * inner));
    Workers.forEach(
        Math.ceilDiv(blocks, together),
        chunk -> {
          int first = chunk * together;
          int last = Math.min(blocks, first + together);
          if (x.dtype() == DType.FLOAT32) {
            floats(first, last);
          } else {
            doubles(first, last);
          }
        });
  }

  private void floats(int first, int last) {
    float[] from = ((Storage.Floats) x.storage()).array();
    float[] to = ((Storage.Floats) y.storage()).array();
    float[] sum = new float[inner];
    float[] row = new float[inner];
    for (int output = 0; output < taps.outputs(); output++) {
      int[] positions = taps.positions(output);
      double[] weights = taps.weights(output);
      for (int i = first; i < last; i++) {
        int at = x.offset() + i * taps.size() * inner;
        int target = (i * taps.outputs() + output) * inner;
        if (inner == 1) {
          to[target] = dot(from, at, positions, weights);
          continue;
        }
        Arrays.fill(sum, 0);
        for (int t = 0; t < positions.length; t++) {
          System.arraycopy(from, at + positions[t] * inner, row, 0, inner);
          add((float) weights[t], row, sum);
        }
        System.arraycopy(sum, 0, to, target, inner);
      }
    }
  }

  private static float dot(float[] from, int at, int[] positions, double[] weights) {
    float sum = 0;
    for (int t = 0; t < positions.length; t++) {
      sum += (float) weights[t] * from[at + positions[t]];
    }
    return sum;
  }

  private static void add(float weight, float[] row, float[] sum) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += weight * row[i];
    }
  }

  private void doubles(int first, int last) {
    double[] from = ((Storage.Doubles) x.storage()).array();
    double[] to = ((Storage.Doubles) y.storage()).array();
    double[] sum = new double[inner];
    double[] row = new double[inner];
    for (int output = 0; output < taps.outputs(); output++) {
      int[] positions = taps.positions(output);
      double[] weights = taps.weights(output);
      for (int i = first; i < last; i++) {
        int at = x.offset() + i * taps.size() * inner;
        int target = (i * taps.outputs() + output) * inner;
        if (inner == 1) {
          to[target] = dot(from, at, positions, weights);
          continue;
        }
        Arrays.fill(sum, 0);
        for (int t = 0; t < positions.length; t++) {
          System.arraycopy(from, at + positions[t] * inner, row, 0, inner);
          add(weights[t], row, sum);
        }
        System.arraycopy(sum, 0, to, target, inner);
      }
    }
  }

  private static double dot(double[] from, int at, int[] positions, double[] weights) {
    double sum = 0;
    for (int t = 0; t < positions.length; t++) {
      sum += weights[t] * from[at + positions[t]];
    }
    return sum;
  }

  private static void add(double weight, double[] row, double[] sum) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += weight * row[i];
    }
  }
}
