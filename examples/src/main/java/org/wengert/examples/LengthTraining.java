package org.wengert.examples;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.wengert.Variable;
import org.wengert.nn.Dropout;
import org.wengert.nn.Linear;
import org.wengert.nn.MSELoss;
import org.wengert.nn.Module; // a single-type import, because there is a java.lang.Module
import org.wengert.nn.Sequential;
import org.wengert.nn.Tanh;
import org.wengert.optim.AdamW;
import org.wengert.optim.Optimizer;
import org.wengert.optim.StepLR;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Tensor;
import org.wengert.train.History;
import org.wengert.train.Trainer;
import org.wengert.train.data.DataLoader;
import org.wengert.train.data.Dataset;
import org.wengert.train.data.Sample;

/// A small network learns how long vectors are, from vectors with fresh noise in each epoch. What
/// changes while it learns is saved by the trainer: weights, the optimizer's moments, the schedule,
/// the place in the epoch, and the generator of the dropout. Holds that state.
final class LengthTraining {
  private static final int SIZE = 16;
  private static final int VECTORS = 800;

  private final long seed;
  private final Module model;
  private final Optimizer optimizer;
  private final DataLoader<Sample> loader;

  /// A training that has not begun.
  ///
  /// @param loading how batches are made, and the seed of everything
  LengthTraining(DataLoader.Options loading, double learningRate) {
    this.seed = loading.seed();
    Rng random = new Rng(seed);
    model =
        new Sequential(
            new Linear(SIZE, 64, random),
            new Tanh(),
            new Dropout(0.3, random),
            new Linear(64, 1, random));
    optimizer = new AdamW(model.parameters(), learningRate);
    Dataset<Sample> vectors =
        Dataset.of(IntStream.range(0, VECTORS).boxed().toList())
            .map((number, noise) -> sample(Rng.normals(noise, SIZE)));
    loader = DataLoader.of(vectors, loading);
  }

  private static Sample sample(double[] values) {
    Variable x = Variable.constant(Tensor.of(values).to(DType.FLOAT32));
    return new Sample(x.value(), x.square().mean().reshape(1).value());
  }

  /// Who trains it.
  Trainer trainer(int epochs) {
    return Trainer.defaults().epochs(epochs).seed(seed).everyStep(new StepLR(optimizer, 50, 0.99));
  }

  /// Trains, or goes on.
  History fit(Trainer trainer) {
    return trainer.fit(model, new MSELoss(), optimizer, loader);
  }

  /// SHA-256 of the weights, bit by bit.
  String digest() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      model.stateDict().forEach((name, weights) -> add(digest, name, weights));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static void add(MessageDigest digest, String name, Tensor weights) {
    digest.update(name.getBytes(StandardCharsets.UTF_8));
    float[] values = weights.toFloatArray();
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length);
    bytes.asFloatBuffer().put(values);
    digest.update(bytes);
  }
}
