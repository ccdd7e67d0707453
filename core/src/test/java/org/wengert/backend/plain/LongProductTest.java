package org.wengert.backend.plain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.wengert.backend.Matrix;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

class LongProductTest {
  private static final LongProduct.Product PLAIN = MatMulKernel::multiply;

  private static float[] multiply(LongProduct.Product product, boolean turned) {
    Random random = new Random(1);
    Matrix a = Matrix.of(Tensor.randn(Shape.of(7, 9_000), DType.FLOAT32, random));
    Matrix b = Matrix.of(Tensor.randn(Shape.of(9_000, 10), DType.FLOAT32, random));
    Tensor y = Tensor.full(turned ? Shape.of(10, 7) : Shape.of(7, 10), 0.5, DType.FLOAT32);
    Matrix c = turned ? Matrix.of(y).transposed() : Matrix.of(y);
    product.compute(a, b, c, c);
    return (turned ? y.permute(1, 0) : y).toFloatArray();
  }

  @Test
  void aResultThatIsComputedInPartsIsTheWhole() {
    float[] whole = multiply(new LongProduct(PLAIN, 70)::multiply, false);
    for (int most : new int[] {1, 3, 10, 25, 69}) {
      assertArrayEquals(whole, multiply(new LongProduct(PLAIN, most)::multiply, false));
      assertArrayEquals(whole, multiply(new LongProduct(PLAIN, most)::multiply, true));
    }
    assertArrayEquals(multiply(PLAIN, false), whole, 1e-3f);
  }
}
