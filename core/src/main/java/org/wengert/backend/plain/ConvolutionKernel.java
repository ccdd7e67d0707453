package org.wengert.backend.plain;

import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.wengert.backend.LoopCompiler;
import org.wengert.backend.Window;
import org.wengert.backend.Workers;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Convolution and, with operand and result exchanged, its adjoint. No window is written out:
/// a strip of each channel is copied with its padding ([PaddedPlane]), and [IndirectProduct] finds
/// what the taps see in it, eight channels of the result at a time.
///
/// Each element of the result is one chain of `fma(weight, element, sum)` that begins with the bias
/// and goes over the channels of the operand and, for each, the taps of the kernel, both ascending.
/// Padding counts as the product of a weight with 0; elements that a stride skips do not count. How
/// the result is cut into strips and for threads does not show in the bits.
final class ConvolutionKernel {
  private static final int BLOCK = 8; // channels of the result that a tile computes
  private static final int PACKED = 65_536; // elements of a strip, which stay in the L2 cache
  private static final int LONGEST = 1_536; // places of a strip: 8 rows of results stay in L1
  private static final int SHORTEST = 144;
  private static final int TILE = 3 * IndirectProduct.LANES; // columns of a tile on wide registers
  private static final int MANY_WEIGHTS = 65_536; // from here on threads share their packing
  private static final int ENOUGH = 4; // chunks, so that every thread finds work
  private static final int WEIGHTS = 0; // slots of the threads' arrays
  private static final int OPERAND = 1;
  private static final int RESULT = 2;

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
      LoopCompiler loops,
      IndirectProduct product,
      Tensor x,
      Tensor weight,
      @Nullable Tensor bias,
      List<Window> windows,
      int groups,
      Shape to) {
    if (WinogradTiles.suit(windows, groups, x.size(1), to)) {
      return new WinogradKernel(loops, product, x, weight, bias, windows, false, to).run();
    }
    ConvolutionKernel kernel =
        new ConvolutionKernel(product, x, weight, bias, windows, groups, false, to);
    if (kernel.y.count() > 0) {
      kernel.new Pass(PaddedPlane.forward(windows)).run();
    }
    return kernel.y;
  }

  static Tensor transposed(
      LoopCompiler loops,
      IndirectProduct product,
      Tensor x,
      Tensor weight,
      @Nullable Tensor bias,
      List<Window> windows,
      int groups,
      Shape to) {
    if (WinogradTiles.suit(windows, groups, x.size(1), to)) {
      return new WinogradKernel(loops, product, x, weight, bias, windows, true, to).run();
    }
    ConvolutionKernel kernel =
        new ConvolutionKernel(product, x, weight, bias, windows, groups, true, to);
    if (kernel.y.count() > 0) {
      for (PaddedPlane plane : PaddedPlane.backward(windows)) {
        kernel.new Pass(plane).run();
      }
    }
    return kernel.y;
  }

  /// What one plane leads to. In front of the operand's channels lie ones, by which the bias is
  /// multiplied.
  private final class Pass {
    private final PaddedPlane plane;
    private final int taps;
    private final int biases;
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
    private final Runs[] packing;
    private final Runs[] storing;
    private final Object weights;

    Pass(PaddedPlane plane) {
      this.plane = plane;
      this.taps = plane.taps().length;
      this.biases = bias == null ? 0 : 1;
      this.depth = biases + inner * taps;
      this.rows = outputs == 1 ? 1 : BLOCK;
      this.blocks = Math.ceilDiv(outputs, rows);
      this.strip = strip();
      this.strips = Math.ceilDiv(plane.length(), strip);
      int chunks = x.size(0) * groups * strips;
      this.parts = chunks >= ENOUGH ? 1 : Math.min(blocks, Math.ceilDiv(ENOUGH, chunks));
      // an odd number of cache lines, so that the channels do not compete for the same sets
      this.segment = rounded(strip + plane.reach(), IndirectProduct.LANES) | IndirectProduct.LANES;
      this.rowPlaces = places(rows, r -> r);
      this.weightPlaces = places(depth, t -> t * rows);
      this.operandPlaces = places(depth, t -> t < biases ? 0 : operandPlace(t - biases));
      this.packing = new Runs[strips];
      this.storing = new Runs[strips];
      for (int i = 0; i < strips; i++) {
        int length = length(i);
        packing[i] = plane.packing(i * strip, length + plane.reach(), segment);
        storing[i] = plane.storing(i * strip, length, sizes);
      }
      this.weights = panels.scratch(WEIGHTS, groups * blocks * rows * depth);
    }

    private static int[] places(int count, IntUnaryOperator place) {
      return IntStream.range(0, count).map(place).toArray();
    }

    private int operandPlace(int tap) {
      return channelPlace(tap / taps) + plane.place(tap % taps, segment);
    }

    /// As long as what is packed fits into the cache, and whole tiles.
    private int strip() {
      int length = plane.length();
      int room = PACKED / Math.max(1, inner * plane.phaseCount()) - plane.reach();
      int count = Math.ceilDiv(length, Math.clamp(room, SHORTEST, LONGEST));
      return rounded(Math.ceilDiv(length, count), count == 1 ? IndirectProduct.LANES : TILE);
    }

    private static int rounded(int length, int unit) {
      return Math.ceilDiv(length, unit) * unit;
    }

    private int length(int strip) {
      return Math.min(this.strip, plane.length() - strip * this.strip);
    }

    private int channelPlace(int channel) {
      return biases * strip + channel * segment * plane.phaseCount();
    }

    void run() {
      for (int block = 0; bias != null && block < groups * blocks; block++) {
        packBias(bias, block);
      }
      IntConsumer packing = innerStride == taps ? this::packBlock : this::packChannel;
      int chunks = groups * (innerStride == taps ? blocks : inner);
      if (groups * blocks * rows * depth < MANY_WEIGHTS) {
        for (int i = 0; i < chunks; i++) {
          packing.accept(i);
        }
      } else {
        Workers.forEach(chunks, packing);
      }
      Workers.forEach(x.size(0) * groups * strips * parts, this::compute);
    }

    private void packBias(Tensor bias, int block) {
      int output = block % blocks * rows;
      int step = bias.stride(0);
      int at = bias.offset() + (block / blocks * outputs + output) * step;
      Object from = panels.array(bias.storage());
      int used = Math.min(rows, outputs - output);
      panels.copy(from, at, step, weights, block * rows * depth, 1, used);
    }

    /// The weights of eight channels of the result, side by side for each tap of each channel of
    /// the operand, where these follow on each other.
    private void packBlock(int block) {
      packTaps(block / blocks, block % blocks, 0, 0, inner * taps);
    }

    /// The weights of all channels of the result for one channel of the operand: in the order in
    /// which they are stored.
    private void packChannel(int channel) {
      int c = channel % inner;
      boolean all = taps == Math.min(innerStride, outputStride);
      int count = all ? taps : 1;
      for (int block = 0; block < blocks; block++) {
        for (int k = 0; k < taps; k += count) {
          packTaps(channel / inner, block, c, k, count);
        }
      }
    }

    private void packTaps(int group, int block, int c, int k, int count) {
      int place = c * innerStride + block * rows * outputStride + plane.taps()[k];
      int at = weight.offset() + group * (weight.count() / groups) + place;
      int to = ((group * blocks + block) * depth + biases + c * taps + k) * rows;
      int used = Math.min(rows, outputs - block * rows);
      Object from = panels.array(weight.storage());
      panels.transpose(from, at, outputStride, used, count, weights, to, rows);
    }

    /// One strip of all channels of a group, or of some of them.
    private void compute(int chunk) {
      int part = chunk % parts;
      int strip = chunk / parts % strips;
      int group = chunk / parts / strips % groups;
      int sample = chunk / parts / strips / groups;
      Object operand = packOperand(sample * groups + group, strip);
      Object result = panels.scratch(RESULT, rows * this.strip);
      int width = rounded(length(strip), IndirectProduct.LANES);
      for (int i = part * blocks / parts; i < (part + 1) * blocks / parts; i++) {
        multiply((group * blocks + i) * rows * depth, operand, result, width);
        store(result, strip, sample * groups + group, i * rows);
      }
    }

    private void multiply(int weightsAt, Object operand, Object result, int width) {
      product.run(
          weights,
          weightsAt,
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
          width,
          true);
    }

    private Object packOperand(int sampleAndGroup, int strip) {
      Object from = panels.array(x.storage());
      Object operand = panels.scratch(OPERAND, channelPlace(inner));
      panels.fill(operand, 0, channelPlace(0), 1);
      for (int c = 0; c < inner; c++) {
        int at = x.offset() + (sampleAndGroup * inner + c) * xArea;
        packing[strip].run(product, panels, from, at, operand, channelPlace(c));
      }
      return operand;
    }

    private void store(Object result, int strip, int sampleAndGroup, int output) {
      Object to = panels.array(y.storage());
      for (int r = 0; r < rows && output + r < outputs; r++) {
        int at = (sampleAndGroup * outputs + output + r) * yArea;
        storing[strip].run(product, panels, result, r * this.strip, to, at);
      }
    }
  }
}
