package org.wengert.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.wengert.Convolution;
import org.wengert.F;
import org.wengert.Indexed;
import org.wengert.Interpolation;
import org.wengert.PadMode;
import org.wengert.Pooling;
import org.wengert.Variable;
import org.wengert.tensor.DType;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

class ImageLayersTest {
  private static Variable image(int... sizes) {
    return Variable.constant(Tensor.randn(Shape.of(sizes), DType.FLOAT32, new Rng(5)));
  }

  @Test
  void weightsHaveTheLayoutsAndBoundsOfPyTorch() {
    Conv2d conv = new Conv2d(6, 8, ConvOptions.of(3, 5).groups(2), new Rng(1));
    assertEquals(Shape.of(8, 3, 3, 5), conv.weight().shape());
    assertBound(1 / Math.sqrt(3 * 3 * 5), conv);
    ConvTranspose2d up = new ConvTranspose2d(6, 8, ConvOptions.of(3, 5).groups(2), new Rng(1));
    assertEquals(Shape.of(6, 4, 3, 5), up.weight().shape());
    assertBound(1 / Math.sqrt(4 * 3 * 5), up);
    assertEquals(6, up.in());
    assertEquals(8, up.out());
    assertNull(new Conv1d(1, 1, ConvOptions.of(1).bias(false)).bias());
  }

  /// A uniform sample comes near its bound, but not beyond; the bias has the weight's.
  private static void assertBound(double bound, ConvLayer layer) {
    double[] weights = layer.weight().value().toDoubleArray();
    double largest = Arrays.stream(weights).map(Math::abs).max().orElseThrow();
    assertEquals(bound, largest, bound / 50);
    assertTrue(largest <= bound);
    double[] biases = layer.bias().value().toDoubleArray();
    double bias = Arrays.stream(biases).map(Math::abs).max().orElseThrow();
    assertTrue(bias <= bound && bias > bound / 2, "bias up to " + bias);
  }

  @Test
  void paddingThatContinuesTheImageIsPaddingBeforeTheConvolution() {
    Variable x = image(1, 2, 5, 6);
    ConvOptions options = ConvOptions.of(3, 2).dilation(1, 2);
    for (PadMode mode : PadMode.values()) {
      Conv2d padded = new Conv2d(2, 3, options.padding(2, 1).padMode(mode), new Rng(2));
      Conv2d plain = new Conv2d(2, 3, options, new Rng(2));
      Variable by = plain.forward(F.pad(x, new int[] {1, 1, 2, 2}, mode));
      assertTrue(by.value().sameBits(padded.forward(x).value()), mode.name());
    }
  }

  @Test
  void samePaddingKeepsTheSizeInEveryMode() {
    Variable x = image(1, 2, 5, 6);
    ConvOptions same = ConvOptions.of(4, 3).dilation(1, 2).same();
    assertEquals(Shape.of(1, 3, 5, 6), new Conv2d(2, 3, same).forward(x).shape());
    Conv2d circular = new Conv2d(2, 3, same.padMode(PadMode.CIRCULAR));
    assertEquals(Shape.of(1, 3, 5, 6), circular.forward(x).shape());
  }

  @Test
  void whatTheMaximaWereFoundAtPutsThemBack() {
    Variable x = image(1, 1, 4, 4);
    Indexed found = new MaxPool2d(2).forwardWithIndices(x);
    Variable back = F.maxUnpool(found.values(), found.indices(), 4, 4);
    assertArrayEquals(
        found.values().value().toFloatArray(),
        new MaxPool2d(2).forward(F.maximum(back, x)).value().toFloatArray());
    Indexed adaptive = new AdaptiveMaxPool2d(2).forwardWithIndices(x);
    assertTrue(found.values().value().sameBits(adaptive.values().value()));
    assertTrue(found.indices().value().sameBits(adaptive.indices().value()));
  }

  @Test
  void foldGivesBackWhatUnfoldTookApartIfWindowsDoNotOverlap() {
    Variable x = image(2, 3, 4, 6);
    Convolution apart = Convolution.defaults().stride(2, 3);
    Variable columns = new Unfold(apart, 2, 3).forward(x);
    assertEquals(Shape.of(2, 18, 4), columns.shape());
    assertTrue(x.value().sameBits(new Fold(4, 6, apart, 2, 3).forward(columns).value()));
  }

  @Test
  void minusOneKeepsTheSizeInAdaptivePoolings() {
    assertEquals(
        Shape.of(1, 1, 4, 2), new AdaptiveAvgPool2d(-1, 2).forward(image(1, 1, 4, 4)).shape());
  }

  @Test
  void channelShuffleIsNotTheIdentityAndItsInverseUndoesIt() {
    Variable x = image(1, 6, 2);
    Tensor y = new ChannelShuffle(2).forward(x).value();
    assertNotEquals(Arrays.toString(x.value().toFloatArray()), Arrays.toString(y.toFloatArray()));
    Tensor back = new ChannelShuffle(3).forward(Variable.constant(y)).value();
    assertTrue(x.value().sameBits(back));
  }

  @Test
  void optionsThatMakeNoSenseAreRefused() {
    assertText(
        "Conv2d with padding of the same size and stride [1, 2]",
        () -> new Conv2d(1, 1, ConvOptions.of(3).same().stride(1, 2)));
    assertText("a kernel of sizes []", () -> ConvOptions.of());
    assertText("kernel [3, 3] for 1 axes", () -> new Conv1d(1, 1, ConvOptions.of(3, 3)));
    assertText("Conv2d from 0 to 1 channels", () -> new Conv2d(0, 1, 3));
    assertText(
        "Conv2d from 3 to 4 channels in 2 groups",
        () -> new Conv2d(3, 4, ConvOptions.of(1).groups(2)));
    assertText(
        "Conv1d with output padding [1]",
        () -> new Conv1d(1, 1, ConvOptions.of(1).outputPadding(1)));
    assertText(
        "ConvTranspose1d with padding of another kind than zeros",
        () -> new ConvTranspose1d(1, 1, ConvOptions.of(1).same()));
    assertText("kernel [2, 2] for 3 axes", () -> new MaxPool3d(Pooling.of(2, 2)));
    assertText("LPPool1d with p 0.0", () -> new LPPool1d(0, 2));
    assertText("AdaptiveAvgPool1d to sizes [-2]", () -> new AdaptiveAvgPool1d(-2));
    assertText("ZeroPad2d with 3 numbers", () -> new ZeroPad2d(1, 2, 3));
    assertText("PixelShuffle with factor 0", () -> new PixelShuffle(0));
    assertText("Upsample by factors [0.0]", () -> new Upsample(0));
    assertText("Upsample to sizes [0]", () -> Upsample.to(Interpolation.NEAREST, false, 0));
    assertText(
        "Upsample by NEAREST with aligned corners",
        () -> new Upsample(Interpolation.NEAREST, true, 2));
    assertText(
        "Unfold with options that only convolutions have",
        () -> new Unfold(Convolution.defaults().same(), 2));
  }

  private static void assertText(String problem, Executable made) {
    OptionException e = assertThrows(OptionException.class, made);
    assertEquals(problem, e.problem());
    assertEquals(1, List.of(e.getMessage().split("\n  hint: ")).size() - 1);
  }
}
