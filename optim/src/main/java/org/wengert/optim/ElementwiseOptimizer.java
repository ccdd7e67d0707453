package org.wengert.optim;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.wengert.Parameter;
import org.wengert.StateException;
import org.wengert.backend.Update;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Tensor;

/// An optimizer that treats each element by itself: all but the update rule of one element is here.
/// Holds state: the options of each group and, for each parameter, its number of steps and the
/// tensors named by [#slots].
///
/// A new method is one class with a record of [Options], the names of its state and its [Update]:
///
/// ```
/// record Step(double learningRate) implements Update {
///   public void apply(double gradient, double[] state) {
///     state[0] -= learningRate * gradient;
///   }
/// }
/// ```
///
/// One pass over the memory of each parameter, in place, computed in `double`; the state has the
/// parameter's type and is rounded to it when stored. Not thread-safe.
///
/// @param <O> the options, a record of `double` and `boolean` components
public abstract class ElementwiseOptimizer<O extends Options<O>> implements Optimizer {
  private final List<ParameterGroup<O>> groups = new ArrayList<>();
  private final IdentityHashMap<Parameter, Memory> memories = new IdentityHashMap<>();

  /// An optimizer of one or more groups.
  ///
  /// @throws OptionException if there is no group, a group is empty, or a parameter comes twice
  protected ElementwiseOptimizer(List<ParameterGroup<O>> groups) {
    if (groups.isEmpty()) {
      throw new OptionException(title() + " got no parameter group")
          .hint("pass at least one group of parameters");
    }
    groups.forEach(this::register);
  }

  /// The names of the tensors that the rule keeps for each parameter besides the parameter itself,
  /// in the order in which the rule finds them in `state[1]`, `state[2]`, ...; they start as zeros.
  protected abstract List<String> slots(O options);

  /// The rule for one element in step number `step` of its parameter, counted from 1. Constants of
  /// the step belong into its fields. Each class of rules gets a loop of its own.
  protected abstract Update rule(O options, long step);

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

  private void register(ParameterGroup<O> group) {
    int number = groups.size();
    if (group.parameters().isEmpty()) {
      throw new OptionException(
              title() + " got an empty parameter list: group " + number + " has 0 parameters")
          .hint(
              "pass model.parameters(); if that is empty, the model's fields hold no Parameter and"
                  + " no module with one");
    }
    IdentityHashMap<Parameter, String> seen = new IdentityHashMap<>();
    for (int g = 0; g < number; g++) {
      enter(seen, g, groups.get(g));
    }
    enter(seen, number, group);
    OptionRecord.check(group.options());
    groups.add(group);
    group.parameters().forEach(p -> memories.put(p, new Memory()));
  }

  private void enter(IdentityHashMap<Parameter, String> seen, int number, ParameterGroup<O> group) {
    for (int i = 0; i < group.parameters().size(); i++) {
      String place = "place " + i + " of group " + number;
      String before = seen.put(group.parameters().get(i), place);
      if (before != null) {
        throw new OptionException(
                title() + " got " + group.described(i) + " twice: at " + before + " and " + place)
            .hint("a parameter belongs to one group, once; leave it out of one of them");
      }
    }
  }

  @Override
  public final void step() {
    boolean moved = false;
    for (ParameterGroup<O> group : groups) {
      for (Parameter parameter : group.parameters()) {
        Tensor gradient = parameter.grad();
        if (gradient != null && parameter.requiresGrad()) {
          move(parameter, gradient, group.options());
          moved = true;
        }
      }
    }
    if (!moved) {
      throw nothingToDo();
    }
  }

  private void move(Parameter parameter, Tensor gradient, O options) {
    Memory memory = memory(parameter);
    Tensor[] state = memory.slots(slots(options), parameter);
    parameter.update(rule(options, memory.steps + 1), gradient, state);
    memory.steps++;
  }

