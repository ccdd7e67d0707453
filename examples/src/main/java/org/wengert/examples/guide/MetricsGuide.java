package org.wengert.examples.guide;

import java.util.List;
import java.util.Locale;
import org.wengert.Autograd;
import org.wengert.F;
import org.wengert.Variable;
import org.wengert.nn.Conv1d;
import org.wengert.nn.ConvOptions;
import org.wengert.nn.CrossEntropyLoss;
import org.wengert.nn.Linear;
import org.wengert.optim.Adam;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;
import org.wengert.train.EpochReport;
import org.wengert.train.Goal;
import org.wengert.train.Trainer;
import org.wengert.train.data.DataLoader;
import org.wengert.train.data.Sample;
import org.wengert.train.data.Synthetic;
import org.wengert.train.metric.Accuracy;
import org.wengert.train.metric.Average;
import org.wengert.train.metric.ConfusionMatrix;
import org.wengert.train.metric.F1;
import org.wengert.train.metric.Perplexity;

/// The code of the page on metrics.
public final class MetricsGuide {
  private MetricsGuide() {}

  /// Runs all regions.
  public static void main(String[] args) {
    classes();
    places();
    fit();
  }

  static void classes() {
    // region: classes
    Tensor scores = Tensor.of(new double[][] {{2, 1, 0}, {0, 3, 1}, {1, 0, 0}, {0, 1, 2}});
    Tensor truth = Tensor.of(0, 1, 2, 2);
    var matrix = new ConfusionMatrix(List.of("ant", "bee", "cat"));
    var f1 = new F1(Average.MACRO, 3);
    for (int batch = 0; batch < 2; batch++) { // however the samples are divided
      Tensor outputs = scores.slice(0, 2 * batch, 2 * batch + 2, 1);
      Tensor targets = truth.slice(0, 2 * batch, 2 * batch + 2, 1);
      matrix.add(outputs, targets);
      f1.add(outputs, targets);
    }
    System.out.print(matrix);
    System.out.printf(Locale.ROOT, "%s %.3f%n", f1.name(), f1.value());
    // end region
  }

  static void places() {
    // region: places
    var model = new Conv1d(3, 7, ConvOptions.of(1), new Rng(1)); // 7 classes at each place
    Tensor x = Tensor.randn(Shape.of(2, 3, 5), DType.FLOAT32, new Rng(2));
    Tensor target = Tensor.ofArray(new long[][] {{0, 6, 3, 3, 1}, {2, 4, 5, -100, -100}}); // padded
    Variable output = Autograd.noGrad(() -> model.call(Variable.constant(x))); // (2, 7, 5)
    double loss = F.crossEntropy(output, Variable.constant(target)).item();
    var perplexity = new Perplexity();
    perplexity.add(output.value(), target);
    System.out.printf(Locale.ROOT, "%.4f is %.4f%n", perplexity.value(), Math.exp(loss));
    // end region
  }

  static void fit() {
    // region: fit
    Linear model = new Linear(2, 2, new Rng(1));
    DataLoader<Sample> train = loader(1);
    DataLoader<Sample> validation = loader(2);
    EpochReport last =
        Trainer.defaults()
            .epochs(5)
            .validation(validation)
            .metrics(Accuracy::new, () -> new F1(Average.MACRO, 2))
            .goal(Goal.maximize("macro F1"))
            .fit(model, new CrossEntropyLoss(), new Adam(model.parameters(), 0.1), train)
            .epochs()
            .getLast();
    last.validationMetrics()
        .forEach((name, value) -> System.out.printf(Locale.ROOT, "%s %.3f%n", name, value));
    // end region
    evaluate(model, validation);
  }

  private static void evaluate(Linear model, DataLoader<Sample> validation) {
    // region: evaluate
    var moons = new ConfusionMatrix(List.of("upper", "lower"));
    Trainer.evaluate(model, new CrossEntropyLoss(), validation, moons);
    System.out.print(moons);
    // end region
  }

  private static DataLoader<Sample> loader(long seed) {
    return DataLoader.of(
        Synthetic.moons(200, 0.2, new Rng(seed)), DataLoader.Options.defaults().seed(seed));
  }
}
