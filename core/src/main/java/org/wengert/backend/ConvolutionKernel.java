package org.wengert.backend;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Convolution and, with operand and result exchanged, its adjoint. No window is written out:
/// a strip of each channel is copied with its padding ([PaddedPlane]), and [IndirectProduct] finds
/// what the taps see in it, eight channels of the result at a time.
///
/// Each element of the result is one chain of `fma(weight, element, sum)` over the channels of the
/// operand and, for each, the taps of the kernel, both ascending, plus the bias at the end. Padding
/// counts as the product of a weight with 0. How the result is cut into strips and for threads does
/// not show in the bits.
final class ConvolutionKernel {
  private static final int BLOCK = 8; // channels of the result that a tile computes
  private static final int PACKED = 40_000; // elements of a strip, which stay in the L2 cache
  private static final int LONGEST = 1_536; // places of a strip: 8 rows of results stay in L1
  private static final int WEIGHTS = 0; // slots of the threads' arrays
  private static final int OPERAND = 1;
  private static final int RESULT = 2;
  private static final int ENOUGH = 4; // chunks, so that every thread finds work

  private final Panels panels;
  private final IndirectProduct product;
  private final Tensor x;
  private final Tensor weight;
  private final @Nullable Tensor bias;
  private final Tensor y;
  private final int groups;
  private final int inner;
  private final int outputs;
  private final int innerStride;
  private final int outputStride;
  private final int xArea;
  private final int yArea;
  private final int[] sizes;

  private ConvolutionKernel(
      IndirectProduct product,
      Tensor x,
      Tensor weight,
      @Nullable Tensor bias,
      List<Window> windows,
      int groups,
      boolean transposed,
      Shape to) {
    this.panels = Panels.of(x.dtype());
    this.product = product;
    this.x = Panels.rowMajor(x);
    this.weight = Panels.rowMajor(weight);
    this.bias = bias;
    this.y = Tensor.empty(to, x.dtype());
    this.groups = groups;
    this.inner = x.size(1) / groups;
    this.outputs = to.size(1) / groups;
    int kernel = PaddedPlane.area(weight.shape(), windows.size());
    int row = weight.size(1) * kernel;
    this.innerStride = transposed ? row : kernel;
    this.outputStride = transposed ? kernel : row;
    this.xArea = PaddedPlane.area(x.shape(), windows.size());
    this.yArea = PaddedPlane.area(to, windows.size());
    List<Window> three = PaddedPlane.threeAxes(windows);
    this.sizes = three.stream().mapToInt(transposed ? Window::size : Window::outputs).toArray();
  }

  static Tensor forward(
      IndirectProduct product,
      Tensor x,
      Tensor weight,
      @Nullable Tensor bias,
      List<Window> windows,
      int groups,
      Shape to) {
    ConvolutionKernel kernel =
        new ConvolutionKernel(product, x, weight, bias, windows, groups, false, to);
    if (kernel.y.count() > 0) {
      kernel.new Pass(PaddedPlane.forward(windows)).run();
    }
    return kernel.y;
  }

  static Tensor transposed(
      IndirectProduct product,
      Tensor x,
      Tensor weight,
      @Nullable Tensor bias,
      List<Window> windows,
      int groups,
      Shape to) {
    ConvolutionKernel kernel =
        new ConvolutionKernel(product, x, weight, bias, windows, groups, true, to);
    if (kernel.y.count() > 0) {
      for (PaddedPlane plane : PaddedPlane.backward(windows)) {
        kernel.new Pass(plane).run();
      }
    }
    return kernel.y;
  }

  /// What one plane leads to.
  private final class Pass {
    private final PaddedPlane plane;
    private final int taps;
    private final int depth;
    private final int rows;
    private final int blocks;
    private final int strip;
    private final int strips;
    private final int parts;
    private final int segment;
    private final int[] rowPlaces;
    private final int[] weightPlaces;
    private final int[] operandPlaces;
    private final Object weights;

