package org.wengert.examples.guide;

import java.util.List;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Tensor;
import org.wengert.train.data.Augmentation;
import org.wengert.train.data.DataLoader;
import org.wengert.train.data.Dataset;
import org.wengert.train.data.Digits;
import org.wengert.train.data.Normalize;
import org.wengert.train.data.Sample;
import org.wengert.train.data.Sampler;
import org.wengert.train.data.Split;
import org.wengert.train.data.Synthetic;
import org.wengert.train.data.TensorDataset;

/// The code of the page on data.
public final class DataGuide {
  private DataGuide() {}

  /// Runs all regions.
  public static void main(String[] args) {
    batches();
    records();
    split();
    augment();
    resume();
  }

  static void batches() {
    // region: batches
    TensorDataset<Sample> points = Synthetic.spiral(100, 0.1, new Rng(1));
    DataLoader<Sample> loader = DataLoader.of(points, DataLoader.Options.defaults().seed(7));
    for (int epoch = 1; epoch <= 2; epoch++) {
      for (Sample batch : loader) {
        System.out.print(batch.input().shape() + " ");
      }
      System.out.println("epoch " + epoch);
    }
    // end region
  }

  // region: records
  record Trip(Tensor from, Tensor to, Tensor minutes) {}

  static Trip trip(int i) {
    return new Trip(Tensor.of(i, 0.0), Tensor.of(i, 1.0), Tensor.of(10f * i));
  }

  static void records() {
    Dataset<Trip> trips = Dataset.of(List.of(trip(0), trip(1), trip(2)));
    var options = DataLoader.Options.defaults().batchSize(3).shuffle(false);
    for (Trip batch : DataLoader.of(trips, options)) {
      System.out.println(batch.minutes() + " from " + batch.from().shape());
    }
  }

  // end region

  static void split() {
    // region: split
    TensorDataset<Sample> digits = Digits.paint(1_000, new Rng(1));
    Split split = Split.trainTestSplit(digits.all().target(), 0.2, 42);
    TensorDataset<Sample> training = split.train(digits);
    Normalize scale = Normalize.standardize(training.all().input());
    System.out.println(split + ", scales of shape " + scale.scale().shape());
    // end region
  }

  static void augment() {
    // region: augment
    Augmentation change = Augmentation.shift(2).then(Augmentation.rotate(10));
    Dataset<Sample> digits = Digits.paint(100, new Rng(1)).map(change.ofInput());
    var options = DataLoader.Options.defaults().batchSize(50);
    Tensor one = DataLoader.of(digits, options).iterator().next().input();
    Tensor four = DataLoader.of(digits, options.workers(4)).iterator().next().input();
    System.out.println("the same bits with 4 workers: " + one.sameBits(four));
    // end region
  }

  static void resume() {
    // region: resume
    Dataset<Sample> points = Synthetic.moons(100, 0.1, new Rng(1));
    var options = DataLoader.Options.defaults().sampler(Sampler.shuffled()).seed(3);
    DataLoader<Sample> before = DataLoader.of(points, options);
    var batches = before.iterator();
    batches.next();
    DataLoader<Sample> after = DataLoader.of(points, options); // in another process, say
    after.loadStateDict(before.stateDict());
    Tensor wanted = batches.next().input();
    System.out.println("goes on alike: " + after.iterator().next().input().sameBits(wanted));
    // end region
  }
}
