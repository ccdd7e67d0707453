package org.wengert.backend.plain;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wengert.backend.Backend;
import org.wengert.backend.Comparison;
import org.wengert.backend.CompiledUpdate;
import org.wengert.backend.Expr;
import org.wengert.backend.Folds;
import org.wengert.backend.Kernel;
import org.wengert.backend.LongFunction;
import org.wengert.backend.LongFunction2;
import org.wengert.backend.LoopCompiler;
import org.wengert.backend.Matrix;
import org.wengert.backend.MatrixFunction;
import org.wengert.backend.Reduction;
import org.wengert.backend.ScalarFunction;
import org.wengert.backend.ScalarFunction2;
import org.wengert.backend.Taps;
import org.wengert.backend.Update;
import org.wengert.backend.Window;
import org.wengert.backend.loop.ClassFileCompiler;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// The kernels as plain loops: the specification that other backends must agree with.
///
/// Stateless and thread-safe; the same operands give the same bits on every machine.
public class ScalarBackend implements Backend {
  private static final Kernel WHERE = Kernel.of(Expr.truth(0).select(Expr.input(1), Expr.input(2)));

  private static final int MOST_ASIDE = 1 << 20; // elements of a product that is added to another

  private final LoopCompiler loops;
  private final Folds folds;
  private final ReduceKernel reductions;
  private final ArgKernel searches;
  private final IndexKernel indices;
  private final SoftmaxKernel softmaxes;
  private final CrossEntropyKernel crossEntropies;
  private final RowNormKernel rowNorms;
  private final PlaneNormKernel planeNorms;

  /// The backend; all instances are alike.
  public ScalarBackend() {
    this(ClassFileCompiler.PLAIN, new Folds());
  }

  /// The backend with other inner loops, which give the same bits.
  protected ScalarBackend(LoopCompiler loops, Folds folds) {
    this.loops = loops;
    this.folds = folds;
    reductions = new ReduceKernel(folds);
    searches = new ArgKernel(folds);
    indices = new IndexKernel(folds);
    softmaxes = new SoftmaxKernel(loops, folds);
    crossEntropies = new CrossEntropyKernel(loops, folds);
    rowNorms = new RowNormKernel(folds, reductions);
    planeNorms = new PlaneNormKernel(folds, reductions);
  }

  @Override
  public final LoopCompiler loops() {
    return loops;
  }

  @Override
  public final Folds folds() {
    return folds;
  }

  @Override
  public Tensor map(ScalarFunction f, Tensor x) {
    return CalledKernel.map(f, x);
  }

  @Override
  public Tensor zip(ScalarFunction2 f, Tensor a, Tensor b, Shape y, DType compute) {
    return CalledKernel.zip(f, a, b, y, compute);
  }

  @Override
  public Tensor mapLongs(LongFunction f, Tensor x) {
    return CalledKernel.mapLongs(f, x);
  }

  @Override
  public Tensor zipLongs(LongFunction2 f, Tensor a, Tensor b, Shape y, DType compute) {
    return CalledKernel.zipLongs(f, a, b, y, compute);
  }

  @Override
  public Tensor compare(Comparison test, Tensor a, Tensor b, Shape y) {
    DType type = DType.promote(a, b);
    return type.isFloating()
        ? zip(test.kernel(), Kernel.NO_SCALARS, a, b, y, type)
        : CalledKernel.compareLongs(test, a, b, y);
  }

  @Override
  public Tensor where(Tensor condition, Tensor a, Tensor b, Shape y) {
    DType type = DType.promote(a, b);
    Tensor result = Tensor.empty(y, type);
    if (type.isFloating()) {
      compute(
          WHERE, Kernel.NO_SCALARS, type, new Tensor[] {result}, condition, a.to(type), b.to(type));
    } else {
      CalledKernel.chooseLongs(condition, a, b, result);
    }
    return result;
  }

  @Override
  public Tensor map(Kernel f, double[] scalars, Tensor x) {
    return PointwiseKernel.map(loops(), f, scalars, x);
  }

  @Override
  public Tensor zip(Kernel f, double[] scalars, Tensor a, Tensor b, Shape y, DType compute) {
    return PointwiseKernel.zip(loops(), f, scalars, a, b, y, compute);
  }

