package org.wengert.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.wengert.Autograd;
import org.wengert.F;
import org.wengert.Leaf;
import org.wengert.Variable;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// What recording costs, in nanoseconds for each scalar operation: a chain of 1,000 links
/// `x ← sin(x) · x + x`, three operations each, on scalars.
///
/// The chain starts at -0.5 and creeps towards 0, so that its gradient neither explodes nor
/// vanishes. Everything but [#floor] computes the same 3,000 sines, products and sums with it.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(RecorderBenchmark.OPERATIONS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class RecorderBenchmark {
  private static final int LINKS = 1_000;
  static final int OPERATIONS = 3 * LINKS;

  /// The type of the scalars.
  @Param({"FLOAT32", "FLOAT64"})
  public DType type;

  private final double start = -0.5;
  private final double[] xs = new double[LINKS + 1];
  private final double[] sines = new double[LINKS];
  private Leaf x;

  /// A fresh leaf, so that no gradient is left in it.
  @Setup(Level.Iteration)
  public void makeLeaf() {
    x = Variable.of(Tensor.full(Shape.SCALAR, start, type));
  }

  private static Variable chain(Variable x) {
    Variable y = x;
    for (int i = 0; i < LINKS; i++) {
      y = F.sin(y).mul(y).add(y);
    }
    return y;
  }

  /// The same chain and its derivative, written by hand with doubles: what the arithmetic costs.
  @Benchmark
  public double floor() {
    xs[0] = start;
    for (int i = 0; i < LINKS; i++) {
      sines[i] = StrictMath.sin(xs[i]);
      xs[i + 1] = sines[i] * xs[i] + xs[i];
    }
    double gradient = 1;
    for (int i = LINKS - 1; i >= 0; i--) {
      gradient *= StrictMath.cos(xs[i]) * xs[i] + sines[i] + 1;
    }
    return gradient;
  }

  /// The values alone.
  @Benchmark
  public Variable forwardUnrecorded() {
    return Autograd.noGrad(() -> chain(x));
  }

  /// The values and the record.
  @Benchmark
  public Variable forward() {
    return chain(x);
  }

  /// The values, the record, and the gradient added to the leaf.
  @Benchmark
  public Leaf forwardAndBackward() {
    x.zeroGrad();
    chain(x).backward();
    return x;
  }

  /// The values, the record, and a gradient that is recorded itself.
  @Benchmark
  public Variable forwardAndRecordedGrad() {
    return Autograd.grad(chain(x), x);
  }
}
