package org.wengert.benchmarks;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.wengert.backend.Backend;
import org.wengert.backend.Backends;
import org.wengert.backend.CompiledUpdate;
import org.wengert.backend.Expr;
import org.wengert.backend.Fn;
import org.wengert.backend.Kernel;
import org.wengert.backend.Reduction;
import org.wengert.backend.Taps;
import org.wengert.backend.Update;
import org.wengert.backend.Window;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Calls of single kernels, of sizes that stand in a second-level cache, but for convolutions.
public enum KernelWork {
  /// `a + b` of 65,536 elements.
  ADD(t -> pair(t, (x, z) -> x.add(z))),
  /// `a b` where `b` is a row of 256 for each of 256 rows.
  MUL_ROW(KernelWork::mulRow),
  /// `exp` of 65,536 elements.
  EXP(t -> map(t, Fn.EXP)),
  /// `tanh` of 65,536 elements.
  TANH(t -> map(t, Fn.TANH)),
  /// `gelu` of 65,536 elements.
  GELU(t -> map(t, Fn.GELU)),
  /// The sum of 65,536 elements.
  SUM(t -> reduce(t, Reduction.SUM, 1, 1)),
  /// The sums of 256 rows of 256.
  SUM_ROWS(t -> reduce(t, Reduction.SUM, 256, 1)),
  /// The sums of 256 columns of 256.
  SUM_COLUMNS(t -> reduce(t, Reduction.SUM, 1, 256)),
  /// The maxima of 256 rows of 256.
  MAX_ROWS(t -> reduce(t, Reduction.MAX, 256, 1)),
  /// Softmax of 256 rows of 256.
  SOFTMAX(t -> softmax(t, 1)),
  /// Softmax of 256 columns of 256.
  SOFTMAX_COLUMNS(t -> softmax(t, 0)),
  /// The gradient of softmax of rows.
  SOFTMAX_GRADIENT(KernelWork::softmaxGradient),
  /// Layer norm of 256 rows of 256, with weight and bias.
  LAYER_NORM(KernelWork::layerNorm),
  /// Its gradients, all three.
  LAYER_NORM_GRADIENT(KernelWork::layerNormGradient),
  /// Batch norm of 16 samples of 16 channels of 16 by 16, with weight and bias.
  BATCH_NORM(KernelWork::batchNorm),
  /// Its gradients, all three.
  BATCH_NORM_GRADIENT(KernelWork::batchNormGradient),
  /// Convolution of 8 samples of 32 channels of 28 by 28 with 32 kernels of 3 by 3, padded.
  CONVOLUTION(t -> new Convolved(t)::forward),
  /// Its gradient to the data.
  CONVOLUTION_DATA(t -> new Convolved(t)::toData),
  /// Its gradient to the weights and the bias.
  CONVOLUTION_WEIGHTS(t -> new Convolved(t)::toWeights),
  /// The largest of two by two, in 16 samples of 16 channels of 16 by 16.
  MAX_POOL(KernelWork::maxPool),
  /// The mean of two by two along one axis of the same.
  AVERAGE_POOL(KernelWork::averagePool),
  /// 1,024 of 1,000 rows of 64.
  GATHER(KernelWork::gather),
  /// 1,024 rows of 64 added to 1,000.
  SCATTER_ADD(KernelWork::scatterAdd),
  /// A step of Adam for 65,536 weights.
  ADAM(KernelWork::adam),
  /// 65,536 uniform numbers.
  FILL_UNIFORM(t -> () -> Tensor.rand(Shape.of(65_536), t, new Rng(1))),
  /// 65,536 normal numbers.
  FILL_NORMAL(t -> () -> Tensor.randn(Shape.of(65_536), t, new Rng(1)));

  private static final Backend KERNELS = Backends.current();
  private static final double EPS = 1e-5;
  private static final int SIDE = 256;

  private final Function<DType, Supplier<Object>> maker;

  KernelWork(Function<DType, Supplier<Object>> maker) {
    this.maker = maker;
  }

  /// The call, with its operands made.
  public Supplier<Object> in(DType type) {
    return maker.apply(type);
  }

  private static Tensor random(DType type, int... sizes) {
    return Tensor.randn(Shape.of(sizes), type, new Rng(1));
  }

  private static Tensor square(DType type) {
    return random(type, SIDE, SIDE);
  }

  private interface Of2 {
    Expr of(Expr x, Expr z);
  }

  private static Supplier<Object> pair(DType type, Of2 f) {
    return zip(f, square(type), square(type));
  }

  private static Supplier<Object> mulRow(DType type) {
    return zip(Expr::mul, square(type), random(type, SIDE));
  }

  private static Supplier<Object> zip(Of2 f, Tensor a, Tensor b) {
    Kernel kernel = Kernel.of(f.of(Expr.input(0), Expr.input(1)));
    return () -> KERNELS.zip(kernel, Kernel.NO_SCALARS, a, b, a.shape(), a.dtype());
  }

