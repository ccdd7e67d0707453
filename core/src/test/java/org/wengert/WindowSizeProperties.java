package org.wengert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Supplier;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.wengert.backend.Draw;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// Convolutions and poolings have the size that their formula gives, computed without overflow, or
/// are refused with the true numbers, for options up to the largest `int`.
class WindowSizeProperties {
  /// Options of one axis, each small or huge.
  private record Options(int size, int kernel, int stride, int padding, int dilation, int more) {
    static Options draw(long seed) {
      Draw d = new Draw(seed, DType.FLOAT32, false);
      int kernel = 1 + d.below(5);
      int stride = 1 + number(d);
      return new Options(
          1 + d.below(12), kernel, stride, number(d), 1 + number(d), d.below(Math.min(stride, 4)));
    }

    /// A number below 4, or one around a quarter, a half or the whole of all numbers.
    private static int number(Draw d) {
      int below = d.below(4);
      return d.below(3) > 0 ? below : (int) ((1L << 29 + d.below(3)) - 2 - below);
    }

    long span() {
      return (long) dilation * (kernel - 1) + 1;
    }

    long padded() {
      return size + 2L * padding;
    }

    Variable operand() {
      return Variable.constant(Tensor.ones(1, 1, size));
    }

    Variable weight() {
      return Variable.constant(Tensor.ones(1, 1, kernel));
    }

    Convolution convolution() {
      return Convolution.defaults().stride(stride).padding(padding).dilation(dilation);
    }

    Pooling pooling() {
      return Pooling.of(kernel).stride(stride).padding(padding).dilation(dilation);
    }
  }

  private static void assertRefused(String problem, Supplier<?> call) {
    ShapeException e = assertThrows(ShapeException.class, call::get);
    assertTrue(e.getMessage().contains(problem), () -> problem + " in " + e.getMessage());
    assertTrue(e.getMessage().contains("hint:"), e.getMessage());
  }

  /// Of a plane so large that it is not refused, but takes long, nothing is claimed.
  private static void assertLength(
      long length, long plane, @Nullable String problem, Supplier<Variable> call) {
    if (problem != null) {
      assertRefused(problem, call);
    } else if (plane > Integer.MAX_VALUE) {
      assertRefused("has a plane of [" + plane + "]", call);
    } else if (plane < 1000) {
      assertEquals(Shape.of(1, 1, (int) length), call.get().shape());
    }
  }

  @Property(tries = 300)
  void aConvolutionHasItsSizeOrIsRefused(@ForAll long seed) {
    Options o = Options.draw(seed);
    String problem =
        o.span() > o.padded()
            ? "spans " + o.span() + " elements on axis -1 of " + o.padded()
            : null;
    assertLength(
        (o.padded() - o.span()) / o.stride + 1,
        o.padded(),
        problem,
        () -> F.conv1d(o.operand(), o.weight(), null, o.convolution()));
  }

  @Property(tries = 300)
  void aTransposedConvolutionHasItsSizeOrIsRefused(@ForAll long seed) {
    Options o = Options.draw(seed);
    long plane = (o.size - 1L) * o.stride + o.span() + o.more;
    long length = plane - 2L * o.padding;
    assertLength(
        length,
        plane,
        length < 1 ? "a result of size " + length : null,
        () ->
            F.convTranspose1d(
                o.operand(), o.weight(), null, o.convolution().outputPadding(o.more)));
  }

  @Property(tries = 300)
  void aPoolingHasItsSizeOrIsRefused(@ForAll long seed) {
    Options o = Options.draw(seed);
    String problem =
        o.padding > o.span() / 2
            ? "padding " + o.padding + " for windows of " + o.span()
            : o.span() > o.padded()
                ? "spans " + o.span() + " elements on axis -1 of " + o.padded()
                : null;
    boolean seesAll = o.dilation == 1; // else a window may see padding only, which is refused
    if (problem != null || seesAll) {
      assertLength(
          (o.padded() - o.span()) / o.stride + 1,
          o.padded(),
          problem,
          () -> F.maxPool1d(o.operand(), o.pooling()));
    }
  }

  @Example
  void aPlaneOfImagesThatNoArrayHoldsIsRefused() {
    Variable x = Variable.constant(Tensor.ones(1, 1, 9, 9));
    Variable weight = Variable.constant(Tensor.ones(1, 1, 5, 5));
    Convolution wide = Convolution.defaults().padding(1 << 29).dilation(1 << 28);
    assertRefused(
        "the operand with its padding has a plane of [1073741833, 1073741833]",
        () -> F.conv2d(x, weight, null, wide));
    assertRefused(
        "the result with its padding has a plane of [8589934597, 8589934597]",
        () -> F.convTranspose2d(x, weight, null, Convolution.defaults().stride(1 << 30)));
  }

  @Example
  void theLastWindowMayHangFarOverTheEnd() {
    Variable x = Variable.constant(Tensor.of(1.0, 3.0, 2.0).reshape(1, 1, 3));
    Pooling far = Pooling.of(3).stride(1 << 30).dilation(1 << 30).ceilMode(true);
    assertEquals(1, F.maxPool1d(x, far.stride(Integer.MAX_VALUE)).item());
  }

  @Example
  void columnsAreRefusedWithTheTrueNumbers() {
    Variable x = Variable.constant(Tensor.ones(1, 1, 9, 9));
    int[] one = {1, 1};
    assertRefused(
        "a window of 5 with dilation 1073741824 on an axis of 9",
        () -> F.im2col(x, new int[] {5, 5}, new int[] {1 << 30, 1 << 30}, new int[2], one));
    int[] padding = {Integer.MAX_VALUE, 0};
    assertRefused(
        "an axis of size 4294967303",
        () -> F.col2im(x.reshape(1, 9, 9), new int[] {9, 9}, new int[] {3, 3}, one, padding, one));
  }
}
