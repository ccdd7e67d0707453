package org.wengert.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.wengert.Parameter;
import org.wengert.nn.Linear;
import org.wengert.nn.MSELoss;
import org.wengert.nn.Module;
import org.wengert.nn.ReLU;
import org.wengert.nn.Sequential;
import org.wengert.nn.Tanh;
import org.wengert.optim.Adam;
import org.wengert.optim.Optimizer;
import org.wengert.optim.SGD;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Tensor;
import org.wengert.train.Advice.Topic;
import org.wengert.train.data.DataLoader;
import org.wengert.train.data.Dataset;
import org.wengert.train.data.Sample;

/// Trainings that deserve an advice get it, and those that do not, do not.
class CoachTest {
  private final List<String> said = new ArrayList<>();
  private final Coach coach = new Coach(said::add);

  private Optional<String> said(Topic topic) {
    return coach.advice().stream().filter(a -> a.topic() == topic).map(Advice::text).findFirst();
  }

  private void fit(int epochs, Module model, Optimizer optimizer, DataLoader<Sample> loader) {
    Trainer.defaults()
        .epochs(epochs)
        .callbacks(coach)
        .messages(line -> {})
        .fit(model, new MSELoss(), optimizer, loader);
  }

  private static Module line() {
    return new Linear(1, 1, new Rng(1));
  }

  /// Reports of epochs with these losses, one step in each.
  private void see(double[] losses, double[] validation) {
    for (int i = 0; i < losses.length; i++) {
      double held = validation.length == 0 ? Double.NaN : validation[i];
      coach.afterStep(new StepReport(i + 1, i + 1, 1, 1, 8, losses[i], 0.1, Double.NaN));
      var none = new LinkedHashMap<String, Double>();
      coach.afterEpoch(new EpochReport(i + 1, 99, i + 1, losses[i], none, held, none, 0.1, 0));
    }
  }

  @Test
  void aRateThatIsTooHighMakesTheLossOscillate() {
    Module model = line();
    fit(6, model, new SGD(model.parameters(), 1.05), Lines.loader(40, 40));
    String text = said(Topic.OSCILLATES).orElseThrow();
    assertTrue(
        text.startsWith("the loss oscillates: reduce the learning rate, now 1.05; it rose in 4 of"),
        text);
  }

  @Test
  void batchesThatDifferAreNoOscillation() {
    Module model = line();
    fit(20, model, new SGD(model.parameters(), 0.1), Lines.loader(40, 4));
    assertEquals(Optional.empty(), said(Topic.OSCILLATES));
  }

  @Test
  void aRateThatIsTooLowMakesTheLossFallSlowly() {
    Module model = line();
    fit(8, model, new SGD(model.parameters(), 1e-4), Lines.loader(40, 4));
    String text = said(Topic.SLOW).orElseThrow();
    assertTrue(
        text.startsWith(
            "the loss falls slowly and steadily: increase the learning rate, now 0.000100; it fell"
                + " by 0."),
        text);
    assertEquals("coach, epoch 6: " + text.substring(0, 20), said.getFirst().substring(0, 36));
  }

  @Test
  void aTrainingThatIsDoneOrGoesWellIsNotSlow() {
    Module model = line();
    SGD optimizer = new SGD(model.parameters(), 0.1);
    fit(8, model, optimizer, Lines.loader(40, 4));
    assertEquals(Optional.empty(), said(Topic.SLOW));
    fit(12, model, optimizer, Lines.loader(40, 40));
    assertEquals(Optional.empty(), said(Topic.SLOW));
  }

  @Test
  void validationThatGetsNoBetterHasStalled() {
    see(
        new double[] {9, 5, 3, 2, 1.5, 1.2, 1, 0.9},
        new double[] {9, 6, 4, 4.01, 4, 4.02, 3.999, 4.01});
    assertEquals(
        "validation has stalled: turn the learning rate down, now 0.100; the validation loss was"
            + " best, 4.000, 5 epochs ago, and is 4.010",
        said(Topic.STALLED).orElseThrow());
  }

  @Test
  void validationThatGetsBetterHasNot() {
    see(
        new double[] {9, 5, 3, 2, 1.5, 1.2, 1, 0.9},
        new double[] {9, 6, 4, 3.9, 3.8, 3.81, 3.82, 3.7});
    assertEquals(List.of(), coach.advice());
  }

  @Test
  void validationThatGetsWorseWhileTrainingGetsBetterIsLearningByHeart() {
    see(new double[] {9, 5, 3, 2, 1.5, 1.2}, new double[] {9, 6, 4, 4.5, 5, 5.5});
    assertEquals(
        "it learns by heart: stop early, or use dropout, weight decay or more data; since epoch 3"
            + " the validation loss rose from 4.000 to 5.000, the training loss fell from 3.000 to"
            + " 1.200",
        said(Topic.OVERFITS).orElseThrow());
    assertEquals(Optional.empty(), said(Topic.STALLED));
  }

