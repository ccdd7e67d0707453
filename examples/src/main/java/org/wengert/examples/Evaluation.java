package org.wengert.examples;

import java.util.Arrays;
import java.util.List;
import org.wengert.Autograd;
import org.wengert.F;
import org.wengert.Variable;
import org.wengert.nn.CrossEntropyLoss;
import org.wengert.nn.Loss;
import org.wengert.nn.Module; // a single-type import, because there is a java.lang.Module
import org.wengert.tensor.Tensor;
import org.wengert.train.data.DataLoader;
import org.wengert.train.data.Digits;
import org.wengert.train.data.Normalize;
import org.wengert.train.data.Sample;
import org.wengert.train.data.TensorDataset;
import org.wengert.train.metric.ConfusionMatrix;
import org.wengert.train.plot.HeatMap;
import org.wengert.train.plot.ImageSheet;

/// What a model makes of digits that it has not learned from.
///
/// @param digits as they were before scaling
/// @param predictions the digit that the model sees in each image
/// @param loss mean cross entropy
/// @param confusion which digits are taken for which
@SuppressWarnings("ArrayRecordComponent") // nobody compares evaluations
record Evaluation(Sample digits, int[] predictions, double loss, ConfusionMatrix confusion) {
  private static final DataLoader.Options IN_ORDER =
      DataLoader.Options.defaults().batchSize(500).shuffle(false);

  /// Shows `model` the images, a few at a time, in evaluation mode and without recording.
  static Evaluation of(Module model, TensorDataset<Sample> digits, Normalize scale) {
    model.eval();
    Evaluation evaluation = Autograd.noGrad(() -> read(model, digits, scale));
    model.train();
    return evaluation;
  }

  private static Evaluation read(Module model, TensorDataset<Sample> digits, Normalize scale) {
    Loss criterion = new CrossEntropyLoss();
    ConfusionMatrix confusion = new ConfusionMatrix(Digits.CLASSES);
    int[] predictions = new int[digits.size()];
    double sum = 0;
    int done = 0;
    for (Sample batch : DataLoader.of(digits, IN_ORDER)) {
      Variable logits = model.call(Variable.constant(scale.apply(batch.input())));
      sum += criterion.forward(logits, Variable.constant(batch.target())).item() * logits.size(0);
      Tensor best = F.argMax(logits, 1, false).value();
      confusion.add(best, batch.target());
      for (long digit : best.toLongArray()) {
        predictions[done++] = (int) digit;
      }
    }
    return new Evaluation(digits.all(), predictions, sum / digits.size(), confusion);
  }

  double accuracy() {
    return confusion.value();
  }

  /// Images that it got wrong.
  ImageSheet misclassified() {
    int[] truth = Arrays.stream(digits.target().toLongArray()).mapToInt(Math::toIntExact).toArray();
    String title = "Got wrong (true → predicted)";
    return ImageSheet.misclassified(title, digits.input(), truth, predictions, List.of()).ink();
  }

  /// Which digits are taken for which.
  HeatMap confusionMatrix() {
    return HeatMap.confusion("Which digits it takes for which", confusion);
  }
}