    Pass(PaddedPlane plane) {
      this.plane = plane;
      this.taps = plane.taps().length;
      this.depth = inner * taps;
      this.rows = Math.min(outputs, 2) == 1 ? 1 : BLOCK;
      this.blocks = Math.ceilDiv(outputs, rows);
      int length = plane.length();
      int room = PACKED / Math.max(1, inner * plane.phaseCount()) - plane.reach();
      int wanted = Math.ceilDiv(length, Math.clamp(room, 8 * IndirectProduct.LANES, LONGEST));
      this.strip = rounded(Math.ceilDiv(length, wanted));
      this.strips = Math.ceilDiv(length, strip);
      int chunks = x.size(0) * groups * strips;
      this.parts = chunks >= ENOUGH ? 1 : Math.min(blocks, Math.ceilDiv(ENOUGH, chunks));
      // an odd number of cache lines, so that the channels do not compete for the same sets
      this.segment =
          rounded(strip + plane.reach()) / 16 % 2 == 1
              ? rounded(strip + plane.reach())
              : rounded(strip + plane.reach()) + 16;
      this.rowPlaces = new int[rows];
      Arrays.setAll(rowPlaces, r -> r);
      this.weightPlaces = new int[depth];
      Arrays.setAll(weightPlaces, t -> t * rows);
      this.operandPlaces = new int[depth];
      int channel = segment * plane.phaseCount();
      Arrays.setAll(operandPlaces, t -> t / taps * channel + plane.place(t % taps, segment));
      this.weights = panels.scratch(WEIGHTS, groups * blocks * rows * depth);
    }

    private static int rounded(int length) {
      return Math.ceilDiv(length, IndirectProduct.LANES) * IndirectProduct.LANES;
    }

    void run() {
      for (int block = 0; block < groups * blocks; block++) {
        packWeights(block);
      }
      Workers.forEach(x.size(0) * groups * strips * parts, this::compute);
    }

    /// The weights of eight channels of the result, side by side for each tap.
    private void packWeights(int block) {
      Object from = panels.array(weight.storage());
      int to = block * rows * depth;
      int output = block % blocks * rows;
      int used = Math.min(rows, outputs - output);
      int at = weight.offset() + output * outputStride;
      at += block / blocks * weight.count() / groups;
      boolean all = plane.taps().length == taps && isRun(plane.taps());
      for (int c = 0; c < inner; c++) {
        for (int k = 0; k < taps; k += all ? taps : 1) {
          int place = at + c * innerStride + plane.taps()[k];
          int count = all ? taps : 1;
          panels.transpose(
              from, place, outputStride, used, count, weights, to + (c * taps + k) * rows, rows);
        }
      }
    }

    private static boolean isRun(int... taps) {
      return taps.length > 0 && taps[taps.length - 1] - taps[0] == taps.length - 1;
    }

    /// One strip of all channels of a group, or of some of them.
    private void compute(int chunk) {
      int part = chunk % parts;
      int begin = chunk / parts % strips * strip;
      int group = chunk / parts / strips % groups;
      int sample = chunk / parts / strips / groups;
      int length = Math.min(strip, plane.length() - begin);
      Object operand = packOperand(sample * groups + group, begin, length);
      Object result = panels.scratch(RESULT, rows * strip);
      for (int i = part * blocks / parts; i < (part + 1) * blocks / parts; i++) {
        int at = (group * blocks + i) * rows * depth;
        product.run(
            weights,
            at,
            rowPlaces,
            0,
            rows,
            weightPlaces,
            operand,
            0,
            operandPlaces,
            depth,
            result,
            0,
            strip,
            rounded(length),
            true);
        store(result, sample, group * outputs + i * rows, (group + 1) * outputs, begin, length);
      }
    }

    private Object packOperand(int sampleAndGroup, int begin, int length) {
      Object from = panels.array(x.storage());
      int channel = segment * plane.phaseCount();
      Object operand = panels.scratch(OPERAND, inner * channel);
      int at = x.offset() + sampleAndGroup * inner * xArea;
      for (int c = 0; c < inner; c++) {
        int count = length + plane.reach();
        plane.pack(panels, from, at + c * xArea, begin, count, operand, c * channel, segment);
      }
      return operand;
    }

    private void store(Object result, int sample, int channel, int end, int begin, int length) {
      Object to = panels.array(y.storage());
      for (int r = 0; r < rows && channel + r < end; r++) {
        int at = (sample * groups * outputs + channel + r) * yArea;
        double more =
            bias == null ? 0 : bias.storage().at(bias.offset() + (channel + r) * bias.stride(0));
        plane.store(panels, result, r * strip, begin, length, sizes, to, at, more);
      }
    }
  }
}
