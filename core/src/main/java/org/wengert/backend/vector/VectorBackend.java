package org.wengert.backend.vector;

import org.jspecify.annotations.Nullable;
import org.wengert.backend.Matrix;
import org.wengert.backend.plain.IndirectProduct;
import org.wengert.backend.plain.PlaneMaximum;
import org.wengert.backend.plain.ScalarBackend;
import org.wengert.tensor.DType;

/// The kernels in the JDK's Vector API. What is not overridden here is a plain loop.
///
/// Stateless and thread-safe; gives the bits of [ScalarBackend] on every hardware width and number
/// of threads.
public final class VectorBackend extends ScalarBackend {
  private final IndirectProduct floats =
      new VectorProduct(super.indirectProduct(DType.FLOAT32), LaneType.FLOAT);
  private final IndirectProduct doubles =
      new VectorProduct(super.indirectProduct(DType.FLOAT64), LaneType.DOUBLE);

  /// The backend; all instances are alike.
  public VectorBackend() {
    super(VectorLoops.INSTANCE, new VectorFolds());
  }

  @Override
  protected void multiplyAtOnce(Matrix a, Matrix b, @Nullable Matrix start, Matrix c) {
    if (c.dtype().isFloating()) {
      MatrixProduct.multiply(a, b, start, c);
    } else {
      super.multiplyAtOnce(a, b, start, c);
    }
  }

  @Override
  protected IndirectProduct indirectProduct(DType type) {
    return type == DType.FLOAT32 ? floats : doubles;
  }

  @Override
  protected PlaneMaximum planeMaximum(DType type) {
    PlaneMaximum plain = super.planeMaximum(type);
    return type == DType.FLOAT32 ? new FloatPairs(plain) : new DoublePairs(plain);
  }
}
