package org.wengert.examples;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.wengert.F;
import org.wengert.Parameter;
import org.wengert.Variable;
import org.wengert.backend.Workers;
import org.wengert.nn.Linear;
import org.wengert.nn.Module; // a single-type import, because there is a java.lang.Module
import org.wengert.nn.RNNOptions;
import org.wengert.nn.ReLU;
import org.wengert.nn.Sequential;
import org.wengert.optim.Adam;
import org.wengert.optim.AdamW;
import org.wengert.optim.GradientClipping;
import org.wengert.optim.Optimizer;
import org.wengert.optim.SGD;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// A program that trains small models with the backend of its JVM and prints, for each model and
/// number of threads, a number made of all its parameters.
final class Trainings {
  private static final int STEPS = 3;
  private static final int CLASSES = 10;

  private final int threads;
  private final Rng random = new Rng(3);

  private Trainings(int threads) {
    this.threads = threads;
  }

  public static void main(String[] args) {
    for (int threads = 1; threads <= 4; threads++) {
      Rng.seed(4);
      Workers.using(threads, new Trainings(threads)::run);
    }
  }

  private void run() {
    Module mlp =
        new Sequential(
            new Linear(64, 270, random),
            new ReLU(),
            new Linear(270, 33, random),
            new ReLU(),
            new Linear(33, CLASSES, random));
    train("mlp", mlp, new SGD(mlp.parameters(), 0.1, 0.9), normal(129, 64));
    Module convnet = new LeNet(random);
    train("convnet", convnet, new Adam(convnet.parameters(), 1e-2), normal(6, 28, 28));
    Module lstm = new LstmModel(CLASSES, 40, RNNOptions.defaults(), random);
    train("lstm", lstm, new Adam(lstm.parameters(), 1e-2), text(17, 12));
    TransformerModel.Size size = new TransformerModel.Size(12, 32, 4, 2, 0.1);
    Module transformer = new TransformerModel(CLASSES, size, random);
    train("transformer", transformer, new AdamW(transformer.parameters(), 1e-2), text(17, 12));
  }

  private Tensor normal(int... sizes) {
    return Tensor.randn(Shape.of(sizes), DType.FLOAT32, random);
  }

  private static Tensor text(int pieces, int length) {
    return numbers(pieces * length).reshape(pieces, length);
  }

  private static Tensor numbers(int count) {
    return Tensor.of(LongStream.range(0, count).map(i -> i * i % CLASSES).toArray());
  }

  private void train(String name, Module model, Optimizer optimizer, Tensor x) {
    for (int step = 0; step < STEPS; step++) {
      optimizer.zeroGrad();
      Variable logits = model.forward(Variable.constant(x)).reshape(-1, CLASSES);
      F.crossEntropy(logits, Variable.constant(numbers(logits.size(0)))).backward();
      GradientClipping.clipByNorm(model.parameters(), 0.5);
      optimizer.step();
    }
    long hash = 7;
    for (Parameter parameter : model.parameters()) {
      hash = 31 * hash + Arrays.hashCode(parameter.value().toDoubleArray());
    }
    System.out.println(threads + "\t" + name + "\t" + hash);
  }
}
