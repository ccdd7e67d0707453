package org.wengert.backend;

import java.util.List;
import java.util.function.Function;
import org.wengert.backend.linalg.LinearAlgebraKernel;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Contracts of the kernels on matrices.
record ProductContracts(BackendContractTest table) {
  private static final Shape[] LARGE = {
    Shape.of(1, 150, 140, 130),
    Shape.of(1, 3, 20_000, 5),
    Shape.of(2, 37, 4_100, 50),
    Shape.of(1, 1, 700, 900),
    Shape.of(1, 900, 700, 1),
    Shape.of(6, 65, 64, 67),
    Shape.of(1, 2000, 7, 33)
  };

  void list() {
    table.floating(
        "matMul",
        d -> {
          Shape sizes = sizes(d);
          int m = sizes.size(1);
          int n = sizes.size(2);
          int p = sizes.size(3);
          boolean plain = sizes.size(0) == 1 && d.flip();
          Tensor a = d.tensor(plain ? Shape.of(m, n) : Shape.of(sizes.size(0), m, n));
          Tensor b = d.tensor(plain ? Shape.of(n, p) : Shape.of(sizes.size(0), n, p));
          return k -> k.matMul(a, b);
        });
    table.floating("multiply", ProductContracts::multiply);
    table.floating(
        "mapMatrices",
        d -> {
          int n = 1 + d.below(9);
          int batch = d.isLarge() ? 200 : d.below(4);
          Tensor a = d.moderate(Shape.of(batch, n, n));
          Tensor b = d.moderate(Shape.of(batch, n, 2));
          LinearAlgebraKernel f =
              d.anyOf(LinearAlgebraKernel.SOLVE_LOWER, LinearAlgebraKernel.SOLVE_UPPER);
          return k -> k.mapMatrices(f, List.of(a, b), b.shape());
        });
  }

  /// A product added to a bias, or to what is there.
  private static Function<Backend, Object> multiply(Draw d) {
    Shape sizes = sizes(d);
    Tensor a = d.tensor(Shape.of(sizes.size(1), sizes.size(2)));
    Tensor b = d.tensor(Shape.of(sizes.size(2), sizes.size(3)));
    Tensor bias = d.tensor(Shape.of(sizes.size(3)));
    boolean adds = d.flip();
    return k -> {
      Tensor y = Tensor.full(Shape.of(sizes.size(1), sizes.size(3)), 0.5, d.dtype());
      Matrix c = Matrix.of(y);
      k.multiply(Matrix.of(a), Matrix.of(b), adds ? c : Matrix.repeated(bias, c.rows()), c);
      return y;
    };
  }

  private static Shape sizes(Draw d) {
    if (d.isLarge()) {
      return d.anyOf(LARGE);
    }
    boolean square = d.flip();
    int most = square ? 40 : 65;
    return Shape.of(square ? d.below(4) : 1, d.size(0, most), d.size(0, most), d.size(0, most));
  }
}
