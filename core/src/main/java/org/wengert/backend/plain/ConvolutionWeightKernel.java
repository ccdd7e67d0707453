package org.wengert.backend.plain;

import java.util.Arrays;
import java.util.List;
import org.wengert.backend.LoopCompiler;
import org.wengert.backend.Window;
import org.wengert.backend.Workers;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// The gradients of a convolution's weight and bias. The gradient of the result is transposed, some
/// positions at a time, so that its channels lie side by side; what the taps see is found in place
/// as in [ConvolutionKernel].
///
/// In each group of [SampleGroups] an element is a chain of `fma(x, gy, sum)` over the samples and
/// their positions, both ascending, which begins at 0 again before it gets longer than a product's
/// ([LongProduct]); the chains are added in order ([ChainSum]), and so are the groups.
final class ConvolutionWeightKernel {
  private static final int ROWS = 6; // taps that a tile computes
  private static final int STRIP = 16_384; // elements of transposed gradient, in the L1 or L2 cache
  private static final int SUMS = 32_768; // elements that are accumulated at a time
  private static final int MOST_TAPS = 288;
  private static final int OPERAND = 0; // slots of the threads' arrays
  private static final int SUM = 1;
  private static final int GRADIENT = 2;
  private static final int TOTAL = 3;

  private final Panels panels;
  private final IndirectProduct product;
  private final Tensor x;
  private final Tensor gy;
  private final int groups;
  private final int inner;
  private final int outputs;
  private final int width;
  private final int pitch;
  private final PaddedPlane plane;
  private final int taps;
  private final int xArea;
  private final int positions;
  private final SampleGroups sampleGroups;
  private final int channels;
  private final int blocks;
  private final int strip;
  private final int segment;
  private final boolean withBias;
  private final Strip[] strips;

  private ConvolutionWeightKernel(
      IndirectProduct product,
      Tensor x,
      Tensor gy,
      List<Window> windows,
      int groups,
      boolean withBias) {
    this.panels = Panels.of(x.dtype());
    this.product = product;
    this.x = Panels.rowMajor(x);
    this.gy = Panels.rowMajor(gy);
    this.groups = groups;
    this.inner = x.size(1) / groups;
    this.outputs = gy.size(1) / groups;
    this.width = Math.ceilDiv(outputs, IndirectProduct.LANES) * IndirectProduct.LANES;
    // rows do not compete for the same lines of the cache
    this.pitch = width | IndirectProduct.LANES;
    this.plane = PaddedPlane.forward(windows);
    this.taps = plane.taps().length;
    this.xArea = PaddedPlane.area(x.shape(), windows.size());
    this.positions = PaddedPlane.area(gy.shape(), windows.size());
    this.sampleGroups = new SampleGroups(gy, positions, outputs * x.size(1) * taps);
    this.channels = channelsAtATime();
    this.blocks = Math.ceilDiv(inner, channels);
    this.strip = Math.min(positions, Math.clamp(STRIP / width, 64, 512));
    this.withBias = withBias;
    this.strips = strips();
    this.segment = Arrays.stream(strips).mapToInt(Strip::span).max().orElse(0);
    for (Strip part : strips) {
      part.packing = plane.packing(place(part.from), part.span(), segment);
    }
  }

  private Strip[] strips() {
    Strip[] cut = new Strip[Math.ceilDiv(positions, strip)];
    Arrays.setAll(cut, i -> new Strip(i * strip, Math.min(positions, (i + 1) * strip)));
    return cut;
  }

  /// As many as fill tiles without a rest, if there are so many.
  private int channelsAtATime() {
    int most = Math.clamp(SUMS / width, ROWS, MOST_TAPS) / taps;
    int unit = taps % 6 == 0 ? 1 : taps % 3 == 0 ? 2 : taps % 2 == 0 ? 3 : 6;
    int whole = Math.max(unit, most / unit * unit);
    return Math.min(inner, whole);
  }

  /// The gradient of the weight and, if wanted, of the bias.
  static List<Tensor> gradients(
      LoopCompiler loops,
      IndirectProduct product,
      Tensor x,
      Tensor gy,
      List<Window> windows,
      int groups,
      Shape weight,
      boolean withBias) {
    if (WinogradTiles.suit(windows, groups, x.size(1), gy.shape())) {
      return WinogradWeightKernel.gradients(loops, product, x, gy, windows, weight, withBias);
    }
    Tensor gw = Tensor.zeros(weight, x.dtype());
    Tensor gb = Tensor.zeros(Shape.of(gy.size(1)), x.dtype());
    if (gy.count() > 0 && weight.count() > 0) {
      ConvolutionWeightKernel kernel =
          new ConvolutionWeightKernel(product, x, gy, windows, groups, withBias);
      Workers.forEach(kernel.sampleGroups.count() * groups * kernel.blocks, kernel::compute);
      kernel.sampleGroups.join(kernel.panels, gw, gb, withBias);
    }
    return withBias ? List.of(gw, gb) : List.of(gw);
  }

