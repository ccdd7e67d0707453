package org.wengert.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.wengert.Pooling;
import org.wengert.Variable;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Parameters and multiply-adds of models for which they are known.
class SummaryTest {
  private static final Rng RANDOM = new Rng(1);

  private static void assertTotals(String totals, Module model, int... input) {
    String summary = model.summary(Shape.of(input));
    String last = summary.lines().filter(l -> l.startsWith("total")).findFirst().orElseThrow();
    assertEquals("total " + totals + " multiply-adds", last);
  }

  private static String row(Module model, String layer, int... input) {
    String summary = model.summary(Shape.of(input));
    return summary
        .lines()
        .filter(line -> line.startsWith(layer + " "))
        .findFirst()
        .orElseThrow()
        .replaceAll(" +", " ");
  }

  /// Lecture 4's network: 784·64 + 64·64 + 64·10 products a sample.
  @Test
  void helloMlpHas55050ParametersAnd54912Products() {
    Sequential net =
        new Sequential(
            new Flatten(),
            new Linear(784, 64),
            new ReLU(),
            new Linear(64, 64),
            new ReLU(),
            new Linear(64, 10));
    assertEquals(
        """
        layer  type        output    parameters  multiply-adds
               Sequential  (1, 10)            0              0
        0      Flatten     (1, 784)           0              0
        1      Linear      (1, 64)       50,240         50,176
        2      ReLU        (1, 64)            0              0
        3      Linear      (1, 64)        4,160          4,096
        4      ReLU        (1, 64)            0              0
        5      Linear      (1, 10)          650            640
        total 55,050 parameters; 54,912 multiply-adds
        bytes 220,200 of parameters, 1,064 of results; gradients take at most as much again""",
        net.summary(Shape.of(1, 1, 28, 28)));
    assertTotals("55,050 parameters; 2,745,600", net, 50, 784);
    assertTrue(
        net.to(DType.FLOAT64).summary(Shape.of(1, 784)).contains("bytes 440,400 of parameters"));
  }

  /// LeCun et al. (1998) with the usual simplifications: 61,706 parameters, 416,520 products.
  @Test
  void leNetHas61706ParametersAnd416520Products() {
    Sequential net =
        new Sequential(
            new Conv2d(1, 6, ConvOptions.of(5).padding(2)),
            new Sigmoid(),
            new AvgPool2d(2),
            new Conv2d(6, 16, ConvOptions.of(5)),
            new Sigmoid(),
            new AvgPool2d(2),
            new Flatten(),
            new Linear(400, 120),
            new Sigmoid(),
            new Linear(120, 84),
            new Sigmoid(),
            new Linear(84, 10));
    assertTotals("61,706 parameters; 416,520", net, 1, 1, 28, 28);
    assertEquals("3 Conv2d (1, 16, 10, 10) 2,416 240,000", row(net, "3", 1, 1, 28, 28));
  }

  /// A block of He et al. (2015), as PyTorch's `torchvision` builds it.
  private static final class Block extends Module {
    private final Conv2d conv1;
    private final BatchNorm2d bn1;
    private final Conv2d conv2;
    private final BatchNorm2d bn2;
    private final Sequential downsample;

    Block(int in, int out, int stride) {
      conv1 = conv(in, out, ConvOptions.of(3).stride(stride).padding(1));
      bn1 = new BatchNorm2d(out);
      conv2 = conv(out, out, ConvOptions.of(3).padding(1));
      bn2 = new BatchNorm2d(out);
      downsample =
          in == out
              ? new Sequential()
              : new Sequential(
                  conv(in, out, ConvOptions.of(1).stride(stride)), new BatchNorm2d(out));
    }

    @Override
    public Variable forward(Variable x) {
      Variable y = bn1.forward(conv1.forward(x)).relu();
      return bn2.forward(conv2.forward(y)).add(downsample.forward(x)).relu();
    }
  }

  private static Conv2d conv(int in, int out, ConvOptions options) {
    return new Conv2d(in, out, options.bias(false), RANDOM);
  }

  private static Sequential stage(int in, int out, int stride) {
    return new Sequential(new Block(in, out, stride), new Block(out, out, 1));
  }

