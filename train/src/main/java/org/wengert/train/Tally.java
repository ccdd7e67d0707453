package org.wengert.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.wengert.StateCheck;
import org.wengert.tensor.DType;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Stateful;
import org.wengert.tensor.Tensor;
import org.wengert.train.metric.Metric;

/// The mean loss and the metrics of an epoch so far. Holds that state.
final class Tally implements Stateful {
  private final List<Metric> metrics;
  private double sum;
  private long samples;

  Tally(List<Supplier<? extends Metric>> makers) {
    metrics = makers.stream().<Metric>map(Supplier::get).toList();
    if (names().size() != names().stream().distinct().count()) {
      throw new OptionException("two metrics have the same name: " + names())
          .hint("give each metric once, or a name of its own");
    }
  }

  List<String> names() {
    return metrics.stream().map(Metric::name).toList();
  }

  /// Metrics as state, each under a name that a checkpoint can have.
  List<Metric> parts() {
    return metrics;
  }

  void add(Scoring.Score score) {
    if (score.output() != null && score.target() != null) {
      for (Metric metric : metrics) {
        metric.add(score.output(), score.target());
      }
    }
  }

  void add(double loss, int samples) {
    sum += loss * samples;
    this.samples += samples;
  }

  double loss() {
    return sum / samples;
  }

  SequencedMap<String, Double> metrics() {
    SequencedMap<String, Double> values = new LinkedHashMap<>();
    metrics.forEach(metric -> values.put(metric.name(), metric.value()));
    return Collections.unmodifiableSequencedMap(values);
  }

  void reset() {
    sum = 0;
    samples = 0;
    metrics.forEach(Metric::reset);
  }

  @Override
  public SequencedMap<String, Tensor> stateDict() {
    SequencedMap<String, Tensor> state = new LinkedHashMap<>();
    state.put("sum", Tensor.of(sum));
    state.put("samples", Tensor.of(samples));
    return state;
  }

  @Override
  public void loadStateDict(Map<String, Tensor> state) {
    StateCheck check = new StateCheck("Trainer.fit", state, "load what a Trainer has saved");
    check.expect("sum", DType.FLOAT64, Shape.SCALAR);
    check.expectCount("samples");
    check.throwIfWrong(true);
    sum = StateCheck.require(state, "sum").item();
    samples = StateCheck.require(state, "samples").longAt();
  }
}
