package org.wengert.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.wengert.nn.Differences.assertGradients;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.wengert.F;
import org.wengert.Leaf;
import org.wengert.Variable;
import org.wengert.nn.Loss.Reduction;
import org.wengert.tensor.DTypeException;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

class LossTest {
  private static final Tensor LOGITS =
      Tensor.of(new double[][] {{0.3, -1.2, 2.0}, {-0.7, 0.4, 0.9}, {1.1, -0.2, -0.5}});
  private static final Variable CLASSES = Variable.constant(Tensor.of(2L, 0L, 1L));

  @Test
  void lossesRefuseToBroadcastAndSayHowToReshape() {
    Variable column = Variable.constant(Tensor.zeros(4, 1)).named("prediction");
    Variable vector = Variable.constant(Tensor.zeros(4));
    for (Loss loss : List.of(new MSELoss(), new L1Loss(), new BCELoss(), new BCEWithLogitsLoss())) {
      ShapeException e = assertThrows(ShapeException.class, () -> loss.forward(column, vector));
      assertEquals(
          loss.getClass().getSimpleName()
              + ": "
              + function(loss)
              + """
              : an input of shape (4, 1) meets another target shape
                  input   prediction  (4, 1)
                  target              (4)
                hint: a loss does not broadcast; write target.reshape(4, 1)\
              """,
          e.getMessage());
    }
  }

  private static String function(Loss loss) {
    return switch (loss) {
      case MSELoss _ -> "mseLoss";
      case L1Loss _ -> "l1Loss";
      case BCELoss _ -> "binaryCrossEntropy";
      default -> "binaryCrossEntropyWithLogits";
    };
  }

  @Test
  void aTargetOfAnotherSizeIsAskedToBeEqual() {
    ShapeException e =
        assertThrows(
            ShapeException.class,
            () ->
                new MSELoss()
                    .forward(
                        Variable.constant(Tensor.zeros(4)), Variable.constant(Tensor.zeros(3))));
    assertTrue(e.getMessage().endsWith("hint: a loss does not broadcast; make the shapes equal"));
  }

  @Test
  void reductionsAgree() {
    Variable x = Variable.constant(1.0, 2.0, 4.0);
    Variable t = Variable.constant(0.0, 4.0, 3.0);
    double[] each = new MSELoss(Reduction.NONE).forward(x, t).value().toDoubleArray();
    assertArrayEquals(new double[] {1, 4, 1}, each);
    assertEquals(6, new MSELoss(Reduction.SUM).forward(x, t).item());
    assertEquals(2, new MSELoss().forward(x, t).item());
    assertEquals(4.0 / 3, new L1Loss().forward(x, t).item());
  }

  @Test
  void theHalvesOfTheTextbooksAreReductions() {
    // Mazur's network: E = 1/2 Σ (out - target)² of two outputs.
    Variable out = Variable.constant(0.7513650696, 0.7729284653);
    Variable target = Variable.constant(0.01, 0.99);
    assertEquals(0.2983711088, new MSELoss(Reduction.HALF_SUM).forward(out, target).item(), 1e-9);
    // Lecture 4: L = 1/(2K) Σ (y - t)², whose derivative is (y - t) / K.
    Leaf y = Variable.of(1.0, 2.0, 4.0);
    Variable loss = new MSELoss(Reduction.HALF_MEAN).forward(y, Variable.constant(0.0, 4.0, 3.0));
    assertEquals(1, loss.item());
    loss.backward();
    assertArrayEquals(new double[] {1.0 / 3, -2.0 / 3, 1.0 / 3}, y.grad().toDoubleArray(), 1e-15);
  }

  @Test
  void theMeanOverSamplesIsTheDivergenceOfKullbackAndLeibler() {
    Tensor p = Tensor.of(new double[][] {{0.5, 0.5}, {0.25, 0.75}});
    Variable log = Variable.constant(Tensor.of(new double[][] {{-1, -2}, {-3, -0.5}}));
    double divergence = 0;
    for (int i = 0; i < 4; i++) {
      double t = p.at(i / 2, i % 2);
      divergence += t * (Math.log(t) - log.value().at(i / 2, i % 2)) / 2;
    }
    Loss loss = new KLDivLoss(Reduction.BATCH_MEAN);
    assertEquals(divergence, loss.forward(log, Variable.constant(p)).item(), 1e-15);
  }

