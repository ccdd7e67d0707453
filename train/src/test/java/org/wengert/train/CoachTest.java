package org.wengert.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.wengert.Parameter;
import org.wengert.nn.Linear;
import org.wengert.nn.MSELoss;
import org.wengert.nn.Module;
import org.wengert.optim.Optimizer;
import org.wengert.optim.SGD;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Tensor;
import org.wengert.train.Advice.Topic;
import org.wengert.train.data.DataLoader;
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
    coach.beforeFit(new Plan(line(), new SGD(line().parameters(), 0.1), 99, 1, 0, History.empty()));
    coach.afterFit(History.empty()); // no look at that model
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
        text.startsWith(
            "the loss is worse than at first: reduce the learning rate, now 1.05; it was 2.982 in"),
        text);
    see(new double[] {9, 5, 6, 5.5, 6.5, 6}, new double[0]);
    assertEquals(
        "the loss oscillates: reduce the learning rate, now 0.100; it rose in 2 of the last 5"
            + " epochs, at last from 5.500 to 6.500, where chance explains 0.28",
        said(Topic.OSCILLATES).orElseThrow());
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

  private static double[] shifted(double... losses) {
    return Arrays.stream(losses).map(x -> x - 10).toArray();
  }

  @Test
  void negativeLossesAreMeasuredByTheirFall() {
    double[] falling = {9, 5, 3, 2, 1.5, 1.2, 1.1, 1.05};
    see(shifted(falling), shifted(9, 5, 3, 2.1, 1.6, 1.62, 1.61, 1.605));
    assertEquals(List.of(), coach.advice(), "a rise of a tenth of a per cent of the fall");
    see(shifted(9, 5, 3, 2, 1.5, 1.2), shifted(9, 6, 4, 4.5, 5, 5.5));
    assertTrue(
        said(Topic.OVERFITS).orElseThrow().contains("rose from -6.000 to -5.000, the training"),
        coach.advice().toString());
    see(shifted(9, 5, 3, 3.01, 2.99, 3.3), shifted(9, 6, 4, 4.5, 5, 5.5));
    assertEquals(Optional.empty(), said(Topic.OVERFITS), "the training loss fell by nothing");
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
