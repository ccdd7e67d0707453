package org.wengert.examples;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.wengert.Variable;
import org.wengert.examples.digits.DataException;
import org.wengert.io.Checkpoint;
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
import org.wengert.tensor.Shape;
import org.wengert.tensor.Stateful;
import org.wengert.tensor.Tensor;

/// A small network learns how long vectors are, and everything that has changed since the beginning
/// can be saved: weights, the optimizer's moments, the schedule, and the random generator, from
/// which initial weights, vectors and dropout come. Holds that state.
final class SavedTraining {
  private static final int SIZE = 16;
  private static final int BATCH = 8;

  private final Rng random;
  private final Module model;
  private final Optimizer optimizer;
  private final StepLR schedule;
  private final MSELoss criterion = new MSELoss();
  private final Checkpoint checkpoint;

  /// A training that has not begun.
  SavedTraining(long seed) {
    random = new Rng(seed);
    model =
        new Sequential(
            new Linear(SIZE, 64, random),
            new Tanh(),
            new Dropout(0.3, random),
            new Linear(64, 1, random));
    optimizer = new AdamW(model.parameters());
    schedule = new StepLR(optimizer, 50, 0.99);
    checkpoint =
        Checkpoint.of("seed", new Seed(seed))
            .with("model", model)
            .with("optimizer", optimizer)
            .with("schedule", schedule)
            .with("random", random);
  }

  /// With what a training began; one that began with something else is not this one.
  private record Seed(long seed) implements Stateful {
    @Override
    public SequencedMap<String, Tensor> stateDict() {
      SequencedMap<String, Tensor> state = new LinkedHashMap<>();
      state.put("seed", Tensor.of(seed));
      return state;
    }

    @Override
    public void loadStateDict(Map<String, Tensor> state) {
      Tensor saved = state.get("seed");
      if (saved == null || !saved.sameBits(Tensor.of(seed))) {
        throw new DataException("the checkpoint", "a training of another seed", "seed " + seed);
      }
    }
  }

  /// One step; returns the loss before it.
  double step() {
    Variable x = Variable.constant(Tensor.randn(Shape.of(BATCH, SIZE), DType.FLOAT32, random));
    Variable lengths = x.square().mean(1).reshape(BATCH, 1);
    Variable loss = optimizer.step(() -> criterion.forward(model.forward(x), lengths));
    schedule.step();
    return loss.item();
  }

  /// Saves everything after this number of steps; the file is always whole.
  void save(Path file, long steps) throws IOException {
    checkpoint.save(file, steps);
  }

  /// Goes back, or forward, to what was saved; returns the number of steps.
  long load(Path file) throws IOException {
    return checkpoint.load(file);
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
