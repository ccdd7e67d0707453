package org.wengert.examples.guide;

import java.util.Arrays;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// The code of the page on tensors.
public final class TensorGuide {
  private TensorGuide() {}

  /// Runs all regions.
  public static void main(String[] args) {
    create();
    read();
    views();
    random();
  }

  static void create() {
    // region: create
    Tensor scalar = Tensor.of(2.5);
    Tensor vector = Tensor.of(1f, 2f, 3f);
    Tensor matrix = Tensor.of(new double[][] {{1, 2, 3}, {4, 5, 6}});
    Tensor zeros = Tensor.zeros(Shape.of(2, 2), DType.FLOAT64);
    for (Tensor t : new Tensor[] {scalar, vector, matrix, zeros, Tensor.arange(4)}) {
      System.out.println(t.dtype() + " " + t.shape());
    }
    // end region
  }

  static void read() {
    // region: read
    Tensor matrix = Tensor.of(new double[][] {{1, 2, 3}, {4, 5, 6}});
    System.out.println(matrix.at(1, 2)); // row 1, column 2, counted from 0
    System.out.println(Arrays.toString(matrix.toDoubleArray())); // row by row
    System.out.println(matrix.toArray(double[][].class)[1][0]);
    System.out.println(matrix);
    // end region
  }

  static void views() {
    // region: views
    Tensor matrix = Tensor.of(new double[][] {{1, 2, 3}, {4, 5, 6}});
    Tensor turned = matrix.permute(1, 0); // the same six numbers
    Tensor odd = matrix.slice(1, 0, 3, 2); // columns 0 and 2
    System.out.println(
        turned.shape() + ", strides " + turned.stride(0) + " and " + turned.stride(1));
    System.out.println(Arrays.toString(odd.toDoubleArray()));
    System.out.println(turned.storage() == matrix.storage());
    // end region
  }

  static void random() {
    // region: random
    Rng.seed(42);
    Tensor a = Tensor.randn(2, 3); // normal numbers, FLOAT32
    Rng.seed(42);
    System.out.println(Tensor.randn(2, 3).sameBits(a));
    Tensor own = Tensor.rand(Shape.of(3), DType.FLOAT64, new Rng(7)); // a generator of one's own
    System.out.println(own.shape());
    // end region
  }
}
