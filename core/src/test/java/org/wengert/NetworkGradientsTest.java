package org.wengert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.wengert.check.GradientAssert.assertThatGradient;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// First and second gradients of the functions that networks are made of, for every operand: all
/// operands are cut out of one vector, so that mixed second derivatives count, too.
class NetworkGradientsTest {
  private record Claim(String name, UnaryOperator<Variable> function, int size) {}

  /// Hands out operands from one vector.
  private static final class Cut {
    private final Variable from;
    private int at;

    Cut(Variable from) {
      this.from = from;
    }

    Variable next(int... sizes) {
      Shape shape = Shape.of(sizes);
      Variable part = from.slice(0, at, at + shape.count()).reshape(shape);
      at += shape.count();
      return part;
    }
  }

  @FunctionalInterface
  private interface Function {
    Variable of(Cut operands);
  }

  private static Claim claim(String name, int size, Function function) {
    return new Claim(
        name,
        all -> {
          Cut operands = new Cut(all);
          Variable y = function.of(operands);
          assertEquals(size, operands.at);
          return y;
        },
        size);
  }

  @TestFactory
  Stream<DynamicTest> gradientsAreRightToSecondOrder() {
    return Stream.of(convolutions(), pools(), norms(), networks(), losses())
        .flatMap(List::stream)
        .map(claim -> DynamicTest.dynamicTest(claim.name, () -> check(claim)));
  }

  private static void check(Claim claim) {
    Tensor x = Tensor.rand(Shape.of(claim.size), DType.FLOAT64, new Rng(7));
    assertThatGradient(claim.function).at(x).isCorrect();
    assertThatGradient(claim.function).at(x).isCorrectToSecondOrder();
  }

  private static List<Claim> convolutions() {
    Convolution odd = Convolution.defaults().stride(2, 1).padding(1, 0).dilation(1, 2).groups(2);
    return List.of(
        claim(
            "conv1d",
            24,
            x -> F.conv1d(x.next(1, 2, 5), x.next(2, 2, 3), x.next(2), Convolution.defaults())),
        claim(
            "conv1d with padding 'same'",
            16,
            x -> F.conv1d(x.next(2, 4), x.next(2, 2, 2), null, Convolution.defaults().same())),
        claim(
            "conv2d with stride, padding, dilation and groups",
            34,
            x -> F.conv2d(x.next(1, 2, 3, 4), x.next(2, 1, 2, 2), x.next(2), odd)),
        claim("conv3d", 16, x -> F.conv3d(x.next(1, 1, 2, 2, 3), x.next(1, 1, 2, 1, 2))),
        claim(
            "convTranspose2d",
            22,
            x ->
                F.convTranspose2d(
                    x.next(1, 2, 2, 3),
                    x.next(2, 1, 2, 2),
                    x.next(2),
                    odd.dilation(1).padding(0).outputPadding(1, 0))));
  }

  private static List<Claim> pools() {
    return List.of(
        claim(
            "maxPool2d",
            20,
            x -> F.maxPool2d(x.next(1, 4, 5), Pooling.of(3, 2).stride(2).padding(1)).square()),
        claim(
            "avgPool2d",
            20,
            x ->
                F.avgPool2d(
                        x.next(1, 4, 5),
                        Pooling.of(3).stride(2).padding(1).ceilMode(true).countIncludePad(false))
                    .square()),
        claim("adaptiveAvgPool1d", 7, x -> F.adaptiveAvgPool1d(x.next(1, 7), 3).square()),
        claim("adaptiveMaxPool1d", 7, x -> F.adaptiveMaxPool1d(x.next(1, 7), 3).values().square()),
        claim("lpPool1d", 6, x -> F.lpPool1d(x.next(1, 6), 3, Pooling.of(2))),
        claim(
            "maxUnpool",
            16,
            x -> {
              Indexed pooled = F.maxPool2dWithIndices(x.next(1, 4, 4), Pooling.of(2));
              return F.maxUnpool(pooled.values().square(), pooled.indices(), 4, 4);
            }),
        claim(
            "interpolate",
            9,
            x -> F.interpolate(x.next(1, 3, 3), Interpolation.CUBIC, true, 4, 5).square()),
        claim(
            "gridSample",
            21,
            x ->
                F.gridSample(
                    x.next(1, 1, 3, 3),
                    x.next(1, 2, 3, 2),
                    Interpolation.LINEAR,
                    GridPadding.ZEROS,
                    false)),
        claim("pixelShuffle", 16, x -> F.pixelShuffle(x.next(4, 2, 2), 2).square()));
  }

