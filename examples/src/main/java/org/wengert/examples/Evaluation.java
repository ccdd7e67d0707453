package org.wengert.examples;

import org.wengert.Autograd;
import org.wengert.F;
import org.wengert.Variable;
import org.wengert.examples.digits.ConfusionMatrix;
import org.wengert.examples.digits.DigitImages;
import org.wengert.nn.CrossEntropyLoss;
import org.wengert.nn.Layer;
import org.wengert.nn.Module;

/// What a model makes of images it has not learned from.
///
/// @param predictions the digit that the model sees in each image
/// @param loss mean cross entropy
/// @param confusion which digits are taken for which
@SuppressWarnings("ArrayRecordComponent") // nobody compares evaluations
record Evaluation(int[] predictions, double loss, ConfusionMatrix confusion) {
  private static final int BATCH = 500;

  /// Shows `model` the images, a few at a time, in evaluation mode and without recording.
  static Evaluation of(Module model, DigitImages images, Scaling scaling) {
    model.eval();
    Evaluation evaluation = Autograd.noGrad(() -> read(model, images, scaling));
    model.train();
    return evaluation;
  }

  private static Evaluation read(Layer model, DigitImages images, Scaling scaling) {
    int[] predictions = new int[images.size()];
    double sum = 0;
    int done = 0;
    for (DigitImages some : images.batches(BATCH)) {
      Variable logits = model.forward(scaling.apply(some));
      sum += new CrossEntropyLoss().forward(logits, Scaling.labels(some)).item() * some.size();
      long[] best = F.argMax(logits, 1, false).value().toLongArray();
      for (long digit : best) {
        predictions[done++] = (int) digit;
      }
    }
    return new Evaluation(
        predictions,
        sum / images.size(),
        ConfusionMatrix.of(images.labels(), predictions, DigitImages.CLASSES));
  }

  double accuracy() {
    return confusion.accuracy();
  }
}
