package org.wengert.nn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.wengert.Parameter;
import org.wengert.StateException;
import org.wengert.nn.StateMismatch.Entry;
import org.wengert.nn.StateMismatch.Kind;
import org.wengert.tensor.Tensor;

/// Reads and writes all parameters and buffers of a module.
final class StateDict {
  private StateDict() {}

  /// Copies of everything, the parameters, then the buffers, in the order of declaration.
  static SequencedMap<String, Tensor> of(Module module) {
    SequencedMap<String, Tensor> state = new LinkedHashMap<>();
    live(module).forEach((path, value) -> state.put(path, value.copy()));
    return state;
  }

  private static SequencedMap<String, Tensor> live(Module module) {
    Walk walk = Walk.of(module);
    SequencedMap<String, Tensor> live = new LinkedHashMap<>();
    walk.parameters().forEach((path, parameter) -> live.put(path, parameter.value()));
    walk.buffers().forEach((path, buffer) -> live.put(path, buffer.value()));
    return live;
  }

  static StateMismatch load(Module module, Map<String, Tensor> state, boolean strict) {
    List<Entry> entries = new ArrayList<>();
    Map<String, Tensor> given = underFirstPaths(module, state, entries);
    compare(live(module), given, entries);
    StateMismatch mismatch = new StateMismatch(entries);
    if (strict && !mismatch.isEmpty()) {
      throw error(mismatch);
    }
    Map<String, Tensor> matching = new LinkedHashMap<>(given);
    mismatch.entries().forEach(entry -> matching.remove(entry.key()));
    Walk walk = Walk.of(module);
    matching.forEach(
        (path, value) -> {
          Parameter parameter = walk.parameters().get(path);
          Buffer buffer = walk.buffers().get(path);
          if (parameter != null) {
            parameter.assign(value);
          } else if (buffer != null) {
            buffer.assign(value);
          }
        });
    return mismatch;
  }

  /// `state` where everything shared is under the first of its paths, under which alone [#of] has
  /// it: PyTorch saves it under each path, and safetensors under any one.
  private static Map<String, Tensor> underFirstPaths(
      Module module, Map<String, Tensor> state, List<Entry> entries) {
    Walk walk = Walk.of(module);
    SequencedMap<String, Tensor> given = new LinkedHashMap<>();
    SequencedMap<String, String> other = new LinkedHashMap<>();
    state.forEach(
        (key, value) -> {
          String first = walk.firstPath(key);
          if (first == null || first.equals(key)) {
            given.put(key, value);
          } else {
            other.put(key, first);
          }
        });
    state.forEach(
        (key, value) -> {
          String first = other.get(key);
          Tensor same = first == null ? null : given.putIfAbsent(first, value);
          if (same != null && !same.sameBits(value)) {
            entries.add(new Entry(Kind.TIED, key, "is " + first, "other numbers"));
          }
        });
    return given;
  }

  private static void compare(
      Map<String, Tensor> own, Map<String, Tensor> given, List<Entry> entries) {
    own.forEach(
        (key, value) -> {
          Tensor other = given.get(key);
          if (other == null) {
            entries.add(new Entry(Kind.MISSING, key, text(value), "-"));
          } else if (!other.shape().equals(value.shape())) {
            entries.add(new Entry(Kind.SHAPE, key, text(value), text(other)));
          } else if (other.dtype() != value.dtype()) {
            entries.add(new Entry(Kind.TYPE, key, text(value), text(other)));
          }
        });
    new TreeMap<>(given)
        .forEach(
            (key, value) -> {
              if (!own.containsKey(key)) {
                entries.add(new Entry(Kind.UNEXPECTED, key, "-", text(value)));
              }
            });
  }

  private static String text(Tensor value) {
    return value.shape() + " " + value.dtype();
  }

  private static StateException error(StateMismatch mismatch) {
    int count = mismatch.entries().size();
    StateException error =
        new StateException(count + (count == 1 ? " key does" : " keys do") + " not match")
            .hint(
                "save and load with the same model; loadStateDict(state, false) loads what matches,"
                    + " and to(type) converts a module");
    error.during("loadStateDict");
    for (Entry entry : mismatch.entries()) {
      String kind = entry.kind().name().toLowerCase(Locale.ROOT);
      error.operand(kind, entry.key(), mismatch.both(entry));
    }
    return error;
  }
}
