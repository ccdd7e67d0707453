package org.wengert.backend;

import java.util.Arrays;
import java.util.List;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// The gradients of a convolution's weight and bias. The gradient of the result is transposed, some
/// positions at a time, so that its channels lie side by side; what the taps see is found in place
/// as in [ConvolutionKernel].
///
/// Samples form groups of some 4096 positions, at most 32 groups, by shape alone. In a group each
/// element is one chain of `fma(x, gy, sum)` over the samples and their positions, both ascending;
/// the groups are added in order. Many short chains are more accurate than one long one, and give
/// threads something to do.
final class ConvolutionWeightKernel {
  private static final int CHAIN = 4096;
  private static final int GROUPS = 32;
  private static final int ROWS = 6; // taps that a tile computes
  private static final int STRIP = 16_384; // elements of transposed gradient, in the L1 or L2 cache
  private static final int SUMS = 32_768; // elements that are accumulated at a time
  private static final int MOST_TAPS = 288;
  private static final int PARTIAL = 0; // slots of the threads' arrays
  private static final int OPERAND = 1;
  private static final int SUM = 2;
  private static final int GRADIENT = 3;

  private final Panels panels;
  private final IndirectProduct product;
  private final Tensor x;
  private final Tensor gy;
  private final int groups;
  private final int inner;
  private final int outputs;
  private final int width;
  private final PaddedPlane plane;
  private final int taps;
  private final int xArea;
  private final int positions;
  private final int samples;
  private final int sampleGroups;
  private final int channels;
  private final int blocks;
  private final int strip;
  private final boolean withBias;
  private final int weightCount;
  private final Object sums;

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
    this.plane = PaddedPlane.forward(windows);
    this.taps = plane.taps().length;
    this.xArea = PaddedPlane.area(x.shape(), windows.size());
    this.positions = PaddedPlane.area(gy.shape(), windows.size());
    int few = Math.max(1, CHAIN / positions);
    this.samples = Math.max(few, Math.ceilDiv(x.size(0), GROUPS));
    this.sampleGroups = Math.ceilDiv(x.size(0), samples);
    this.channels = channelsAtATime();
    this.blocks = Math.ceilDiv(inner, channels);
    this.strip = Math.min(positions, Math.clamp(STRIP / width, 64, 512));
    this.withBias = withBias;
    this.weightCount = groups * outputs * inner * taps;
    this.sums = panels.scratch(PARTIAL, sampleGroups * (weightCount + groups * outputs));
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
      IndirectProduct product,
      Tensor x,
      Tensor gy,
      List<Window> windows,
      int groups,
      Shape weight,
      boolean withBias) {
    Tensor gw = Tensor.zeros(weight, x.dtype());
    Tensor gb = Tensor.zeros(Shape.of(gy.size(1)), x.dtype());
    if (gy.count() > 0) {
      ConvolutionWeightKernel kernel =
          new ConvolutionWeightKernel(product, x, gy, windows, groups, withBias);
      if (kernel.inner * kernel.taps > 0) {
        Workers.forEach(kernel.sampleGroups * groups * kernel.blocks, kernel::compute);
        kernel.join(gw, gb);
      }
    }
    return withBias ? List.of(gw, gb) : List.of(gw);
  }

  private void join(Tensor gw, Tensor gb) {
    for (int i = 0; i < sampleGroups; i++) {
      int at = i * (weightCount + groups * outputs);
      panels.add(sums, at, panels.array(gw.storage()), 0, weightCount);
      if (withBias) {
        panels.add(sums, at + weightCount, panels.array(gb.storage()), 0, groups * outputs);
      }
    }
  }

  /// The chains of one group of samples for some channels of `x`.
  private void compute(int chunk) {
    int block = chunk % blocks;
    int group = chunk / blocks % groups;
    int part = chunk / blocks / groups;
    int first = block * channels;
    int count = Math.min(channels, inner - first);
    int rows = Math.ceilDiv(count * taps, ROWS) * ROWS;
    Object sum = panels.scratch(SUM, (rows + 1) * width);
    panels.zero(sum, 0, (rows + 1) * width);
    Strip walk = new Strip(count, rows);
    int end = Math.min(x.size(0), (part + 1) * samples);
    for (int sample = part * samples; sample < end; sample++) {
      for (int from = 0; from < positions; from += strip) {
        walk.add(sample * groups + group, first, from, Math.min(positions, from + strip), sum);
        if (withBias && block == 0) {
          int places = Math.min(positions, from + strip) - from;
          panels.addRows(walk.gradient, 0, width, places, sum, rows * width);
        }
      }
    }
    int at = part * (weightCount + groups * outputs);
    int to = at + (group * outputs * inner + first) * taps;
    panels.transpose(sum, 0, width, count * taps, outputs, sums, to, inner * taps);
    if (withBias && block == 0) {
      panels.copy(sum, rows * width, 1, sums, at + weightCount + group * outputs, outputs);
    }
  }

  /// Some positions of one sample after the other, with the tables that say where things are.
  private final class Strip {
    private final int count;
    private final int rows;
    private final int segment;
    private final int channel;
    private final Object operand;
    private final Object gradient;
    private final int[] rowPlaces;
    private final int[] operandPlaces;
    private final int[] gradientPlaces;

    Strip(int count, int rows) {
      this.count = count;
      this.rows = rows;
      int longest = 0;
      for (int from = 0; from < positions; from += strip) {
        longest = Math.max(longest, span(from, Math.min(positions, from + strip)));
      }
      this.segment = longest;
      this.channel = segment * plane.phaseCount();
      this.operand = panels.scratch(OPERAND, count * channel);
      this.gradient = panels.scratch(GRADIENT, strip * width);
      this.rowPlaces = new int[rows];
      for (int t = 0; t < count * taps; t++) {
        rowPlaces[t] = t / taps * channel + plane.place(t % taps, segment);
      }
      this.operandPlaces = new int[strip];
      this.gradientPlaces = new int[strip];
      Arrays.setAll(gradientPlaces, i -> i * width);
    }

    private int place(int position) {
      int columns = plane.resultColumns();
      return plane.rowPlace(position / columns) + position % columns;
    }

    private int span(int from, int to) {
      return place(to - 1) + 1 - place(from) + plane.reach();
    }

    void add(int sampleAndGroup, int first, int from, int to, Object sum) {
      int at = gy.offset() + sampleAndGroup * outputs * positions + from;
      Object source = panels.array(gy.storage());
      panels.transpose(source, at, positions, outputs, to - from, gradient, 0, width);
      packOperand(sampleAndGroup * inner + first, from, to);
      for (int i = from; i < to; i++) {
        operandPlaces[i - from] = place(i) - place(from);
      }
      for (int t = 0; t < rows; t += ROWS) {
        product.run(
            operand,
            0,
            rowPlaces,
            t,
            ROWS,
            operandPlaces,
            gradient,
            0,
            gradientPlaces,
            to - from,
            sum,
            t * width,
            width,
            width,
            false);
      }
    }

    private void packOperand(int firstChannel, int from, int to) {
      Object source = panels.array(x.storage());
      for (int c = 0; c < count; c++) {
        int at = x.offset() + (firstChannel + c) * xArea;
        plane.pack(panels, source, at, place(from), span(from, to), operand, c * channel, segment);
      }
    }
  }
}
