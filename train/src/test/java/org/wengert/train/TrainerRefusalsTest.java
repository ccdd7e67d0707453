package org.wengert.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wengert.StateException;
import org.wengert.Variable;
import org.wengert.io.Checkpoint;
import org.wengert.nn.Linear;
import org.wengert.nn.MSELoss;
import org.wengert.nn.Module; // a single-type import, because there is a java.lang.Module
import org.wengert.nn.Sequential;
import org.wengert.optim.Adam;
import org.wengert.optim.ReduceLROnPlateau;
import org.wengert.optim.SGD;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Tensor;
import org.wengert.train.data.DataLoader;
import org.wengert.train.data.Dataset;
import org.wengert.train.data.Sample;

/// What a trainer refuses, and how it leaves things then.
class TrainerRefusalsTest {
  @TempDir private Path folder;
  private final Trainer trainer = Trainer.defaults().messages(line -> {});

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
    Callback.AfterStep note = step -> after.add(Lines.weights(model));
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
    assertEquals(after.getLast(), Lines.weights(model));
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
  void aScheduleThatWaitsForTheOppositeIsRefused() {
    Sequential model = Lines.model(1);
    SGD optimizer = new SGD(model.parameters(), 0.1);
    Trainer opposite =
        trainer
            .metrics(Lines.Distance::new)
            .goal(Goal.maximize("distance"))
            .onPlateau(new ReduceLROnPlateau(optimizer));
    OptionException e =
        assertThrows(
            OptionException.class,
            () -> opposite.fit(model, new MSELoss(), optimizer, Lines.loader(20, 8)));
    assertEquals(
        "'distance' is to be maximized, but the schedule of onPlateau waits for the opposite\n"
            + "  hint: make it with ReduceLROnPlateau.Options.defaults().maximize(true)",
        e.getMessage());
    opposite
        .onPlateau(
            new ReduceLROnPlateau(optimizer, ReduceLROnPlateau.Options.defaults().maximize(true)))
        .fit(model, new MSELoss(), optimizer, Lines.loader(20, 8));
  }

  /// A finite loss with an infinite gradient: `sqrt` at 0.
  private static Objective<Sample> root(Module model) {
    return batch -> {
      Variable output = model.call(Variable.constant(batch.input()));
      return output.sub(output).square().sum().sqrt();
    };
  }

  @Test
  void weightsThatAreNotFiniteAreNotSaved() throws IOException {
    Linear model = new Linear(1, 1, new Rng(1));
    String before = Lines.weights(model);
    Trainer saving = trainer.checkpoints(folder).checkpointEvery(1);
    SGD optimizer = new SGD(model.parameters(), 0.1);
    StateException e =
        assertThrows(
            StateException.class,
            () -> saving.fit(model, root(model), optimizer, Lines.loader(20, 8)));
    Path last = folder.resolve("last.safetensors");
    assertEquals(
        "parameter 'weight' has NaN after step 1, which is not saved; "
            + last
            + " is of a step before\n  hint: "
            + Keeper.NOT_FINITE,
        e.getMessage());
    model.loadStateDict(Checkpoint.stateDict(last, "model"));
    assertEquals(before, Lines.weights(model));
  }

  @Test
  void gradientsThatAreMeasuredAreFoundOutBeforeTheStep() {
    Linear model = new Linear(1, 1, new Rng(1));
    String before = Lines.weights(model);
    SGD optimizer = new SGD(model.parameters(), 0.1);
    StateException e =
        assertThrows(
            StateException.class,
            () -> trainer.clipNorm(1).fit(model, root(model), optimizer, Lines.loader(20, 8)));
    assertTrue(
        e.getMessage().startsWith("the norm of the gradients is NaN in step 1, epoch 1, batch 1"),
        e.getMessage());
    assertEquals(before, Lines.weights(model));
  }
}
