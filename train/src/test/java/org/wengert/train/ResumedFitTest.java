package org.wengert.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wengert.StateException;
import org.wengert.io.Checkpoint;
import org.wengert.io.FileFormatException;
import org.wengert.nn.MSELoss;
import org.wengert.nn.Sequential;
import org.wengert.optim.Adam;
import org.wengert.optim.OneCycleLR;
import org.wengert.optim.ReduceLROnPlateau;
import org.wengert.optim.SGD;
import org.wengert.optim.StepLR;
import org.wengert.optim.WeightAverage;
import org.wengert.tensor.Rng;

/// Fits that were stopped go on to the bits of one that was not.
class ResumedFitTest {
  private static final int STEPS = 5 * 3;

  @TempDir private Path directory;
  private final List<String> said = new ArrayList<>();

  /// A training with everything that has a state, as a program makes it when it is started.
  private final class Program {
    final Sequential model = Lines.model(1);
    final Adam optimizer = new Adam(model.parameters(), 0.05);
    Trainer trainer =
        Trainer.defaults()
            .epochs(5)
            .seed(9)
            .validation(Lines.validation())
            .metrics(Lines.Distance::new)
            .everyEpoch(new StepLR(optimizer, 2, 0.9))
            .everyStep(
                new OneCycleLR(
                    optimizer, STEPS, OneCycleLR.Options.defaults().cycleMomentum(false)))
            .onPlateau(
                new ReduceLROnPlateau(optimizer, ReduceLROnPlateau.Options.defaults().patience(1)))
            .average(WeightAverage.ema(model.parameters(), 0.9))
            .earlyStopping(EarlyStopping.defaults().patience(4))
            .resume(true)
            .messages(said::add);

    Program(Path folder) {
      trainer = trainer.checkpoints(folder);
    }

    History run() {
      return trainer.fit(model, new MSELoss(), optimizer, Lines.loader(20, 8));
    }

    /// Trains until this step was done; what `Rng` gives a program at its start differs.
    void runUntil(long step) {
      Rng.seed(step);
      long[] done = {0};
      Callback.AfterStep count = s -> done[0] = s.step();
      trainer = trainer.callbacks(count).stopWhen(() -> done[0] >= step);
      run();
    }
  }

  private static String shown(History history) {
    StringBuilder text = new StringBuilder();
    history.steps().forEach(step -> text.append(step).append('\n'));
    history
        .epochs()
        .forEach(e -> text.append(e.toString().replaceAll("seconds=[^]]*", "")).append('\n'));
    return text + history.end();
  }

  private static void assertSameFiles(Path expected, Path actual) throws IOException {
    for (String file : List.of("last.safetensors", "best.safetensors")) {
      for (String part : List.of("model", "generators", "random", "optimizer", "loader", "tally")) {
        var here = Checkpoint.stateDict(expected.resolve(file), part);
        var there = Checkpoint.stateDict(actual.resolve(file), part);
        assertEquals(here.keySet(), there.keySet());
        here.forEach(
            (key, tensor) -> assertTrue(tensor.sameBits(there.get(key)), part + "/" + key));
      }
    }
  }

  @Test
  void stoppedAfterAStepItEndsWithTheSameBits() throws IOException {
    Path whole = directory.resolve("whole");
    Program undisturbed = new Program(whole);
    History expected = undisturbed.run();
    assertEquals(STEPS, expected.steps().size());
    for (int step : List.of(1, 2, 3, 7, 14)) {
      Path folder = directory.resolve("stopped" + step);
      new Program(folder).runUntil(step);
      Program program = new Program(folder);
      History history = program.run();
      assertEquals(shown(expected), shown(history), "after step " + step);
      assertSameFiles(whole, folder);
      var weights = undisturbed.model.stateDict();
      program
          .model
          .stateDict()
          .forEach((name, w) -> assertTrue(w.sameBits(weights.get(name)), name));
    }
    assertTrue(
        said.contains(
            "goes on after step 7, 2 of 5 epochs done, from "
                + directory.resolve("stopped7").resolve("last.safetensors")),
        said.toString());
  }

  @Test
  void stoppedManyTimesItEndsWithTheSameBits() throws IOException {
    Path whole = directory.resolve("whole");
    new Program(whole).run();
    Path folder = directory.resolve("stopped");
    for (int step = 1; step < STEPS; step += 4) {
      new Program(folder).runUntil(step);
    }
    new Program(folder).run();
    assertSameFiles(whole, folder);
  }

  @Test
  void aFinishedFitIsDoneAndHasItsBestWeights() {
    Program first = new Program(directory);
    History expected = first.run();
    Program again = new Program(directory);
    assertEquals(shown(expected), shown(again.run()));
    assertArrayEquals(
        first.model.parameters().getFirst().value().toFloatArray(),
        again.model.parameters().getFirst().value().toFloatArray());
  }

