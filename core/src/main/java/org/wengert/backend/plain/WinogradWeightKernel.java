package org.wengert.backend.plain;

import java.util.List;
import org.wengert.backend.Element;
import org.wengert.backend.Loop;
import org.wengert.backend.LoopCompiler;
import org.wengert.backend.Window;
import org.wengert.backend.Workers;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// The gradients of a 3×3 convolution's weight and bias by [WinogradTiles]: for some tiles at a
/// time, operand and gradient are transformed and multiplied in 16 products.
///
/// In each group of [SampleGroups] a product is a chain of `fma` over the samples and their tiles,
/// both ascending, cut as in [ConvolutionWeightKernel]; what the tiles of a group give is
/// transformed back, and the groups are added in order. Product 5 meets the sum of a tile's
/// gradients: with ones it gives the gradient of the bias.
final class WinogradWeightKernel {
  private static final int ROWS = 6; // channels of the operand that a register tile computes
  private static final int SUMS = 262_144; // elements that are accumulated at a time
  private static final int PACKED = 131_072; // transformed elements, which stay in the L2 cache
  private static final int LONGEST = 192;
  private static final int SHORTEST = 48;
  private static final int WIDE = 64; // longer rows compete for the same lines of the cache
  private static final int TAPS = 9;
  private static final int OF_BIAS = 5;
  private static final int PRODUCTS = WinogradTiles.PRODUCTS;

  private final LoopCompiler loops;
  private final IndirectProduct product;
  private final Panels panels;
  private final Element element;
  private final Tensor x;
  private final Tensor gy;
  private final boolean withBias;
  private final int inner;
  private final int outputs;
  private final int width;
  private final int pitch;
  private final int channels;
  private final int blocks;
  private final WinogradPlane operand;
  private final WinogradPlane gradient;
  private final SampleGroups groups;

  private WinogradWeightKernel(
      LoopCompiler loops,
      IndirectProduct product,
      Tensor x,
      Tensor gy,
      List<Window> windows,
      boolean withBias) {
    this.loops = loops;
    this.product = product;
    this.panels = Panels.of(x.dtype());
    this.element = Element.of(x.dtype());
    this.x = Panels.rowMajor(x);
    this.gy = Panels.rowMajor(gy);
    this.withBias = withBias;
    this.inner = x.size(1);
    this.outputs = gy.size(1);
    this.width = Math.ceilDiv(outputs, IndirectProduct.LANES) * IndirectProduct.LANES;
    this.pitch = width <= WIDE ? width : width | IndirectProduct.LANES;
    this.groups = new SampleGroups(gy, gy.size(2) * gy.size(3), outputs * inner * TAPS);
    this.channels = channelsAtATime();
    this.blocks = Math.ceilDiv(inner, channels);
    int tiles = Math.clamp(PACKED / (PRODUCTS * (channels + pitch) / 2), SHORTEST, LONGEST);
    int[] before = windows.stream().mapToInt(Window::before).toArray();
    this.operand = new WinogradPlane(x.shape(), before, gy.shape(), tiles);
    this.gradient = new WinogradPlane(gy.shape(), new int[2], gy.shape(), tiles);
  }

  /// As many as can be accumulated together, but not all for a single group of samples, so that a
  /// second thread finds work.
  private int channelsAtATime() {
    int most = Math.clamp(SUMS / (PRODUCTS * pitch) / ROWS * (long) ROWS, ROWS, inner);
    return Math.min(most, Math.ceilDiv(inner, groups.count() == 1 ? 2 : 1));
  }

  /// The gradient of the weight and, if wanted, of the bias.
  static List<Tensor> gradients(
      LoopCompiler loops,
      IndirectProduct product,
      Tensor x,
      Tensor gy,
      List<Window> windows,
      Shape weight,
      boolean withBias) {
    WinogradWeightKernel kernel =
        new WinogradWeightKernel(loops, product, x, gy, windows, withBias);
    Tensor gw = Tensor.zeros(weight, x.dtype());
    Tensor gb = Tensor.zeros(Shape.of(gy.size(1)), x.dtype());
    Workers.forEach(kernel.groups.count() * kernel.blocks, kernel::compute);
    kernel.groups.join(kernel.panels, gw, gb, withBias);
    return withBias ? List.of(gw, gb) : List.of(gw);
  }

  /// One group of samples for some channels of `x`.
  private void compute(int chunk) {
    int group = chunk / blocks;
    int first = chunk % blocks * channels;
    Sums sums = new Sums(first, Math.min(channels, inner - first), withBias && first == 0);
    for (int sample = groups.first(group); sample < groups.end(group); sample++) {
      for (int strip = 0; strip < operand.strips(); strip++) {
        sums.add(sample, strip);
      }
    }
    sums.store(group);
  }

  /// Product by product, one row of sums for each channel of the operand and behind them, if
  /// wanted, one for the bias.
  private final class Sums {
    private final int first;
    private final int count;
    private final boolean biased;
    private final int rows;
    private final int[] rowPlaces;
    private final int operandSize;
    private final int gradientSize;
    private final int sumSize;
    private final int linesAt;
    private final Object packed;
    private final Object turned;
    private final Object operands;
    private final Object gradients;
    private final ChainSum sum;
    private final TileLoop operandLoop;
    private final TileLoop gradientLoop;

