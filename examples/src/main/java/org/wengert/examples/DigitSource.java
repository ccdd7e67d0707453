package org.wengert.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.wengert.tensor.Rng;
import org.wengert.train.data.BatchDataset;
import org.wengert.train.data.Digits;
import org.wengert.train.data.Sample;
import org.wengert.train.data.TensorDataset;
import org.wengert.train.read.LabelledImages;
import org.wengert.train.read.Mnist;
import picocli.CommandLine.Option;

/// Which digits an example reads: MNIST's, from a folder, or some that are painted. Holds state:
/// picocli fills the fields.
final class DigitSource extends CheckedOptions {
  private final int part;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "folder with MNIST's IDX files, plain or .gz; without it digits are painted")
  private @Nullable Path data;

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "how many digits to paint, some for the test; default ${DEFAULT-VALUE}")
  private int samples;

  /// Options that are their defaults until picocli fills them in.
  ///
  /// @param samples how many digits to paint, unless told otherwise
  /// @param part one in so many is for the test
  DigitSource(int samples, int part) {
    this.samples = samples;
    this.part = part;
  }

  /// Digits, `(N, 1, 28, 28)` from 0 (paper) to 1 (ink), and their classes, `(N)`.
  ///
  /// @param train to learn from
  /// @param test to measure what was learned
  record Parts(TensorDataset<Sample> train, TensorDataset<Sample> test) {}

  /// The digits that were asked for.
  Parts read(Rng random) throws IOException {
    if (data != null) {
      refuseUnless(
          !isGiven("--samples"), "--samples", samples, "no --data, whose digits are not painted");
      LabelledImages.Split digits = Mnist.read(data);
      return new Parts(inMemory(digits.train()), inMemory(digits.test()));
    }
    refuseUnless(samples >= 60 && samples <= 100_000, "--samples", samples, "60 to 100000");
    TensorDataset<Sample> all = inMemory(Digits.paint(samples, random));
    int train = samples - samples / part;
    return new Parts(
        all.subset(IntStream.range(0, train).toArray()),
        all.subset(IntStream.range(train, samples).toArray()));
  }

  private static TensorDataset<Sample> inMemory(BatchDataset<Sample> digits) throws IOException {
    Sample all = digits.batch(IntStream.range(0, digits.size()).toArray());
    return TensorDataset.of(
        all.input().reshape(digits.size(), 1, Digits.SIDE, Digits.SIDE), all.target());
  }

  /// What they are, in a word.
  String kind() {
    return data == null ? "painted digits" : "digits of " + data;
  }
}
