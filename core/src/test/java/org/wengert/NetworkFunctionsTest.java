package org.wengert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.wengert.tensor.DType;
import org.wengert.tensor.DTypeException;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// What the functions of networks compute, beyond libtorch's numbers, and what they refuse.
class NetworkFunctionsTest {
  private static final Convolution PLAIN = Convolution.defaults();

  private static Variable random(int... sizes) {
    return Variable.constant(Tensor.rand(Shape.of(sizes), DType.FLOAT64, new Rng(3)));
  }

  private static Variable of(double... numbers) {
    return Variable.constant(numbers);
  }

  private static void assertRefuses(
      Class<? extends RuntimeException> type, String message, Executable call) {
    String text = assertThrows(type, call).getMessage();
    assertTrue(text.contains(message), text);
    assertTrue(text.contains("hint: "), text);
  }

  private static void assertClose(Variable expected, Variable actual) {
    assertEquals(expected.shape(), actual.shape());
    assertArrayEquals(expected.value().toDoubleArray(), actual.value().toDoubleArray(), 1e-12);
  }

  @Test
  void oneSampleNeedsNoAxisOfSamples() {
    Variable x = random(2, 5, 6);
    Variable w = random(3, 2, 3, 2);
    assertClose(F.conv2d(x.reshape(1, 2, 5, 6), w).select(0, 0), F.conv2d(x, w));
    assertClose(
        F.maxPool2d(x.reshape(1, 2, 5, 6), Pooling.of(2)).select(0, 0),
        F.maxPool2d(x, Pooling.of(2)));
  }

  @Test
  void theTransposedConvolutionIsTheAdjoint() {
    Convolution options = PLAIN.stride(2, 1).padding(1, 0).dilation(1, 2).groups(2);
    Variable x = random(2, 4, 7, 6);
    Variable w = random(6, 2, 3, 2);
    Variable y = F.conv2d(x, w, null, options);
    Variable u = random(y.shape().toArray());
    Variable back = F.convTranspose2d(u, w, null, options);
    assertEquals(x.shape(), back.shape());
    assertEquals(y.mul(u).sum().item(), x.mul(back).sum().item(), 1e-10);
  }

  @Test
  void groupsAreIndependentConvolutions() {
    Variable x = random(1, 4, 5);
    Variable w = random(2, 2, 3);
    Variable first = F.conv1d(x.slice(1, 0, 2), w.slice(0, 0, 1));
    Variable second = F.conv1d(x.slice(1, 2, 4), w.slice(0, 1, 2));
    assertClose(F.cat(List.of(first, second), 1), F.conv1d(x, w, null, PLAIN.groups(2)));
  }

  @Test
  void floatsAndIntegersUnfoldAlike() {
    Variable x = Variable.constant(Tensor.arange(6)).reshape(1, 1, 6);
    Variable w = Variable.constant(Tensor.of(1L, 2L)).reshape(1, 1, 2);
    Variable exact = F.conv1d(x, w, null, PLAIN.padding(1));
    assertEquals(DType.INT64, exact.dtype());
    Variable rounded = F.conv1d(x.to(DType.FLOAT32), w.to(DType.FLOAT32), null, PLAIN.padding(1));
    assertArrayEquals(exact.value().toDoubleArray(), rounded.value().toDoubleArray());
  }

  @Test
  void aConvolutionExplainsWhatDoesNotFit() {
    Variable x = random(1, 2, 4, 4);
    assertRefuses(
        ShapeException.class,
        "conv2d: 2 channels meet a weight for 4",
        () -> F.conv2d(x, random(1, 4, 2, 2)));
    assertRefuses(
        ShapeException.class,
        "conv2d: a kernel that spans 5 elements on axis -2 of 4",
        () -> F.conv2d(x, random(1, 2, 5, 1)));
    assertRefuses(
        ShapeException.class,
        "a bias of shape (3) for 1 channels",
        () -> F.conv2d(x, random(1, 2, 2, 2), random(3), PLAIN));
    assertRefuses(
        ShapeException.class,
        "an operand of rank 2",
        () -> F.conv2d(random(4, 4), random(1, 1, 2, 2)));
    assertRefuses(
        ShapeException.class,
        "channels do not divide into 2 groups",
        () -> F.conv2d(x, random(3, 1, 2, 2), null, PLAIN.groups(2)));
    assertRefuses(
        ShapeException.class,
        "padding 'same' with stride 2",
        () -> F.conv2d(x, random(1, 2, 2, 2), null, PLAIN.stride(2).same()));
    assertRefuses(
        DTypeException.class,
        "an operand of type FLOAT64 meets FLOAT32",
        () -> F.conv2d(x, random(1, 2, 2, 2).to(DType.FLOAT32)));
  }