  /// The figures of the usual counters for `torchvision`'s ResNet-18 at 224×224: 11,689,512
  /// parameters, 1,814,073,344 products, of which the first layer has 118,013,952; "1.8 · 10⁹" in
  /// table 1 of He et al.
  @Test
  void resNet18Has11689512ParametersAnd1814073344Products() {
    Sequential net =
        new Sequential(
            conv(3, 64, ConvOptions.of(7).stride(2).padding(3)),
            new BatchNorm2d(64),
            new ReLU(),
            new MaxPool2d(Pooling.of(3).stride(2).padding(1)),
            stage(64, 64, 1),
            stage(64, 128, 2),
            stage(128, 256, 2),
            stage(256, 512, 2),
            new AdaptiveAvgPool2d(1),
            new Flatten(),
            new Linear(512, 1000));
    assertTotals("11,689,512 parameters; 1,814,073,344", net, 1, 3, 224, 224);
    assertEquals("0 Conv2d (1, 64, 112, 112) 9,408 118,013,952", row(net, "0", 1, 3, 224, 224));
  }

  @Test
  void groupsDivideAndTransposedConvolutionsCountAsTheirAdjoints() {
    Conv2d whole = conv(8, 16, ConvOptions.of(3).stride(2).padding(1));
    Conv2d groups = conv(8, 16, ConvOptions.of(3).stride(2).padding(1).groups(4));
    ConvTranspose2d back =
        new ConvTranspose2d(16, 8, ConvOptions.of(3).stride(2).padding(1).bias(false));
    assertTotals("1,152 parameters; 28,800", whole, 1, 8, 9, 9);
    assertTotals("288 parameters; 7,200", groups, 1, 8, 9, 9);
    assertTotals("1,152 parameters; 28,800", back, 1, 16, 5, 5);
  }

  /// A step of an LSTM multiplies all its weights: 4·4·(3 + 4), here 10 times for 2 samples.
  @Test
  void recurrentLayersMultiplyAllWeightsInEachStep() {
    assertTotals("144 parameters; 2,240", new LSTM(3, 4), 10, 2, 3);
  }

  /// `4 L d² + 2 L² d + 2 L d h` for a sequence of length `L`, width `d` and `h` hidden features.
  @Test
  void aTransformerLayerCountsProjectionsScoresAndFeatures() {
    TransformerEncoderLayer layer = new TransformerEncoderLayer(16, 4);
    long expected = 4 * 7 * 16 * 16 + 2 * 7 * 7 * 16 + 2 * 7 * 16 * 2048;
    String summary = layer.summary(Variable.constant(Tensor.zeros(7, 1, 16)));
    assertTrue(summary.contains("; %,d multiply-adds".formatted(expected)), summary);
  }

  /// A model of one's own computes outside of layers, and calls one of them twice.
  private static final class Tied extends Module {
    private final Linear twice = new Linear(3, 3, false);

    @Override
    public Variable forward(Variable x) {
      Variable y = twice.forward(twice.forward(x));
      return y.matMul(twice.weight().mT());
    }
  }

  @Test
  void whatIsCalledTwiceCountsTwiceAndTheRestForTheModelAround() {
    assertEquals(
        List.of("Tied (2, 3) 0 18", "twice Linear (2, 3) 9 36"),
        List.of(row(new Tied(), "", 2, 3).strip(), row(new Tied(), "twice", 2, 3)));
  }

  /// A model whose inner module is called as is told to it, with a list, which nobody calls.
  private static final class Outer extends Module {
    private final ModuleList<Tied> inner = new ModuleList<>(new Tied());
    private final boolean isCalled;

    Outer(boolean isCalled) {
      this.isCalled = isCalled;
    }

    @Override
    public Variable forward(Variable x) {
      Tied tied = inner.get(0);
      return isCalled ? tied.call(x) : tied.forward(x);
    }
  }

  @Test
  void saysWhyTheOutputOfAModuleIsNotKnown() {
    String footnote = "\n- is the output of what was not called by call(x)";
    String missing = new Outer(false).summary(Shape.of(2, 3));
    assertTrue(missing.endsWith(footnote), missing);
    String known = new Outer(true).summary(Shape.of(2, 3));
    assertTrue(!known.contains(footnote), known);
  }
}
