package org.wengert.train.log;

import java.util.ArrayList;
import java.util.List;
import org.wengert.train.EpochReport;

/// What tables say of an epoch, and in which order.
final class Columns {
  /// The columns at the beginning that are whole numbers.
  static final int COUNTED = 2;

  private Columns() {}

  static List<String> names(EpochReport epoch) {
    List<String> names = new ArrayList<>(List.of("epoch", "step", "loss"));
    names.addAll(epoch.metrics().keySet());
    if (validated(epoch)) {
      names.add("validation loss");
      epoch.validationMetrics().keySet().forEach(name -> names.add("validation " + name));
    }
    names.addAll(List.of("learning rate", "seconds"));
    return names;
  }

  static List<Double> values(EpochReport epoch) {
    List<Double> values = new ArrayList<>();
    values.add((double) epoch.epoch());
    values.add((double) epoch.step());
    values.add(epoch.loss());
    values.addAll(epoch.metrics().values());
    if (validated(epoch)) {
      values.add(epoch.validationLoss());
      values.addAll(epoch.validationMetrics().values());
    }
    values.add(epoch.learningRate());
    values.add(epoch.seconds());
    return values;
  }

  /// A validation without metrics whose loss is not a number cannot be told from none.
  private static boolean validated(EpochReport epoch) {
    return !Double.isNaN(epoch.validationLoss()) || !epoch.validationMetrics().isEmpty();
  }
}