  private static List<Claim> norms() {
    return List.of(
        claim(
            "layerNorm",
            16,
            x -> F.layerNorm(x.next(2, 4), Shape.of(4), x.next(4), x.next(4), 1e-5)),
        claim("rmsNorm", 12, x -> F.rmsNorm(x.next(2, 4), Shape.of(4), x.next(4), 1e-5)),
        claim("batchNorm", 16, x -> F.batchNorm(x.next(3, 2, 2), x.next(2), x.next(2), 1e-5)),
        claim(
            "batchNorm with given statistics",
            14,
            x -> F.batchNorm(x.next(3, 2), x.next(2), x.next(2), x.next(2), x.next(2), 1e-5)),
        claim("groupNorm", 24, x -> F.groupNorm(x.next(2, 4, 2), 2, x.next(4), x.next(4), 1e-5)),
        claim("instanceNorm", 16, x -> F.instanceNorm(x.next(1, 2, 6), x.next(2), x.next(2), 1e-5)),
        claim("localResponseNorm", 8, x -> F.localResponseNorm(x.next(1, 4, 2), 3, 1e-2, 0.75, 1)),
        claim("weightNorm", 8, x -> F.weightNorm(x.next(2, 3), x.next(2, 1), 0)),
        claim(
            "embedding",
            6,
            x -> F.embedding(x.next(3, 2), Variable.constant(Tensor.of(2, 0, 2, 1))).square()));
  }

  private static CellWeights cell(Cut x, int rows, int features) {
    return new CellWeights(x.next(rows, features), x.next(rows, 2), x.next(rows), x.next(rows));
  }

  private static List<Claim> networks() {
    RecurrentOptions both = RecurrentOptions.defaults().bidirectional(true).batchFirst(true);
    Variable mask = Variable.constant(Tensor.of(true, false, true)).reshape(1, 3);
    return List.of(
        claim("gruCell", 40, x -> F.gruCell(x.next(1, 2), x.next(1, 2), cell(x, 6, 2))),
        claim(
            "rnnTanh, both ways",
            40,
            x ->
                F.rnnTanh(
                        x.next(2, 2, 2),
                        x.next(2, 2, 2),
                        List.of(cell(x, 2, 2), cell(x, 2, 2)),
                        both)
                    .output()),
        claim(
            "lstmPacked",
            62,
            x -> {
              Variable rows = x.next(3, 2);
              LstmState state = new LstmState(x.next(1, 2, 2), x.next(1, 2, 2));
              List<CellWeights> weights = List.of(cell(x, 8, 2));
              return F.lstmPacked(
                      rows, new int[] {2, 1}, state, weights, RecurrentOptions.defaults())
                  .last()
                  .hidden();
            }),
        claim(
            "scaledDotProductAttention",
            16,
            x ->
                F.scaledDotProductAttention(
                    x.next(2, 2), x.next(3, 2), x.next(3, 2), mask, true, 0)));
  }

  private static List<Claim> losses() {
    Variable signs = Variable.constant(1.0, -1.0, 1.0, -1.0);
    Variable classes = Variable.constant(Tensor.of(2L, 0L));
    LossReduction none = LossReduction.NONE;
    return List.of(
        claim("smoothL1Loss", 8, x -> F.smoothL1Loss(x.next(4), x.next(4), 0.3, none)),
        claim("huberLoss", 8, x -> F.huberLoss(x.next(4), x.next(4), 0.3, none)),
        claim("binaryCrossEntropy", 8, x -> F.binaryCrossEntropy(x.next(4), x.next(4))),
        claim(
            "binaryCrossEntropyWithLogits",
            16,
            x -> F.binaryCrossEntropyWithLogits(x.next(4), x.next(4), x.next(4), x.next(4), none)),
        claim("klDiv", 8, x -> F.klDiv(x.next(4), x.next(4), false, none)),
        claim(
            "poissonNllLoss",
            8,
            x -> F.poissonNllLoss(x.next(4), x.next(4).mul(3), false, true, 1e-8, none)),
        claim(
            "gaussianNllLoss",
            12,
            x -> F.gaussianNllLoss(x.next(4), x.next(4), x.next(4).add(0.1), true, 1e-6, none)),
        claim("hingeEmbeddingLoss", 4, x -> F.hingeEmbeddingLoss(x.next(4), signs, 1, none)),
        claim(
            "cosineEmbeddingLoss",
            16,
            x -> F.cosineEmbeddingLoss(x.next(4, 2), x.next(4, 2), signs, 0.2, none)),
        claim(
            "tripletMarginLoss",
            12,
            x ->
                F.tripletMarginLoss(
                    x.next(2, 2), x.next(2, 2), x.next(2, 2), 1, 3, 1e-6, true, none)),
        claim(
            "multiMarginLoss", 6, x -> F.multiMarginLoss(x.next(2, 3), classes, 2, 1, null, none)),
        claim(
            "crossEntropy",
            6,
            x -> F.crossEntropy(x.next(2, 3), classes, ClassLoss.defaults().labelSmoothing(0.2))),
        claim(
            "ctcLoss",
            12,
            x ->
                F.ctcLoss(
                    F.logSoftmax(x.next(4, 1, 3), 2),
                    Variable.constant(Tensor.of(1L, 1L)),
                    Variable.constant(Tensor.of(4L).reshape(1)),
                    Variable.constant(Tensor.of(2L).reshape(1)),
                    0,
                    false,
                    none)));
  }
}
