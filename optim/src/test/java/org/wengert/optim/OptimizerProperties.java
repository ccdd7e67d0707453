package org.wengert.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.wengert.Parameter;
import org.wengert.StateException;
import org.wengert.optim.OptimizerCatalogue.Entry;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Optimizers as state machines: whatever is done to one, in whatever order, it follows the
/// straight formulas, and one that is saved and loaded into a fresh optimizer, or copied with its
/// parameters, again and again, goes on with the same bits as one that is not.
class OptimizerProperties {
  /// What may happen to an optimizer.
  enum Kind {
    STEP,
    STEP_ALL,
    CHANGE_LEARNING_RATE,
    FREEZE_OR_THAW,
    ADD_GROUP,
    SAVE_AND_LOAD,
    COPY,
    ZERO_GRAD
  }

  /// One event; the number decides which parameter or group, and all random numbers.
  record Action(Kind kind, int number) {}

  @Provide
  Arbitrary<Entry<?>> optimizers() {
    return Arbitraries.of(OptimizerCatalogue.entries());
  }

  @Provide
  Arbitrary<List<Action>> actions() {
    Arbitrary<Kind> kinds =
        Arbitraries.frequency(
            Tuple.of(4, Kind.STEP),
            Tuple.of(4, Kind.STEP_ALL),
            Tuple.of(2, Kind.CHANGE_LEARNING_RATE),
            Tuple.of(1, Kind.FREEZE_OR_THAW),
            Tuple.of(1, Kind.ADD_GROUP),
            Tuple.of(2, Kind.SAVE_AND_LOAD),
            Tuple.of(1, Kind.COPY),
            Tuple.of(1, Kind.ZERO_GRAD));
    return Combinators.combine(kinds, Arbitraries.integers().between(0, 1_000_000))
        .as(Action::new)
        .list()
        .ofMaxSize(40);
  }

  @Property(tries = 600)
  void anySequenceOfEventsFollowsTheFormulasAndSurvivesSaving(
      @ForAll("optimizers") Entry<?> entry,
      @ForAll("actions") List<Action> actions,
      @ForAll boolean named) {
    World<?> world = new World<>(entry, named, DType.FLOAT64);
    for (Action action : actions) {
      world.happen(action);
      world.assertFollowsFormulas();
      world.assertTwinsHaveTheSameBits();
    }
  }

  @Property(tries = 150)
  void savingAndLoadingKeepsTheBitsOfFloat32Too(
      @ForAll("optimizers") Entry<?> entry, @ForAll("actions") List<Action> actions) {
    World<?> world = new World<>(entry, true, DType.FLOAT32);
    for (Action action : actions) {
      world.happen(action);
      world.assertTwinsHaveTheSameBits();
    }
  }

  /// One history lived by three: an optimizer, its twin that is saved, loaded and copied, and the
  /// formulas.
  private static final class World<O extends Options<O>> {
    private final Entry<O> entry;
    private final boolean named;
    private final DType type;
    private final List<Parameter> parameters = new ArrayList<>();
    private final List<Parameter> twins = new ArrayList<>();
    private final List<double[]> expected = new ArrayList<>();
    private final List<List<ReferenceFormulas>> references = new ArrayList<>();
    private final List<Integer> groupOf = new ArrayList<>();
    private final List<Double> rates = new ArrayList<>();
    private final RuleOptimizer<O> optimizer;
    private RuleOptimizer<O> twin;

    World(Entry<O> entry, boolean named, DType type) {
      this.entry = entry;
      this.named = named;
      this.type = type;
      newParameters(2, 7);
      rates.add(0.05);
      optimizer = entry.optimizer(parameters, 0.05);
      twin = entry.optimizer(twins, 0.05);
    }

    private void newParameters(int count, long seed) {
      RandomGenerator random = new Random(seed);
      for (int i = 0; i < count; i++) {
        String name = named ? "p" + parameters.size() : "";
        Tensor start = Tensor.randn(Shape.of(1 + random.nextInt(3)), type, random);
        parameters.add(new Parameter(start).named(name));
        twins.add(new Parameter(start).named(name));
        expected.add(start.toDoubleArray());
        references.add(
            IntStream.range(0, start.count()).mapToObj(k -> entry.reference().get()).toList());
        groupOf.add(rates.size());
      }
    }