  @Test
  void optionsExplainWhichNumberIsWrong() {
    assertRefuses(OptionException.class, "stride [0]", () -> PLAIN.stride(0));
    assertRefuses(OptionException.class, "padding [1, -1]", () -> PLAIN.padding(1, -1));
    assertRefuses(OptionException.class, "0 groups", () -> PLAIN.groups(0));
    assertRefuses(OptionException.class, "kernel [0]", () -> Pooling.of(0));
    assertRefuses(
        OptionException.class,
        "stride [1, 2, 3] for 2 axes",
        () -> F.conv2d(random(1, 2, 2), random(1, 1, 1, 1), null, PLAIN.stride(1, 2, 3)));
  }

  @Test
  void aTransposedConvolutionExplainsWhatDoesNotFit() {
    Variable x = random(1, 2, 3);
    assertRefuses(
        ShapeException.class,
        "convTranspose1d: 2 channels meet a weight for 3",
        () -> F.convTranspose1d(x, random(3, 1, 2), null, PLAIN));
    assertRefuses(
        ShapeException.class,
        "output padding 1",
        () -> F.convTranspose1d(x, random(2, 1, 2), null, PLAIN.outputPadding(1)));
    assertRefuses(
        ShapeException.class,
        "a result of size 0",
        () -> F.convTranspose1d(x, random(2, 1, 2), null, PLAIN.padding(2)));
  }

  @Test
  void poolingExplainsWhatDoesNotFit() {
    Variable x = random(1, 2, 4);
    assertRefuses(
        ShapeException.class,
        "maxPool1d: a kernel that spans 5 elements",
        () -> F.maxPool1d(x, Pooling.of(5)));
    assertRefuses(
        ShapeException.class,
        "padding 2 for windows of 3",
        () -> F.avgPool1d(x, Pooling.of(3).padding(2)));
    assertRefuses(
        OptionException.class,
        "avgPool1d: dilation [2]",
        () -> F.avgPool1d(x, Pooling.of(2).dilation(2)));
    assertRefuses(
        ShapeException.class,
        "window 0 sees padding only",
        () -> F.maxPool1d(random(1, 1, 1), Pooling.of(2).dilation(2).padding(1)));
    assertRefuses(ShapeException.class, "output sizes [-1]", () -> F.adaptiveAvgPool1d(x, -1));
  }

  @Test
  void aNotANumberIsTheLargestOfItsWindow() {
    Variable x = of(1, Double.NaN, 3, 4).reshape(1, 1, 4);
    Variable y = F.maxPool1d(x, Pooling.of(2));
    assertArrayEquals(new double[] {Double.NaN, 4}, y.value().toDoubleArray());
    Variable none = F.fullLike(x, Double.NEGATIVE_INFINITY);
    Indexed pooled = F.maxPool1dWithIndices(none, Pooling.of(2));
    assertArrayEquals(new long[] {0, 2}, pooled.indices().value().toLongArray());
  }

  @Test
  void unpoolingRefusesAPlaceOutsideThePlane() {
    Variable indices = Variable.constant(Tensor.of(0L, 9L)).reshape(1, 1, 2);
    assertRefuses(
        ShapeException.class,
        "index 9 is outside an axis of size 4",
        () -> F.maxUnpool(random(1, 1, 2), indices, 4));
  }

  @Test
  void shufflesAndTheirInversesGiveTheImageBack() {
    Variable x = random(2, 8, 3, 2);
    assertClose(x, F.pixelUnshuffle(F.pixelShuffle(x, 2), 2));
    assertClose(x, F.channelShuffle(F.channelShuffle(x, 2), 4));
    assertRefuses(
        ShapeException.class, "8 channels do not divide by 3²", () -> F.pixelShuffle(x, 3));
    assertRefuses(ShapeException.class, "do not divide by 2", () -> F.pixelUnshuffle(x, 2));
    assertRefuses(
        ShapeException.class, "do not divide into 3 groups", () -> F.channelShuffle(x, 3));
  }

