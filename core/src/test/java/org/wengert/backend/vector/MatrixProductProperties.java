package org.wengert.backend.vector;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.wengert.backend.Backend;
import org.wengert.backend.Matrix;
import org.wengert.backend.Workers;
import org.wengert.backend.plain.ScalarBackend;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Storage;
import org.wengert.tensor.Tensor;

/// Products in vectors have the bits of products in plain loops.
class MatrixProductProperties {
  private static final Backend PLAIN = new ScalarBackend();
  private static final Backend VECTOR = new VectorBackend();
  private static final double[] SPECIAL = {
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    -0.0,
    0.0,
    Float.MIN_VALUE,
    -Float.MIN_NORMAL,
    Float.MAX_VALUE,
    Double.MIN_VALUE
  };

  @Property
  void smallProductsHaveTheSameBits(@ForAll long seed, @ForAll boolean isDouble) {
    Random random = new Random(seed);
    check(random, type(isDouble), size(random, 40), size(random, 70), size(random, 40), 1);
  }

  private static int size(Random random, int below) {
    return random.nextInt(random.nextInt(3) == 0 ? 3 : below);
  }

  @Property(tries = 30)
  void productsOfManyBlocksHaveTheSameBits(
      @ForAll long seed,
      @ForAll boolean isDouble,
      @ForAll @IntRange(min = 1, max = 4) int threads) {
    Random random = new Random(seed);
    int[] sizes = new int[3];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = random.nextInt(4) == 0 ? random.nextInt(600) : random.nextInt(150);
    }
    check(random, type(isDouble), sizes[0], sizes[1], sizes[2], threads);
  }

  private static DType type(boolean isDouble) {
    return isDouble ? DType.FLOAT64 : DType.FLOAT32;
  }

  private static void check(Random random, DType type, int m, int n, int k, int threads) {
    Matrix a = matrix(random, type, m, k, true);
    Matrix b = matrix(random, type, k, n, true);
    Matrix c = matrix(random, type, m, n, false);
    Matrix other = new Matrix(copy(c), c.at(), m, n, c.rowStride(), c.columnStride());
    int start = random.nextInt(3);
    Matrix begin = start == 0 ? matrix(random, type, m, n, true) : null;
    multiply(PLAIN, a, b, start == 1 ? c : begin, c);
    Matrix self = start == 1 ? other : begin;
    Workers.using(threads, () -> multiply(VECTOR, a, b, self, other));
    String what = type + " " + m + "x" + k + "x" + n + " from " + a + " and " + b + " to " + c;
    assertTrue(whole(c).sameBits(whole(other)), what);
  }

  private static void multiply(
      Backend kernels, Matrix a, Matrix b, @Nullable Matrix start, Matrix c) {
    kernels.multiply(a, b, start, c);
  }

  /// The storage with all that lies around the matrix.
  private static Tensor whole(Matrix c) {
    return Tensor.over(c.storage(), Shape.of(c.storage().length()));
  }

  private static Storage copy(Matrix c) {
    return c.storage().copyOfRange(0, c.storage().length());
  }

  /// A matrix of random strides; one that is only read may have strides of 0 too.
  private static Matrix matrix(Random random, DType type, int rows, int columns, boolean repeats) {
    int gap = random.nextInt(3);
    int at = random.nextInt(4);
    boolean transposed = random.nextBoolean();
    int minor = !repeats || random.nextInt(5) > 0 ? 1 : 2;
    int longest = transposed ? rows : columns;
    int major = longest * minor + gap;
    if (repeats && random.nextInt(6) == 0) {
      major = 0;
    }
    if (repeats && random.nextInt(6) == 0) {
      minor = 0;
    }
    Storage storage =
        Storage.allocate(type, at + 8 + Math.max(rows, columns) * (major + minor + 1));
    fill(storage, random);
    return new Matrix(
        storage, at, rows, columns, transposed ? minor : major, transposed ? major : minor);
  }

  private static void fill(Storage storage, RandomGenerator random) {
    boolean special = random.nextInt(3) == 0;
    for (int i = 0; i < storage.length(); i++) {
      double value = random.nextDouble() * 2 - 1;
      storage.put(i, special && random.nextInt(30) == 0 ? SPECIAL[random.nextInt(9)] : value);
    }
  }
}
