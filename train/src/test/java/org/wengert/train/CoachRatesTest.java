package org.wengert.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wengert.Variable;
import org.wengert.nn.CrossEntropyLoss;
import org.wengert.nn.Dropout;
import org.wengert.nn.Linear;
import org.wengert.nn.Module;
import org.wengert.nn.ReLU;
import org.wengert.nn.Sequential;
import org.wengert.nn.Tanh;
import org.wengert.optim.Adam;
import org.wengert.optim.Optimizer;
import org.wengert.optim.SGD;
import org.wengert.tensor.Rng;
import org.wengert.train.Advice.Topic;
import org.wengert.train.data.DataLoader;
import org.wengert.train.data.Sample;
import org.wengert.train.data.Synthetic;

/// What a coach says of rates from far too low to far too high, with batches of 16 of 300 points.
/// The rates at which SGD learns well here lie between 0.1 and 1, those of Adam about 0.03.
class CoachRatesTest {
  private static final Set<Topic> RATE = EnumSet.of(Topic.OSCILLATES, Topic.SLOW);

  private final Set<Topic> said = EnumSet.noneOf(Topic.class);
  private final Coach coach = new Coach();
  private double shift;

  private static Module network() {
    return new Sequential(new Linear(2, 16, new Rng(1)), new Tanh(), new Linear(16, 2, new Rng(2)));
  }

  /// All that was said about the rate in 12 epochs.
  private Set<Topic> fit(Module model, Optimizer optimizer) {
    said.clear();
    Callback.AfterEpoch note =
        epoch ->
            coach.advice().stream().map(Advice::topic).filter(RATE::contains).forEach(said::add);
    DataLoader<Sample> loader =
        DataLoader.of(
            Synthetic.moons(300, 0.2, new Rng(1)), DataLoader.Options.defaults().batchSize(16));
    Objective<Sample> objective =
        batch ->
            new CrossEntropyLoss()
                .forward(
                    model.call(Variable.constant(batch.input())), Variable.constant(batch.target()))
                .add(shift);
    Trainer.defaults()
        .epochs(12)
        .callbacks(coach, note)
        .messages(line -> {})
        .fit(model, objective, optimizer, loader);
    return said;
  }

  private Set<Topic> fit(double rate) {
    Module model = network();
    return fit(model, new SGD(model.parameters(), rate));
  }

  private String text() {
    return coach.advice().getFirst().text();
  }

  @ParameterizedTest
  @ValueSource(doubles = {3, 5, 30})
  void aRateThatIsTooHighIsHeardThroughTheNoiseOfBatches(double rate) {
    assertEquals(EnumSet.of(Topic.OSCILLATES), fit(rate));
  }

  @Test
  void soItIsWithAdam() {
    for (double rate : new double[] {0.3, 3}) {
      Module model = network();
      assertEquals(EnumSet.of(Topic.OSCILLATES), fit(model, new Adam(model.parameters(), rate)));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.3, 1})
  void goodRatesAreLeftAlone(double rate) {
    assertEquals(Set.of(), fit(rate));
    shift = -10;
    assertEquals(Set.of(), fit(rate), "nor are they with negative losses");
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-9, 1e-6, 1e-3})
  void aRateThatIsTooLowIsHeardHoweverLowItIs(double rate) {
    assertEquals(EnumSet.of(Topic.SLOW), fit(rate));
  }

  @Test
  void theLossMayHardlyMove() {
    fit(1e-5);
    assertTrue(
        text().startsWith("the loss hardly moves: increase the learning rate, now 1.00e-05; it"),
        text());
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-6, 1e-3})
  void dropoutHidesNoRateThatIsTooLow(double rate) {
    Rng random = new Rng(42);
    Module model =
        new Sequential(
            new Linear(2, 32, random),
            new ReLU(),
            new Dropout(0.3, random),
            new Linear(32, 2, random));
    assertEquals(EnumSet.of(Topic.SLOW), fit(model, new SGD(model.parameters(), rate)));
    assertTrue(text().contains("; it went from 0."), text());
    assertTrue(text().contains("while the gradients of batches point the same way (0."), text());
  }

  @Test
  void negativeLossesAreHeardToo() {
    shift = -10;
    for (double rate : new double[] {3, 30}) {
      assertEquals(EnumSet.of(Topic.OSCILLATES), fit(rate));
    }
    for (double rate : new double[] {1e-6, 1e-5}) {
      assertEquals(EnumSet.of(Topic.SLOW), fit(rate));
    }
  }

  @Test
  void aLossAboveTheFirstIsNoFallHoweverItFalls() {
    fit(30);
    assertTrue(
        text()
            .startsWith(
                "the loss is worse than at first: reduce the learning rate, now 30.0; it"
                    + " was 0.72"),
        text());
  }
}
