package org.wengert.examples;

import java.util.random.RandomGenerator;
import org.wengert.Variable;
import org.wengert.nn.BatchNorm2d;
import org.wengert.nn.Conv2d;
import org.wengert.nn.ConvOptions;
import org.wengert.nn.Dropout;
import org.wengert.nn.Flatten;
import org.wengert.nn.Linear;
import org.wengert.nn.MaxPool2d;
import org.wengert.nn.Module; // a single-type import, because there is a java.lang.Module
import org.wengert.nn.ReLU;
import org.wengert.nn.Sequential;
import org.wengert.tensor.Tensor;
import org.wengert.train.data.Digits; // not the example of that name

/// A convolutional network like LeNet-5, with what has been found since then to help: rectifiers
/// for sigmoids, largest for mean values, norms over the batch, dropout.
///
/// ```
/// (N, 1, 28, 28)  convolve 5x5, padded  (N, 16, 28, 28)  pool  (N, 16, 14, 14)
///                 convolve 5x5          (N, 32, 10, 10)  pool  (N, 32, 5, 5)  two layers  (N, 10)
/// ```
///
/// Takes images `(N, 28, 28)` or `(N, 1, 28, 28)`, gives logits `(N, 10)`. The same weights look at
/// every place of an image, so that a digit may stand anywhere; a network without convolutions
/// learns each place anew.
///
/// Source: LeCun, Bottou, Bengio, Haffner, "Gradient-based learning applied to document
/// recognition", 1998.
final class LeNet extends Module {
  private static final int HIDDEN = 128;

  private final Sequential features;
  private final Sequential classifier;

  LeNet(RandomGenerator random) {
    features =
        new Sequential(
            new Conv2d(1, 16, ConvOptions.of(5).padding(2), random),
            new BatchNorm2d(16),
            new ReLU(),
            new MaxPool2d(2),
            new Conv2d(16, 32, ConvOptions.of(5), random),
            new BatchNorm2d(32),
            new ReLU(),
            new MaxPool2d(2));
    classifier =
        new Sequential(
            new Flatten(),
            new Dropout(0.3, random),
            new Linear(32 * 5 * 5, HIDDEN, random),
            new ReLU(),
            new Linear(HIDDEN, Digits.CLASSES, random));
  }

  /// What the first layer looks for, `(16, 1, 5, 5)`.
  Tensor filters() {
    return features.parameters().getFirst().value();
  }

  @Override
  public Variable forward(Variable images) {
    Variable x = images.reshape(images.size(0), 1, Digits.SIDE, Digits.SIDE);
    return classifier.call(features.call(x));
  }
}
