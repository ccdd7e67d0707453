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
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.wengert.Parameter;
import org.wengert.StateException;
import org.wengert.optim.ReferenceFormulas.Method;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Optimizers as state machines: whatever is done to one, in whatever order, it follows the
/// straight formulas, and one that is saved and loaded into a fresh optimizer again and again goes
/// on with the same bits as one that is not.
class OptimizerProperties {
  /// What may happen to an optimizer.
  enum Kind {
    STEP,
    STEP_ALL,
    CHANGE_LEARNING_RATE,
    FREEZE_OR_THAW,
    ADD_GROUP,
    SAVE_AND_LOAD,
    ZERO_GRAD
  }

  /// One event; the number decides which parameter or group, and all random numbers.
  record Action(Kind kind, long number) {}

  @Provide
  Arbitrary<List<Action>> actions() {
    Arbitrary<Kind> kinds =
        Arbitraries.frequency(
            Tuple.of(4, Kind.STEP),
            Tuple.of(3, Kind.STEP_ALL),
            Tuple.of(2, Kind.CHANGE_LEARNING_RATE),
            Tuple.of(1, Kind.FREEZE_OR_THAW),
            Tuple.of(1, Kind.ADD_GROUP),
            Tuple.of(2, Kind.SAVE_AND_LOAD),
            Tuple.of(1, Kind.ZERO_GRAD));
    return Combinators.combine(kinds, Arbitraries.longs().between(0, 1_000_000))
        .as(Action::new)
        .list()
        .ofMaxSize(40);
  }

  @Property(tries = 300)
  void anySequenceOfEventsFollowsTheFormulasAndSurvivesSaving(
      @ForAll Method method, @ForAll("actions") List<Action> actions, @ForAll boolean named) {
    World world = new World(method, named, DType.FLOAT64);
    for (Action action : actions) {
      world.happen(action);
      world.assertFollowsFormulas();
      world.assertTwinsHaveTheSameBits();
    }
  }

  @Property(tries = 100)
  void savingAndLoadingKeepsTheBitsOfFloat32Too(
      @ForAll Method method, @ForAll("actions") List<Action> actions) {
    World world = new World(method, true, DType.FLOAT32);
    for (Action action : actions) {
      world.happen(action);
      world.assertTwinsHaveTheSameBits();
    }
  }

  /// One history lived by three: an optimizer, its twin that is saved and loaded, and the formulas.
  private static final class World {
    private final Method method;
    private final boolean named;
    private final DType type;
    private final List<Parameter> parameters = new ArrayList<>();
    private final List<Parameter> twins = new ArrayList<>();
    private final List<ReferenceFormulas> references = new ArrayList<>();
    private final List<Integer> groupOf = new ArrayList<>();
    private final List<Double> rates = new ArrayList<>();
    private final Optimizer optimizer;
    private Optimizer twin;

    World(Method method, boolean named, DType type) {
      this.method = method;
      this.named = named;
      this.type = type;
      newParameters(2, 7);
      rates.add(0.05);
      optimizer = make(method, parameters, 0.05);
      twin = make(method, twins, 0.05);
    }

    private void newParameters(int count, long seed) {
      RandomGenerator random = new Random(seed);
      for (int i = 0; i < count; i++) {
        String name = named ? "p" + parameters.size() : "";
        Tensor start = Tensor.randn(Shape.of(1 + random.nextInt(3)), type, random);
        parameters.add(new Parameter(start).named(name));
        twins.add(new Parameter(start).named(name));
        references.add(new ReferenceFormulas(method, start.toDoubleArray()));
        groupOf.add(rates.size());
      }
    }

