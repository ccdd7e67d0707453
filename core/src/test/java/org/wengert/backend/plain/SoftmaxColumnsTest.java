package org.wengert.backend.plain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wengert.backend.Backend;
import org.wengert.backend.Backends;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Along an axis that many numbers follow, softmax has the bits of the transposed operand's rows.
class SoftmaxColumnsTest {
  private static Tensor transposed(Tensor x) {
    return x.permute(0, 2, 1).copy();
  }

  private static void assertSameBits(Tensor rows, Tensor columns, String what) {
    Tensor expected = transposed(rows).reshape(rows.count());
    Tensor actual = columns.reshape(rows.count());
    for (int i = 0; i < expected.count(); i++) {
      assertEquals(expected.at(i), actual.at(i), what + " at " + i);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 32",
    "2, 2, 33",
    "1, 3, 300",
    "3, 31, 64",
    "1, 32, 257",
    "2, 33, 40",
    "1, 100, 513",
    "1, 1024, 32",
    "1, 1025, 34",
    "2, 2100, 47"
  })
  void columnsHaveTheBitsOfRows(int outer, int size, int inner) {
    for (DType type : List.of(DType.FLOAT32, DType.FLOAT64)) {
      Tensor x = Tensor.randn(Shape.of(outer, size, inner), type, new Rng(size));
      x.storage().put(0, Double.NEGATIVE_INFINITY);
      x.storage().put(inner - 1, Double.NaN);
      Tensor g = Tensor.randn(x.shape(), type, new Rng(inner));
      for (Backend kernels : List.of(new ScalarBackend(), Backends.current())) {
        Tensor y = kernels.softmax(transposed(x), 2);
        assertSameBits(y, kernels.softmax(x, 1), "softmax");
        Tensor log = kernels.logSoftmax(transposed(x), 2);
        assertSameBits(log, kernels.logSoftmax(x, 1), "logSoftmax");
        Tensor gradient = kernels.softmaxGradient(transposed(g), y, 2);
        assertSameBits(gradient, kernels.softmaxGradient(g, transposed(y), 1), "gradient");
        Tensor logGradient = kernels.logSoftmaxGradient(transposed(g), log, 2);
        assertSameBits(logGradient, kernels.logSoftmaxGradient(g, transposed(log), 1), "log");
      }
    }
  }
}