  @Test
  void alignedCornersAreForCurvesOnly() {
    assertRefuses(
        OptionException.class,
        "NEAREST has no corners",
        () -> F.interpolate(random(1, 1, 2), Interpolation.NEAREST, true, 4));
    assertRefuses(
        ShapeException.class,
        "2 elements become 0",
        () -> F.interpolate(random(1, 1, 2), Interpolation.LINEAR, 0));
  }

  @Test
  void paddingIndicesAndRepeatedIndicesGetTheGradientTheyAreMeantToGet() {
    Leaf weight = Variable.of(new double[][] {{1}, {2}, {3}});
    Variable index = Variable.constant(Tensor.of(2L, 0L, 2L, 1L));
    F.embedding(weight, index, 0, true).sum().backward();
    assertArrayEquals(new double[] {0, 1, 1}, weight.grad().toDoubleArray());
    assertRefuses(
        ShapeException.class,
        "index 4 is outside an axis of size 3",
        () -> F.embedding(weight, index.add(2L)));
  }

  @Test
  void packedSequencesOfOneLengthAreAnOrdinarySequence() {
    Variable x = random(3, 2, 2);
    LstmState state = new LstmState(random(2, 2, 2), random(2, 2, 2));
    List<CellWeights> weights =
        List.of(
            new CellWeights(random(8, 2), random(8, 2)),
            new CellWeights(random(8, 2), random(8, 2), random(8), random(8)));
    RecurrentOptions both = RecurrentOptions.defaults().bidirectional(true);
    Recurrent<LstmState> plain = F.lstm(x, state, weights, both);
    Recurrent<LstmState> packed =
        F.lstmPacked(x.reshape(6, 2), new int[] {2, 2, 2}, state, weights, both);
    assertClose(plain.output().reshape(6, 4), packed.output());
    assertClose(plain.last().cell(), packed.last().cell());
  }

  @Test
  void aShortSequenceInAPackEndsWhereItEnds() {
    Variable x = random(3, 2);
    Variable h = random(2, 2, 3);
    List<CellWeights> weights =
        List.of(
            new CellWeights(random(9, 2), random(9, 3)),
            new CellWeights(random(9, 2), random(9, 3)));
    RecurrentOptions both = RecurrentOptions.defaults().bidirectional(true);
    Recurrent<Variable> packed = F.gruPacked(x, new int[] {2, 1}, h, weights, both);
    Variable second = x.slice(0, 1, 2).reshape(1, 1, 2);
    Recurrent<Variable> alone = F.gru(second, h.slice(1, 1, 2), weights, both);
    assertClose(alone.last(), packed.last().slice(1, 1, 2));
    assertClose(alone.output().reshape(1, 6), packed.output().slice(0, 1, 2));
  }

  @Test
  void plainNetworksTakePacksToo() {
    Variable x = random(3, 2);
    Variable h = random(1, 2, 3);
    List<CellWeights> weights = List.of(new CellWeights(random(3, 2), random(3, 3)));
    RecurrentOptions forwards = RecurrentOptions.defaults();
    Variable first = F.cat(List.of(x.slice(0, 0, 1), x.slice(0, 2, 3)), 0).reshape(2, 1, 2);
    int[] batches = {2, 1};
    assertClose(
        F.rnnTanh(first, h.slice(1, 0, 1), weights, forwards).last(),
        F.rnnTanhPacked(x, batches, h, weights, forwards).last().slice(1, 0, 1));
    assertClose(
        F.rnnRelu(first, h.slice(1, 0, 1), weights, forwards).last(),
        F.rnnReluPacked(x, batches, h, weights, forwards).last().slice(1, 0, 1));
  }

  @Test
  void attentionIsItsWeightsTimesTheValues() {
    Variable q = random(2, 3, 4);
    Variable k = random(2, 5, 4);
    Variable v = random(2, 5, 2);
    Variable weights = F.attentionWeights(q, k, null, true, 0.3);
    assertClose(Variable.constant(Tensor.full(Shape.of(2, 3), 1, DType.FLOAT64)), weights.sum(-1));
    assertClose(weights.matMul(v), F.scaledDotProductAttention(q, k, v, null, true, 0.3));
    assertRefuses(
        ShapeException.class,
        "attentionWeights: queries (2, 3, 4) meet keys (2, 5, 2)",
        () -> F.attentionWeights(q, v, null, false, 0));
    assertRefuses(
        ShapeException.class,
        "scaledDotProductAttention: keys (2, 5, 4) meet values (2, 3, 4)",
        () -> F.scaledDotProductAttention(q, k, q));
  }

