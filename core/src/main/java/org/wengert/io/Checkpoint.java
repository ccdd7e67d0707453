package org.wengert.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Stateful;
import org.wengert.tensor.Tensor;
import org.wengert.tensor.WengertException;

/// The parts of a training that are saved together, so that it can go on after a crash as if
/// nothing had happened, to the last bit: model, optimizer, schedule, random generator, and the
/// number of the step.
///
/// ```
/// Checkpoint checkpoint =
///     Checkpoint.of("model", model)
///         .with("optimizer", optimizer)
///         .with("schedule", schedule)
///         .with("random", Rng.current());
/// long step = Files.exists(file) ? checkpoint.load(file) : 0;
/// while (step < steps) {
///   train();
///   step++;
///   checkpoint.save(file, step);
/// }
/// ```
///
/// The file is in the format of [Safetensors], the keys of each part behind its name, as in
/// `model/fc1.weight`, so that other programs can read it. It appears whole or not at all: at
/// any moment there is the checkpoint before, or the new one.
///
/// Immutable, but refers to parts that are not: save and load while no other thread trains.
public final class Checkpoint {
  private static final String FORMAT = "wengert-checkpoint";
  private static final String VERSION = "1";

  private final SequencedMap<String, Stateful> parts;

  private Checkpoint(SequencedMap<String, Stateful> parts) {
    this.parts = parts;
  }

  /// A checkpoint of one part.
  ///
  /// @throws OptionException if the name is empty or contains `/` or `,`
  public static Checkpoint of(String name, Stateful part) {
    return new Checkpoint(new LinkedHashMap<>()).with(name, part);
  }

  /// This checkpoint with one more part.
  ///
  /// @throws OptionException if the name is taken, is empty or contains `/` or `,`
  public Checkpoint with(String name, Stateful part) {
    if (name.isEmpty() || name.indexOf('/') >= 0 || name.indexOf(',') >= 0) {
      throw new OptionException("no part of a checkpoint can be named " + Json.shown(name))
          .hint("take a word, such as model or optimizer");
    }
    SequencedMap<String, Stateful> more = new LinkedHashMap<>(parts);
    if (more.put(name, part) != null) {
      throw new OptionException("the checkpoint has a part " + Json.shown(name) + " already")
          .hint("each part has a name of its own");
    }
    return new Checkpoint(more);
  }

  /// Saves all parts and the number of the step.
  ///
  /// @param step the number of steps done, 0 or more
  /// @throws IOException if the file cannot be written
  /// @throws OptionException if `step` is negative
  public void save(Path file, long step) throws IOException {
    if (step < 0) {
      throw new OptionException("step " + step + " is negative").hint("count steps from 0");
    }
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    parts.forEach(
        (name, part) ->
            part.stateDict().forEach((key, tensor) -> tensors.put(name + "/" + key, tensor)));
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", FORMAT);
    metadata.put("version", VERSION);
    metadata.put("step", Long.toString(step));
    metadata.put("parts", names());
    Safetensors.write(file, tensors, metadata);
  }

  private String names() {
    return String.join(",", parts.keySet());
  }

  /// Restores all parts and returns the number of the step. The file is read and checked first; if
  /// a part then refuses its state, those before it get back what they had: nothing has changed.
  ///
  /// @throws IOException if the file cannot be read
  /// @throws FileFormatException if it is damaged, no checkpoint, or one of other parts
  /// @throws WengertException what a part throws whose state does not fit
  public long load(Path file) throws IOException {
    SequencedMap<String, Map<String, Tensor>> saved = new LinkedHashMap<>();
    long step;
    try (OpenFile bytes = OpenFile.open(file)) {
      SafetensorsFile from = SafetensorsFile.open(bytes);
      Place place = new Place(file, "metadata");
      step = step(from, place);
      if (!names(from).equals(names())) {
        throw place
            .found("the parts " + names(from), names())
            .hint(
                "load with the parts that were saved, in their order; stateDict(file, name) reads"
                    + " one alone");
      }
      for (String name : parts.keySet()) {
        saved.put(name, section(from, name));
      }
    }
    restore(file, saved);
    return step;
  }

  private void restore(Path file, Map<String, Map<String, Tensor>> saved) {
    Deque<Runnable> undo = new ArrayDeque<>();
    parts.forEach(
        (name, part) -> {
          Map<String, Tensor> before = part.stateDict();
          try {
            part.loadStateDict(Objects.requireNonNull(saved.get(name)));
          } catch (RuntimeException e) {
            undo.forEach(Runnable::run);
            throw e instanceof WengertException known
                ? known.operand("checkpoint", file.toString(), "part " + name)
                : e;
          }
          undo.push(() -> part.loadStateDict(before));
        });
  }

  /// The state of one part, for models without their optimizer.
  ///
  /// @throws IOException if the file cannot be read
  /// @throws FileFormatException if it is damaged, no checkpoint, or has no such part
  public static SequencedMap<String, Tensor> stateDict(Path file, String name) throws IOException {
    try (OpenFile bytes = OpenFile.open(file)) {
      SafetensorsFile from = SafetensorsFile.open(bytes);
      Place place = new Place(file, "metadata");
      step(from, place);
      if (!List.of(names(from).split(",")).contains(name)) {
        throw place.found("the parts " + names(from), Json.shown(name) + " among them");
      }
      return section(from, name);
    }
  }

  private static String names(SafetensorsFile from) {
    return from.metadata().getOrDefault("parts", "");
  }

  private static long step(SafetensorsFile from, Place place) {
    Map<String, String> metadata = from.metadata();
    if (!FORMAT.equals(metadata.get("format"))) {
      throw place
          .found("no checkpoint", "format " + FORMAT)
          .hint("Safetensors.read reads other files of tensors");
    }
    String version = metadata.getOrDefault("version", "");
    if (!version.equals(VERSION)) {
      throw place.found("version " + Json.shown(version), VERSION);
    }
    String step = metadata.getOrDefault("step", "");
    if (!step.matches("\\d{1,18}")) {
      throw place.found("step " + Json.shown(step), "a number of up to 18 digits");
    }
    return Long.parseLong(step);
  }

  private static SequencedMap<String, Tensor> section(SafetensorsFile from, String name)
      throws IOException {
    SequencedMap<String, Tensor> section = new LinkedHashMap<>();
    String prefix = name + "/";
    for (String key : from.names()) {
      if (key.startsWith(prefix)) {
        section.put(key.substring(prefix.length()), from.tensor(key));
      }
    }
    return section;
  }

  /// The names of the parts.
  @Override
  public String toString() {
    return "Checkpoint of " + names();
  }
}
