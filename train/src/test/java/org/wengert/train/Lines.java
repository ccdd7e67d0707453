package org.wengert.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.wengert.nn.Dropout;
import org.wengert.nn.Linear;
import org.wengert.nn.Module; // a single-type import, because there is a java.lang.Module
import org.wengert.nn.Sequential;
import org.wengert.nn.Tanh;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Tensor;
import org.wengert.train.data.DataLoader;
import org.wengert.train.data.Dataset;
import org.wengert.train.data.Sample;
import org.wengert.train.metric.Metric;

/// Small data on noisy lines and small models for them.
final class Lines {
  private Lines() {}

  /// Pairs `x`, `2x - 1 + noise`.
  static Dataset<Sample> data(int size, long seed) {
    Rng random = new Rng(seed);
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      double x = random.nextDouble(-1, 1);
      double y = 2 * x - 1 + 0.1 * Rng.normal(random);
      samples.add(new Sample(Tensor.of((float) x).reshape(1), Tensor.of((float) y).reshape(1)));
    }
    return Dataset.of(samples);
  }

  static DataLoader<Sample> loader(int size, int batch) {
    return DataLoader.of(data(size, 3), DataLoader.Options.defaults().batchSize(batch).seed(5));
  }

  static DataLoader<Sample> validation() {
    return DataLoader.of(data(12, 4), DataLoader.Options.defaults().batchSize(5).shuffle(false));
  }

  /// With dropout, whose random numbers come from a generator of its own.
  static Sequential model(long seed) {
    Rng random = new Rng(seed);
    return new Sequential(
        new Linear(1, 6, random), new Tanh(), new Dropout(0.2, random), new Linear(6, 1, random));
  }

  /// All weights, to the bit.
  static String weights(Module model) {
    StringBuilder text = new StringBuilder();
    model
        .stateDict()
        .forEach(
            (name, w) -> {
              for (double x : w.toDoubleArray()) {
                text.append(Double.toHexString(x)).append(' ');
              }
            });
    return text.toString();
  }

  /// A report of an epoch with this loss.
  static EpochReport epoch(int number, double loss) {
    var none = new LinkedHashMap<String, Double>();
    return new EpochReport(number, 99, number, loss, none, Double.NaN, none, 0.1, 0);
  }

  /// The mean distance between outputs and targets.
  static final class Distance implements Metric {
    private double sum;
    private long count;

    @Override
    public String name() {
      return "distance";
    }

    @Override
    public void add(Tensor output, Tensor target) {
      double[] y = output.toDoubleArray();
      double[] t = target.toDoubleArray();
      for (int i = 0; i < y.length; i++) {
        sum += Math.abs(y[i] - t[i]);
      }
      count += y.length;
    }

    @Override
    public double value() {
      return sum / count;
    }

    @Override
    public void reset() {
      sum = 0;
      count = 0;
    }

    @Override
    public SequencedMap<String, Tensor> stateDict() {
      SequencedMap<String, Tensor> state = new LinkedHashMap<>();
      state.put("sum", Tensor.of(sum));
      state.put("count", Tensor.of(count));
      return state;
    }

    @Override
    public void loadStateDict(Map<String, Tensor> state) {
      sum = state.get("sum").item();
      count = state.get("count").longAt();
    }
  }
}
