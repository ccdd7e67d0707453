package org.wengert.optim;

import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.wengert.Parameter;
import org.wengert.StateCheck;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// What an optimizer remembers of one parameter. Holds state: the number of steps, the tensors of
/// its slots and its numbers, which exist from the first step on.
final class Memory {
  private static final String STEP = "step";

  private long steps;
  private List<String> names = List.of();
  private Tensor[] tensors = {};
  private double[] numbers = {};

  /// The slots and numbers of a method.
  ///
  /// @param names what the slots are called
  /// @param numbers what the numbers are called
  /// @param start what a number, or every element of a slot, starts with
  record Layout(List<String> names, List<String> numbers, ToDoubleFunction<String> start) {
    private Tensor fresh(int slot, Parameter parameter) {
      double value = start.applyAsDouble(names.get(slot));
      return Tensor.full(parameter.shape(), value, parameter.dtype());
    }
  }

  /// How many steps the parameter has made.
  long steps() {
    return steps;
  }

  /// The tensors of the slots, in the parameter's type. Slots that options brought in since the
  /// last step start now.
  Tensor[] tensors(Layout layout, Parameter parameter) {
    Tensor[] now = new Tensor[layout.names.size()];
    for (int s = 0; s < now.length; s++) {
      now[s] = tensor(layout, s, parameter);
    }
    names = layout.names;
    tensors = now;
    return now;
  }

  private Tensor tensor(Layout layout, int slot, Parameter parameter) {
    int place = names.indexOf(layout.names.get(slot));
    return place < 0 ? layout.fresh(slot, parameter) : tensors[place].to(parameter.dtype());
  }

  /// The numbers, as a copy.
  double[] numbers(Layout layout) {
    return steps > 0
        ? numbers.clone()
        : layout.numbers.stream().mapToDouble(layout.start).toArray();
  }

  /// Counts a step that has been made, which gave these numbers.
  void moved(double[] now) {
    numbers = now;
    steps++;
  }

  /// Adds copies of all to `state`, under `key/`.
  void save(Layout layout, Parameter parameter, String key, Map<String, Tensor> state) {
    state.put(key + "/" + STEP, Tensor.of(steps));
    for (int s = 0; s < layout.names.size(); s++) {
      state.put(key + "/" + layout.names.get(s), tensor(layout, s, parameter).copy());
    }
    double[] now = numbers(layout);
    for (int n = 0; n < now.length; n++) {
      state.put(key + "/" + layout.numbers.get(n), Tensor.of(now[n]));
    }
  }

  /// Looks at what [#load] will read.
  static void expect(Layout layout, Parameter parameter, String key, StateCheck check) {
    check.expectCount(key + "/" + STEP);
    for (String name : layout.names) {
      check.expect(key + "/" + name, parameter.dtype(), parameter.shape());
    }
    for (String number : layout.numbers) {
      check.expect(key + "/" + number, DType.FLOAT64, Shape.SCALAR);
    }
  }

  /// What [#save] wrote, as copies. Before the first step there is nothing to remember.
  static Memory load(Layout layout, String key, Map<String, Tensor> state) {
    Memory memory = new Memory();
    memory.steps = StateCheck.require(state, key + "/" + STEP).longAt();
    if (memory.steps > 0) {
      memory.names = layout.names;
      memory.tensors =
          layout.names.stream()
              .map(name -> StateCheck.require(state, key + "/" + name).copy())
              .toArray(Tensor[]::new);
      memory.numbers =
          layout.numbers.stream()
              .mapToDouble(name -> StateCheck.require(state, key + "/" + name).item())
              .toArray();
    }
    return memory;
  }
}
