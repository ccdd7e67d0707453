package org.wengert.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.wengert.nn.BatchNorm1d;
import org.wengert.nn.Conv1d;
import org.wengert.nn.ConvOptions;
import org.wengert.nn.Flatten;
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

/// What a coach sees of inputs and units.
class CoachInputsTest {
  private final Coach coach = new Coach();

  private Optional<String> said(Topic topic) {
    return coach.advice().stream().filter(a -> a.topic() == topic).map(Advice::text).findFirst();
  }

  private void fit(Module model, Optimizer optimizer, DataLoader<Sample> loader) {
    Trainer.defaults()
        .epochs(1)
        .callbacks(coach)
        .messages(line -> {})
        .fit(model, new MSELoss(), optimizer, loader);
  }

  /// What is said about these inputs.
  private Optional<String> scaling(double[][] rows) {
    Module model = new Linear(rows[0].length, 1, new Rng(1));
    fit(model, new SGD(model.parameters(), 1e-12), inputs(rows));
    return said(Topic.SCALING);
  }

  /// Rows of columns that are functions of the row's number.
  private static double[][] table(IntToDoubleFunction... columns) {
    double[][] rows = new double[300][columns.length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < columns.length; j++) {
        rows[i][j] = columns[j].applyAsDouble(i);
      }
    }
    return rows;
  }

  private static IntToDoubleFunction normal(long seed, double mean, double deviation) {
    Rng random = new Rng(seed);
    return i -> mean + deviation * Rng.normal(random);
  }

  private static IntToDoubleFunction town(int number) {
    return i -> i % 3 == number ? 1 : 0;
  }

  @Test
  void anIncomeBesideCategoriesIsBadlyScaled() {
    String text =
        scaling(table(town(0), town(1), town(2), normal(1, 50_000, 20_000))).orElseThrow();
    assertTrue(text.startsWith("inputs badly scaled (column 3: mean 5.1"), text);
    assertTrue(text.endsWith("): shift and scale to mean 0 and deviation 1"), text);
    assertEquals(Optional.empty(), scaling(table(town(0), town(1), town(2), normal(1, 0, 1))));
  }

  @Test
  void aColumnOfZerosHidesNothing() {
    String text = scaling(table(i -> 0, normal(1, 50_000, 20_000), normal(2, 0, 1))).orElseThrow();
    assertTrue(text.startsWith("inputs badly scaled (column 1: mean 5.1"), text);
    assertTrue(text.contains("; 1 of 3 are constant)"), text);
    assertEquals(Optional.empty(), scaling(table(i -> 0, normal(2, 0, 1))));
  }

  @Test
  void roundInputsMayBeTooLargeOrTooSmall() {
    assertTrue(scaling(table(normal(1, 50_000, 20_000))).isPresent());
    String text = scaling(table(normal(1, 0, 50_000), normal(2, 0, 50_000))).orElseThrow();
    assertTrue(text.contains("; 1 more like it)"), text);
    assertTrue(scaling(table(normal(1, 0, 1e-4), normal(2, 0, 1e-4))).isPresent());
    assertEquals(Optional.empty(), scaling(table(normal(1, 1, 2), normal(2, 0, 0.5))));
  }

  @Test
  void anIncomeAmongManyFeaturesIsSeen() {
    IntToDoubleFunction[] columns = new IntToDoubleFunction[100];
    for (int j = 0; j < columns.length; j++) {
      int number = j;
      columns[j] = i -> i % 100 == number ? 1 : 0;
    }
    assertEquals(Optional.empty(), scaling(table(columns)), "categories alone");
    columns[70] = normal(1, 60, 15);
    String text = scaling(table(columns)).orElseThrow();
    assertTrue(text.startsWith("inputs badly scaled (column 70: mean 6"), text);
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
    fit(model, new SGD(model.parameters(), 1e-6), inputs(new double[][] {{101, 101}, {101, 99}}));
    String text = said(Topic.SCALING).orElseThrow();
    assertTrue(
        text.startsWith("inputs badly scaled (condition number 40,005.92): shift and"), text);
  }

  @Test
  void inputsAroundZeroAreNot() {
    Module model = new Linear(2, 1, new Rng(1));
    fit(model, new SGD(model.parameters(), 0.1), inputs(new double[][] {{1, 1}, {1, -1}}));
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
    fit(model, new SGD(model.parameters(), 1e-9), inputs(pixels));
    String text = said(Topic.SCALING).orElseThrow();
    assertTrue(text.startsWith("inputs badly scaled (mean 12"), text);
    for (double[] row : pixels) {
      for (int i = 0; i < row.length; i++) {
        row[i] = row[i] / 128 - 1;
      }
    }
    fit(model, new SGD(model.parameters(), 1e-9), inputs(pixels));
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
    fit(model, new Adam(model.parameters(), 1e-3), Lines.loader(40, 8));
    assertEquals(
        "38 % of the ReLUs in `1.1` are dead: reduce the learning rate, look at the initialization,"
            + " or use LeakyReLU; 3 of 8 gave 0 for all of 40 samples",
        said(Topic.DEAD_RELUS).orElseThrow());
    Sequential alive = rectified(1);
    fit(alive, new Adam(alive.parameters(), 1e-3), Lines.loader(40, 8));
    assertEquals(Optional.empty(), said(Topic.DEAD_RELUS));
  }

  @Test
  void channelsOfAConvolutionAreItsUnits() {
    Conv1d convolution = new Conv1d(1, 16, ConvOptions.of(3), new Rng(1));
    float[] bias = new float[16];
    for (int i = 0; i < 12; i++) {
      bias[i] = -1000;
    }
    convolution.parameters().getLast().assign(Tensor.of(bias));
    Module model =
        new Sequential(convolution, new ReLU(), new Flatten(), new Linear(128, 1, new Rng(2)));
    List<Sample> samples = new ArrayList<>();
    Rng random = new Rng(3);
    for (int i = 0; i < 64; i++) {
      float[] signal = new float[10];
      for (int k = 0; k < signal.length; k++) {
        signal[k] = (float) Rng.normal(random);
      }
      samples.add(new Sample(Tensor.of(signal).reshape(1, 10), Tensor.of(0f).reshape(1)));
    }
    fit(
        model,
        new SGD(model.parameters(), 1e-6),
        DataLoader.of(Dataset.of(samples), DataLoader.Options.defaults()));
    String text = said(Topic.DEAD_RELUS).orElseThrow();
    assertTrue(text.startsWith("75 % of the ReLUs in `1` are dead"), text);
    assertTrue(text.endsWith("12 of 16 gave 0 for all of 64 samples"), text);
  }

  @Test
  void aReLUBehindTwoLayersHasTheUnitsOfBoth() {
    ReLU shared = new ReLU();
    Sequential part = rectified(3);
    Linear hidden = (Linear) ((Sequential) part.layer(1)).layer(0);
    Module model =
        new Sequential(
            new Tanh(),
            hidden,
            shared,
            new Linear(8, 32, new Rng(4)),
            new BatchNorm1d(32),
            shared,
            new Linear(32, 1, new Rng(2)));
    fit(model, new Adam(model.parameters(), 1e-3), Lines.loader(40, 8));
    String text = said(Topic.DEAD_RELUS).orElseThrow();
    assertTrue(text.startsWith("38 % of the ReLUs in `2` behind `1` are dead"), text);
    assertTrue(text.endsWith("3 of 8 gave 0 for all of 40 samples"), text);
    assertEquals(1, coach.advice().stream().filter(a -> a.topic() == Topic.DEAD_RELUS).count());
  }
}
