package org.wengert.train.plot;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.wengert.train.EpochReport;
import org.wengert.train.History;
import org.wengert.train.StepReport;

/// The curves of a fit.
final class HistoryCurves {
  private HistoryCurves() {}

  static Plot of(History history, String title) {
    Curves losses = losses(history, title);
    return names(history).isEmpty() ? losses : Plot.column(losses, metrics(history));
  }

  private static Curves losses(History history, String title) {
    double[] steps = steps(history);
    double[] losses = of(history.steps(), StepReport::loss);
    double[] smooth = Points.runningMean(losses);
    double[] ends = ends(history);
    double[] epochs = of(history.epochs(), EpochReport::loss);
    double[] validations = of(history.epochs(), EpochReport::validationLoss);
    Curves curves = upToTheLast(history, Curves.of(title).axes("step", "loss"));
    curves =
        steps.length > 0
            ? curves.noisyLine("training", steps, losses)
            : curves.dottedLine("training", ends, epochs);
    if (DoubleStream.of(validations).anyMatch(Double::isFinite)) {
      curves = curves.dottedLine("validation", ends, validations);
    }
    return scaled(
        curves, Stream.of(smooth, epochs, validations).flatMapToDouble(DoubleStream::of).toArray());
  }

  /// Losses that fall by orders of magnitude would be pressed into the bottom of a linear axis.
  private static Curves scaled(Curves curves, double[] values) {
    double[] finite = DoubleStream.of(values).filter(Double::isFinite).sorted().toArray();
    boolean wide = finite.length > 0 && finite[0] > 0 && finite[finite.length - 1] > 20 * finite[0];
    return wide ? curves.logarithmic() : curves;
  }

  /// Losses and metrics stand in line: all axes go from 0 to the last step.
  private static Curves upToTheLast(History history, Curves curves) {
    double last =
        Stream.of(steps(history), ends(history))
            .flatMapToDouble(DoubleStream::of)
            .max()
            .orElse(Double.NaN);
    return last > 0 ? curves.range(0, 1.02 * last, Double.NaN, Double.NaN) : curves;
  }

  private static Curves metrics(History history) {
    Curves curves = upToTheLast(history, Curves.of("").axes("step", "").size(900, 400));
    double[] ends = ends(history);
    for (String name : names(history)) {
      ToDoubleFunction<EpochReport> train = e -> e.metrics().getOrDefault(name, Double.NaN);
      ToDoubleFunction<EpochReport> test =
          e -> e.validationMetrics().getOrDefault(name, Double.NaN);
      if (history.epochs().stream().anyMatch(e -> e.metrics().containsKey(name))) {
        curves = curves.dottedLine(name + ", training", ends, of(history.epochs(), train));
      }
      if (history.epochs().stream().anyMatch(e -> e.validationMetrics().containsKey(name))) {
        curves = curves.dottedLine(name + ", validation", ends, of(history.epochs(), test));
      }
    }
    return curves;
  }

  static Curves learningRate(History history) {
    double[] rates = of(history.steps(), StepReport::learningRate);
    Curves curves = Curves.of("").axes("step", "learning rate").line("", steps(history), rates);
    return scaled(curves, rates);
  }

  private static SequencedSet<String> names(History history) {
    SequencedSet<String> names = new LinkedHashSet<>();
    for (EpochReport epoch : history.epochs()) {
      names.addAll(epoch.metrics().keySet());
      names.addAll(epoch.validationMetrics().keySet());
    }
    return names;
  }

  private static double[] steps(History history) {
    return of(history.steps(), StepReport::step);
  }

  private static double[] ends(History history) {
    return of(history.epochs(), EpochReport::step);
  }

  private static <T> double[] of(List<T> reports, ToDoubleFunction<T> value) {
    return reports.stream().mapToDouble(value).toArray();
  }
}