    Sums(int first, int count, boolean biased) {
      this.first = first;
      this.count = count;
      this.biased = biased;
      int used = count + (biased ? 1 : 0);
      this.rows = Math.ceilDiv(used, ROWS) * ROWS;
      this.rowPlaces = new int[rows]; // rows that nobody wants see the first channel again
      for (int r = 0; r < used; r++) {
        rowPlaces[r] = r * operand.pitch();
      }
      this.operandSize = used * operand.pitch() | IndirectProduct.LANES;
      this.gradientSize = gradient.strip() * pitch | IndirectProduct.LANES;
      this.sumSize = rows * pitch | IndirectProduct.LANES;
      this.linesAt = Math.max(operand.packed(), outputs * gradient.packed());
      this.packed = panels.scratch(0, linesAt + Math.max(operand.copied(), gradient.copied()));
      this.turned = panels.scratch(1, Math.max(4 * gradientSize, count * TAPS * pitch));
      this.operands = panels.scratch(2, PRODUCTS * operandSize);
      this.gradients = panels.scratch(3, PRODUCTS * gradientSize);
      this.sum = new ChainSum(panels, 4, 5, PRODUCTS * sumSize);
      for (int i = 0; biased && i < PRODUCTS; i++) {
        panels.fill(operands, i * operandSize + count * operand.pitch(), operand.pitch(), 1);
      }
      Loop squares = WinogradTiles.OPERAND.loop(loops, element, 0);
      this.operandLoop =
          new TileLoop(squares, operands, PRODUCTS, operandSize, packed, operand.places());
      int[] quarters = TileLoop.apart(4, gradientSize);
      Loop pairs = WinogradTiles.GRADIENT.loop(loops, element, 0);
      this.gradientLoop = new TileLoop(pairs, gradients, PRODUCTS, gradientSize, turned, quarters);
    }

    void add(int sample, int strip) {
      transformOperand(sample, strip);
      transformGradient(sample, strip);
      int[] tiles = operand.tiles(strip);
      sum.extend(tiles.length);
      int[] gradientPlaces = new int[tiles.length];
      for (int t = 0; t < tiles.length; t++) {
        gradientPlaces[t] = tiles[t] * pitch;
      }
      for (int i = 0; i < PRODUCTS * rows / ROWS; i++) {
        multiply(i / (rows / ROWS), i % (rows / ROWS) * ROWS, tiles, gradientPlaces);
      }
    }

    private void multiply(int number, int row, int[] tiles, int... gradientPlaces) {
      product.run(
          operands,
          number * operandSize,
          rowPlaces,
          row,
          ROWS,
          tiles,
          gradients,
          number * gradientSize,
          gradientPlaces,
          tiles.length,
          sum.chains(),
          number * sumSize + row * pitch,
          pitch,
          width,
          false);
    }

    private void transformOperand(int sample, int strip) {
      Object from = panels.array(x.storage());
      panels.fill(packed, linesAt, operand.copied(), 0);
      for (int c = 0; c < count; c++) {
        int at = x.offset() + (sample * inner + first + c) * x.size(2) * x.size(3);
        operand.fetch(panels, strip, from, at, c, count, packed, 0);
        operand.copy(product, strip, from, at, packed, linesAt);
        operand.split(product, strip, packed, linesAt, packed, 0);
        operandLoop.run(operand.width(strip), c * operand.pitch(), 0);
      }
    }

    private void transformGradient(int sample, int strip) {
      Object from = panels.array(gy.storage());
      panels.fill(packed, linesAt, gradient.copied(), 0);
      for (int o = 0; o < outputs; o++) {
        int at = gy.offset() + (sample * outputs + o) * gy.size(2) * gy.size(3);
        int to = o * gradient.packed();
        gradient.fetch(panels, strip, from, at, o, outputs, packed, to);
        gradient.copy(product, strip, from, at, packed, linesAt);
        gradient.split(product, strip, packed, linesAt, packed, to);
      }
      int tiles = gradient.width(strip);
      for (int i = 0; i < 4; i++) {
        int at = gradient.places()[i / 2 * WinogradTiles.SIDE + i % 2];
        product.transpose(
            packed, at, gradient.packed(), outputs, tiles, turned, i * gradientSize, pitch);
      }
      gradientLoop.run(tiles * pitch, 0, 0);
    }

    void store(int group) {
      Loop loop = WinogradTiles.WEIGHT_GRADIENT.loop(loops, element, 0);
      int[] places = TileLoop.apart(PRODUCTS, sumSize);
      Object sum = this.sum.total();
      TileLoop back = new TileLoop(loop, turned, TAPS, pitch, sum, places);
      for (int c = 0; c < count; c++) {
        back.run(pitch, c * TAPS * pitch, c * pitch);
      }
      int to = groups.weightsAt(group) + first * TAPS;
      panels.transpose(turned, 0, pitch, count * TAPS, outputs, groups.sums(), to, inner * TAPS);
      if (biased) {
        int at = OF_BIAS * sumSize + count * pitch;
        System.arraycopy(sum, at, groups.sums(), groups.biasesAt(group), outputs);
      }
    }
  }
}
