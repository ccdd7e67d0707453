package org.wengert.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.wengert.Parameter;
import org.wengert.Variable;
import org.wengert.nn.Dropout;
import org.wengert.nn.Linear;
import org.wengert.nn.MSELoss;
import org.wengert.nn.Sequential;
import org.wengert.optim.GradientClipping;
import org.wengert.optim.LBFGS;
import org.wengert.optim.OneCycleLR;
import org.wengert.optim.ReduceLROnPlateau;
import org.wengert.optim.SGD;
import org.wengert.optim.StepLR;
import org.wengert.optim.WeightAverage;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Tensor;
import org.wengert.train.data.DataLoader;
import org.wengert.train.data.Dataset;
import org.wengert.train.data.Sample;

class TrainerTest {
  private final List<String> said = new ArrayList<>();
  private final Trainer trainer = Trainer.defaults().messages(said::add);

  @Test
  void aFitIsTheExplicitLoop() {
    Sequential byHand = Lines.model(1);
    SGD optimizer = new SGD(byHand.parameters(), 0.1, 0.9);
    StepLR schedule = new StepLR(optimizer, 1, 0.5);
    MSELoss criterion = new MSELoss();
    DataLoader<Sample> loader = Lines.loader(20, 8);
    List<Double> losses = new ArrayList<>();
    for (int epoch = 0; epoch < 3; epoch++) {
      for (Sample batch : loader) {
        optimizer.zeroGrad();
        Variable output = byHand.forward(Variable.constant(batch.input()));
        Variable loss = criterion.forward(output, Variable.constant(batch.target()));
        loss.backward();
        GradientClipping.clipByNorm(byHand.parameters(), 0.5);
        optimizer.step();
        losses.add(loss.item());
      }
      schedule.step();
    }
    Sequential model = Lines.model(1);
    SGD other = new SGD(model.parameters(), 0.1, 0.9);
    History history =
        trainer
            .epochs(3)
            .clipNorm(0.5)
            .everyEpoch(new StepLR(other, 1, 0.5))
            .fit(model, new MSELoss(), other, Lines.loader(20, 8));
    assertEquals(Lines.weights(byHand), Lines.weights(model));
    assertEquals(losses, history.steps().stream().map(StepReport::loss).toList());
    assertEquals(
        List.of(0.1, 0.05, 0.025),
        history.epochs().stream().map(EpochReport::learningRate).toList());
    assertEquals("3 epochs done", history.end());
  }

  @Test
  void anEpochsLossIsTheMeanOverItsSamplesWhateverTheLastBatch() {
    Sequential model = Lines.model(1);
    History history =
        trainer
            .epochs(1)
            .metrics(Lines.Distance::new)
            .fit(model, new MSELoss(), new SGD(model.parameters(), 0.0), Lines.loader(20, 8));
    double mean = 0;
    for (StepReport step : history.steps()) {
      mean += step.loss() * step.samples() / 20;
    }
    assertEquals(mean, history.epochs().getFirst().loss(), 1e-12);
    assertEquals(List.of(8, 8, 4), history.steps().stream().map(StepReport::samples).toList());
    assertTrue(history.epochs().getFirst().metrics().get("distance") > 0);
  }

  @Test
  void validationEvaluatesOtherSamplesAndLeavesTheModelTraining() {
    Sequential model = Lines.model(1);
    model.eval();
    List<Boolean> modes = new ArrayList<>();
    Callback.AfterStep note = step -> modes.add(model.isTraining());
    History history =
        trainer
            .epochs(2)
            .validation(Lines.validation())
            .metrics(Lines.Distance::new)
            .callbacks(note)
            .fit(model, new MSELoss(), new SGD(model.parameters(), 0.1), Lines.loader(20, 8));
    assertFalse(modes.contains(false));
    assertFalse(model.isTraining(), "as it was before");
    double sum = 0;
    for (int i = 0; i < 12; i++) {
      Sample sample = sample(Lines.data(12, 4), i);
      Variable y = model.forward(Variable.constant(sample.input().reshape(1, 1)));
      sum += Math.pow(y.item() - sample.target().item(), 2) / 12;
    }
    assertEquals(sum, history.epochs().getLast().validationLoss(), 1e-6);
    assertTrue(history.epochs().getLast().validationMetrics().get("distance") > 0);
  }

