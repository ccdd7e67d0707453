package org.wengert.train.estimator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Tensor;

class EnsembleTest {
  private static final MLPOptions SMALL =
      MLPOptions.defaults().hiddenLayerSizes(16).activation(Activation.TANH).solver(Solver.LBFGS);

  @Test
  void meanAndDeviationAreThoseOfItsMembers() {
    Tensor x = Samples.corners(30);
    Tensor y = Samples.numbers(x);
    var ensemble = new Ensemble<>(new MLPRegressor(SMALL.maxIter(5)), 3, 40).fit(x, y);
    double[][] said = new double[3][];
    Rng seeds = new Rng(40);
    for (int i = 0; i < 3; i++) {
      var alone = new MLPRegressor(SMALL.maxIter(5).randomState(seeds.nextLong())).fit(x, y);
      said[i] = alone.predict(x).toDoubleArray();
      assertArrayEquals(said[i], ensemble.members().get(i).predict(x).toDoubleArray());
    }
    Ensemble.Spread spread = ensemble.spread(x);
    for (int s = 0; s < 30; s++) {
      double mean = (said[0][s] + said[1][s] + said[2][s]) / 3;
      double squares = 0;
      for (double[] member : said) {
        squares += (member[s] - mean) * (member[s] - mean);
      }
      assertEquals(mean, spread.mean().at(s), 1e-12);
      assertEquals(Math.sqrt(squares / 2), spread.deviation().at(s), 1e-12);
    }
    assertTrue(ensemble.predict(x).sameBits(spread.mean()));
  }

  @Test
  void ensemblesOfNeighbouringSeedsHaveNoMemberInCommon() {
    Tensor x = Samples.corners(10);
    List<Tensor> outputs = new ArrayList<>();
    for (long seed = 1; seed <= 3; seed++) {
      new Ensemble<>(new MLPRegressor(SMALL.maxIter(1)), 4, seed)
          .fit(x, Samples.numbers(x))
          .members()
          .forEach(member -> outputs.add(member.outputs(x)));
    }
    for (int i = 0; i < outputs.size(); i++) {
      for (int j = 0; j < i; j++) {
        assertFalse(outputs.get(i).sameBits(outputs.get(j)), i + " is " + j);
      }
    }
  }

  @Test
  void itDoesNotKnowWhereThereWereNoSamples() {
    double[][] x =
        IntStream.range(0, 20).mapToObj(i -> new double[] {i / 10.0}).toArray(double[][]::new);
    Tensor y = Tensor.of(IntStream.range(0, 20).mapToDouble(i -> Math.sin(3 * i / 10.0)).toArray());
    var ensemble = new Ensemble<>(new MLPRegressor(SMALL), 5, 0).fit(x, y);
    Ensemble.Spread spread = ensemble.spread(Tensor.of(new double[][] {{1}, {6}}));
    assertTrue(spread.deviation().at(1) > 10 * spread.deviation().at(0), spread.toString());
  }

  @Test
  void classifiersAverageTheirProbabilities() {
    Tensor x = Samples.corners(30);
    var fast = MLPOptions.defaults().hiddenLayerSizes(4).maxIter(60).learningRateInit(0.05);
    var ensemble =
        new Ensemble<>(new MLPClassifier<String>(fast), 3, 1).fit(x, Samples.names(30, 3));
    double[] row = ensemble.outputs(x).toArray(double[][].class)[0];
    assertEquals(1, row[0] + row[1] + row[2], 1e-12);
    assertTrue(ensemble.score(x, Samples.names(30, 3)) > 0.9);
    assertEquals(
        List.of("ant", "bee", "cat"),
        ensemble.predict(Tensor.of(new double[][] {{0, 0}, {3, 0}, {0, 3}})));
  }

  @Test
  void oneIsNoEnsemble() {
    assertEquals(
        "an ensemble of 1\n  hint: at least 2 can deviate from each other; 5 to 10 are usual",
        assertThrows(OptionException.class, () -> new Ensemble<>(new MLPRegressor(), 1, 0))
            .getMessage());
  }

  @Test
  void crossValidationNeedsFoldsAndSamples() {
    Tensor x = Samples.corners(4);
    var validation = CrossValidation.defaults();
    assertEquals(
        "1 folds\n  hint: take at least 2",
        assertThrows(OptionException.class, () -> validation.folds(1)).getMessage());
    assertThrows(
        OptionException.class, () -> validation.scores(new MLPRegressor(), x, Samples.numbers(x)));
  }
}
