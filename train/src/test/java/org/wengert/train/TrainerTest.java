package org.wengert.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.wengert.Parameter;
import org.wengert.StateException;
import org.wengert.Variable;
import org.wengert.nn.Dropout;
import org.wengert.nn.Linear;
import org.wengert.nn.MSELoss;
import org.wengert.nn.Module;
import org.wengert.nn.Sequential;
import org.wengert.optim.Adam;
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

  private static String weights(Module model) {
    StringBuilder text = new StringBuilder();
    model
        .stateDict()
        .forEach(
            (name, w) -> {
              for (double x : w.toDoubleArray()) {
                text.append(Double.toHexString(x)).append(' ');
              }
            });
    return text.toString();
  }

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
    assertEquals(weights(byHand), weights(model));
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
  void modesAreRestoredAfterAnException() {
    Sequential model = Lines.model(1);
    Module frozen = (Module) model.layer(2);
    frozen.eval();
    Trainer failing =
        trainer.validation(
            Lines.validation(),
            batch -> {
              throw new IllegalArgumentException("no");
            });
    assertThrows(
        IllegalArgumentException.class,
        () ->
            failing.fit(
                model, new MSELoss(), new SGD(model.parameters(), 0.1), Lines.loader(20, 8)));
    assertTrue(model.isTraining());
    assertFalse(frozen.isTraining());
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
  void earlyStoppingRestoresTheBestEpoch() {
    Sequential model = Lines.model(1);
    SGD optimizer = new SGD(model.parameters(), 0.1);
    List<String> after = new ArrayList<>();
    Callback.AfterEpoch worsen =
        epoch -> {
          after.add(weights(model));
          if (epoch.epoch() == 4) {
            optimizer.learningRates(3);
          }
        };
    History history =
        trainer
            .epochs(50)
            .validation(Lines.validation())
            .earlyStopping(EarlyStopping.defaults().patience(3))
            .callbacks(worsen)
            .fit(model, new MSELoss(), optimizer, Lines.loader(20, 8));
    assertEquals(7, history.epochs().size());
    assertEquals("no better for 3 epochs; the best was 4", history.end());
    assertEquals(after.get(3), weights(model));
  }

  @Test
  void theGoalMayBeAMetric() {
    Sequential model = Lines.model(1);
    Trainer more =
        trainer
            .epochs(9)
            .metrics(Lines.Distance::new)
            .goal(Goal.maximize("distance"))
            .earlyStopping(EarlyStopping.defaults().patience(2));
    SGD optimizer = new SGD(model.parameters(), 0.1);
    History history = more.fit(model, new MSELoss(), optimizer, Lines.loader(20, 8));
    assertEquals("no better for 2 epochs; the best was 1", history.end());
    OptionException e =
        assertThrows(
            OptionException.class,
            () ->
                more.goal(Goal.maximize("accuracy"))
                    .fit(model, new MSELoss(), optimizer, Lines.loader(20, 8)));
    assertEquals(
        "the goal 'accuracy' is not among [loss, distance]\n"
            + "  hint: name the loss or a metric of this trainer",
        e.getMessage());
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
  void aLossThatIsNotFiniteNamesTheStepAndLeavesTheWeights() {
    Sequential model = Lines.model(1);
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      float y = i == 5 ? Float.NaN : 1;
      samples.add(new Sample(Tensor.of(1f).reshape(1), Tensor.of(y).reshape(1)));
    }
    var loader =
        DataLoader.of(
            Dataset.of(samples), DataLoader.Options.defaults().batchSize(2).shuffle(false));
    List<String> after = new ArrayList<>();
    Callback.AfterStep note = step -> after.add(weights(model));
    StateException e =
        assertThrows(
            StateException.class,
            () ->
                trainer
                    .callbacks(note)
                    .fit(model, new MSELoss(), new SGD(model.parameters(), 0.1), loader));
    assertEquals(
        "the loss is NaN in step 3, epoch 1, batch 3 of 3\n"
            + "  hint: fit within Autograd.debug(() -> ...) to see where it arises; often a lower"
            + " learning rate or clipNorm(1) helps",
        e.getMessage());
    assertEquals(after.getLast(), weights(model));
  }

  @Test
  void aParameterThatNoGradientReachesIsNamedOnce() {
    Linear model = new Linear(1, 1, new Rng(1));
    model.register("spare", new Parameter(Tensor.of(1f)));
    trainer.fit(model, new MSELoss(), new SGD(model.parameters(), 0.1), Lines.loader(20, 8));
    assertEquals(List.of("no gradient reaches 'spare' (): not part of the loss?"), said);
  }

  @Test
  void anOptimizerOfAnotherModelIsRefused() {
    Sequential model = Lines.model(1);
    StateException e =
        assertThrows(
            StateException.class,
            () ->
                trainer.fit(
                    model,
                    new MSELoss(),
                    new Adam(Lines.model(1).parameters()),
                    Lines.loader(20, 8)));
    assertEquals(
        "the optimizer moves 4 parameters, of which none is among the 4 of the model\n"
            + "  hint: make it of this model's, as in new Adam(model.parameters())",
        e.getMessage());
  }

  @Test
  void aLoaderWithoutABatchIsRefused() {
    Sequential model = Lines.model(1);
    var options = DataLoader.Options.defaults().batchSize(8).dropLast(true);
    DataLoader<Sample> few = DataLoader.of(Lines.data(3, 3), options);
    SGD optimizer = new SGD(model.parameters(), 0.1);
    OptionException e =
        assertThrows(
            OptionException.class, () -> trainer.fit(model, new MSELoss(), optimizer, few));
    assertEquals(
        "the loader has no batch: 3 samples, batches of 8\n"
            + "  hint: give it samples; with dropLast there must be enough for one batch",
        e.getMessage());
    e =
        assertThrows(
            OptionException.class,
            () ->
                trainer.validation(few).fit(model, new MSELoss(), optimizer, Lines.loader(20, 8)));
    assertTrue(e.getMessage().startsWith("the validation loader has no batch"), e.getMessage());
  }

  @Test
  void metricsWantOutputs() {
    Sequential model = Lines.model(1);
    OptionException e =
        assertThrows(
            OptionException.class,
            () ->
                trainer
                    .metrics(Lines.Distance::new)
                    .fit(
                        model,
                        (Sample batch) -> model.forward(Variable.constant(batch.input())).mean(),
                        new SGD(model.parameters(), 0.1),
                        Lines.loader(20, 8)));
    assertTrue(e.getMessage().startsWith("metrics [distance] for a fit by an objective"));
  }

  @Test
  void numbersOutsideTheirDomainsAreRefused() {
    assertThrows(OptionException.class, () -> trainer.epochs(0));
    assertThrows(OptionException.class, () -> trainer.accumulate(0));
    assertThrows(OptionException.class, () -> trainer.clipNorm(Double.NaN));
    assertThrows(OptionException.class, () -> trainer.clipValue(-1));
    assertThrows(OptionException.class, () -> EarlyStopping.defaults().patience(0));
    assertThrows(OptionException.class, () -> EarlyStopping.defaults().minDelta(Double.NaN));
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
    return weights(model);
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
}
