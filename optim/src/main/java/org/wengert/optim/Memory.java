package org.wengert.optim;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wengert.Parameter;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// What an optimizer remembers of one parameter. Holds state: the number of steps and the tensors
/// of its slots, which exist from the first step on.
final class Memory {
  private static final String STEP = "step";

  long steps;
  private Tensor @Nullable [] slots;

  /// The tensors of the slots, in the parameter's type.
  Tensor[] slots(List<String> names, Parameter parameter) {
    if (slots == null) {
      slots = new Tensor[names.size()];
      for (int s = 0; s < slots.length; s++) {
        slots[s] = Tensor.zeros(parameter.shape(), parameter.dtype());
      }
    }
    for (int s = 0; s < slots.length; s++) {
      slots[s] = slots[s].to(parameter.dtype());
    }
    return slots;
  }

  /// Adds copies of all to `state`, under `key/`.
  void save(List<String> names, Parameter parameter, String key, Map<String, Tensor> state) {
    state.put(key + "/" + STEP, Tensor.of(new long[] {steps}).reshape(Shape.SCALAR));
    for (int s = 0; s < names.size(); s++) {
      Tensor copy =
          slots == null
              ? Tensor.zeros(parameter.shape(), parameter.dtype())
              : slots[s].to(parameter.dtype()).copy();
      state.put(key + "/" + names.get(s), copy);
    }
  }

  /// Looks at what [#load] will read.
  static void expect(List<String> names, Parameter parameter, String key, StateCheck check) {
    check.expectCount(key + "/" + STEP);
    for (String name : names) {
      check.expect(key + "/" + name, parameter.dtype(), parameter.shape());
    }
  }

  /// What [#save] wrote, as copies.
  static Memory load(List<String> names, String key, Map<String, Tensor> state) {
    Memory memory = new Memory();
    memory.steps = StateCheck.require(state, key + "/" + STEP).longAt();
    Tensor[] slots = new Tensor[names.size()];
    for (int s = 0; s < slots.length; s++) {
      slots[s] = StateCheck.require(state, key + "/" + names.get(s)).copy();
    }
    memory.slots = slots;
    return memory;
  }
}
