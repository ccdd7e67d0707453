package org.wengert.backend.plain;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wengert.backend.Element;
import org.wengert.backend.Loop;
import org.wengert.backend.LoopCompiler;
import org.wengert.backend.Window;
import org.wengert.backend.Workers;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Convolution of a 3×3 kernel, or its adjoint, by [WinogradTiles]: for some tiles of all channels
/// at a time, the operand is transformed, multiplied by the transformed weights in 16 products and
/// transformed back.
///
/// The transformed weights meet the transformed operand in one chain of `fma` over the channels of
/// the operand, ascending, that begins with 0. The bias is added to the result.
final class WinogradKernel {
  private static final int BLOCK = 8; // channels of the result that a register tile computes
  private static final int TOGETHER = 32; // channels of the result that are multiplied at a time
  private static final int PACKED = 131_072; // transformed elements, which stay in the L2 cache
  private static final int LONGEST = 192;
  private static final int SHORTEST = 48;
  private static final int ENOUGH = 4; // chunks, so that every thread finds work
  private static final int WEIGHTS = 0; // slots of the threads' arrays
  private static final int OPERAND = 1;
  private static final int TRANSFORMED = 2;
  private static final int RESULT = 3;
  private static final int TAPS = 9;
  private static final int PRODUCTS = WinogradTiles.PRODUCTS;

  private final LoopCompiler loops;
  private final IndirectProduct product;
  private final Panels panels;
  private final Element element;
  private final Tensor x;
  private final Tensor weight;
  private final @Nullable Tensor bias;
  private final Tensor y;
  private final boolean transposed;
  private final int inner;
  private final int outputs;
  private final int blocks;
  private final int parts;
  private final WinogradPlane plane;
  private final Object weights;
  private final int[] rowPlaces = TileLoop.apart(BLOCK, 1);
  private final int[] weightPlaces;
  private final int[] operandPlaces;

  WinogradKernel(
      LoopCompiler loops,
      IndirectProduct product,
      Tensor x,
      Tensor weight,
      @Nullable Tensor bias,
      List<Window> windows,
      boolean transposed,
      Shape to) {
    this.loops = loops;
    this.product = product;
    this.panels = Panels.of(x.dtype());
    this.element = Element.of(x.dtype());
    this.x = Panels.rowMajor(x);
    this.weight = Panels.rowMajor(weight);
    this.bias = bias;
    this.y = Tensor.empty(to, x.dtype());
    this.transposed = transposed;
    this.inner = x.size(1);
    this.outputs = to.size(1);
    this.blocks = Math.ceilDiv(outputs, BLOCK);
    this.plane = plane(windows);
    int chunks = x.size(0) * plane.strips();
    this.parts = chunks >= ENOUGH ? 1 : Math.min(blocks, Math.ceilDiv(ENOUGH, chunks));
    this.weights = panels.scratch(WEIGHTS, weightsAt(PRODUCTS, 0));
    this.weightPlaces = TileLoop.apart(inner, BLOCK);
    this.operandPlaces = TileLoop.apart(inner, plane.pitch());
  }

  private WinogradPlane plane(List<Window> windows) {
    int[] before = new int[2];
    Arrays.setAll(before, i -> transposed ? 2 - windows.get(i).before() : windows.get(i).before());
    int most = Math.clamp(PACKED / (PRODUCTS * inner), SHORTEST, LONGEST);
    return new WinogradPlane(x.shape(), before, y.shape(), most);
  }

  Tensor run() {
    Workers.forEach(blocks, this::packWeights);
    Workers.forEach(x.size(0) * plane.strips() * parts, this::compute);
    return y;
  }

  /// The transformed weights of eight channels of the result, side by side for each channel of the
  /// operand, product after product.
  private void packWeights(int block) {
    int count = inner * BLOCK;
    Object taps = panels.scratch(OPERAND, TAPS * count);
    Object from = panels.array(weight.storage());
    int used = Math.min(BLOCK, outputs - block * BLOCK);
    panels.fill(taps, 0, TAPS * count, 0);
    for (int tap = 0; tap < TAPS; tap++) {
      for (int r = 0; r < used; r++) {
        int at = weight.offset() + weightAt(block * BLOCK + r, tap);
        int step = transposed ? outputs * TAPS : TAPS;
        panels.copy(from, at, step, taps, tap * count + r, BLOCK, inner);
      }
    }
    Loop loop = WinogradTiles.WEIGHT.loop(loops, element, 0);
    int[] places = TileLoop.apart(TAPS, count);
    new TileLoop(loop, weights, PRODUCTS, weightsAt(1, 0), taps, places)
        .run(count, weightsAt(0, block), 0);
  }

