package org.wengert.examples;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.wengert.Parameter;
import org.wengert.optim.Adam;
import org.wengert.optim.AdamW;
import org.wengert.optim.Optimizer;
import org.wengert.optim.RMSprop;
import org.wengert.optim.SGD;
import picocli.CommandLine.Option;

/// The command line of [Digits] and [MnistConvNet]. Holds state: picocli fills the fields.
final class DigitsOptions extends EpochOptions {
  /// Lecture 4 says 0.001 for SGD with momentum 0.9, which is far too slow for its network: ten
  /// epochs of painted digits end at 96.3 %, with 0.02 at 99.2 %; of 8,000 MNIST digits at 92.6 %
  /// and 96.1 %.
  private static final double RATE = 0.02;

  @Option(
      names = "--optimizer",
      paramLabel = "NAME",
      defaultValue = "sgd",
      description =
          "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}; the others' --lr is 0.001 by default")
  private Method method;

  /// Options that are their defaults until picocli fills them in.
  DigitsOptions(Path out) {
    super(out, 10, 64, RATE);
  }

  /// The optimizers, with PyTorch's defaults but for SGD's momentum of 0.9.
  enum Method {
    SGD,
    ADAM,
    ADAMW,
    RMSPROP;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  double learningRate() {
    return method == Method.SGD || isGiven("--lr") ? super.learningRate() : 0.001;
  }

  Optimizer optimizer(List<Parameter> parameters) {
    return switch (method) {
      case SGD -> new SGD(parameters, learningRate(), 0.9);
      case ADAM -> new Adam(parameters, learningRate());
      case ADAMW -> new AdamW(parameters, learningRate());
      case RMSPROP -> new RMSprop(parameters, learningRate());
    };
  }

  /// How it is learned, in a line.
  String training() {
    return "%s, learning rate %s, batches of %d, seed %d"
        .formatted(method, learningRate(), batch(), seed());
  }
}
