package org.wengert.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import org.wengert.Parameter;
import org.wengert.Variable;
import org.wengert.nn.BatchNorm1d;
import org.wengert.nn.Conv1d;
import org.wengert.nn.ConvTranspose1d;
import org.wengert.nn.GroupNorm;
import org.wengert.nn.InstanceNorm1d;
import org.wengert.nn.Module; // a single-type import, because there is a java.lang.Module
import org.wengert.nn.ModuleHook;
import org.wengert.nn.ReLU;
import org.wengert.tensor.Tensor;

/// What a [Coach] sees of a model while it learns: inputs, outputs of rectifiers, gradients. Holds
/// state: what it has seen, and its hooks.
final class Watch implements AutoCloseable {
  private static final int ROWS = 1000;
  private static final double DEAD = 0.25;
  private static final int SAMPLES = 20;

  private final SequencedMap<String, Parameter> parameters;
  private final SequencedMap<Place, Units> rectifiers = new LinkedHashMap<>();
  private final Agreement agreement;
  private final List<String> still = new ArrayList<>();
  private final List<ModuleHook> hooks = new ArrayList<>();
  private final List<Tensor> inputs = new ArrayList<>();
  private int rows;
  private int steps;
  private int passed;
  private boolean fresh = true;
  private boolean looks = true;
  private String layer = "";
  private boolean channels;

  /// Where a rectifier is used: the same one may be behind several layers.
  private record Place(String path, String layer) {}

  Watch(Module model) {
    parameters = model.namedParameters();
    agreement = new Agreement(parameters.values());
    model
        .namedModules()
        .forEach(
            (path, module) -> {
              hooks.add(
                  module.registerForwardPreHook(
                      (m, xs) -> {
                        seeInput(m, xs);
                        return xs;
                      }));
              if (module instanceof ReLU) {
                hooks.add(module.registerForwardHook((m, xs, y) -> seeOutput(m, path, y)));
              } else if (module.namedModules().size() == 1 && isLayer(module)) {
                hooks.add(module.registerForwardHook((m, xs, y) -> seeLayer(m, path, y)));
              }
            });
  }

  private static boolean isLayer(Module module) {
    return hasChannels(module) || !module.parameters().isEmpty();
  }

  /// Whether the features of its output are axis 1 of three.
  private static boolean hasChannels(Module module) {
    return module instanceof Conv1d
        || module instanceof ConvTranspose1d
        || module instanceof BatchNorm1d
        || module instanceof InstanceNorm1d
        || module instanceof GroupNorm;
  }

  private Variable seeLayer(Module module, String path, Variable y) {
    layer = path;
    channels = hasChannels(module);
    return y;
  }

  /// The first module that is called in a step sees the input.
  private void seeInput(Module module, List<Variable> xs) {
    Tensor x = xs.getFirst().value();
    if (fresh && module.isTraining() && rows < ROWS && x.dtype().isFloating() && x.rank() > 1) {
      inputs.add(x);
      rows += x.size(0);
    }
    fresh = false;
  }

  private Variable seeOutput(Module module, String path, Variable y) {
    if (looks && module.isTraining() && y.rank() > 1) {
      rectifiers
          .computeIfAbsent(new Place(path, layer), place -> new Units())
          .see(y.value(), channels);
    }
    return y;
  }

  /// After a step, while the gradients are there.
  ///
  /// @param every how many steps lie between two looks, for looking takes time
  void afterStep(int every) {
    if (looks) {
      if (steps == 0) {
        still.addAll(parameters.keySet());
      }
      steps++;
      agreement.see();
      parameters.forEach(
          (name, parameter) -> {
            if (moves(parameter)) {
              still.remove(name);
            }
          });
    }
    fresh = true;
    layer = "";
    channels = false;
    looks = every <= 1 || ++passed % every == 0;
  }

  private static boolean moves(Parameter p) {
    return !p.requiresGrad() || p.hasGrad() && p.gradNorm(Double.POSITIVE_INFINITY) > 0;
  }

  /// How far the gradients of batches agree, at the end of an epoch; `NaN` if there were too few.
  double agreement() {
    return agreement.endEpoch();
  }

  /// What it saw in an epoch, which it then forgets.
  List<Advice> advice() {
    List<Advice> advice = new ArrayList<>();
    scaling(advice);
    rectifiers.forEach((place, units) -> dead(place, units, advice));
    for (String name : still) {
      advice.add(
          new Advice(
              Advice.Topic.NO_GRADIENT,
              name,
              "parameter `%s` gets no gradient, in none of %d steps: is it used, and behind a unit"
                      .formatted(name, steps)
                  + " that is alive?"));
    }
    rectifiers.clear();
    still.clear();
    steps = 0;
    return advice;
  }

  private void dead(Place place, Units units, List<Advice> advice) {
    int dead = units.dead();
    int all = units.all();
    if (units.samples() >= SAMPLES && dead >= DEAD * all) {
      boolean isShared =
          rectifiers.keySet().stream().filter(p -> p.path.equals(place.path)).count() > 1;
      String behind = isShared ? " behind `" + place.layer + "`" : "";
      String text =
          String.format(
              Locale.ROOT,
              "%.0f %% of the ReLUs in `%s`%s are dead: reduce the learning rate, look at the"
                  + " initialization, or use LeakyReLU; %d of %d gave 0 for all of %,d samples",
              100.0 * dead / all,
              place.path,
              behind,
              dead,
              all,
              units.samples());
      advice.add(new Advice(Advice.Topic.DEAD_RELUS, place.path + behind.replace("`", ""), text));
    }
  }

  private void scaling(List<Advice> advice) {
    if (inputs.isEmpty()) {
      return;
    }
    int features = inputs.getFirst().count() / inputs.getFirst().size(0);
    double[] x = inputs.stream().flatMapToDouble(t -> Arrays.stream(t.toDoubleArray())).toArray();
    String found = x.length == rows * features ? new Scaling(x, features).words() : "";
    if (!found.isEmpty()) {
      advice.add(new Advice(Advice.Topic.SCALING, "", "inputs badly scaled " + found));
    }
    inputs.clear();
    rows = ROWS; // said once
  }

  @Override
  public void close() {
    hooks.forEach(ModuleHook::remove);
  }
}