  @Test
  void recurrentNetworksExplainWhatDoesNotFit() {
    List<CellWeights> weights = List.of(new CellWeights(random(9, 2), random(9, 3)));
    assertRefuses(
        ShapeException.class,
        "gru: 4 features and 3 hidden elements meet weights",
        () -> F.gru(random(2, 1, 4), random(1, 1, 3), weights, RecurrentOptions.defaults()));
    assertRefuses(
        ShapeException.class,
        "1 cells for 1 samples meet another state",
        () -> F.gru(random(2, 1, 2), random(2, 1, 3), weights, RecurrentOptions.defaults()));
    assertRefuses(
        ShapeException.class,
        "batches [1, 2]",
        () ->
            F.gruPacked(
                random(3, 2),
                new int[] {1, 2},
                random(1, 2, 3),
                weights,
                RecurrentOptions.defaults()));
    assertRefuses(
        ShapeException.class,
        "gruCell: an input (1, 2) meets a state (2, 3)",
        () -> F.gruCell(random(1, 2), random(2, 3), weights.getFirst()));
  }

  @Test
  void aQueryThatSeesNothingGetsZeroAndNoGradient() {
    Leaf q = Variable.of(random(2, 2).value());
    Variable mask = Variable.constant(Tensor.of(false, true)).reshape(2, 1);
    Variable y = F.scaledDotProductAttention(q, random(3, 2), random(3, 2), mask, false, 0);
    y.square().sum().backward();
    assertArrayEquals(new double[2], y.value().slice(0, 0, 1, 1).toDoubleArray());
    assertArrayEquals(new double[2], q.grad().slice(0, 0, 1, 1).toDoubleArray());
    assertTrue(Arrays.stream(q.grad().toDoubleArray()).allMatch(Double::isFinite));
  }

  @Test
  void lossesExplainWhatDoesNotFit() {
    assertRefuses(
        ShapeException.class,
        "write target.reshape(4, 1)",
        () -> F.mseLoss(random(4, 1), random(4)));
    assertRefuses(
        ShapeException.class,
        "crossEntropy: target class 3 among 3 classes",
        () -> F.crossEntropy(random(1, 3), Variable.constant(Tensor.of(3L)).reshape(1)));
    assertRefuses(
        OptionException.class,
        "binaryCrossEntropy: an input is 1.5",
        () -> F.binaryCrossEntropy(of(1.5, 0), of(1, 0)));
    assertRefuses(
        OptionException.class,
        "delta 0.0",
        () -> F.huberLoss(of(1, 2), of(1, 2), 0, LossReduction.MEAN));
    assertRefuses(
        ShapeException.class,
        "target length 3 of sample 0",
        () -> ctc(Tensor.of(1L, 1L), Tensor.of(3L)));
  }

  @Test
  void gaussianNllLossRefusesNegativeVariances() {
    assertRefuses(
        OptionException.class,
        "a variance is -0.5",
        () -> F.gaussianNllLoss(of(1, 2), of(1, 2), of(1, -0.5), false, 1e-6, LossReduction.MEAN));
  }

  @Test
  void ctcLossKeepsFloat32() {
    Variable logP = F.logSoftmax(random(4, 1, 3), 2).to(DType.FLOAT32);
    Variable labels = Variable.constant(Tensor.of(1L)).reshape(1);
    Variable steps = Variable.constant(Tensor.of(4L)).reshape(1);
    Variable length = Variable.constant(Tensor.of(1L)).reshape(1);
    for (LossReduction reduction : LossReduction.values()) {
      Variable loss = F.ctcLoss(logP, labels, steps, length, 0, false, reduction);
      assertEquals(DType.FLOAT32, loss.dtype(), reduction.name());
    }
  }

  private static Variable ctc(Tensor labels, Tensor length) {
    return F.ctcLoss(
        F.logSoftmax(random(4, 1, 3), 2),
        Variable.constant(labels),
        Variable.constant(Tensor.of(4L)).reshape(1),
        Variable.constant(length).reshape(1),
        0,
        false,
        LossReduction.NONE);
  }

  @Test
  void anEmptyTargetIsSpelledByBlanks() {
    double blanks = F.logSoftmax(random(4, 1, 3), 2).slice(2, 0, 1).sum().item();
    assertEquals(-blanks, ctc(Tensor.of(1L, 1L), Tensor.of(0L)).select(0, 0).item(), 1e-12);
  }
}