  @Test
  void gradientsOfCrossEntropyAreRightToSecondOrder() {
    CrossEntropyLoss plain = new CrossEntropyLoss();
    CrossEntropyLoss weighted = plain.weight(Tensor.of(1.0, 2.0, 0.5));
    for (Loss loss : List.of(plain, weighted, plain.ignoreIndex(0), weighted.labelSmoothing(0.2))) {
      assertGradients(v -> loss.forward(v, CLASSES), LOGITS);
      assertGradients(v -> loss.forward(v.reshape(1, 3, 3), CLASSES.reshape(1, 3)), LOGITS);
    }
    Variable q = F.softmax(Variable.constant(LOGITS).mul(2), 1);
    assertGradients(v -> weighted.labelSmoothing(0.2).forward(v, q), LOGITS);
  }

  @Test
  void oneHotProbabilitiesAreClassIndices() {
    Variable x = Variable.constant(LOGITS);
    Variable q = F.oneHot(CLASSES, 3).to(LOGITS.dtype());
    assertEquals(
        new CrossEntropyLoss().forward(x, CLASSES).item(),
        new CrossEntropyLoss().forward(x, q).item(),
        1e-15);
  }

  @Test
  void theFastPathForPlainClassesGivesTheSameAsTheGeneralOne() {
    Variable x = Variable.constant(LOGITS);
    Tensor ones = Tensor.of(1.0, 1.0, 1.0);
    assertEquals(
        new CrossEntropyLoss().weight(ones).forward(x, CLASSES).item(),
        new CrossEntropyLoss().forward(x, CLASSES).item(),
        1e-15);
  }

  @Test
  void aSingleSampleNeedsNoBatchAxis() {
    Variable x = Variable.constant(0.3, -1.2, 2.0);
    Variable single = new CrossEntropyLoss(Reduction.NONE).forward(x, Variable.constant(zero()));
    assertEquals(Shape.SCALAR, single.shape());
    Variable batch =
        new CrossEntropyLoss()
            .forward(x.reshape(1, 3), Variable.constant(Tensor.of(new long[] {0})));
    assertEquals(batch.item(), single.item(), 1e-15);
  }

  private static Tensor zero() {
    return Tensor.of(new long[] {0}).reshape(Shape.SCALAR);
  }

  @Test
  void indicesMayBeInt32() {
    Variable x = Variable.constant(LOGITS);
    Variable narrow = Variable.constant(Tensor.of(2, 0, 1));
    for (CrossEntropyLoss loss :
        List.of(new CrossEntropyLoss(), new CrossEntropyLoss().labelSmoothing(0.1))) {
      assertEquals(loss.forward(x, CLASSES).item(), loss.forward(x, narrow).item());
    }
  }

  @Test
  void extremeLogitsGiveFiniteLossesAndGradients() {
    for (double scale : new double[] {1e4, -1e4, 1e30}) {
      Leaf x = Variable.of(scale, 0.0, -scale);
      Variable t = Variable.constant(0.0, 1.0, 1.0);
      Variable loss = new BCEWithLogitsLoss().forward(x, t);
      Variable classes = new CrossEntropyLoss().forward(x, Variable.constant(zero()));
      Variable margins = new SoftMarginLoss().forward(x, Variable.constant(-1.0, 1.0, 1.0));
      Variable labels = new MultiLabelSoftMarginLoss().forward(x, t);
      loss.add(classes).add(margins).add(labels).backward();
      assertTrue(Double.isFinite(margins.item()) && Double.isFinite(labels.item()));
      assertTrue(Double.isFinite(loss.item()) && Double.isFinite(classes.item()));
      for (double g : x.grad().toDoubleArray()) {
        assertTrue(Double.isFinite(g), "gradient " + g);
      }
    }
  }