    void happen(Action action) {
      int number = action.number;
      switch (action.kind) {
        case STEP -> step(number, false);
        case STEP_ALL -> step(number, true);
        case CHANGE_LEARNING_RATE -> changeRate(number % rates.size(), (number % 97) / 970.0);
        case FREEZE_OR_THAW -> {
          int parameter = number % parameters.size();
          boolean thawed = !parameters.get(parameter).requiresGrad();
          parameters.get(parameter).requiresGrad(thawed);
          twins.get(parameter).requiresGrad(thawed);
        }
        case ADD_GROUP -> addGroup(number);
        case SAVE_AND_LOAD -> resumeTwin();
        case COPY -> {
          twins.replaceAll(World::copy);
          resumeTwin();
        }
        case ZERO_GRAD -> {
          optimizer.zeroGrad();
          twin.zeroGrad();
          parameters.forEach(p -> assertNull(p.grad()));
        }
      }
    }

    private static Parameter copy(Parameter p) {
      Parameter copy = new Parameter(p.value()).named(p.name()).requiresGrad(p.requiresGrad());
      copy.setGrad(p.grad());
      return copy;
    }

    private void step(long seed, boolean all) {
      RandomGenerator random = new Random(seed);
      boolean any = false;
      for (int i = 0; i < parameters.size(); i++) {
        Parameter p = parameters.get(i);
        boolean arrives = all || random.nextBoolean();
        Tensor gradient = arrives ? Tensor.randn(p.shape(), type, random) : null;
        p.setGrad(gradient);
        twins.get(i).setGrad(gradient);
        if (gradient != null && p.requiresGrad()) {
          any = true;
          follow(i, gradient.toDoubleArray());
        }
      }
      if (any) {
        optimizer.step();
        twin.step();
      } else {
        assertThrows(StateException.class, optimizer::step);
      }
    }

    private void follow(int parameter, double[] gradient) {
      double[] w = expected.get(parameter);
      double rate = rates.get(groupOf.get(parameter));
      for (int k = 0; k < w.length; k++) {
        w[k] = references.get(parameter).get(k).step(w[k], gradient[k], rate);
      }
    }

    private void changeRate(int group, double rate) {
      rates.set(group, rate);
      optimizer.learningRate(group, rate);
      twin.learningRate(group, rate);
    }

    private void addGroup(int number) {
      int from = parameters.size();
      newParameters(1 + number % 2, number);
      double rate = (1 + number % 9) / 100.0;
      rates.add(rate);
      optimizer.addGroup(entry.group(parameters.subList(from, parameters.size()), rate));
      twin.addGroup(entry.group(twins.subList(from, twins.size()), rate));
    }

    /// The twin moves into a new optimizer, built with other learning rates.
    private void resumeTwin() {
      RuleOptimizer<O> fresh = entry.optimizer(twinsOf(0), 123);
      for (int g = 1; g < rates.size(); g++) {
        fresh.addGroup(entry.group(twinsOf(g), 456));
      }
      fresh.loadStateDict(twin.stateDict());
      twin = fresh;
    }

    private List<Parameter> twinsOf(int group) {
      return IntStream.range(0, twins.size())
          .filter(i -> groupOf.get(i) == group)
          .mapToObj(twins::get)
          .toList();
    }

    void assertFollowsFormulas() {
      for (int i = 0; i < parameters.size(); i++) {
        double[] actual = parameters.get(i).value().toDoubleArray();
        assertArrayEquals(expected.get(i), actual, 1e-7, entry + ", parameter " + i);
      }
    }

    void assertTwinsHaveTheSameBits() {
      for (int i = 0; i < parameters.size(); i++) {
        assertTrue(parameters.get(i).value().sameBits(twins.get(i).value()), "parameter " + i);
        assertEquals(type, parameters.get(i).dtype());
      }
      var state = optimizer.stateDict();
      var twinState = twin.stateDict();
      assertEquals(List.copyOf(state.keySet()), List.copyOf(twinState.keySet()));
      state.forEach((key, value) -> assertTrue(value.sameBits(twinState.get(key)), key));
    }
  }
}
