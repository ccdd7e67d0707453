package org.wengert.optim;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.wengert.Parameter;
import org.wengert.StateCheck;
import org.wengert.StateException;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Tensor;

/// What all optimizers have: groups of parameters with options, which are checked, changed, saved
/// and shown here. Holds state: the options. Not thread-safe.
///
/// @param <O> the options, a record of `double`, `int` and `boolean` components
abstract class GroupedOptimizer<O extends Options<O>> implements Optimizer {
  /// What to do about a state that does not fit.
  static final String STATE_HINT =
      "build the optimizer with the parameters, names and groups it was saved with";

  private final List<ParameterGroup<O>> groups = new ArrayList<>();

  GroupedOptimizer(List<ParameterGroup<O>> groups) {
    if (groups.isEmpty()) {
      throw new OptionException(title() + " got no parameter group")
          .hint("pass at least one group of parameters");
    }
    groups.forEach(this::register);
  }

  /// Adds a group after checking that its parameters are new.
  final void register(ParameterGroup<O> group) {
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

  /// Whether a parameter takes part in the next step.
  static boolean moves(Parameter parameter) {
    return parameter.hasGrad() && parameter.requiresGrad();
  }

  /// That no parameter takes part in a step.
  final StateException nothingToDo() {
    List<Parameter> all = parameters();
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

  /// The parameters of all groups.
  final List<Parameter> parameters() {
    return groups.stream().flatMap(group -> group.parameters().stream()).toList();
  }

  @Override
  public final void zeroGrad() {
    for (ParameterGroup<O> group : groups) {
      for (Parameter parameter : group.parameters()) {
        parameter.zeroGrad();
      }
    }
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
    groups.set(group, group(group).with(options(group).learningRate(learningRate)));
  }

  @Override
  public final double momentum(int group) {
    return withMomentum(options(group)).momentum();
  }

  @Override
  @SuppressWarnings("unchecked") // a record of options gives records of its own class
  public final void momentum(int group, double momentum) {
    O changed = (O) withMomentum(options(group)).momentum(momentum);
    groups.set(group, group(group).with(changed));
  }

  private MomentumOptions<?> withMomentum(O options) {
    if (options instanceof MomentumOptions<?> given) {
      return given;
    }
    throw new OptionException(title() + " has no momentum")
        .hint("use a method that has, such as SGD or Adam; schedules take cycleMomentum(false)");
  }

  final O options(int group) {
    return group(group).options();
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
      OptionRecord.save(options(g), StateKeys.ofGroup(g), state);
    }
    saveMemory(state);
    return state;
  }

  @Override
  public final void loadStateDict(Map<String, Tensor> state) {
    StateCheck check =
        new StateCheck(title() + ".loadStateDict", state, GroupedOptimizer.STATE_HINT);
    for (int g = 0; g < groups.size(); g++) {
      OptionRecord.expect(options(g), StateKeys.ofGroup(g), check);
    }
    check.throwIfWrong(false);
    List<ParameterGroup<O>> loaded = new ArrayList<>();
    for (int g = 0; g < groups.size(); g++) {
      loaded.add(groups.get(g).with(OptionRecord.load(options(g), StateKeys.ofGroup(g), state)));
    }
    loadMemory(loaded, state, check);
    groups.clear();
    groups.addAll(loaded);
  }

  /// Adds copies of all that the method remembers of earlier steps.
  abstract void saveMemory(Map<String, Tensor> state);

  /// Checks all of what [#saveMemory] wrote, then takes copies of it.
  abstract void loadMemory(
      List<ParameterGroup<O>> groups, Map<String, Tensor> state, StateCheck check);

  final String title() {
    return getClass().getSimpleName();
  }

  /// Kind, groups and options.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(title());
    for (int g = 0; g < groups.size(); g++) {
      text.append("\n  group ").append(g).append(": ");
      text.append(groups.get(g).parameters().size()).append(" parameters, ").append(options(g));
    }
    return text.toString();
  }
}