  private static DataLoader<Sample> inputs(double[][] rows) {
    List<Sample> samples = new ArrayList<>();
    for (double[] row : rows) {
      samples.add(new Sample(Tensor.of(row).to(DType.FLOAT32), Tensor.of(0f).reshape(1)));
    }
    return DataLoader.of(Dataset.of(samples), DataLoader.Options.defaults());
  }

  @Test
  void theLecturesInputsAreBadlyScaled() {
    Module model = new Linear(2, 1, new Rng(1));
    fit(
        1,
        model,
        new SGD(model.parameters(), 1e-6),
        inputs(new double[][] {{101, 101}, {101, 99}}));
    String text = said(Topic.SCALING).orElseThrow();
    assertTrue(text.startsWith("inputs badly scaled (condition number 40,0"), text);
  }

  @Test
  void inputsAroundZeroAreNot() {
    Module model = new Linear(2, 1, new Rng(1));
    fit(1, model, new SGD(model.parameters(), 0.1), inputs(new double[][] {{1, 1}, {1, -1}}));
    assertEquals(Optional.empty(), said(Topic.SCALING));
  }

  @Test
  void manyFeaturesAreJudgedByTheirSpread() {
    double[][] pixels = new double[30][100];
    Rng random = new Rng(1);
    for (double[] row : pixels) {
      for (int i = 0; i < row.length; i++) {
        row[i] = random.nextInt(256);
      }
    }
    Module model = new Linear(100, 1, new Rng(1));
    fit(1, model, new SGD(model.parameters(), 1e-9), inputs(pixels));
    String text = said(Topic.SCALING).orElseThrow();
    assertTrue(text.startsWith("inputs badly scaled (mean 12"), text);
    for (double[] row : pixels) {
      for (int i = 0; i < row.length; i++) {
        row[i] = row[i] / 128 - 1;
      }
    }
    fit(1, model, new SGD(model.parameters(), 1e-9), inputs(pixels));
    assertEquals(Optional.empty(), said(Topic.SCALING));
  }

  /// A network whose first units of the hidden layer are far below zero.
  private static Sequential rectified(int dead) {
    Linear hidden = new Linear(1, 8, new Rng(1));
    float[] bias = new float[8];
    for (int i = 0; i < 8; i++) {
      bias[i] = i < dead ? -50 : 2;
    }
    hidden.parameters().getLast().assign(Tensor.of(bias));
    return new Sequential(
        new Tanh(), new Sequential(hidden, new ReLU()), new Linear(8, 1, new Rng(2)));
  }

  @Test
  void unitsThatAreAlwaysZeroAreDead() {
    Sequential model = rectified(3);
    fit(1, model, new Adam(model.parameters(), 1e-3), Lines.loader(40, 8));
    assertEquals(
        "38 % of the ReLUs in `1.1` are dead: reduce the learning rate, look at the initialization,"
            + " or use LeakyReLU; 3 of 8 gave 0 for all of 40 samples",
        said(Topic.DEAD_RELUS).orElseThrow());
    Sequential alive = rectified(1);
    fit(1, alive, new Adam(alive.parameters(), 1e-3), Lines.loader(40, 8));
    assertEquals(Optional.empty(), said(Topic.DEAD_RELUS));
  }

  @Test
  void aParameterWithoutGradientIsNamed() {
    Linear model = new Linear(1, 1, new Rng(1));
    model.register("spare", new Parameter(Tensor.of(1f)));
    fit(1, model, new SGD(model.parameters(), 0.1), Lines.loader(40, 8));
    assertEquals(
        List.of(
            new Advice(
                Topic.NO_GRADIENT,
                "spare",
                "parameter `spare` gets no gradient, in none of 5 steps: is it used, and behind a"
                    + " unit that is alive?")),
        coach.advice());
    model.parameters().getLast().requiresGrad(false);
    fit(1, model, new SGD(model.parameters(), 0.1), Lines.loader(40, 8));
    assertEquals(List.of(), coach.advice(), "frozen on purpose");
  }

  @Test
  void itRepeatsItselfAfterFiveEpochs() {
    Linear model = new Linear(1, 1, new Rng(1));
    model.register("spare", new Parameter(Tensor.of(1f)));
    fit(7, model, new SGD(model.parameters(), 0.1), Lines.loader(40, 8));
    assertEquals(
        List.of("coach, epoch 1: ", "coach, epoch 6: "),
        said.stream().filter(line -> line.contains("spare")).map(x -> x.substring(0, 16)).toList());
    assertFalse(coach.advice().isEmpty());
  }
}