  private static Sample sample(Dataset<Sample> data, int index) {
    try {
      return data.get(index);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void severalBatchesTogetherAreOneLargeBatch() {
    Sequential parts = new Sequential(new Linear(1, 1, new Rng(1)));
    Sequential whole = new Sequential(new Linear(1, 1, new Rng(1)));
    var options = DataLoader.Options.defaults().shuffle(false);
    History inParts =
        trainer
            .epochs(2)
            .accumulate(3)
            .fit(
                parts,
                new MSELoss(),
                new SGD(parts.parameters(), 0.1),
                DataLoader.of(Lines.data(20, 3), options.batchSize(4)));
    trainer
        .epochs(2)
        .fit(
            whole,
            new MSELoss(),
            new SGD(whole.parameters(), 0.1),
            DataLoader.of(Lines.data(20, 3), options.batchSize(12)));
    assertEquals(List.of(12, 8, 12, 8), inParts.steps().stream().map(StepReport::samples).toList());
    assertEquals(List.of(3, 5, 3, 5), inParts.steps().stream().map(StepReport::batch).toList());
    for (int i = 0; i < 2; i++) {
      Parameter p = parts.parameters().get(i);
      assertEquals(p.value().item(), whole.parameters().get(i).value().item(), 1e-6);
    }
  }

  @Test
  void anObjectiveTakesBatchesOfAnyKind() {
    record Pair(Tensor x, Tensor y) {}

    Linear model = new Linear(1, 1, new Rng(1));
    DataLoader<Pair> loader =
        DataLoader.of(
            Lines.data(16, 3),
            samples -> new Pair(samples.getFirst().input(), samples.getFirst().target()),
            DataLoader.Options.defaults().batchSize(1));
    History history =
        trainer
            .validation(loader, pair -> distance(model, pair.x(), pair.y()))
            .fit(
                model,
                pair -> distance(model, pair.x(), pair.y()),
                new SGD(model.parameters(), 0.1),
                loader);
    assertTrue(history.epochs().getLast().loss() < history.epochs().getFirst().loss() / 10);
    assertTrue(history.epochs().getLast().validationLoss() < 0.02);
    assertEquals(1, history.steps().getFirst().samples());
  }

  private static Variable distance(Linear model, Tensor x, Tensor y) {
    Variable output = model.forward(Variable.constant(x.reshape(1, 1)));
    return output.sub(Variable.constant(y.reshape(1, 1))).square().mean();
  }

  @Test
  void lbfgsEvaluatesTheLossAsOftenAsItLikes() {
    Linear model = new Linear(1, 1, new Rng(1));
    History history =
        trainer
            .epochs(2)
            .accumulate(2)
            .metrics(Lines.Distance::new)
            .fit(model, new MSELoss(), new LBFGS(model.parameters()), Lines.loader(20, 10));
    assertEquals(2, history.steps().size());
    assertTrue(history.epochs().getLast().loss() < 0.02, history.toString());
    OptionException e =
        assertThrows(
            OptionException.class,
            () ->
                trainer
                    .clipNorm(1)
                    .fit(
                        model, new MSELoss(), new LBFGS(model.parameters()), Lines.loader(20, 10)));
    assertTrue(e.getMessage().contains("LBFGS computes them itself"), e.getMessage());
  }

  @Test
  void schedulesGoByTheStepTheEpochAndThePlateau() {
    Sequential model = Lines.model(1);
    SGD optimizer = new SGD(model.parameters(), 0.1);
    History history =
        trainer
            .epochs(2)
            .everyStep(
                new OneCycleLR(optimizer, 6, OneCycleLR.Options.defaults().cycleMomentum(false)))
            .fit(model, new MSELoss(), optimizer, Lines.loader(20, 8));
    assertEquals(6, history.steps().stream().map(StepReport::learningRate).distinct().count());
    SGD still = new SGD(model.parameters(), 1e-9);
    ReduceLROnPlateau plateau =
        new ReduceLROnPlateau(still, ReduceLROnPlateau.Options.defaults().patience(1).eps(0));
    trainer
        .epochs(5)
        .validation(Lines.validation())
        .onPlateau(plateau)
        .fit(model, new MSELoss(), still, Lines.loader(20, 8));
    assertEquals(5, plateau.lastEpoch());
    assertEquals(1e-11, still.learningRate(0), 1e-20);
  }

  @Test
  void theAverageOfTheWeightsIsWhatStays() {
    Sequential model = Lines.model(1);
    WeightAverage average = WeightAverage.swa(model.parameters());
    trainer
        .average(average)
        .fit(model, new MSELoss(), new SGD(model.parameters(), 0.1), Lines.loader(20, 8));
    assertEquals(30, average.updates());
    assertTrue(average.values().getFirst().sameBits(model.parameters().getFirst().value()));
  }

  @Test
  void aParameterThatNoGradientReachesIsNamedOnce() {
    Linear model = new Linear(1, 1, new Rng(1));
    model.register("spare", new Parameter(Tensor.of(1f)));
    trainer.fit(model, new MSELoss(), new SGD(model.parameters(), 0.1), Lines.loader(20, 8));
    assertEquals(List.of("no gradient reaches 'spare' (): not part of the loss?"), said);
  }

  @Test
  void aSeedMakesLayersWithoutGeneratorsRepeatable() {
    assertEquals(seeded(7), seeded(7));
    assertNotEquals(seeded(7), seeded(8));
  }

  private String seeded(long seed) {
    Rng random = new Rng(1);
    Sequential model =
        new Sequential(new Linear(1, 9, random), new Dropout(0.5), new Linear(9, 1, random));
    trainer
        .seed(seed)
        .epochs(1)
        .fit(model, new MSELoss(), new SGD(model.parameters(), 0.1), Lines.loader(20, 8));
    return Lines.weights(model);
  }

  @Test
  void callbacksHearEachMomentInOrder() {
    Sequential model = Lines.model(1);
    List<String> heard = new ArrayList<>();
    Callback.BeforeFit before = plan -> heard.add("before " + plan.batches() + " " + plan.step());
    Callback.AfterStep step = s -> heard.add("step " + s.step() + " " + s.batch());
    Callback.AfterEpoch epoch = e -> heard.add("epoch " + e.epoch() + " of " + e.epochs());
    Callback.AfterFit after = history -> heard.add(history.end());
    trainer
        .epochs(2)
        .callbacks(before, step)
        .callbacks(epoch, after)
        .fit(model, new MSELoss(), new SGD(model.parameters(), 0.1), Lines.loader(6, 4));
    assertEquals(
        List.of(
            "before 2 0",
            "step 1 1",
            "step 2 2",
            "epoch 1 of 2",
            "step 3 1",
            "step 4 2",
            "epoch 2 of 2",
            "2 epochs done"),
        heard);
  }

  @Test
  void callbacksHearOfAFailureEachOfThem() {
    Sequential model = Lines.model(1);
    List<String> heard = new ArrayList<>();
    IllegalStateException full = new IllegalStateException("the disk is full");
    Callback.AfterStep fails =
        step -> {
          throw full;
        };
    Callback.AfterFailure stumbles =
        failure -> {
          throw new IllegalArgumentException("and so am I");
        };
    Callback.AfterFailure told = failure -> heard.add(failure.getMessage());
    Callback.AfterFit notTold = history -> heard.add(history.end());
    Coach coach = new Coach();
    Trainer all = trainer.callbacks(coach, fails, stumbles, told, notTold);
    SGD optimizer = new SGD(model.parameters(), 0.1);
    Exception e =
        assertThrows(
            IllegalStateException.class,
            () -> all.fit(model, new MSELoss(), optimizer, Lines.loader(6, 4)));
    assertSame(full, e);
    assertEquals(List.of("the disk is full"), heard);
    assertEquals("and so am I", e.getSuppressed()[0].getMessage());
    model.call(Variable.constant(Tensor.of(Float.NaN).reshape(1, 1))); // would be an input
    coach.afterEpoch(Lines.epoch(1, 1));
    assertEquals(List.of(), coach.advice(), "it has left the model");
  }
}
