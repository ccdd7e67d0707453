package org.wengert;

import org.wengert.backend.Kernel;
import org.wengert.backend.Loop;
import org.wengert.tensor.Tensor;

/// Loops over one `float`.
final class FloatSingle {
  private FloatSingle() {}

  /// Computes `y` from one to three operands.
  static void run(Loop loop, Tensor y, Tensor... xs) {
    float[] to = (float[]) y.storage().array();
    int at = y.offset();
    float[] a = (float[]) xs[0].storage().array();
    int i = xs[0].offset();
    if (xs.length == 1) {
      loop.run(1, to, at, a, i, Kernel.NO_SCALARS);
      return;
    }
    float[] b = (float[]) xs[1].storage().array();
    int j = xs[1].offset();
    if (xs.length == 2) {
      loop.run(1, to, at, a, i, b, j, Kernel.NO_SCALARS);
      return;
    }
    float[] c = (float[]) xs[2].storage().array();
    loop.run(1, to, at, a, i, b, j, c, xs[2].offset(), Kernel.NO_SCALARS);
  }
}