    void happen(Action action) {
      int number = (int) action.number;
      int parameter = number % parameters.size();
      switch (action.kind) {
        case STEP -> step(number, false);
        case STEP_ALL -> step(number, true);
        case CHANGE_LEARNING_RATE -> changeRate(number % rates.size(), (number % 97) / 970.0);
        case FREEZE_OR_THAW -> {
          boolean thawed = !parameters.get(parameter).requiresGrad();
          parameters.get(parameter).requiresGrad(thawed);
          twins.get(parameter).requiresGrad(thawed);
        }
        case ADD_GROUP -> addGroup(number);
        case SAVE_AND_LOAD -> resumeTwin();
        case ZERO_GRAD -> {
          optimizer.zeroGrad();
          twin.zeroGrad();
          parameters.forEach(p -> assertNull(p.grad()));
        }
      }
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
          references.get(i).step(gradient.toDoubleArray(), rates.get(groupOf.get(i)));
        }
      }
      if (any) {
        optimizer.step();
        twin.step();
      } else {
        assertThrows(StateException.class, optimizer::step);
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
      add(optimizer, method, parameters.subList(from, parameters.size()), rate);
      add(twin, method, twins.subList(from, twins.size()), rate);
    }

    /// The twin moves into a new optimizer, built with another learning rate.
    private void resumeTwin() {
      Optimizer fresh = null;
      for (int g = 0; g < rates.size(); g++) {
        List<Parameter> members = new ArrayList<>();
        for (int i = 0; i < twins.size(); i++) {
          if (groupOf.get(i) == g) {
            members.add(twins.get(i));
          }
        }
        if (fresh == null) {
          fresh = make(method, members, 123);
        } else {
          add(fresh, method, members, 456);
        }
      }
      fresh.loadStateDict(twin.stateDict());
      twin = fresh;
    }

    void assertFollowsFormulas() {
      for (int i = 0; i < parameters.size(); i++) {
        double[] expected = references.get(i).value();
        double[] actual = parameters.get(i).value().toDoubleArray();
        assertArrayEquals(expected, actual, 1e-7, "parameter " + i);
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

  private static Optimizer make(Method method, List<Parameter> parameters, double rate) {
    List<Parameter> ps = List.copyOf(parameters);
    return switch (method) {
      case SGD, MOMENTUM, NESTEROV -> new SGD(ps, sgd(method).learningRate(rate));
      case ADAM, AMSGRAD -> new Adam(ps, adam(method).learningRate(rate));
      case ADAMW -> new AdamW(ps, adamW().learningRate(rate));
      case RMSPROP -> new RMSprop(ps, rmsProp().learningRate(rate));
    };
  }

  private static void add(Optimizer to, Method method, List<Parameter> ps, double rate) {
    switch (to) {
      case SGD sgd -> sgd.addGroup(ps, sgd(method).learningRate(rate));
      case Adam adam -> adam.addGroup(ps, adam(method).learningRate(rate));
      case AdamW adamW -> adamW.addGroup(ps, adamW().learningRate(rate));
      case RMSprop rmsProp -> rmsProp.addGroup(ps, rmsProp().learningRate(rate));
      default -> throw new AssertionError(to);
    }
  }

  private static SGD.Options sgd(Method method) {
    SGD.Options options = SGD.Options.defaults();
    return switch (method) {
      case MOMENTUM -> options.momentum(0.9).dampening(0.5).maximize(true);
      case NESTEROV -> options.momentum(0.8).nesterov(true).weightDecay(0.1);
      default -> options.weightDecay(0.1);
    };
  }

  private static Adam.Options adam(Method method) {
    Adam.Options options = Adam.Options.defaults().betas(0.9, 0.99);
    return method == Method.AMSGRAD ? options.amsgrad(true) : options.weightDecay(0.1);
  }

  private static AdamW.Options adamW() {
    return AdamW.Options.defaults().betas(0.9, 0.99).weightDecay(0.1);
  }

  private static RMSprop.Options rmsProp() {
    return RMSprop.Options.defaults()
        .alpha(0.9)
        .centered(true)
        .momentum(0.5)
        .eps(1e-3)
        .weightDecay(0.1);
  }
}