  /// Where the weight of the operand's first channel is. On the way back the kernel is reversed.
  private int weightAt(int output, int tap) {
    return transposed ? output * TAPS + TAPS - 1 - tap : output * inner * TAPS + tap;
  }

  private int weightsAt(int number, int block) {
    return (number * (blocks * BLOCK * inner | IndirectProduct.LANES)) + block * BLOCK * inner;
  }

  /// One strip of a sample, all channels of the result or some of them.
  private void compute(int chunk) {
    int part = chunk % parts;
    int strip = chunk / parts % plane.strips();
    int sample = chunk / parts / plane.strips();
    Object transformed = transform(sample, strip);
    Object results = panels.scratch(RESULT, resultAt(PRODUCTS, 0));
    int end = (part + 1) * blocks / parts;
    int together = TOGETHER / BLOCK;
    for (int block = part * blocks / parts; block < end; block += together) {
      int count = Math.min(together, end - block);
      for (int i = 0; i < PRODUCTS; i++) {
        for (int b = 0; b < count; b++) {
          multiply(i, block + b, transformed, results, resultAt(i, b * BLOCK), plane.width(strip));
        }
      }
      int last = Math.min(outputs, (block + count) * BLOCK);
      store(sample, strip, results, block * BLOCK, last);
    }
  }

  private int resultAt(int number, int output) {
    return number * (TOGETHER * plane.strip() | IndirectProduct.LANES) + output * plane.strip();
  }

  private Object transform(int sample, int strip) {
    Object from = panels.array(x.storage());
    Object packed = panels.scratch(OPERAND, plane.packed() + plane.copied());
    Object to = panels.scratch(TRANSFORMED, PRODUCTS * operandSize());
    Loop loop = WinogradTiles.OPERAND.loop(loops, element, 0);
    panels.fill(packed, plane.packed(), plane.copied(), 0);
    TileLoop tiles = new TileLoop(loop, to, PRODUCTS, operandSize(), packed, plane.places());
    for (int c = 0; c < inner; c++) {
      int at = x.offset() + (sample * inner + c) * x.size(2) * x.size(3);
      plane.fetch(panels, strip, from, at, c, inner, packed, 0);
      plane.copy(product, strip, from, at, packed, plane.packed());
      plane.split(product, strip, packed, plane.packed(), packed, 0);
      tiles.run(plane.width(strip), c * plane.pitch(), 0);
    }
    return to;
  }

  private int operandSize() {
    return inner * plane.pitch() | IndirectProduct.LANES;
  }

  private void multiply(
      int number, int block, Object transformed, Object results, int at, int width) {
    product.run(
        weights,
        weightsAt(number, block),
        rowPlaces,
        0,
        BLOCK,
        weightPlaces,
        transformed,
        number * operandSize(),
        operandPlaces,
        inner,
        results,
        at,
        plane.strip(),
        width,
        true);
  }

  private void store(int sample, int strip, Object results, int first, int end) {
    Object tiles = panels.scratch(OPERAND, 4 * plane.strip());
    Object to = panels.array(y.storage());
    Loop loop = WinogradTiles.RESULT.loop(loops, element, 0);
    int[] places = TileLoop.apart(PRODUCTS, resultAt(1, 0));
    TileLoop back = new TileLoop(loop, tiles, 4, plane.strip(), results, places);
    for (int output = first; output < end; output++) {
      double added = bias == null ? 0 : bias.storage().at(bias.offset() + output * bias.stride(0));
      back.run(plane.width(strip), 0, resultAt(0, output - first), added);
      int at = (sample * outputs + output) * y.size(2) * y.size(3);
      plane.store(product, panels, strip, tiles, to, at);
    }
  }
}