  @Test
  void whoeverDoesNotResumeBeginsAnew() throws IOException {
    new Program(directory).runUntil(7);
    Program fresh = new Program(directory);
    fresh.trainer = fresh.trainer.resume(false);
    List<Long> steps = new ArrayList<>();
    Callback.BeforeFit note =
        plan -> {
          steps.add(plan.step());
          steps.add(loaded());
        };
    fresh.trainer = fresh.trainer.callbacks(note);
    fresh.run();
    assertEquals(List.of(0L, 0L), steps, "and nothing is left that somebody could take for it");
  }

  private long loaded() {
    try {
      var standing = Checkpoint.stateDict(directory.resolve("last.safetensors"), "standing");
      return standing.get("step").longAt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void theBestOfATrainingThatIsReplacedGoesToo() {
    new Program(directory).run();
    Program fresh = new Program(directory);
    fresh.trainer = fresh.trainer.resume(false);
    fresh.runUntil(1);
    assertFalse(Files.exists(directory.resolve("best.safetensors")));
    assertTrue(
        said.contains(
            "replaces the training in " + directory + "; resume(true) would have gone on"),
        said.toString());
  }

  @Test
  void anotherLearningRateIsNotTakenInSilence() {
    Sequential model = Lines.model(1);
    Trainer trainer =
        Trainer.defaults().checkpoints(directory).resume(true).epochs(1).messages(said::add);
    SGD slow = new SGD(model.parameters(), 0.01);
    trainer
        .everyEpoch(new StepLR(slow, 1, 0.5))
        .fit(model, new MSELoss(), slow, Lines.loader(20, 8));
    SGD same = new SGD(model.parameters(), 0.01);
    trainer
        .epochs(2)
        .everyEpoch(new StepLR(same, 1, 0.5))
        .fit(model, new MSELoss(), same, Lines.loader(20, 8));
    assertEquals(1, said.size(), "what a schedule changed is no other rate: " + said);
    SGD fast = new SGD(model.parameters(), 0.5);
    Callback.BeforeFit faster = plan -> plan.optimizer().learningRates(0.2);
    History history =
        trainer
            .epochs(3)
            .everyEpoch(new StepLR(fast, 1, 0.5))
            .callbacks(faster)
            .fit(model, new MSELoss(), fast, Lines.loader(20, 8));
    assertEquals(
        "this training began with a learning rate of 0.01 and goes on from that, not from 0.5; to"
            + " change it, set plan.optimizer().learningRates(..) in a Callback.BeforeFit",
        said.getLast());
    assertEquals(
        List.of(0.01, 0.005, 0.2),
        history.epochs().stream().map(EpochReport::learningRate).toList());
  }

  @Test
  void aLoaderThatWasLeftInTheMiddleBeginsAWholeEpoch() {
    Sequential model = Lines.model(1);
    var loader = Lines.loader(20, 4);
    loader.iterator().next();
    Trainer trainer = Trainer.defaults().epochs(2).checkpoints(directory).messages(said::add);
    SGD optimizer = new SGD(model.parameters(), 0.1);
    assertEquals(
        10, trainer.fit(model, new MSELoss(), optimizer, loader).steps().size(), "two epochs");
  }

  @Test
  void callbacksAreToldWhatWasBefore() {
    new Program(directory).runUntil(4);
    Program program = new Program(directory);
    List<Integer> before = new ArrayList<>();
    Callback.BeforeFit note =
        plan -> {
          before.add((int) plan.step());
          before.add(plan.before().steps().size());
          before.add(plan.before().epochs().size());
        };
    program.trainer = program.trainer.callbacks(note);
    program.run();
    assertEquals(List.of(4, 4, 1), before);
  }

  @Test
  void aCheckpointOfAnotherTrainingIsRefused() {
    new Program(directory).runUntil(4);
    Program program = new Program(directory);
    program.trainer = program.trainer.seed(7).accumulate(2);
    StateException e = assertThrows(StateException.class, program::run);
    assertTrue(e.getMessage().contains("accumulate"), e.getMessage());
    assertTrue(e.getMessage().contains("seed"), e.getMessage());
    assertTrue(e.getMessage().contains("go on with the data and the settings"), e.getMessage());
    Trainer bare = Trainer.defaults().checkpoints(directory).resume(true).messages(line -> {});
    FileFormatException parts =
        assertThrows(
            FileFormatException.class,
            () -> bare.fit(program.model, new MSELoss(), program.optimizer, Lines.loader(20, 8)));
    assertTrue(parts.getMessage().contains("the parts model,"), parts.getMessage());
  }

  @Test
  void theBestCheckpointHasTheWeightsOfTheBestEpoch() throws IOException {
    Program program = new Program(directory);
    program.run();
    var best = Checkpoint.stateDict(directory.resolve("best.safetensors"), "model");
    best.forEach((name, w) -> assertTrue(w.sameBits(program.model.stateDict().get(name)), name));
    var last = Checkpoint.stateDict(directory.resolve("last.safetensors"), "model");
    assertNotEquals(
        last.firstEntry().getValue().toString(), best.firstEntry().getValue().toString());
  }
}
