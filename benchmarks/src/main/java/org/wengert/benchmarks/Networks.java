package org.wengert.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.wengert.F;
import org.wengert.Parameter;
import org.wengert.Variable;
import org.wengert.nn.AttentionMasks;
import org.wengert.nn.Conv2d;
import org.wengert.nn.ConvOptions;
import org.wengert.nn.Embedding;
import org.wengert.nn.EmbeddingOptions;
import org.wengert.nn.Flatten;
import org.wengert.nn.LSTM;
import org.wengert.nn.Layer;
import org.wengert.nn.LayerNorm;
import org.wengert.nn.Linear;
import org.wengert.nn.MaxPool2d;
import org.wengert.nn.Module; // a single-type import, because there is a java.lang.Module
import org.wengert.nn.RNNOptions;
import org.wengert.nn.ReLU;
import org.wengert.nn.Sequential;
import org.wengert.nn.TransformerEncoderLayer;
import org.wengert.nn.TransformerOptions;
import org.wengert.optim.Adam;
import org.wengert.optim.AdamW;
import org.wengert.optim.Optimizer;
import org.wengert.optim.SGD;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// The models that are trained.
final class Networks {
  private static final int CLASSES = 10;

  private Networks() {}

  /// 784-64-64-10 with ReLU, batch 64, SGD with momentum.
  static Workload mlpSmall() {
    Rng random = new Rng(1);
    Sequential model = mlp(random, 784, 64, 64, CLASSES);
    return classifier("mlp_small", model, momentum(model), random, 64, 784);
  }

  /// 784-1024-1024-10 with ReLU, batch 256, Adam.
  static Workload mlpWide() {
    Rng random = new Rng(1);
    Sequential model = mlp(random, 784, 1024, 1024, CLASSES);
    return classifier("mlp_wide", model, new Adam(model.parameters(), 1e-3), random, 256, 784);
  }

  /// 784-64-..-64-10: for what batch and depth cost.
  static Workload mlp(int batch, int depth) {
    Rng random = new Rng(1);
    int[] widths = new int[depth + 1];
    Arrays.fill(widths, 64);
    widths[0] = 784;
    widths[depth] = CLASSES;
    Sequential model = mlp(random, widths);
    return classifier("mlp " + batch + "x" + depth, model, momentum(model), random, batch, 784);
  }

  /// Two convolutions with pooling and two linear layers on 28×28, batch 64, SGD with momentum.
  static Workload convnet() {
    Rng random = new Rng(1);
    ConvOptions options = ConvOptions.of(3).padding(1);
    Sequential model =
        new Sequential(
            new Conv2d(1, 32, options, random),
            new ReLU(),
            new MaxPool2d(2),
            new Conv2d(32, 64, options, random),
            new ReLU(),
            new MaxPool2d(2),
            new Flatten(),
            new Linear(3136, 128, random),
            new ReLU(),
            new Linear(128, CLASSES, random));
    return classifier("convnet", model, momentum(model), random, 64, 1, 28, 28);
  }

  /// An LSTM of 128 over 28 steps of 28 features, and a linear layer on the last; batch 64, Adam.
  static Workload lstm() {
    Rng random = new Rng(1);
    Rows model = new Rows(random);
    return classifier("lstm", model, new Adam(model.parameters(), 1e-3), random, 28, 64, 28);
  }

  /// A language model of two pre-norm blocks: 128 features, 4 heads, feed-forward 512 with GELU,
  /// causal, vocabulary 65; 16 texts of 64, AdamW.
  static Workload transformer() {
    Rng random = new Rng(1);
    Writer model = new Writer(random);
    Optimizer optimizer = new AdamW(model.parameters(), 1e-3);
    Variable text = Variable.constant(classes(random, Writer.VOCABULARY, 16, Writer.CONTEXT));
    Variable next = Variable.constant(classes(random, Writer.VOCABULARY, 16 * Writer.CONTEXT));
    return new Training(
        "transformer",
        model,
        optimizer,
        () -> F.crossEntropy(model.forward(text), next),
        text.value(),
        next.value());
  }

  private static Sequential mlp(RandomGenerator random, int... widths) {
    List<Layer> layers = new ArrayList<>();
    for (int i = 1; i < widths.length; i++) {
      if (i > 1) {
        layers.add(new ReLU());
      }
      layers.add(new Linear(widths[i - 1], widths[i], random));
    }
    return new Sequential(layers);
  }

  private static Optimizer momentum(Module model) {
    return new SGD(model.parameters(), 0.01, 0.9);
  }

  /// Cross entropy on random numbers and classes; the number of samples is the size before last of
  /// a sequence, else the first.
  private static Workload classifier(
      String name, Module model, Optimizer optimizer, RandomGenerator random, int... sizes) {
    Variable x = Variable.constant(Tensor.randn(Shape.of(sizes), DType.FLOAT32, random));
    Variable target = Variable.constant(classes(random, CLASSES, sizes[sizes.length == 3 ? 1 : 0]));
    return new Training(
        name,
        model,
        optimizer,
        () -> F.crossEntropy(model.forward(x), target),
        x.value(),
        target.value());
  }

  static Tensor classes(RandomGenerator random, int count, int... sizes) {
    long[] values = new long[Shape.of(sizes).count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(count);
    }
    return Tensor.of(values).reshape(sizes);
  }

  /// Reads a picture row by row.
  private static final class Rows extends Module {
    private final LSTM lstm;
    private final Linear linear;

    Rows(RandomGenerator random) {
      lstm = new LSTM(28, 128, RNNOptions.defaults(), random);
      linear = new Linear(128, CLASSES, random);
    }

    @Override
    public Variable forward(Variable x) {
      return linear.forward(lstm.forward(x).select(0, x.size(0) - 1));
    }
  }

  /// Guesses the next character of each.
  private static final class Writer extends Module {
    static final int VOCABULARY = 65;
    static final int CONTEXT = 64;
    private static final int WIDTH = 128;

    private final Embedding characters;
    private final Parameter places;
    private final TransformerEncoderLayer first;
    private final TransformerEncoderLayer second;
    private final LayerNorm norm = new LayerNorm(WIDTH);
    private final Linear logits;

    Writer(RandomGenerator random) {
      TransformerOptions options =
          TransformerOptions.defaults()
              .feedforward(4 * WIDTH)
              .activation(TransformerOptions.Activation.GELU)
              .dropout(0)
              .normFirst(true)
              .batchFirst(true);
      characters = new Embedding(VOCABULARY, WIDTH, EmbeddingOptions.defaults(), random);
      places = new Parameter(Tensor.randn(Shape.of(CONTEXT, WIDTH), DType.FLOAT32, random));
      first = new TransformerEncoderLayer(WIDTH, 4, options, random);
      second = new TransformerEncoderLayer(WIDTH, 4, options, random);
      logits = new Linear(WIDTH, VOCABULARY, random);
    }

    @Override
    public Variable forward(Variable text) {
      AttentionMasks past = AttentionMasks.none().causal(true);
      Variable x = characters.forward(text).add(places);
      Variable y = norm.forward(second.forward(first.forward(x, past), past));
      return logits.forward(y.reshape(text.value().count(), WIDTH));
    }
  }
}
