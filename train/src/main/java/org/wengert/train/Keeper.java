package org.wengert.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.wengert.StateException;
import org.wengert.io.Checkpoint;
import org.wengert.nn.Module; // a single-type import, because there is a java.lang.Module
import org.wengert.optim.WeightAverage;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Stateful;
import org.wengert.tensor.Tensor;

/// Keeps a training in a folder, if it has one, and its best weights in mind. Holds state: these.
final class Keeper {
  /// What to do about numbers that are not finite.
  static final String NOT_FINITE =
      "fit within Autograd.debug(() -> ...) to see where it arises; often a lower learning rate or"
          + " clipNorm(1) helps";

  private final Module model;
  private final @Nullable WeightAverage average;
  private final boolean restoresBest;
  private final @Nullable Path folder;
  private final @Nullable Checkpoint checkpoint;
  private final Consumer<String> messages;
  private @Nullable SequencedMap<String, Tensor> best;

  /// @param state what changes during a training beside the model, by name
  /// @param others more of that, in an order that stays
  Keeper(
      Module model,
      Settings settings,
      SequencedMap<String, Stateful> state,
      List<Stateful> others) {
    this.model = model;
    average = settings.average;
    restoresBest = settings.earlyStopping != null && settings.earlyStopping.restoreBest();
    folder = settings.folder;
    messages = settings.messages;
    checkpoint = folder == null ? null : checkpoint(model, state, others);
  }

  private static Checkpoint checkpoint(
      Module model, SequencedMap<String, Stateful> state, List<Stateful> others) {
    Checkpoint all =
        Checkpoint.of("model", model)
            .with("generators", model.generators())
            .with("random", Rng.current());
    for (var part : state.sequencedEntrySet()) {
      all = all.with(part.getKey(), part.getValue());
    }
    for (int i = 0; i < others.size(); i++) {
      all = all.with(others.get(i).getClass().getSimpleName() + "." + i, others.get(i));
    }
    return all;
  }

  /// Whether there is something to go on from.
  boolean hasLast() {
    return folder != null && Files.exists(last(folder));
  }

  private static Path last(Path folder) {
    return folder.resolve("last.safetensors");
  }

  private static Path best(Path folder) {
    return folder.resolve("best.safetensors");
  }

  /// The last checkpoint, for messages.
  @Nullable Path last() {
    return folder == null ? null : last(folder);
  }

  /// Goes on from the last checkpoint.
  ///
  /// @param standing one of the parts, which then knows whether there is a best epoch
  void load(Standing standing) {
    if (folder != null && checkpoint != null) {
      try {
        checkpoint.load(last(folder));
        if (restoresBest && standing.bestEpoch > 0) {
          best = Checkpoint.stateDict(best(folder), "model");
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// Replaces what another training has left, so that nothing later is taken for a part of this
  /// one.
  void begin() {
    if (folder == null) {
      return;
    }
    if (hasLast()) {
      messages.accept(
          "replaces the training in %s; resume(true) would have gone on".formatted(folder));
    }
    try {
      Files.deleteIfExists(best(folder));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    save(last(folder), 0);
  }

  /// Saves everything as it is.
  ///
  /// @throws StateException if weights are not finite; the checkpoint before is left
  void saveLast(long step) {
    if (folder != null) {
      requireFinite(step);
      save(last(folder), step);
    }
  }

  private void requireFinite(long step) {
    model
        .namedParameters()
        .forEach(
            (name, parameter) -> {
              if (!parameter.dtype().isFloating()) {
                return;
              }
              for (double x : parameter.value().toDoubleArray()) {
                if (!Double.isFinite(x)) {
                  throw new StateException(
                          "parameter '%s' has %s after step %d, which is not saved; %s is of a step"
                                  .formatted(name, x, step, last())
                              + " before")
                      .hint(NOT_FINITE);
                }
              }
            });
  }

  /// Keeps the weights by which the best epoch so far was judged.
  void saveBest(long step) {
    averaged(
        () -> {
          if (restoresBest) {
            best = model.stateDict();
          }
          if (folder != null) {
            save(best(folder), step);
          }
          return true;
        });
  }

  private void save(Path file, long step) {
    if (checkpoint != null) {
      try {
        Files.createDirectories(file.toAbsolutePath().getParent());
        checkpoint.save(file, step);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// What `body` gives while the model has the weights by which it is judged.
  <T> T averaged(Supplier<T> body) {
    return average == null || average.updates() == 0 ? body.get() : average.during(body);
  }

  /// Gives the model what it has in the end.
  void restore() {
    if (best != null) {
      model.loadStateDict(best);
    } else if (average != null && average.updates() > 0) {
      average.assign();
    }
  }
}
