package org.wengert.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.wengert.Parameter;
import org.wengert.Variable;
import org.wengert.nn.Module; // a single-type import, because there is a java.lang.Module
import org.wengert.nn.ModuleHook;
import org.wengert.nn.ReLU;
import org.wengert.optim.Conditioning;
import org.wengert.tensor.Tensor;

/// What a [Coach] sees of a model while it learns: inputs, outputs of rectifiers, gradients. Holds
/// state: what it has seen, and its hooks.
final class Watch implements AutoCloseable {
  private static final int ROWS = 1000;
  private static final int FEATURES = 64;
  private static final double ILL = 1000;
  private static final double DEAD = 0.25;
  private static final int SAMPLES = 20;

  private final SequencedMap<String, Parameter> parameters;
  private final SequencedMap<String, Units> rectifiers = new LinkedHashMap<>();
  private final List<String> still = new ArrayList<>();
  private final List<ModuleHook> hooks = new ArrayList<>();
  private final List<Tensor> inputs = new ArrayList<>();
  private int rows;
  private int steps;
  private int passed;
  private boolean fresh = true;
  private boolean looks = true;

  Watch(Module model) {
    parameters = model.namedParameters();
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
              }
            });
  }

  /// What the units of a layer did.
  private static final class Units {
    private boolean[] alive = new boolean[0];
    private int samples;

    /// Channels behind the axis of samples or, if there are three axes, features.
    void see(Tensor y) {
      int axis = y.rank() == 3 ? 2 : 1;
      int units = y.size(axis);
      if (alive.length != units) {
        alive = new boolean[units];
      }
      double[] values = y.toDoubleArray();
      int inner = 1;
      for (int i = axis + 1; i < y.rank(); i++) {
        inner *= y.size(i);
      }
      for (int i = 0; i < values.length; i++) {
        alive[i / inner % units] |= values[i] > 0;
      }
      samples += y.size(0);
    }

    int dead() {
      int dead = 0;
      for (boolean one : alive) {
        dead += one ? 0 : 1;
      }
      return dead;
    }
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
      rectifiers.computeIfAbsent(path, name -> new Units()).see(y.value());
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
      parameters.forEach(
          (name, parameter) -> {
            if (moves(parameter)) {
              still.remove(name);
            }
          });
    }
    fresh = true;
    looks = every <= 1 || ++passed % every == 0;
  }

  private static boolean moves(Parameter p) {
    return !p.requiresGrad() || p.hasGrad() && p.gradNorm(Double.POSITIVE_INFINITY) > 0;
  }

  /// What it saw in an epoch, which it then forgets.
  List<Advice> advice() {
    List<Advice> advice = new ArrayList<>();
    scaling(advice);
    rectifiers.forEach((path, units) -> dead(path, units, advice));
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

  private static void dead(String path, Units units, List<Advice> advice) {
    int dead = units.dead();
    int all = units.alive.length;
    if (units.samples >= SAMPLES && dead >= DEAD * all) {
      String text =
          "%.0f %% of the ReLUs in `%s` are dead: reduce the learning rate, look at the"
              + " initialization, or use LeakyReLU; %d of %d gave 0 for all of %,d samples";
      advice.add(
          new Advice(
              Advice.Topic.DEAD_RELUS,
              path,
              text.formatted(100.0 * dead / all, path, dead, all, units.samples)));
    }
  }

  private void scaling(List<Advice> advice) {
    if (inputs.isEmpty()) {
      return;
    }
    int features = inputs.getFirst().count() / inputs.getFirst().size(0);
    double[] x = inputs.stream().flatMapToDouble(t -> Arrays.stream(t.toDoubleArray())).toArray();
    if (x.length == rows * features) {
      String found =
          features <= FEATURES && rows >= features
              ? condition(Tensor.of(x).reshape(rows, features))
              : spread(x);
      if (!found.isEmpty()) {
        advice.add(new Advice(Advice.Topic.SCALING, "", "inputs badly scaled (" + found));
      }
    }
    inputs.clear();
    rows = ROWS; // said once
  }

  private static String condition(Tensor x) {
    Conditioning condition = Conditioning.of(x);
    return condition.raw() > ILL
            && Double.isFinite(condition.raw())
            && condition.standardised() < condition.raw() / 10
        ? "condition number %,.0f): shift and scale them to mean 0 and deviation 1, where it is %,.0f"
            .formatted(condition.raw(), condition.standardised())
        : "";
  }

  private static String spread(double[] x) {
    double mean = Arrays.stream(x).average().orElse(0);
    double squares = Arrays.stream(x).map(one -> (one - mean) * (one - mean)).sum();
    double deviation = Math.sqrt(squares / x.length);
    return deviation > 10 || deviation < 0.01 || Math.abs(mean) > 10 * deviation
        ? "mean %.3g, deviation %.3g): shift and scale them to mean 0 and deviation 1"
            .formatted(mean, deviation)
        : "";
  }

  @Override
  public void close() {
    hooks.forEach(ModuleHook::remove);
  }
}