  @Override
  public void compute(Kernel f, double[] scalars, DType compute, Tensor[] ys, Tensor... xs) {
    PointwiseKernel.run(loops(), f, scalars, compute, ys, xs);
  }

  @Override
  public Tensor reduce(Reduction how, Tensor x, Shape to) {
    return reductions.reduce(how, x, to);
  }

  @Override
  public Tensor argMax(Tensor x, int axis) {
    return searches.argExtreme(x, axis, 1);
  }

  @Override
  public Tensor argMin(Tensor x, int axis) {
    return searches.argExtreme(x, axis, -1);
  }

  @Override
  public Tensor cumSum(Tensor x, int axis, boolean reversed) {
    return ScanKernel.cumSum(x, axis, reversed);
  }

  @Override
  public Tensor recurrence(Tensor a, Tensor b, int axis, boolean reversed, Tensor starts) {
    return ScanKernel.recurrence(a, b, axis, reversed, starts);
  }

  @Override
  public Tensor logCumSumExp(Tensor x, int axis) {
    return ScanKernel.logCumSumExp(x, axis);
  }

  @Override
  public Tensor cumulativeArgMax(Tensor x, int axis, boolean least) {
    return ScanKernel.cumulativeArgMax(x, axis, least);
  }

  @Override
  public Tensor argSort(Tensor x, int axis, boolean descending) {
    return SortKernel.argSort(x, axis, descending);
  }

  @Override
  public Tensor searchSorted(Tensor sorted, Tensor values, boolean right) {
    return SortKernel.searchSorted(sorted, values, right);
  }

  @Override
  public Tensor scatterFold(
      Reduction how, Tensor x, int axis, Tensor index, Tensor source, boolean includeSelf) {
    return ScatterKernel.scatterFold(how, x, axis, index, source, includeSelf);
  }

  @Override
  public Tensor nonzero(Tensor x) {
    return ScatterKernel.nonzero(x);
  }

  @Override
  public Tensor matMul(Tensor a, Tensor b) {
    return MatMulKernel.matMul(this, a, b);
  }

  @Override
  public final void multiply(Matrix a, Matrix b, @Nullable Matrix start, Matrix c) {
    if (a.columns() <= LongProduct.CHAIN || !c.dtype().isFloating()) {
      multiplyAtOnce(a, b, start, c);
    } else {
      new LongProduct(this::multiplyAtOnce, MOST_ASIDE).multiply(a, b, start, c);
    }
  }

  /// [#multiply] in one chain of `fma` for each element, which is short enough.
  protected void multiplyAtOnce(Matrix a, Matrix b, @Nullable Matrix start, Matrix c) {
    MatMulKernel.multiply(a, b, start, c);
  }

  @Override
  public Tensor mapMatrices(MatrixFunction f, List<Tensor> xs, Shape y) {
    return MatrixLoop.run(f, xs, y);
  }

  @Override
  public Tensor gather(Tensor x, int axis, Tensor index) {
    return IndexKernel.gather(x, axis, index);
  }

  @Override
  public Tensor scatterAdd(Tensor x, int axis, Tensor index, Shape to) {
    return indices.scatterAdd(x, axis, index, to);
  }

  @Override
  public Tensor embed(Tensor x, int axis, int from, int step, Shape to) {
    return IndexKernel.embed(x, axis, from, step, to);
  }

  @Override
  public Tensor unfold(Tensor x, List<Window> windows, Shape y) {
    return WindowKernel.unfold(x, windows, y);
  }

  @Override
  public Tensor fold(Tensor x, List<Window> windows, Shape y) {
    return WindowKernel.fold(x, windows, y);
  }

  @Override
  public Tensor convolution(
      Tensor x, Tensor weight, @Nullable Tensor bias, List<Window> windows, int groups, Shape y) {
    IndirectProduct product = indirectProduct(x.dtype());
    return ConvolutionKernel.forward(loops(), product, x, weight, bias, windows, groups, y);
  }

  @Override
  public Tensor convolutionTransposed(
      Tensor y, Tensor weight, @Nullable Tensor bias, List<Window> windows, int groups, Shape x) {
    IndirectProduct product = indirectProduct(y.dtype());
    return ConvolutionKernel.transposed(loops(), product, y, weight, bias, windows, groups, x);
  }