  private int place(int position) {
    int columns = plane.resultColumns();
    return plane.rowPlace(position / columns) + position % columns;
  }

  /// Some neighbouring positions of a sample.
  private final class Strip {
    private final int from;
    private final int[] places;
    private Runs packing = new Runs(1, 1);

    Strip(int from, int to) {
      this.from = from;
      this.places = new int[to - from];
      Arrays.setAll(places, i -> place(from + i) - place(from));
    }

    /// How many places the taps see from all positions.
    int span() {
      return places[places.length - 1] + 1 + plane.reach();
    }
  }

  /// The chains of one group of samples for some channels of `x`.
  private void compute(int chunk) {
    int block = chunk % blocks;
    int group = chunk / blocks % groups;
    int part = chunk / blocks / groups;
    int first = block * channels;
    Chains chains = new Chains(Math.min(channels, inner - first), withBias && block == 0);
    for (int sample = sampleGroups.first(part); sample < sampleGroups.end(part); sample++) {
      for (Strip piece : strips) {
        chains.add(piece, sample * groups + group, first);
      }
    }
    chains.store(part, group, first);
  }

  /// One row of sums for each tap, and behind them, if wanted, one for the bias: what meets the
  /// gradient there is 1.
  private final class Chains {
    private final int count;
    private final boolean biased;
    private final int rows;
    private final Object operand;
    private final Object gradient;
    private final ChainSum sum;
    private final int[] rowPlaces;
    private final int[] gradientPlaces;

    Chains(int count, boolean biased) {
      this.count = count;
      this.biased = biased;
      int used = count * taps + (biased ? 1 : 0);
      this.rows = Math.ceilDiv(used, ROWS) * ROWS;
      int channel = segment * plane.phaseCount();
      this.operand = panels.scratch(OPERAND, count * channel + segment);
      this.gradient = panels.scratch(GRADIENT, strip * pitch);
      this.sum = new ChainSum(panels, SUM, TOTAL, rows * pitch);
      panels.fill(operand, count * channel, segment, 1);
      this.rowPlaces = new int[rows];
      for (int t = 0; t < count * taps; t++) {
        rowPlaces[t] = t / taps * channel + plane.place(t % taps, segment);
      }
      if (biased) {
        rowPlaces[used - 1] = count * channel;
      }
      this.gradientPlaces = new int[strip];
      Arrays.setAll(gradientPlaces, i -> i * pitch);
    }

    void add(Strip piece, int sampleAndGroup, int first) {
      int length = piece.places.length;
      sum.extend(length);
      int at = gy.offset() + sampleAndGroup * outputs * positions + piece.from;
      Object source = panels.array(gy.storage());
      product.transpose(source, at, positions, outputs, length, gradient, 0, pitch);
      pack(piece, sampleAndGroup * inner + first);
      for (int t = 0; t < rows; t += ROWS) {
        product.run(
            operand,
            0,
            rowPlaces,
            t,
            ROWS,
            piece.places,
            gradient,
            0,
            gradientPlaces,
            length,
            sum.chains(),
            t * pitch,
            pitch,
            width,
            false);
      }
    }

    private void pack(Strip piece, int firstChannel) {
      Object source = panels.array(x.storage());
      for (int c = 0; c < count; c++) {
        int at = x.offset() + (firstChannel + c) * xArea;
        piece.packing.run(product, panels, source, at, operand, c * segment * plane.phaseCount());
      }
    }

    void store(int part, int group, int first) {
      Object sums = sampleGroups.sums();
      Object sum = this.sum.total();
      int to = sampleGroups.weightsAt(part) + (group * outputs * inner + first) * taps;
      panels.transpose(sum, 0, pitch, count * taps, outputs, sums, to, inner * taps);
      if (biased) {
        int biases = sampleGroups.biasesAt(part) + group * outputs;
        System.arraycopy(sum, count * taps * pitch, sums, biases, outputs);
      }
    }
  }
}
