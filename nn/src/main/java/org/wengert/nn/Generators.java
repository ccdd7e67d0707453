package org.wengert.nn;

import java.lang.reflect.Field;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.wengert.StateException;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Stateful;
import org.wengert.tensor.Tensor;

/// The random generators in the fields of modules, by path. Refers to the generators themselves.
final class Generators implements Stateful {
  private final SequencedMap<String, Rng> found = new LinkedHashMap<>();

  Generators(Module root) {
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Walk.of(root)
        .modules()
        .forEach(
            (path, module) -> {
              for (Field field : Fields.of(module.getClass()).open()) {
                Object value = field.getType().isPrimitive() ? null : Fields.read(field, module);
                if (value instanceof RandomGenerator generator && seen.add(generator)) {
                  String name = Parts.join(path, field.getName());
                  found.put(name, requireRng(name, generator));
                }
              }
            });
  }

  private static Rng requireRng(String name, RandomGenerator generator) {
    if (generator instanceof Rng rng) {
      return rng;
    }
    throw new StateException(
            "the state of '" + name + "', a " + generator.getClass().getName() + ", is hidden")
        .hint("give the layer an Rng, whose state can be saved");
  }

  /// What a layer draws from, noted so that it can be repeated.
  ///
  /// @param own null if it has none
  static RandomGenerator drawnFrom(@Nullable RandomGenerator own) {
    return own == null ? Rng.current() : own instanceof Rng rng ? rng.noted() : own;
  }

  @Override
  public SequencedMap<String, Tensor> stateDict() {
    SequencedMap<String, Tensor> state = new LinkedHashMap<>();
    found.forEach((name, rng) -> state.put(name, Tensor.of(rng.state())));
    return state;
  }

  @Override
  public void loadStateDict(Map<String, Tensor> state) {
    SequencedMap<String, Rng> checked = new LinkedHashMap<>();
    found.forEach(
        (name, rng) -> {
          Tensor saved = state.get(name);
          if (saved != null) {
            Rng copy = new Rng(0);
            copy.loadStateDict(Map.of("state", saved)); // which checks it
            checked.put(name, copy);
          }
        });
    if (state.size() != found.size() || checked.size() != found.size()) {
      throw new StateException(
              "the model has the generators " + found.keySet() + ", got " + state.keySet())
          .hint("load what generators() of the same model gave");
    }
    found.forEach((name, rng) -> rng.state(Objects.requireNonNull(checked.get(name)).state()));
  }
}
