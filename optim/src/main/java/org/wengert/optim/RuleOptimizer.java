package org.wengert.optim;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.wengert.Parameter;
import org.wengert.StateCheck;
import org.wengert.backend.Update;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Tensor;

/// An optimizer whose parameters move one by one: all but the rule of a step is here. Holds state:
/// the options of each group and, for each parameter, its number of steps, the tensors named by
/// [#slots] and the numbers named by [#numbers].
///
/// @param <O> the options, a record of `double`, `int` and `boolean` components
abstract class RuleOptimizer<O extends Options<O>> extends GroupedOptimizer<O> {
  private final IdentityHashMap<Parameter, Memory> memories = new IdentityHashMap<>();

  RuleOptimizer(List<ParameterGroup<O>> groups) {
    super(groups);
  }

  /// The names of the tensors that the rule keeps for each parameter besides the parameter itself,
  /// in the order in which the rule finds them in `state[1]`, `state[2]`, ...
  protected abstract List<String> slots(O options);

  /// The number that every element of a slot starts with when its parameter takes its first step; 0
  /// unless a method says otherwise.
  protected double start(O options, String slot) {
    return 0;
  }

  /// The names of the numbers that the method keeps for each parameter; none unless it says
  /// otherwise. They begin as slots do.
  List<String> numbers() {
    return List.of();
  }

  /// The rule of step number `step` of a parameter, counted from 1. `numbers` are those of the
  /// steps before, and to be replaced by those of this one.
  abstract Update rule(O options, long step, double[] numbers);

  /// Adds a group, whose parameters start without state.
  ///
  /// @throws OptionException if the group is empty or one of its parameters is already here
  public final void addGroup(ParameterGroup<O> group) {
    register(group);
  }

  /// Adds a group of parameters under their own names.
  ///
  /// @throws OptionException if the list is empty or one of its parameters is already here
  public final void addGroup(List<Parameter> parameters, O options) {
    register(ParameterGroup.of(parameters, options));
  }

  @Override
  public final void step() {
    boolean moved = false;
    for (ParameterGroup<O> group : groups()) {
      for (Parameter parameter : group.parameters()) {
        if (moves(parameter)) {
          move(parameter, group.options());
          moved = true;
        }
      }
    }
    if (!moved) {
      throw nothingToDo();
    }
  }

  private void move(Parameter parameter, O options) {
    Memory memory = memory(parameter);
    Tensor[] state = memory.tensors(layout(options), parameter);
    double[] numbers = memory.numbers(layout(options));
    parameter.descend(rule(options, memory.steps() + 1, numbers), state);
    memory.moved(numbers);
  }

  private Memory memory(Parameter parameter) {
    return memories.computeIfAbsent(parameter, p -> new Memory());
  }

  private Memory.Layout layout(O options) {
    return new Memory.Layout(slots(options), numbers(), name -> start(options, name));
  }

  @Override
  final void saveMemory(Map<String, Tensor> state) {
    forEach(
        groups(),
        (place, layout) -> memory(place.parameter).save(layout, place.parameter, place.key, state));
  }

  @Override
  final void loadMemory(
      List<ParameterGroup<O>> groups, Map<String, Tensor> state, StateCheck check) {
    forEach(groups, (place, layout) -> Memory.expect(layout, place.parameter, place.key, check));
    check.throwIfWrong(true);
    forEach(
        groups,
        (place, layout) -> memories.put(place.parameter, Memory.load(layout, place.key, state)));
  }

  /// A parameter and the key of its state.
  private record Place(Parameter parameter, String key) {}

  private void forEach(List<ParameterGroup<O>> groups, BiConsumer<Place, Memory.Layout> action) {
    List<String> keys = StateKeys.ofParameters(groups);
    int position = 0;
    for (ParameterGroup<O> group : groups) {
      Memory.Layout layout = layout(group.options());
      for (Parameter parameter : group.parameters()) {
        action.accept(new Place(parameter, keys.get(position++)), layout);
      }
    }
  }
}