  private StateException nothingToDo() {
    List<Parameter> all = groups.stream().flatMap(g -> g.parameters().stream()).toList();
    long frozen = all.stream().filter(p -> !p.requiresGrad()).count();
    StateException error =
        new StateException(
            title()
                + ".step() found no gradient at any of its "
                + all.size()
                + " parameters, "
                + frozen
                + " of them frozen");
    return frozen == all.size()
        ? error.hint("thaw at least one with requiresGrad(true), or do not step")
        : error.hint(
            "call loss.backward() between zeroGrad() and step(); if you did, the loss is not"
                + " connected to these parameters: look for detach(), noGrad(..), value(), or"
                + " parameters of another model");
  }

  @Override
  public final void zeroGrad() {
    groups.forEach(group -> group.parameters().forEach(Parameter::zeroGrad));
  }

  @Override
  public final List<ParameterGroup<O>> groups() {
    return List.copyOf(groups);
  }

  @Override
  public final double learningRate(int group) {
    return group(group).options().learningRate();
  }

  @Override
  public final void learningRate(int group, double learningRate) {
    ParameterGroup<O> old = group(group);
    groups.set(group, old.with(old.options().learningRate(learningRate)));
  }

  private ParameterGroup<O> group(int group) {
    if (group < 0 || group >= groups.size()) {
      throw new OptionException(title() + " has no group " + group + " among " + groups.size())
          .hint("groups are numbered from 0");
    }
    return groups.get(group);
  }

  @Override
  @SuppressWarnings("NonApiType") // the type promises an order and lets callers change it
  public final LinkedHashMap<String, Tensor> stateDict() {
    LinkedHashMap<String, Tensor> state = new LinkedHashMap<>();
    for (int g = 0; g < groups.size(); g++) {
      OptionRecord.save(groups.get(g).options(), StateKeys.ofGroup(g), state);
    }
    List<String> keys = StateKeys.ofParameters(groups);
    int position = 0;
    for (ParameterGroup<O> group : groups) {
      List<String> slots = slots(group.options());
      for (Parameter parameter : group.parameters()) {
        memory(parameter).save(slots, parameter, keys.get(position++), state);
      }
    }
    return state;
  }

  @Override
  public final void loadStateDict(Map<String, Tensor> state) {
    StateCheck check = new StateCheck(title() + ".loadStateDict", state);
    for (int g = 0; g < groups.size(); g++) {
      OptionRecord.expect(groups.get(g).options(), StateKeys.ofGroup(g), check);
    }
    check.throwIfWrong(false);
    List<ParameterGroup<O>> loaded = new ArrayList<>();
    for (int g = 0; g < groups.size(); g++) {
      ParameterGroup<O> group = groups.get(g);
      loaded.add(group.with(OptionRecord.load(group.options(), StateKeys.ofGroup(g), state)));
    }
    List<String> keys = StateKeys.ofParameters(loaded);
    expectMemories(loaded, keys, check);
    check.throwIfWrong(true);
    loadMemories(loaded, keys, state);
    groups.clear();
    groups.addAll(loaded);
  }

  private void expectMemories(List<ParameterGroup<O>> all, List<String> keys, StateCheck check) {
    int position = 0;
    for (ParameterGroup<O> group : all) {
      List<String> slots = slots(group.options());
      for (Parameter parameter : group.parameters()) {
        Memory.expect(slots, parameter, keys.get(position++), check);
      }
    }
  }

  private void loadMemories(
      List<ParameterGroup<O>> all, List<String> keys, Map<String, Tensor> state) {
    int position = 0;
    for (ParameterGroup<O> group : all) {
      List<String> slots = slots(group.options());
      for (Parameter parameter : group.parameters()) {
        memories.put(parameter, Memory.load(slots, keys.get(position++), state));
      }
    }
  }

  private Memory memory(Parameter parameter) {
    return memories.computeIfAbsent(parameter, p -> new Memory());
  }

  private String title() {
    return getClass().getSimpleName();
  }

  /// Kind, groups and options.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(title());
    for (int g = 0; g < groups.size(); g++) {
      ParameterGroup<O> group = groups.get(g);
      text.append("\n  group ").append(g).append(": ");
      text.append(group.parameters().size()).append(" parameters, ").append(group.options());
    }
    return text.toString();
  }
}