  @Override
  public List<Tensor> convolutionWeights(
      Tensor x, Tensor gy, List<Window> windows, int groups, Shape weight, boolean withBias) {
    IndirectProduct product = indirectProduct(x.dtype());
    return ConvolutionWeightKernel.gradients(
        loops(), product, x, gy, windows, groups, weight, withBias);
  }

  /// The product that convolutions consist of, for a floating type.
  protected IndirectProduct indirectProduct(DType type) {
    return type == DType.FLOAT32 ? FloatProduct.INSTANCE : DoubleProduct.INSTANCE;
  }

  @Override
  public Tensor windowArgMax(Tensor x, List<Window> windows, Shape y) {
    return WindowKernel.argMax(x, windows, y);
  }

  @Override
  public List<Tensor> maxPool(Tensor x, List<Window> windows, Shape y) {
    return PoolKernel.maximum(planeMaximum(x.dtype()), x, windows, y);
  }

  /// The maxima that pooling consists of, for a floating type.
  protected PlaneMaximum planeMaximum(DType type) {
    return type == DType.FLOAT32 ? FloatMaximum.INSTANCE : DoubleMaximum.INSTANCE;
  }

  @Override
  public Tensor maxUnpool(Tensor gy, Tensor index, int axes, Shape x) {
    return PoolKernel.spread(gy, index, axes, x);
  }

  @Override
  public Tensor resample(Tensor x, int axis, Taps taps, Shape y) {
    return ResampleKernel.resample(x, axis, taps, y);
  }

  @Override
  public Tensor cat(List<Tensor> parts, int axis, Shape y, DType to) {
    return IndexKernel.cat(parts, axis, y, to);
  }

  @Override
  public Tensor softmax(Tensor x, int axis) {
    return softmaxes.softmax(x, axis);
  }

  @Override
  public Tensor logSoftmax(Tensor x, int axis) {
    return softmaxes.logSoftmax(x, axis);
  }

  @Override
  public Tensor logSumExp(Tensor x, Shape to) {
    return softmaxes.logSumExp(x, to);
  }

  @Override
  public Tensor softmaxGradient(Tensor gy, Tensor y, int axis) {
    return softmaxes.softmaxGradient(gy, y, axis);
  }

  @Override
  public Tensor logSoftmaxGradient(Tensor gy, Tensor y, int axis) {
    return softmaxes.logSoftmaxGradient(gy, y, axis);
  }

  @Override
  public RowLosses crossEntropy(Tensor x, Tensor target) {
    return crossEntropies.losses(x, target);
  }

  @Override
  public Tensor crossEntropyGradient(Tensor gy, Tensor x, Tensor target, Tensor max, Tensor sum) {
    return crossEntropies.gradient(gy, x, target, max, sum);
  }

  @Override
  public Normalization normalizeRows(
      Tensor x, @Nullable Tensor weight, @Nullable Tensor bias, double eps, boolean centered) {
    return rowNorms.normalize(x, weight, bias, eps, centered);
  }

  @Override
  public NormalizationGradients normalizeRowsGradients(
      Tensor gy,
      Tensor x,
      @Nullable Tensor weight,
      Normalization past,
      double eps,
      boolean centered,
      boolean slopes) {
    return rowNorms.gradients(gy, x, weight, past, eps, centered, slopes);
  }

  @Override
  public Normalization normalizePlanes(
      Tensor x, @Nullable Tensor weight, @Nullable Tensor bias, int groups, double eps) {
    return planeNorms.normalize(x, weight, bias, groups, eps);
  }

  @Override
  public NormalizationGradients normalizePlanesGradients(
      Tensor gy, Tensor x, @Nullable Tensor weight, Normalization past, int groups, double eps) {
    return planeNorms.gradients(gy, x, weight, past, groups, eps);
  }

  @Override
  public void accumulate(Tensor sum, Tensor addend) {
    Accumulation.add(sum, addend);
  }

  @Override
  public void update(Update rule, Tensor gradient, Tensor... state) {
    if (rule instanceof CompiledUpdate compiled) {
      Tensor[] inputs = new Tensor[state.length + 1];
      inputs[0] = gradient;
      System.arraycopy(state, 0, inputs, 1, state.length);
      compute(compiled.kernel(), compiled.numbers(), gradient.dtype(), state, inputs);
    } else {
      CalledKernel.update(rule, gradient, state);
    }
  }
}