  private static Supplier<Object> map(DType type, Fn f) {
    Kernel kernel = Kernel.of(f.of(Expr.input(0)));
    Tensor x = square(type);
    return () -> KERNELS.map(kernel, Kernel.NO_SCALARS, x);
  }

  private static Supplier<Object> reduce(DType type, Reduction how, int rows, int columns) {
    Tensor x = square(type);
    return () -> KERNELS.reduce(how, x, Shape.of(rows, columns));
  }

  private static Supplier<Object> softmax(DType type, int axis) {
    Tensor x = square(type);
    return () -> KERNELS.softmax(x, axis);
  }

  private static Supplier<Object> softmaxGradient(DType type) {
    Tensor gy = square(type);
    Tensor y = KERNELS.softmax(gy, 1);
    return () -> KERNELS.softmaxGradient(gy, y, 1);
  }

  private static Supplier<Object> layerNorm(DType type) {
    Tensor x = square(type);
    Tensor weight = random(type, SIDE);
    return () -> KERNELS.normalizeRows(x, weight, weight, EPS, true);
  }

  private static Supplier<Object> layerNormGradient(DType type) {
    Tensor x = square(type);
    Tensor weight = random(type, SIDE);
    Backend.Normalization past = KERNELS.normalizeRows(x, weight, weight, EPS, true);
    return () -> KERNELS.normalizeRowsGradients(x, x, weight, past, EPS, true, true);
  }

  private static Supplier<Object> batchNorm(DType type) {
    Tensor x = random(type, 16, 16, SIDE);
    Tensor weight = random(type, 16);
    return () -> KERNELS.normalizePlanes(x, weight, weight, 0, EPS);
  }

  private static Supplier<Object> batchNormGradient(DType type) {
    Tensor x = random(type, 16, 16, SIDE);
    Tensor weight = random(type, 16);
    Backend.Normalization past = KERNELS.normalizePlanes(x, weight, weight, 0, EPS);
    return () -> KERNELS.normalizePlanesGradients(x, x, weight, past, 0, EPS);
  }

  /// A convolution and its operands; what it is given as a gradient has the shape of its data.
  private static final class Convolved {
    private final Window window = Window.sliding(28, 3, 1, 1, 1, 28);
    private final List<Window> windows = List.of(window, window);
    private final Tensor x;
    private final Tensor weight;
    private final Tensor bias;

    Convolved(DType type) {
      x = random(type, 8, 32, 28, 28);
      weight = random(type, 32, 32, 3, 3);
      bias = random(type, 32);
    }

    Object forward() {
      return KERNELS.convolution(x, weight, bias, windows, 1, x.shape());
    }

    Object toData() {
      return KERNELS.convolutionTransposed(x, weight, null, windows, 1, x.shape());
    }

    Object toWeights() {
      return KERNELS.convolutionWeights(x, x, windows, 1, weight.shape(), true);
    }
  }

  private static Supplier<Object> maxPool(DType type) {
    Tensor x = random(type, 16, 16, 16, 16);
    Window half = Window.sliding(16, 2, 2, 1, 0, 8);
    return () -> KERNELS.maxPool(x, List.of(half, half), Shape.of(16, 16, 8, 8));
  }

  private static Supplier<Object> averagePool(DType type) {
    Tensor x = random(type, 16, 16, 16, 16);
    Taps sums = Taps.sums(Window.sliding(16, 2, 2, 1, 0, 8));
    return () -> KERNELS.resample(x, 3, sums, Shape.of(16, 16, 16, 8));
  }

  private static Tensor indices() {
    Rng random = new Rng(1);
    long[] rows = new long[1024];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = random.nextInt(1000);
    }
    return Tensor.of(rows).reshape(1024, 1).expand(Shape.of(1024, 64));
  }

  private static Supplier<Object> gather(DType type) {
    Tensor x = random(type, 1000, 64);
    Tensor index = indices();
    return () -> KERNELS.gather(x, 0, index);
  }

  private static Supplier<Object> scatterAdd(DType type) {
    Tensor x = random(type, 1024, 64);
    Tensor index = indices();
    return () -> KERNELS.scatterAdd(x, 0, index, Shape.of(1000, 64));
  }

  private static Supplier<Object> adam(DType type) {
    Expr g = Expr.input(0);
    Expr mean = Expr.input(2).mul(0.9).add(g.mul(0.1));
    Expr square = Expr.input(3).mul(0.999).add(g.square().mul(0.001));
    Expr move = mean.mul(Expr.scalar(0)).div(square.sqrt().add(1e-8));
    Kernel kernel = Kernel.of(Expr.input(1).sub(move), mean, square);
    Update rule = new CompiledUpdate(kernel, 1e-3);
    Tensor gradient = square(type);
    Tensor[] state = {
      square(type), square(type), Tensor.rand(Shape.of(SIDE, SIDE), type, new Rng(2))
    };
    return () -> {
      KERNELS.update(rule, gradient, state);
      return state;
    };
  }
}