  @Test
  void smallLogitsLossesDoNotCancel() {
    Variable x = Variable.constant(Tensor.of(-40f, 40f));
    Variable t = Variable.constant(Tensor.of(0f, 1f));
    Tensor losses = new BCEWithLogitsLoss(Reduction.NONE).forward(x, t).value();
    assertEquals(Math.exp(-40), losses.at(0), 1e-24);
    assertEquals(Math.exp(-40), losses.at(1), 1e-24);
  }

  @Test
  void bceLossSaysWhichInputIsNoProbability() {
    for (double bad : new double[] {1.5, -0.1, Double.NaN}) {
      Variable x = Variable.constant(0.5, bad);
      Variable t = Variable.constant(0.0, 1.0);
      OptionException e = assertThrows(OptionException.class, () -> new BCELoss().forward(x, t));
      assertEquals(
          "BCELoss: binaryCrossEntropy: an input is "
              + bad
              + ", which is no probability\n"
              + "    input 0  (2)\n    input 1  (2)\n"
              + "  hint: use sigmoid first, or binaryCrossEntropyWithLogits for logits",
          e.getMessage());
    }
  }

  @Test
  void crossEntropyExplainsWrongTargets() {
    Variable x = Variable.constant(LOGITS);
    assertMessage(
        """
        CrossEntropyLoss: crossEntropy: target classes must have shape (3)
            input   (3, 3) FLOAT64
            target  (3, 1) INT64
          hint: the input is (N, C) or (N, C, d..); class indices (integers) lack the axis C,\
         probabilities (floating) have it""",
        ShapeException.class,
        () -> new CrossEntropyLoss().forward(x, CLASSES.reshape(3, 1)));
    assertMessage(
        "CrossEntropyLoss: crossEntropy: target class 3 among 3 classes\n"
            + "    input 0  (3, 3)\n    input 1  (3)\n"
            + "  hint: classes count from 0 to 2; ignoreIndex is skipped",
        ShapeException.class,
        () -> new CrossEntropyLoss().forward(x, Variable.constant(Tensor.of(0L, 3L, 1L))));
    assertMessage(
        "CrossEntropyLoss: crossEntropy: a target of type BOOL\n"
            + "    input 0  (3, 3) FLOAT64\n    input 1  (3) BOOL\n"
            + "  hint: give class indices (INT64), or crossEntropy probabilities (floating)",
        DTypeException.class,
        () -> new CrossEntropyLoss().forward(x, Variable.constant(Tensor.of(true, false, true))));
  }

  @Test
  void optionsOutsideTheirDomainAreRefused() {
    assertMessage(
        "label smoothing NaN\n"
            + "  hint: it lies between 0 (none) and 1 (all classes alike); 0.1 is usual",
        OptionException.class,
        () -> new CrossEntropyLoss().labelSmoothing(Double.NaN));
    Variable x = Variable.constant(LOGITS);
    ShapeException e =
        assertThrows(
            ShapeException.class,
            () -> new CrossEntropyLoss().weight(Tensor.of(1.0, 2.0)).forward(x, CLASSES));
    assertEquals("weights of shape (2) for 3 classes", e.problem());
    ShapeException p =
        assertThrows(
            ShapeException.class,
            () -> new BCEWithLogitsLoss().posWeight(Tensor.of(1.0, 2.0)).forward(x, x));
    assertEquals("shape (2) does not fit an input of shape (3, 3)", p.problem());
    Variable scalar = Variable.constant(1.0).reshape(Shape.SCALAR);
    ShapeException s =
        assertThrows(ShapeException.class, () -> new CrossEntropyLoss().forward(scalar, CLASSES));
    assertEquals("a scalar has no axis of classes", s.problem());
  }

  private static void assertMessage(
      String text, Class<? extends RuntimeException> type, Runnable action) {
    assertEquals(text, assertThrows(type, action::run).getMessage());
  }
}
