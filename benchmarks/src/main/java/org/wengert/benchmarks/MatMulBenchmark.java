package org.wengert.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.wengert.backend.Backend;
import org.wengert.backend.Backends;
import org.wengert.backend.Matrix;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// The product of two matrices alone, without recording: times, and operations in a second to hold
/// against the rate that `Peak` prints.
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class MatMulBenchmark {
  private static final Backend KERNELS = Backends.current();

  /// Rows of the result, columns of it, and the length of its sums.
  @Param({
    "16 16 16",
    "32 32 32",
    "64 64 64",
    "256 256 256",
    "512 512 512",
    "1024 1024 1024",
    "64 64 784",
    "64 784 64",
    "784 64 64",
    "64 10 64",
    "64 64 32",
    "64 512 128",
    "1 1000 1000"
  })
  public String sizes;

  /// Which operands are stored transposed (`t`), or not (`n`).
  @Param({"nn", "nt", "tn"})
  public String stored;

  /// The type of the numbers.
  @Param("FLOAT32")
  public DType type;

  private Matrix a;
  private Matrix b;
  private Matrix c;

  /// Additions and multiplications.
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Arithmetic {
    /// How many there were.
    public double operations;
  }

  /// Fills the operands.
  @Setup
  public void make() {
    String[] texts = sizes.split(" ", -1);
    int rows = Integer.parseInt(texts[0]);
    int columns = Integer.parseInt(texts[1]);
    int inner = Integer.parseInt(texts[2]);
    Rng random = new Rng(1);
    a = operand(rows, inner, stored.charAt(0) == 't', random);
    b = operand(inner, columns, stored.charAt(1) == 't', random);
    c = operand(rows, columns, false, random);
  }

  private Matrix operand(int rows, int columns, boolean transposed, Rng random) {
    Shape shape = transposed ? Shape.of(columns, rows) : Shape.of(rows, columns);
    Matrix matrix = Matrix.of(Tensor.randn(shape, type, random));
    return transposed ? matrix.transposed() : matrix;
  }

  /// One product.
  @Benchmark
  public Matrix multiply(Arithmetic arithmetic) {
    KERNELS.multiply(a, b, null, c);
    arithmetic.operations += 2.0 * c.rows() * c.columns() * a.columns();
    return c;
  }
}
